"""A PyTorch module's loss as a function of one vector of weights, for the check of gradients."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import torch

from ogive.diagnosis.gradient_differences import Objective, sampled
from ogive.diagnosis.modules.losses.in_use import loss_in_use
from ogive.diagnosis.modules.losses.last_activation import last_activation
from ogive.diagnosis.modules.losses.reading import Reading, reading_of
from ogive.diagnosis.modules.sentences import first_sentence, given_value
from ogive.text import InputError, Text

__all__ = ["module_objective"]

EVALUATION = Text(
    "The module was copied to float64 and put into evaluation mode: dropout is off, normalisation "
    "uses its running statistics.",
    "模块被复制为 float64 并切换到评估模式：dropout 关闭，归一化层使用滑动统计量。",
)
LOSS = Text(
    "No loss was named; {name} fits the targets.", "未指定损失函数；与目标相符的是 {name}。"
)


def module_objective(
    model: torch.nn.Module, X: Any, y: Any, loss: Any, n_rows: int | None, random_state: int
) -> tuple[Objective, int, list[Text]]:
    """Return the objective over some of the rows, the number of these, and what to tell.

    Parameters
    ----------
    model : torch.nn.Module
        Unchanged; a copy is computed with.
    X, y : Tensor or array-like
        Rows and targets as the model and the loss take them.
    loss : callable or None
    n_rows : int or None
        The most rows to use.
    random_state : int
        Seed of the draw of rows.

    Raises
    ------
    InputError
        If no parameter learns, or the model or the loss fail on these rows.
    """
    inputs, targets = _wide(X, "X"), _wide(y, "y")
    if len(inputs) != len(targets):
        raise InputError(
            f"X has {len(inputs)} rows and y has {len(targets)}; give each row its target.",
            f"X 有 {len(inputs)} 行，y 有 {len(targets)} 行；请为每一行给出目标。",
        )
    rows = torch.from_numpy(sampled(len(inputs), n_rows, np.random.default_rng(random_state)))
    inputs, targets = inputs[rows], targets[rows]
    copied = copy.deepcopy(model).double().cpu().eval()
    for module in copied.modules():  # a user's hooks are for the user's own passes
        module._forward_hooks.clear()
        module._forward_pre_hooks.clear()
        module._backward_hooks.clear()
        module._backward_pre_hooks.clear()
    learnt = [(name, p) for name, p in copied.named_parameters() if p.requires_grad]
    if not learnt:
        raise InputError(
            "no parameter of the module has requires_grad=True, so there is no gradient to check.",
            "模块中没有 requires_grad=True 的参数，没有可检查的梯度。",
        )
    if isinstance(loss, torch.nn.Module):
        loss = copy.deepcopy(loss).double().cpu()
    with torch.enable_grad():
        answer = _answer(copied, inputs)
        reading = Reading() if loss is None else reading_of(loss, answer, targets)
        outputs = reading.output(answer)
        whole = answer if reading.whole else None
        used = loss_in_use(loss, outputs, targets, last_activation(outputs), whole)
    parameters = [p for _, p in learnt]

    def evaluate(weights: Any, *, graph: bool) -> Any:
        torch.nn.utils.vector_to_parameters(torch.from_numpy(weights), parameters)
        with torch.set_grad_enabled(graph):
            answer = _answer(copied, inputs)
            return used.call(reading.given(answer, reading.output(answer)), targets)

    def gradient(weights: Any) -> Any:
        found = torch.autograd.grad(
            evaluate(weights.copy(), graph=True), parameters, allow_unused=True
        )
        parts = [
            torch.zeros_like(p) if g is None else g for p, g in zip(parameters, found, strict=True)
        ]
        return torch.cat([part.reshape(-1) for part in parts]).numpy()

    arrays = []
    for name, parameter in learnt:
        layer, _, part = name.rpartition(".")
        arrays.append((layer or type(model).__name__, part, tuple(parameter.shape)))
    at = torch.nn.utils.parameters_to_vector(parameters).detach().numpy().copy()
    objective = Objective(
        arrays, at, lambda w: float(evaluate(w.copy(), graph=False)), gradient, gradient(at)
    )
    notes = [EVALUATION]
    if used.inferred:
        notes.append(Text(*(text.format(name=used.name) for text in LOSS)))
    return objective, len(rows), notes


def _wide(values: Any, name: str) -> torch.Tensor:
    if isinstance(values, torch.Tensor):
        tensor = values.detach()
    else:
        try:
            tensor = torch.as_tensor(np.asarray(values))
        except (TypeError, ValueError, RuntimeError) as error:
            raise InputError(
                f"{name} must be a tensor or an array, got {given_value(values)}. Of a loader, "
                "give one batch: X, y = next(iter(loader)).",
                f"{name} 必须是张量或数组，得到的是 {given_value(values)}。"
                "若是加载器，请给出其中一个批次：X, y = next(iter(loader))。",
            ) from error
    tensor = tensor.cpu()
    return tensor.double() if tensor.is_floating_point() else tensor


def _answer(model: torch.nn.Module, inputs: torch.Tensor) -> Any:
    try:
        return model(inputs)
    except (RuntimeError, ValueError, TypeError, IndexError) as error:
        raise InputError(
            f"the module failed on X of shape {tuple(inputs.shape)} in float64: "
            f"{first_sentence(error)} Give X as in training.",
            f"模块在形状为 {tuple(inputs.shape)} 的 X（float64）上出错：{first_sentence(error)} "
            "请给出与训练时相同形式的 X。",
        ) from error
