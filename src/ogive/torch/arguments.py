"""What a user gives a monitor: checked, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch

from ogive.diagnosis.measurements import NAN
from ogive.diagnosis.modules.sentences import given_value
from ogive.text import InputError

__all__ = ["check_count", "check_model", "named_modules", "number_of", "optimizers_of"]


def optimizers_of(given: Any) -> list[Any]:
    """Return the optimizers given, none, one or several."""
    some = [] if given is None else [given]
    if isinstance(given, Iterable) and not isinstance(given, str):
        some = list(given)
    for one in some:
        if not isinstance(one, torch.optim.Optimizer):
            raise InputError(
                f"optimizer must be an optimizer of torch.optim, or several; got "
                f"{given_value(one)}.",
                f"optimizer 必须是 torch.optim 的优化器（可以是多个），得到的是 "
                f"{given_value(one)}。",
            )
    return some


def named_modules(model: Any, names: Sequence[str] | None) -> set[Any]:
    """Return the modules that the user names as activations."""
    modules = dict(model.named_modules())
    for name in names or ():
        if name not in modules:
            raise InputError(
                f"activations names {name!r}, which is no module of the model; "
                "model.named_modules() lists them.",
                f"activations 中的 {name!r} 不是模型的模块；model.named_modules() 列出全部模块。",
            )
    return {modules[name] for name in names or ()}


def check_model(model: Any) -> None:
    """Refuse what cannot be watched."""
    if not isinstance(model, torch.nn.Module):
        raise InputError(
            f"model must be a torch.nn.Module, got {given_value(model)}. Estimators of ogive are "
            "watched by their own monitor=True.",
            f"model 必须是 torch.nn.Module，得到的是 {given_value(model)}。"
            "ogive 的估计器请用它们自己的 monitor=True。",
        )
    if isinstance(model, torch.jit.ScriptModule) or hasattr(model, "_orig_mod"):
        raise InputError(
            f"a model of class {type(model).__name__} runs as compiled code, which cannot be "
            "watched; train the plain module to watch it.",
            f"{type(model).__name__} 类的模型以编译后的代码运行，无法监测；"
            "请训练未编译的模块来监测它。",
        )


def check_count(name: str, value: Any) -> None:
    """Refuse what is no whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError(
            f"{name} must be a whole number of at least 1, got {value!r}.",
            f"{name} 必须是不小于 1 的整数，得到的是 {value!r}。",
        )


def number_of(name: str, value: Any) -> float:
    """Return a number that the user tells; not a number for None."""
    if value is None:
        return NAN
    try:
        return float(value.detach() if isinstance(value, torch.Tensor) else value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise InputError(
            f"{name} must be one number, such as the epoch's mean; got {given_value(value)}.",
            f"{name} 必须是一个数，例如该轮的平均值；得到的是 {given_value(value)}。",
        ) from error
