"""Which loss a PyTorch model is trained with: the one named, or the one that fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch.nn import functional as F

from ogive.diagnosis.modules.losses.last_activation import node_kind
from ogive.diagnosis.modules.losses.reading import FAILURES, made_loss
from ogive.diagnosis.modules.sentences import first_sentence, given_value
from ogive.text import InputError

__all__ = ["LossInUse", "loss_in_use"]

Task = Literal["binary", "multiclass", "multilabel", "regression", "unknown"]


@dataclass(frozen=True, slots=True)
class LossInUse:
    """A loss that can be computed for a batch.

    Attributes
    ----------
    name : str
        The class's name, such as "CrossEntropyLoss", also of a function; of a callable that is
        neither, its own name.
    task : {"binary", "multiclass", "multilabel", "regression", "unknown"}
    inferred : bool
        The user named none.
    call : callable
        ``call(outputs, targets)`` returns the batch's loss, a tensor of one number; a loss that
        reads the model's whole answer is given that in place of the outputs.
    """

    name: str
    task: Task
    inferred: bool
    call: Callable[[Any, Any], Any]


_TASKS: dict[str, Task] = {
    "CrossEntropyLoss": "multiclass",
    "NLLLoss": "multiclass",
    "NLLLoss2d": "multiclass",
    "MultiMarginLoss": "multiclass",
    "AdaptiveLogSoftmaxWithLoss": "multiclass",
    "BCELoss": "binary",
    "BCEWithLogitsLoss": "binary",
    "SoftMarginLoss": "binary",
    "HingeEmbeddingLoss": "binary",
    "MultiLabelMarginLoss": "multilabel",
    "MultiLabelSoftMarginLoss": "multilabel",
    "MSELoss": "regression",
    "L1Loss": "regression",
    "SmoothL1Loss": "regression",
    "HuberLoss": "regression",
    "PoissonNLLLoss": "regression",
    "GaussianNLLLoss": "regression",
}
_FUNCTIONS = {
    "cross_entropy": "CrossEntropyLoss",
    "nll_loss": "NLLLoss",
    "binary_cross_entropy": "BCELoss",
    "binary_cross_entropy_with_logits": "BCEWithLogitsLoss",
    "mse_loss": "MSELoss",
    "l1_loss": "L1Loss",
    "smooth_l1_loss": "SmoothL1Loss",
    "huber_loss": "HuberLoss",
    "poisson_nll_loss": "PoissonNLLLoss",
    "gaussian_nll_loss": "GaussianNLLLoss",
    "kl_div": "KLDivLoss",
    "multi_margin_loss": "MultiMarginLoss",
    "multilabel_margin_loss": "MultiLabelMarginLoss",
    "multilabel_soft_margin_loss": "MultiLabelSoftMarginLoss",
    "soft_margin_loss": "SoftMarginLoss",
    "hinge_embedding_loss": "HingeEmbeddingLoss",
}
_NODES = {
    "NllLoss": "NLLLoss",
    "NllLoss2D": "NLLLoss",
    "BinaryCrossEntropy": "BCELoss",
    "BinaryCrossEntropyWithLogits": "BCEWithLogitsLoss",
    "MseLoss": "MSELoss",
    "SmoothL1Loss": "SmoothL1Loss",
    "HuberLoss": "HuberLoss",
    "MultiMarginLoss": "MultiMarginLoss",
    "MultilabelMarginLoss": "MultiLabelMarginLoss",
    "SoftMarginLoss": "SoftMarginLoss",
}


def loss_in_use(loss: Any, outputs: Any, targets: Any, last: str, answer: Any = None) -> LossInUse:
    """Return the loss named by the user, or the one that fits outputs and targets.

    Without a name: whole numbers and several outputs make cross entropy (negative log likelihood
    where the model ends in a softmax or its logarithm); targets that are all 0 or 1, of the shape
    of the outputs, make binary cross entropy, with logits unless the model ends in a sigmoid;
    anything else the squared error.

    Parameters
    ----------
    loss : torch.nn.Module, callable or None
        As given by the user: a module, a function, or a class of `torch.nn` without arguments.
    outputs, targets : torch.Tensor
        A batch; outputs with their graph, which tells what a user's own function computes.
    last : str
        What `last_activation` says of the outputs.
    answer : Any, optional
        What the loss is called with, where that is not the outputs but all that the model returns.

    Returns
    -------
    LossInUse

    Raises
    ------
    InputError
        If `loss` cannot be called, or fails on this batch.
    """
    if loss is None:
        return _fitting(outputs, targets, last)
    loss = made_loss(loss)
    if not callable(loss):
        raise InputError(
            f"loss must be a function of outputs and targets or a module such as "
            f"torch.nn.CrossEntropyLoss(), got {given_value(loss)}.",
            f"loss 必须是以输出和目标为参数的函数，或 torch.nn.CrossEntropyLoss() 这样的模块，"
            f"得到的是 {given_value(loss)}。",
        )
    name = type(loss).__name__
    given = outputs if answer is None else answer
    if not isinstance(loss, torch.nn.Module):
        own = getattr(loss, "__name__", name)
        name = _FUNCTIONS.get(own) or _told_by_graph(loss, given, outputs, targets) or own
    task = _TASKS.get(name, "unknown")
    if task == "binary" and _n_outputs(outputs) > 1:
        task = "multilabel"
    return LossInUse(name, task, False, _checked(loss))


def _checked(loss: Any) -> Callable[[Any, Any], Any]:
    def call(outputs: Any, targets: Any) -> Any:
        try:
            value = loss(outputs, targets)
        except FAILURES as error:
            told = first_sentence(error)
            shapes = f"{_described(outputs)}, {tuple(targets.shape)} {targets.dtype}"
            raise InputError(
                f"the loss failed on outputs and targets of {shapes}: {told} Give the targets as "
                "in training, or another loss= of all that the model returns.",
                f"损失函数在输出和目标为 {shapes} 时出错：{told} "
                "请给出与训练时相同的目标，或改用别的 loss=（以模型的全部返回值为参数）。",
            ) from error
        if not isinstance(value, torch.Tensor):
            raise InputError(
                f"the loss must return a tensor, got {given_value(value)}.",
                f"损失函数必须返回张量，得到的是 {given_value(value)}。",
            )
        return value if value.ndim == 0 else value.mean()

    return call


def _described(outputs: Any) -> str:
    if isinstance(outputs, torch.Tensor):
        return f"{tuple(outputs.shape)} {outputs.dtype}"
    return f"a {type(outputs).__name__}"


def _told_by_graph(loss: Any, given: Any, outputs: Any, targets: Any) -> str | None:
    """Return what a function of the user's computes, where one call of PyTorch's loss does it."""
    if outputs.grad_fn is None:
        return None
    try:
        value = loss(given, targets)
    except FAILURES:
        return None
    node = getattr(value, "grad_fn", None)
    found = None
    while node is not None and node is not outputs.grad_fn:
        kind = node_kind(node)
        if found == "NLLLoss" and kind == "LogSoftmax":
            return "CrossEntropyLoss"
        found = found or _NODES.get(kind)
        before = [one for one, _ in node.next_functions if one is not None]
        node = before[0] if before else None
    return found


def _n_outputs(outputs: Any) -> int:
    return int(outputs.shape[1]) if outputs.ndim > 1 else 1


def _fitting(outputs: Any, targets: Any, last: str) -> LossInUse:
    values = targets.detach()
    whole = not values.is_floating_point() or bool((values == values.round()).all())
    axis = _class_axis(outputs, targets)
    if axis is not None and whole and _are_classes(values, outputs.shape[axis]):
        return _of_classes(axis, last)
    same = _same_shape(outputs, targets)
    if same and whole and bool(((values == 0) | (values == 1)).all()):
        rows = values.reshape(len(values), -1)
        if rows.shape[1] > 1 and bool((rows.sum(1) == 1).all()) and last != "logistic":
            return _of_one_hot(last)
        task: Task = "binary" if rows.shape[1] == 1 else "multilabel"
        return _of_two_values(task, last)
    if not same:
        raise InputError(
            f"no loss fits outputs of shape {tuple(outputs.shape)} and targets of shape "
            f"{tuple(targets.shape)}; say which is used, such as loss=torch.nn.CrossEntropyLoss().",
            f"没有损失函数适合形状为 {tuple(outputs.shape)} 的输出和形状为 "
            f"{tuple(targets.shape)} 的目标；请指明所用的损失，例如 "
            "loss=torch.nn.CrossEntropyLoss()。",
        )
    return LossInUse("MSELoss", "regression", True, _squared_error)


def _are_classes(values: Any, n_classes: int) -> bool:
    return bool(values.min() >= 0) and bool(values.max() < n_classes)


def _class_axis(outputs: Any, targets: Any) -> int | None:
    """Return the axis of outputs that has a number for each class, or None."""
    shape, wanted = tuple(outputs.shape), tuple(targets.shape)
    if len(wanted) == 2 and wanted[1] == 1 and len(shape) == 2:
        wanted = wanted[:1]
    if len(shape) != len(wanted) + 1:
        return None
    if len(shape) >= 2 and shape[1] > 1 and (shape[0], *shape[2:]) == wanted:
        return 1
    if shape[-1] > 1 and shape[:-1] == wanted:
        return -1
    return None


def _same_shape(outputs: Any, targets: Any) -> bool:
    return int(outputs.numel()) == int(targets.numel()) and len(outputs) == len(targets)


def _logarithm(outputs: Any, last: str, axis: int) -> Any:
    if last == "log_softmax":
        return outputs
    if last == "softmax":
        # A probability that underflowed has a large loss, not an infinite one.
        return outputs.clamp_min(torch.finfo(outputs.dtype).tiny).log()
    return F.log_softmax(outputs, axis)


def _class_loss_name(last: str) -> str:
    return "NLLLoss" if last in ("softmax", "log_softmax") else "CrossEntropyLoss"


def _of_classes(axis: int, last: str) -> LossInUse:
    def call(outputs: Any, targets: Any) -> Any:
        likelihoods = _logarithm(outputs, last, axis).movedim(axis, 1)
        wanted = targets.reshape(likelihoods.shape[0], *likelihoods.shape[2:])
        return F.nll_loss(likelihoods, wanted.long())

    return LossInUse(_class_loss_name(last), "multiclass", True, call)


def _of_one_hot(last: str) -> LossInUse:
    def call(outputs: Any, targets: Any) -> Any:
        flat = _logarithm(outputs, last, 1)
        return -(flat * targets.to(flat.dtype)).sum(1).mean()

    return LossInUse(_class_loss_name(last), "multiclass", True, call)


def _of_two_values(task: Task, last: str) -> LossInUse:
    if last == "logistic":

        def call(outputs: Any, targets: Any) -> Any:
            return F.binary_cross_entropy(outputs, _like(targets, outputs))

        return LossInUse("BCELoss", task, True, call)

    def call_with_logits(outputs: Any, targets: Any) -> Any:
        return F.binary_cross_entropy_with_logits(outputs, _like(targets, outputs))

    return LossInUse("BCEWithLogitsLoss", task, True, call_with_logits)


def _squared_error(outputs: Any, targets: Any) -> Any:
    return F.mse_loss(outputs, _like(targets, outputs))


def _like(targets: Any, outputs: Any) -> Any:
    return targets.reshape(outputs.shape).to(outputs.dtype)
