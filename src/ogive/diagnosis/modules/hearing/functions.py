"""Which calls of PyTorch are activations, affine maps, or change the shape only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from ogive.activations import Activation, activation

__all__ = ["AFFINE", "NORMS", "SHAPES", "ActivationCall", "activation_call"]

Kind = Literal["elementwise", "rows", "gate"]

AFFINE = {
    *("linear", "conv1d", "conv2d", "conv3d", "matmul", "mm", "addmm", "bilinear"),
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "__matmul__"),
}
"""Names of functions that may be an affine map with weights."""

SHAPES = {
    *("view", "reshape", "flatten", "unflatten", "permute", "transpose", "movedim", "squeeze"),
    *("unsqueeze", "contiguous", "clone", "t", "swapaxes", "view_as", "reshape_as", "ravel"),
    *("to", "float", "type", "dropout_off"),
}
"""Names of functions whose output holds the same numbers as their input."""

NORMS = {
    "batch_norm",
    "layer_norm",
    "group_norm",
    "instance_norm",
    "rms_norm",
    "local_response_norm",
}
"""Names of normalisations."""


@dataclass(frozen=True, slots=True)
class ActivationCall:
    """An activation that is about to be applied.

    Attributes
    ----------
    label : str
        What to call it where it has no module of its own.
    function : Activation or None
        None where it is not one function of the catalogue (a slope for each unit or each value).
    inplace : bool
        The input is overwritten.
    kind : {"elementwise", "rows", "gate"}
    axis : int or None
        Of a function of rows, or a gate.
    learnt : tensor or None
        Slopes of the negative side, one a unit.
    random : bool
        The slope of the negative side is drawn anew for each value.
    """

    label: str
    function: Activation | None
    inplace: bool = False
    kind: Kind = "elementwise"
    axis: int | None = None
    learnt: Any = None
    random: bool = False


@lru_cache(maxsize=512)
def _made(name: str, parameters: tuple[tuple[str, float], ...]) -> Activation:
    given: dict[str, Any] = dict(parameters)
    return activation(name, **given)


# Of each function: the catalogue's name, then the parameters after the input, in PyTorch's order,
# with the catalogue's names and PyTorch's defaults. "inplace" and what is ignored is told by None.
_Signature = tuple[str, tuple[tuple[str, str | None, Any], ...]]
_INPLACE = ("inplace", None, False)
_ELEMENTWISE: dict[str, _Signature] = {
    "relu": ("relu", (_INPLACE,)),
    "relu6": ("relu6", (_INPLACE,)),
    "leaky_relu": ("leaky_relu", (("negative_slope", "negative_slope", 0.01), _INPLACE)),
    "elu": ("elu", (("alpha", "alpha", 1.0), _INPLACE)),
    "celu": ("celu", (("alpha", "alpha", 1.0), _INPLACE)),
    "selu": ("selu", (_INPLACE,)),
    "silu": ("silu", (_INPLACE,)),
    "mish": ("mish", (_INPLACE,)),
    "tanh": ("tanh", ()),
    "sigmoid": ("sigmoid", ()),
    "special_expit": ("sigmoid", ()),
    "hardsigmoid": ("hardsigmoid", (_INPLACE,)),
    "hardswish": ("hardswish", (_INPLACE,)),
    "softplus": ("softplus", (("beta", "beta", 1.0), ("threshold", None, 20.0))),
    "softsign": ("softsign", ()),
    "tanhshrink": ("tanhshrink", ()),
    "hardshrink": ("hardshrink", (("lambd", "lambd", 0.5),)),
    "softshrink": ("softshrink", (("lambd", "lambd", 0.5),)),
    "logsigmoid": ("logsigmoid", ()),
    "log_sigmoid": ("logsigmoid", ()),
}


def _elementwise(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall | None:
    catalogue, expected = _ELEMENTWISE[name]
    given = {key: default for key, _, default in expected}
    given.update(zip(given, args[1:], strict=False))
    given.update({key: value for key, value in kwargs.items() if key in given})
    parameters = tuple((ours, float(given[key])) for key, ours, _ in expected if ours is not None)
    return ActivationCall(name, _made(catalogue, parameters), bool(given.get("inplace", False)))


def _gelu(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall:
    rough = kwargs.get("approximate", args[1] if len(args) > 1 else "none") == "tanh"
    return ActivationCall("gelu", _made("gelu_tanh" if rough else "gelu", ()))


def _hardtanh(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall:
    given = dict(min_val=-1.0, max_val=1.0, inplace=False)
    given.update(zip(given, args[1:], strict=False))
    given.update({key: value for key, value in kwargs.items() if key in given})
    low, high = float(given["min_val"]), float(given["max_val"])
    if (low, high) == (0.0, 6.0):
        return ActivationCall("relu6", _made("relu6", ()), bool(given["inplace"]))
    made = _made("hardtanh", (("min_val", low), ("max_val", high)))
    return ActivationCall("hardtanh", made, bool(given["inplace"]))


def _number(value: Any) -> float | None:
    """Return a plain number, or that of a tensor of one element that is not learnt."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if hasattr(value, "numel") and value.numel() == 1 and not value.requires_grad:
        return float(value)
    return None


