"""Activations as PyTorch modules, whose backward pass is our exact derivative."""

from __future__ import annotations

from typing import Any

from torch import Tensor, empty_like, full
from torch.compiler import is_compiling
from torch.nn import Module, Parameter

from ogive.activations import Activation as _Activation
from ogive.activations import activation
from ogive.activations.described import Subgradient
from ogive.activations.tensor_operators import apply_in_graph, described
from ogive.activations.tensors import apply, computable, result_type, slope_below
from ogive.text import InputError

__all__ = ["Activation"]


class Activation(Module):  # type: ignore[misc]
    """An activation of the catalogue, or a formula, as a layer of a network.

    Parameters
    ----------
    name : str or ogive.Activation
        What `ogive.activation` takes: a name, an alias or a formula in z.
    units : int, optional
        Only of ``prelu``: how many units learn a slope of their own, ``per_unit=True`` of
        `ogive.activation`. As in `torch.nn.PReLU` they are the second axis of the input, or the
        only one. Without it all units learn one slope.
    subgradient : {"torch", "left", "right", "mean"}, optional
        The derivative at kinks; PyTorch's own unless chosen.
    **parameters : float
        The function's parameters.

    Attributes
    ----------
    function : ogive.Activation
        The function; of ``prelu``, with the slope that it started from.
    negative_slope : torch.nn.Parameter of shape (units,) or (1,)
        The slope that ``prelu`` learns; other functions learn nothing.

    Notes
    -----
    Tensors must be on the CPU. float32 and float64 are computed as they are; half and bfloat16 in
    float32. ``rrelu`` draws a slope for each element while the module is in training mode, and
    takes the mean slope otherwise. Softmax and its kin, and gates, act along the last axis.
    Second derivatives are not available.

    The transformations of `torch.func` work: vmap, grad, vjp, jacrev, and for functions of one
    number jvp and jacfwd. So do torch.compile, whole graphs too, and torch.jit.trace;
    torch.jit.script and saving what was traced do not.

    Raises
    ------
    InputError
        As `ogive.activation` does.

    Examples
    --------
    >>> import torch, ogive.torch
    >>> layer = ogive.torch.Activation("elu", alpha=0.5)
    >>> z = torch.tensor([0.0, 2.0], requires_grad=True)
    >>> layer(z).sum().backward()
    >>> z.grad
    tensor([0.5000, 1.0000])
    """

    def __init__(
        self,
        name: str | _Activation,
        /,
        *,
        units: int | None = None,
        subgradient: Subgradient | None = None,
        **parameters: float,
    ) -> None:
        super().__init__()
        per_unit = None if units is None else True
        self.function = activation(name, subgradient=subgradient, per_unit=per_unit, **parameters)
        if units is None and self.function.per_unit:
            raise InputError(
                f"{self.function!r} learns a slope for each unit; say how many, as in units=64.",
                f"{self.function!r} 为每个单元学习一个斜率；请给出单元数，例如 units=64。",
            )
        if units is not None and (
            isinstance(units, bool) or not isinstance(units, int) or units < 1
        ):
            raise InputError(
                f"units must be a whole number of at least 1; got {units!r}.",
                f"units 必须是不小于 1 的整数，实际是 {units!r}。",
            )
        self._described = described(self.function)
        for learnt in self.function.definition.learnt:
            start = self.function.parameters[learnt]
            self.register_parameter(learnt, Parameter(full((units or 1,), start)))

    def forward(self, z: Tensor) -> Tensor:
        """Return the function of `z`."""
        if self.function.definition.learnt:
            return self._with_slope(z, self.negative_slope)
        if self.function.name == "rrelu" and self.training:
            numbers = computable(z).detach()
            return self._with_slope(z, empty_like(numbers).uniform_(*self._interval()))
        if is_compiling():
            made = apply_in_graph(self._described, self.function.kind, computable(z))
            return made.to(result_type(z))
        return apply(self.function, z)

    def _interval(self) -> tuple[float, float]:
        return self.function.parameters["lower"], self.function.parameters["upper"]

    def _with_slope(self, z: Tensor, slope: Tensor) -> Any:
        numbers = computable(z)
        if z.ndim == 0 and len(slope) == 1:
            spread = slope.reshape(())
        elif slope.shape == (1,) or slope.shape == z.shape:
            spread = slope
        elif z.ndim > 0 and z.shape[min(1, z.ndim - 1)] == len(slope):
            spread = slope.reshape(-1, *(1 for _ in range(z.ndim - 2)))
        else:
            raise InputError(
                f"{self.function.name!r} learns {len(slope)} slopes, which must be the length of "
                f"the second axis of z; z has shape {tuple(z.shape)}.",
                f"{self.function.name!r} 学习 {len(slope)} 个斜率，z 的第二个轴必须与之等长；"
                f"z 的形状是 {tuple(z.shape)}。",
            )
        value = slope_below(numbers, spread.to(numbers.dtype), self.function.subgradient)
        return value.to(result_type(z))

    def __prepare_scriptable__(self) -> Any:
        """Refuse `torch.jit.script`, which calls this, in words."""
        raise NotImplementedError(
            "torch.jit.script cannot translate ogive.torch.Activation, whose numbers come from "
            "ogive's own compiled code; torch.compile(model) and torch.jit.trace(model, example) "
            "work, though what was traced cannot be saved."
        )

    def extra_repr(self) -> str:
        """Return what stands between the parentheses of the module's repr."""
        return repr(self.function)[len("activation(") : -1]
