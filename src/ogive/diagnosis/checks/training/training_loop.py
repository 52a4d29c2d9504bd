"""OGV106: steps that move nothing, or follow gradients that are not theirs, by the loop's doing."""

from __future__ import annotations

from ogive.diagnosis.checks.forming import filled, form
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["loop_finding"]

_FROZEN = (
    Text(
        "No step moves any weight: none of the {n_parameters} parameters requires a gradient.",
        "任何一步都不会改变权重：{n_parameters} 个参数都不需要梯度。",
    ),
    Text(
        "requires_grad is false for all of them, so that training changes nothing.",
        "它们的 requires_grad 都为 False，训练不会带来任何变化。",
    ),
)
_NONE_HELD = (
    Text(
        "No step moves any weight: the optimizer holds none of the model's {n_learning} parameters "
        "that could learn.",
        "任何一步都不会改变权重：优化器不包含该模型 {n_learning} 个可学习参数中的任何一个。",
    ),
    Text(
        "It was made from another model's parameters, or from those that this one had before they "
        "were replaced.",
        "它是用另一个模型的参数创建的，或者用的是该模型被替换之前的参数。",
    ),
)
_PART_HELD = (
    Text(
        "{n_missing} of {n_learning} parameters that could learn are not in the optimizer and stay "
        "as they are: {names}.",
        "{n_learning} 个可学习的参数中有 {n_missing} 个不在优化器里，不会被更新：{names}。",
    ),
    Text(
        "Their gradients are computed and never used. If they are to stay, requires_grad_(False) "
        "says so and saves the time.",
        "它们的梯度被计算出来却从未使用。如果本就不想更新，用 requires_grad_(False) 说明这一点，"
        "还能节省时间。",
    ),
)
_KEPT = (
    Text(
        "Gradients are not reset: each step follows the sum of its own and all earlier ones.",
        "梯度没有清零：每一步都沿着本次与之前所有梯度之和前进。",
    ),
    Text(
        "The monitor saw gradients of a step still there when those of the next were added, so "
        "that steps grow and overshoot.",
        "监测器看到，下一步的梯度累加时，上一步的梯度仍然存在，因此步子越来越大，越过谷底。",
    ),
)
_UNFREEZE = Remedy(
    "unfreeze",
    Text(
        "Let the weights that are to learn require gradients: model.requires_grad_(True), before "
        "the optimizer is made.",
        "让需要学习的权重计算梯度：在创建优化器之前调用 model.requires_grad_(True)。",
    ),
)
_ANEW = Remedy(
    "new_optimizer",
    Text(
        "Make the optimizer from model.parameters() of this model, once it is complete.",
        "在模型完整之后，用该模型的 model.parameters() 重新创建优化器。",
    ),
)
_RESET = Remedy(
    "zero_grad",
    Text(
        "Call optimizer.zero_grad() before each loss.backward(); to add up the gradients of "
        "several batches, after each optimizer.step().",
        "在每次 loss.backward() 之前调用 optimizer.zero_grad()；"
        "如果要累加多个批次的梯度，则在每次 optimizer.step() 之后调用。",
    ),
)


def loop_finding(measured: Measurements) -> DiagnosisFinding | None:
    """Return what in the training loop keeps steps from moving the weights as they should."""
    facts = measured.learnable
    if facts is None or not facts.n_parameters:
        return None
    numbers = {
        "n_parameters": facts.n_parameters,
        "n_learning": facts.n_learning,
        "n_missing": len(facts.missing),
    }
    if not facts.n_learning:
        # A finished model that is only looked at may well be frozen.
        done = measured.trained is True and facts.n_held is None
        severity: Severity = "tip" if done else "issue"
        return form("OGV106", severity, _FROZEN, [_UNFREEZE], kind="frozen", numbers=numbers)
    if facts.n_held == 0:
        return form(
            "OGV106", "issue", _NONE_HELD, [_ANEW], kind="not_in_optimizer", numbers=numbers
        )
    if measured.gradients_kept:
        return form("OGV106", "issue", _KEPT, [_RESET], kind="gradients_kept", numbers=numbers)
    if facts.missing:
        severity = "issue" if facts.missing_weights else "tip"
        names = ", ".join(facts.missing[:3]) + (", …" if len(facts.missing) > 3 else "")
        texts = (filled(_PART_HELD[0], names=names, **numbers), _PART_HELD[1])
        return form("OGV106", severity, texts, [_ANEW], kind="partly_in_optimizer", numbers=numbers)
    return None