def _clamp(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall | None:
    """Cutting off at 0 makes a ReLU; any other clamp guards against large numbers."""
    low = _number(kwargs.get("min", args[1] if len(args) > 1 else None))
    top = kwargs.get("max", args[2] if len(args) > 2 else None)
    if low != 0.0:
        return None
    if top is None:
        return ActivationCall("relu", _made("relu", ()))
    high = _number(top)
    if high is None or high <= 1.0 - 1e-3 or high > 100.0:
        return None
    return _hardtanh((None, 0.0, high), {})


def _maximum(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall | None:
    other: Any = kwargs.get("other", args[1] if len(args) > 1 else None)
    if not hasattr(other, "numel") or other.requires_grad or other.dtype.is_complex:
        return None
    if not other.dtype.is_floating_point or bool(other.any()):
        return None
    return ActivationCall("relu", _made("relu", ()))


def _threshold(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall | None:
    theta = float(kwargs.get("threshold", args[1] if len(args) > 1 else 0.0))
    value = float(kwargs.get("value", args[2] if len(args) > 2 else 0.0))
    inplace = bool(kwargs.get("inplace", args[3] if len(args) > 3 else False))
    if value != 0.0:
        return ActivationCall("threshold", None, inplace)
    name, parameters = ("relu", ()) if theta == 0.0 else ("thresholded_relu", (("theta", theta),))
    return ActivationCall("threshold", _made(name, parameters), inplace)


def _prelu(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall:
    weight = kwargs.get("weight", args[1] if len(args) > 1 else None)
    if weight is None:
        return ActivationCall("prelu", None)
    slope = weight.detach().float().mean().item()
    made = _made("prelu", (("negative_slope", slope),)) if abs(slope) < 1e30 else None
    return ActivationCall("prelu", made, learnt=weight.detach().reshape(-1))


def _rrelu(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall:
    given = dict(lower=1 / 8, upper=1 / 3, training=False, inplace=False)
    given.update(zip(given, args[1:], strict=False))
    given.update({key: value for key, value in kwargs.items() if key in given})
    bounds = (("lower", float(given["lower"])), ("upper", float(given["upper"])))
    inplace = bool(given["inplace"])
    return ActivationCall("rrelu", _made("rrelu", bounds), inplace, random=bool(given["training"]))


def _rows(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall:
    axis = kwargs.get("dim", args[1] if len(args) > 1 else -1)
    axis = axis if isinstance(axis, int) and not isinstance(axis, bool) else -1
    return ActivationCall(name, _made(name, ()), kind="rows", axis=axis)


def _glu(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall:
    axis = kwargs.get("dim", args[1] if len(args) > 1 else -1)
    return ActivationCall("glu", _made("glu", ()), kind="gate", axis=axis)


def _sine(args: tuple[Any, ...], kwargs: dict[str, Any]) -> ActivationCall:
    return ActivationCall("sin", _made("sine", ()))


_OTHERS: dict[str, Callable[[tuple[Any, ...], dict[str, Any]], ActivationCall | None]] = {
    "gelu": _gelu,
    "hardtanh": _hardtanh,
    "clamp": _clamp,
    "clip": _clamp,
    "clamp_min": _clamp,
    "maximum": _maximum,
    "max": _maximum,
    "threshold": _threshold,
    "_threshold": _threshold,
    "prelu": _prelu,
    "rrelu": _rrelu,
    "softmax": lambda args, kwargs: _rows("softmax", args, kwargs),
    "log_softmax": lambda args, kwargs: _rows("log_softmax", args, kwargs),
    "softmin": lambda args, kwargs: _rows("softmin", args, kwargs),
    "glu": _glu,
    "sin": _sine,
}
_NAMES = {*_ELEMENTWISE, *_OTHERS}


def activation_call(
    name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> ActivationCall | None:
    """Return which activation a call of PyTorch applies to its first argument, or None.

    Parameters
    ----------
    name : str
        The function's ``__name__``; that of a method is the same. One that ends in "_" overwrites
        its input.
    args : tuple
        Starting with the input.
    kwargs : dict
    """
    overwrites = name.endswith("_")
    plain = name.rstrip("_") if overwrites else name
    if plain not in _NAMES:
        return None
    if plain in _ELEMENTWISE:
        found = _elementwise(plain, args, kwargs)
    else:
        found = _OTHERS[plain](args, kwargs)
    if found is None or not overwrites:
        return found
    return replace(found, inplace=True)
