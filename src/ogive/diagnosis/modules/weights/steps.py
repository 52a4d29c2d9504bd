"""The step that a PyTorch optimizer takes next: its settings, and whether it overshoots."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import torch

from ogive.diagnosis.measurements import NAN, Settings
from ogive.diagnosis.modules.sentences import given_value
from ogive.text import InputError

__all__ = ["settings_of", "step_curvature"]

Tensors = dict[str, Any]
BatchLoss = Callable[[Callable[..., Any]], Any]

SHORT = 1e-2
"""Share of the loss below which a step's gain drowns in the rounding of float32 losses."""


def settings_of(optimizer: Any) -> Settings:
    """Return how an optimizer is set: of several parameter groups, the one of the largest step.

    Parameters
    ----------
    optimizer : torch.optim.Optimizer

    Returns
    -------
    Settings
        `solver` is the class's name, `momentum` the first beta of Adam and its kin, `alpha` the
        weight decay.

    Raises
    ------
    InputError
        If it is not an optimizer.
    """
    group = _worst_group(optimizer)
    betas = group.get("betas")
    return Settings(
        solver=type(optimizer).__name__,
        # A scheduler keeps what it started from: that is what a user sets.
        learning_rate=_number(group.get("initial_lr", group.get("lr"))),
        momentum=_number(betas[0] if betas else group.get("momentum")),
        alpha=_number(group.get("weight_decay")),
    )


def _worst_group(optimizer: Any) -> dict[str, Any]:
    groups = getattr(optimizer, "param_groups", None)
    if not isinstance(groups, list) or not groups:
        raise InputError(
            f"optimizer must be one of torch.optim, such as the one the model is trained with; got "
            f"{given_value(optimizer)}.",
            f"optimizer 必须是 torch.optim 中的优化器，例如训练该模型所用的那个；得到的是 "
            f"{given_value(optimizer)}。",
        )
    used = [one for one in groups if any(p.requires_grad for p in one["params"])] or groups
    rates = [_number(one.get("lr")) or 0.0 for one in used]
    worst: dict[str, Any] = used[rates.index(max(rates))]
    return worst


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def step_curvature(model: Any, optimizer: Any, batch_loss: BatchLoss) -> float:
    """Return the step size times the loss's curvature along the next step; 2 is the limit.

    Let d be the step without momentum (minus the learning rate times the gradient, which Adam and
    its kin scale first), g the gradient and H the Hessian on one batch. ``dᵀHd / -gᵀd`` is
    learning rate times curvature for gradient descent (``lr · gᵀHg / gᵀg``); from 2 on the step
    makes the batch's loss larger. H is that between both ends of the step, found from the losses
    there, and that at its beginning where the step is too short for their difference to be told
    from rounding: by a Hessian-vector product, or differences of gradients where the model has no
    second derivative.

    Momentum beta moves the limit to ``2 (1 + beta)`` (Nesterov's:
    ``2 (1 + beta) / (1 + 2 beta)``; an average, as Adam's: ``2 (1 + beta) / (1 - beta)``); the
    result is told so that the limit is 2 for all of them.

    Parameters
    ----------
    model : torch.nn.Module
    optimizer : torch.optim.Optimizer
        Read only; its state counts.
    batch_loss : callable
        ``batch_loss(run)`` returns the loss of one batch, a tensor of one number; `run` takes the
        place of the model.

    Returns
    -------
    float
        Infinite where the step leads to numbers that are not finite. NaN where the optimizer needs
        more than gradients, or the gradient is 0 or not finite.

    References
    ----------
    .. [1] LeCun, Simard and Pearlmutter, Automatic learning rate maximization by on-line estimation
       of the Hessian's eigenvectors, NIPS 1993.
    .. [2] LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998.
    .. [3] Cohen and others, Adaptive gradient methods at the edge of stability, 2022: the limits
       with momentum.
    """
    parameters = {name: p for name, p in model.named_parameters() if p.requires_grad}
    buffers = dict(model.named_buffers())

    def loss_at(tensors: Tensors) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            own = {**tensors, **{name: one.clone() for name, one in buffers.items()}}
            return torch.func.functional_call(model, own, args, kwargs)

        with torch.random.fork_rng(devices=[]), torch.enable_grad():
            torch.manual_seed(0)
            return batch_loss(run)

    here = {name: p.detach().clone().requires_grad_() for name, p in parameters.items()}
    if not here:
        return NAN
    loss = loss_at(here)
    gradient = _gradient(loss, here, create_graph=True)
    step = _next_step(optimizer, parameters, gradient)
    if step is None:
        return NAN
    descent = -_dot(gradient, step)
    if not descent > 0 or descent == float("inf"):
        return NAN
    start = float(loss.detach())
    if descent > SHORT * abs(start):
        with torch.no_grad():
            there = {name: p.detach() + step[name] for name, p in here.items()}
            bend = 2.0 * (float(loss_at(there)) - start + descent)
    else:
        bend = _bend(loss_at, here, gradient, step)
    told = 2.0 * bend / descent / _limit(_worst_group(optimizer))
    return float("inf") if told != told else told


