"""Which modules can be measured, and a clear error for the others."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import torch
from torch.nn.parameter import is_lazy

from ogive.text import InputError, quoted

__all__ = ["accepted", "named_activations", "names_of"]


def accepted(model: Any) -> Any:
    """Return the module to be measured: a compiled or parallel one is unwrapped.

    Raises
    ------
    InputError
        For modules that cannot be looked into, or have no numbers yet.
    """
    while True:
        if isinstance(model, (torch.nn.DataParallel, torch.nn.parallel.DistributedDataParallel)):
            model = model.module
        elif isinstance(getattr(model, "_orig_mod", None), torch.nn.Module):
            model = model._orig_mod
        else:
            break
    if isinstance(model, torch.jit.ScriptModule):
        raise InputError(
            f"model is a {type(model).__name__}, a TorchScript program, whose activations cannot be"
            " seen from outside. Give the torch.nn.Module that it was made from.",
            f"model 是 {type(model).__name__}（TorchScript 程序），从外部看不到它的激活值。"
            "请给出生成它的 torch.nn.Module。",
        )
    tensors = [*model.named_parameters(), *model.named_buffers()]
    lazy = [name for name, tensor in tensors if is_lazy(tensor)]
    if lazy:
        raise InputError(
            f"parameter {lazy[0]!r} is not initialised yet: the model has lazy modules. Call the"
            " model once on a batch, and diagnose it then.",
            f"参数 {lazy[0]!r} 尚未初始化：模型中有延迟初始化的模块。"
            "请先用一个批次调用一次模型，再进行诊断。",
        )
    empty = [name for name, tensor in tensors if tensor.is_meta]
    if empty:
        raise InputError(
            f"parameter {empty[0]!r} is on the meta device and holds no numbers. Load the weights"
            " first, as with model.to_empty(device='cpu') and load_state_dict.",
            f"参数 {empty[0]!r} 位于 meta 设备上，没有数值。请先载入权重，"
            "例如 model.to_empty(device='cpu') 之后调用 load_state_dict。",
        )
    return model


def names_of(model: Any) -> dict[Any, str]:
    """Return the dotted name of every module in the model, of which the model's own is empty."""
    return {module: name for name, module in model.named_modules()}


def named_activations(names: dict[Any, str], given: Any) -> set[Any]:
    """Return the modules that the user named as activations.

    Raises
    ------
    InputError
        If there is none of such a name.
    """
    if given is None:
        return set()
    if isinstance(given, str) or not isinstance(given, Iterable):
        given = [given]
    by_name = {name: module for module, name in names.items() if name}
    found = set()
    for name in given:
        if isinstance(name, torch.nn.Module) and name in names:
            found.add(name)
            continue
        if name not in by_name:
            near = get_close_matches(str(name), by_name, n=1)
            meant = f" Did you mean {near[0]!r}?" if near else ""
            asked = f"是否想写 {near[0]!r}？" if near else ""
            some = ", ".join(map(repr, list(by_name)[:8]))
            raise InputError(
                f"activations names {quoted(str(name))}, but the model has no module of that name."
                f"{meant} It has {some or 'none'}.",
                f"activations 中的 {quoted(str(name))} 不是该模型中任何模块的名称。{asked}"
                f"模型中有：{some or '（无）'}。",
            )
        found.add(by_name[name])
    return found
