"""The affine maps that a module applies: with which weights, to what, of which range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from ogive.diagnosis.modules.hearing.traces import Affine, Trace, follow, tag, trace_of
from ogive.text import InputError

__all__ = ["AffineMaps"]

_KINDS = {"linear": "linear", "addmm": "matmul", "matmul": "matmul", "mm": "matmul"}
_KINDS["__matmul__"] = "matmul"


class AffineMaps:
    """What was met of affine maps.

    Parameters
    ----------
    model : torch.nn.Module
    names : dict
        Dotted name of each module by itself.
    count : callable
        Returns the next number in the order of what was met.
    """

    def __init__(self, model: Any, names: dict[Any, str], count: Callable[[], int]) -> None:
        self.met: dict[Any, Affine] = {}
        self._count = count
        self._parameters = {id(p): name for name, p in model.named_parameters()}
        self.leaves = {
            name for module, name in names.items() if next(module.children(), None) is None
        }
        self._biases = set(self._parameters)

    def apply(
        self,
        func: Any,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        trace: Trace | None,
        here: str,
    ) -> Any:
        """Call the function, and note it where it is an affine map with weights."""
        found = self._parts(name, args, kwargs)
        if found is None:
            out = func(*args, **kwargs)
            other = trace if trace is not None else _second(args)
            if other is not None and isinstance(out, torch.Tensor):
                tag(out, other.blurred())
            return out
        x, weight, bias, groups, padded = found
        kind = _KINDS.get(name) or ("conv_transpose" if "transpose" in name else "conv")
        if kind == "matmul":
            trace = trace_of(x)
        affine = self._affine(kind, weight, bias, here, groups)
        self._check_width(affine, x)
        follow(affine, trace)
        affine.padded |= padded
        fresh = affine.source is None and affine.low is None
        if trace is not None and trace.source is not None and fresh:
            affine.source, affine.source_exact = trace.source, trace.source_exact
        if trace is not None and trace.source is not None:
            trace.source.feeds_affine = True
        if trace is not None and trace.raw and affine.low is None:
            affine.raw = True
        elif not (_from(trace, affine.source) and affine.source_exact):
            self._widen(affine, x.detach())
        out = func(*args, **kwargs)
        if isinstance(out, torch.Tensor):
            tag(out, Trace(affine, exact=True))
        return out

    def takes_bias(self, trace: Trace, bias: Any) -> bool:
        """Note that `bias` is added to ``x @ weights``, if it is one; return whether it is."""
        affine = trace.affine
        if affine is None or not trace.exact or affine.kind != "matmul":
            return False
        if affine.bias is not None and affine.bias.data_ptr() == bias.data_ptr():
            return True
        if (
            affine.bias is None
            and id(bias) in self._parameters
            and bias.numel() == affine.n_outputs
        ):
            affine.bias = bias.detach()
            return True
        return False

    def _parts(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[Any, Any, Any, int, bool] | None:
        """Return input, weight, bias, groups and padding, or None where there are no weights."""

        def argument(place: int, key: str, default: Any = None) -> Any:
            return args[place] if len(args) > place else kwargs.get(key, default)

        if name == "linear":
            return argument(0, "input"), argument(1, "weight"), argument(2, "bias"), 1, False
        if name.startswith("conv"):
            turned = "transpose" in name
            groups = argument(6, "groups", 1)
            padding = argument(4, "padding", 0)
            some = padding == "same" or (
                padding != "valid"
                and any(padding if isinstance(padding, (tuple, list)) else (padding,))
            )
            x, weight = argument(0, "input"), argument(1, "weight")
            return x, weight, argument(2, "bias"), int(groups), bool(some or turned)
        if name == "addmm":
            bias, x, weight = argument(0, "input"), argument(1, "mat1"), argument(2, "mat2")
            owned = id(bias) in self._parameters
            return (x, weight, bias, 1, False) if self._owns(weight) and owned else None
        if name in ("matmul", "mm", "__matmul__"):
            x, weight = argument(0, "input"), argument(1, "other", kwargs.get("mat2"))
            return (x, weight, None, 1, False) if self._owns(weight) else None
        return None

    def _owns(self, weight: Any) -> bool:
        if not isinstance(weight, torch.Tensor) or weight.ndim != 2:
            return False
        return id(_base(weight)) in self._parameters

    def _affine(self, kind: str, weight: Any, bias: Any, here: str, groups: int) -> Affine:
        owner = self._parameters.get(id(_base(weight)))
        key = owner if owner is not None else (here, tuple(weight.shape))
        affine = self.met.get(key)
        if affine is None:
            name = here if owner is None else owner.removesuffix(".weight")
            affine = Affine(name or "weight", kind, None, None, self._count(), groups=groups)
            self.met[key] = affine
        affine.weight = weight.detach()
        if bias is not None:
            affine.bias = bias.detach()
        return affine

    def _check_width(self, affine: Affine, x: Any) -> None:
        if not isinstance(x, torch.Tensor):
            return
        shape = affine.weight.shape
        if affine.kind == "linear":
            given, wanted = x.shape[-1] if x.ndim else 0, shape[1]
        elif affine.kind == "matmul":
            given, wanted = x.shape[-1] if x.ndim else 0, shape[0]
        else:
            axis = x.ndim - (affine.weight.ndim - 1)
            given = x.shape[axis] if axis in (0, 1) else -1
            wanted = shape[0] if affine.kind == "conv_transpose" else shape[1] * affine.groups
        if given != wanted:
            raise InputError(
                f"layer {affine.name!r} of the model expects inputs of width {wanted}, and is given"
                f" {tuple(x.shape)}. Give rows of the shape that the model was made for.",
                f"模型的层 {affine.name!r} 需要宽度为 {wanted} 的输入，实际得到的形状是 "
                f"{tuple(x.shape)}。请给出与模型相符的数据。",
            )

    def _widen(self, affine: Affine, x: Any) -> None:
        if affine.kind in ("linear", "matmul"):
            rows = x.reshape(-1, x.shape[-1]) if x.layout == torch.strided else None
            if rows is None or not len(rows):
                return
            low, high = torch.aminmax(rows, dim=0)
        else:
            axis = x.ndim - (affine.weight.ndim - 1)
            others = [i for i in range(x.ndim) if i != axis]
            low, high = x.amin(dim=others), x.amax(dim=others)
        if affine.low is None or affine.low.shape != low.shape:
            affine.low, affine.high = low, high
        else:
            affine.low = torch.minimum(affine.low, low)
            affine.high = torch.maximum(affine.high, high)


def _from(trace: Trace | None, source: Any) -> bool:
    """Return whether a tensor is the output of an activation as it is."""
    return trace is not None and trace.source_exact and trace.source is source


def _base(weight: Any) -> Any:
    """Return the parameter of which a tensor is a view, such as the transposed weights."""
    return weight if weight._base is None else weight._base


def _second(args: tuple[Any, ...]) -> Trace | None:
    return trace_of(args[1]) if len(args) > 1 else None
