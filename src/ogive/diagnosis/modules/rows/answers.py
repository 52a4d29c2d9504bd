"""Which of the things that a module returns is its output."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import torch

from ogive.diagnosis.modules.sentences import given_value
from ogive.text import InputError

__all__ = ["is_output", "output_of"]

_NAMES = ("logits", "out", "output", "outputs", "prediction", "predictions", "pred", "y_hat")


def output_of(answer: Any) -> Any:
    """Return the tensor of outputs: the only one, one named such as "logits", or the first.

    Raises
    ------
    InputError
        If no tensor of real numbers stands out.
    """
    if isinstance(answer, torch.Tensor):
        if answer.is_floating_point():
            return answer
        raise InputError(
            f"the model returns a tensor of {answer.dtype}; outputs must be real numbers, such as"
            " logits before argmax.",
            f"模型返回的是 {answer.dtype} 类型的张量；输出应为实数，例如取 argmax 之前的 logits。",
        )
    named = _named(answer)
    if named is not None:
        chosen = _of_named(named)
    elif isinstance(answer, (tuple, list)):
        chosen = next((one for one in answer if is_output(one)), None)
        if chosen is None and answer and not isinstance(answer[0], torch.Tensor):
            return output_of(answer[0])
    else:
        chosen = None
    if chosen is None:
        keys = "" if named is None else f" with {', '.join(map(repr, named))}"
        raise InputError(
            f"the model returns a {type(answer).__name__}{keys}, in which no output stands out:"
            f" {given_value(answer)}. Pass loss=, a function of what the model returns, or wrap"
            " the model in one that returns its outputs as a tensor.",
            f"模型返回的是 {type(answer).__name__}，无法确定其中哪个是输出："
            f"{given_value(answer)}。"
            "请用 loss= 给出以模型返回值为参数的函数，或者再包一层，让模型以张量形式返回输出。",
        )
    return chosen


def _named(answer: Any) -> dict[str, Any] | None:
    if isinstance(answer, Mapping):
        return {str(key): value for key, value in answer.items()}
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        return {one.name: getattr(answer, one.name) for one in dataclasses.fields(answer)}
    if hasattr(answer, "_asdict"):
        return dict(answer._asdict())
    return None


def _of_named(named: dict[str, Any]) -> Any:
    for name in _NAMES:
        if is_output(named.get(name)):
            return named[name]
    found = [one for one in named.values() if is_output(one)]
    return found[0] if len(found) == 1 else None


def is_output(value: Any) -> bool:
    """Return whether something is a tensor of real numbers, by rows."""
    return isinstance(value, torch.Tensor) and value.is_floating_point() and value.ndim > 0