def _limit(group: dict[str, Any]) -> float:
    if group.get("betas"):
        beta = float(group["betas"][0])
        return 2 * (1 + beta) / (1 - beta)
    beta = float(group.get("momentum") or 0.0)
    kept = 1 - float(group.get("dampening") or 0.0)
    if group.get("nesterov"):
        return 2 * (1 + beta) / (1 + 2 * beta)
    return 2 * (1 + beta) / (kept if beta and kept > 0 else 1.0)


def _gradient(loss: Any, at: Tensors, create_graph: bool = False) -> Tensors:
    found = torch.autograd.grad(
        loss, list(at.values()), create_graph=create_graph, allow_unused=True
    )
    pairs = zip(at.items(), found, strict=True)
    return {name: torch.zeros_like(p) if g is None else g for (name, p), g in pairs}


def _dot(one: Tensors, other: Tensors) -> float:
    products = (one[name].detach().double() * other[name].detach().double() for name in one)
    return float(sum(float(product.sum()) for product in products))


def _next_step(optimizer: Any, parameters: Tensors, gradient: Tensors) -> Tensors | None:
    """Return the step that a copy of the optimizer takes without momentum and weight decay."""
    copies: dict[int, Any] = {}
    try:
        twin = copy.deepcopy(optimizer, copies)
        for group in twin.param_groups:
            for p in group["params"]:
                p.grad = None
            for key in ("momentum", "weight_decay"):
                if key in group:
                    group[key] = 0.0
            if "centered" in group and not twin.state:
                # RMSprop's first step is ten times its later ones, as its average starts at 0.
                group["alpha"] = 0.0
            if "nesterov" in group:
                group["nesterov"] = False
            if "betas" in group:
                group["betas"] = (0.0, *group["betas"][1:])
        for hooks in ("_optimizer_step_pre_hooks", "_optimizer_step_post_hooks"):
            getattr(twin, hooks, {}).clear()
        moved = {name: copies[id(p)] for name, p in parameters.items() if id(p) in copies}
        before = {name: p.detach().clone() for name, p in moved.items()}
        for name, p in moved.items():
            p.grad = gradient[name].detach().clone()
        # A scheduler replaces `step` of the object, with a count of its own.
        type(twin).step(twin)
    except (RuntimeError, TypeError, ValueError, KeyError, AttributeError, NotImplementedError):
        return None
    return {
        name: moved[name].detach() - before[name] if name in moved else torch.zeros_like(p)
        for name, p in parameters.items()
    }


def _bend(
    loss_at: Callable[[Tensors], Any], here: Tensors, gradient: Tensors, step: Tensors
) -> float:
    """Return dᵀHd: by a Hessian-vector product, or differences where there is none."""
    along: Any = sum((gradient[name] * step[name]).sum() for name in here)
    try:
        return _dot(_gradient(along, here), step)
    except (RuntimeError, NotImplementedError):
        return _bend_by_differences(loss_at, here, step)


def _bend_by_differences(
    loss_at: Callable[[Tensors], Any], here: Tensors, step: Tensors, reach: float = 1e-3
) -> float:
    """Return dᵀHd from gradients at two points, `reach` of the weights' norm away."""
    length = _dot(step, step) ** 0.5
    scale = reach * max(_dot(here, here) ** 0.5, 1e-8) / length

    def slope(side: float) -> float:
        there: Tensors = {
            name: (p.detach() + side * scale * step[name]).requires_grad_()
            for name, p in here.items()
        }
        return _dot(_gradient(loss_at(there), there), step)

    return float((slope(1.0) - slope(-1.0)) / (2 * scale))
