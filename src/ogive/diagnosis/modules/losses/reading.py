"""How a loss reads what a model returns: all of it or its outputs, and which these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import torch

from ogive.diagnosis.modules.rows.answers import is_output, output_of

__all__ = ["Reading", "made_loss", "reading_of"]

Path = tuple[Any, ...]
FAILURES = (TypeError, AttributeError, ValueError, RuntimeError, LookupError)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the loss given is called, and where in the model's answer its outputs stand.

    Attributes
    ----------
    whole : bool
        The loss takes all that the model returns, rather than the outputs alone.
    path : tuple or None
        Keys and places that lead to the outputs; None for what `output_of` takes.
    """

    whole: bool = False
    path: Path | None = None

    def output(self, answer: Any) -> Any:
        """Return the tensor of outputs."""
        if self.path is None:
            return output_of(answer)
        for key in self.path:
            answer = getattr(answer, key.name) if isinstance(key, _Field) else answer[key]
        return answer

    def given(self, answer: Any, output: Any) -> Any:
        """Return what the loss is called with."""
        return answer if self.whole else output


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


def made_loss(loss: Any) -> Any:
    """Return the loss as it is called: a class of `torch.nn` without its parentheses is made."""
    is_class = isinstance(loss, type) and issubclass(loss, torch.nn.Module)
    return loss() if is_class else loss


def reading_of(loss: Any, answer: Any, targets: Any) -> Reading:
    """Return how a loss reads an answer: it is given all of it, or the outputs where that fails.

    The outputs are those tensors of the answer which the loss depends on, without those from which
    the model goes on to compute others of them: of ``(features, logits)`` with
    ``cross_entropy(answer[1], targets)``, the logits.
    """
    loss = made_loss(loss)
    if isinstance(answer, torch.Tensor) or not callable(loss):
        return Reading()
    try:
        value = loss(answer, targets)
    except FAILURES:
        return Reading(whole=not _takes_outputs(loss, answer, targets))
    if not isinstance(value, torch.Tensor):
        return Reading(whole=True)
    return Reading(True, _path_of(value, answer))


def _takes_outputs(loss: Any, answer: Any, targets: Any) -> bool:
    try:
        loss(output_of(answer), targets)
    except FAILURES:
        return False
    return True


def _path_of(value: Any, answer: Any) -> Path | None:
    reached = _edges_behind(value)
    used = [(path, one) for path, one in _tensors(answer) if _edge(one) in reached]
    before: set[Any] = set()
    for _, one in used:
        before |= _edges_behind(one) - {_edge(one)}
    last = [(path, one) for path, one in used if _edge(one) not in before]
    if not last:
        return None
    try:
        usual = output_of(answer)
    except FAILURES:
        usual = None
    return next((path for path, one in last if one is usual), last[0][0])


def _edge(tensor: Any) -> tuple[Any, int]:
    return tensor.grad_fn, tensor.output_nr


def _edges_behind(tensor: Any) -> set[Any]:
    """Return every node of the graph that a tensor comes from, with the number of its output."""
    found: set[Any] = set()
    waiting = [] if tensor.grad_fn is None else [_edge(tensor)]
    while waiting:
        edge = waiting.pop()
        if edge in found:
            continue
        found.add(edge)
        waiting += [one for one in edge[0].next_functions if one[0] is not None]
    return found


def _tensors(answer: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(answer, torch.Tensor):
        if is_output(answer) and answer.grad_fn is not None:
            yield path, answer
    elif isinstance(answer, Mapping):
        for key, value in answer.items():
            yield from _tensors(value, (*path, key))
    elif isinstance(answer, tuple | list):
        for number, value in enumerate(answer):
            yield from _tensors(value, (*path, number))
    elif is_dataclass(answer) and not isinstance(answer, type):
        for one in fields(answer):
            yield from _tensors(getattr(answer, one.name), (*path, _Field(one.name)))
