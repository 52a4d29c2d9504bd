"""An activation function that can be called, differentiated, printed and stored."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from ogive._engine import core
from ogive.activations import symbolic
from ogive.activations.arrays import Array, contiguous, destination, finish
from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import Definition

__all__ = ["Activation"]


class End(NamedTuple):
    """Value and slope at one end."""

    value: float
    slope: float


class Activation:
    """A function of the catalogue with its parameters; made by `ogive.activation`.

    Immutable: equal name and parameters make equal, interchangeable objects.

    Parameters
    ----------
    name : str
        A name of the catalogue, no alias.
    parameters : mapping of str to float
        All its parameters, already checked.
    """

    name: str
    parameters: Mapping[str, float]

    def __init__(self, name: str, parameters: Mapping[str, float]) -> None:
        self.__setstate__({"name": name, "parameters": dict(parameters)})

    def __call__(self, z: ArrayLike, out: Array | None = None) -> Any:
        """Return the value at `z`.

        Parameters
        ----------
        z : array_like
            float32 stays float32; float64 and integers give float64. Any shape and layout.
        out : ndarray, optional
            Receives the result; may be `z` itself.

        Returns
        -------
        ndarray or scalar
            Of the shape of `z`; `out` if given.
        """
        return self._evaluate(core.activation_value, z, out)

    def derivative(self, z: ArrayLike, out: Array | None = None) -> Any:
        """Return the derivative with respect to `z`; parameters as for a call."""
        return self._evaluate(core.activation_derivative, z, out)

    def value_and_derivative(self, z: ArrayLike) -> tuple[Any, Any]:
        """Return both in one pass."""
        scalar, source = np.ndim(z) == 0, contiguous(z)
        value, derivative = np.empty_like(source), np.empty_like(source)
        core.activation_value_and_derivative(
            self.name, source, value, derivative, self.context(source.dtype)
        )
        return finish(value, None, scalar), finish(derivative, None, scalar)

    def _evaluate(self, kernel: Any, z: ArrayLike, out: Array | None) -> Any:
        source = contiguous(z)
        result = destination(source, out)
        kernel(self.name, source, result, self.context(source.dtype))
        return finish(result, out, np.ndim(z) == 0)

    def context(self, dtype: DTypeLike) -> Array:
        """Return the parameters as the array the core's kernels take, padded with zeros."""
        context = np.zeros(core.max_activation_parameters, dtype)
        context[: len(self.parameters)] = list(self.parameters.values())
        return context

    @property
    def definition(self) -> Definition:
        """The record of the catalogue."""
        return CATALOGUE[self.name]

    @property
    def init(self) -> str:
        """The initialisation of weights that suits the function."""
        return self.definition.init

    @property
    def gain(self) -> float:
        """The factor on the weights of `init`."""
        return symbolic.evaluate(self.definition.gain, self.parameters)

    @property
    def limits(self) -> tuple[End, End]:
        """Value and slope for z to minus and to plus infinity."""
        left, right = (
            End(*(symbolic.evaluate(text, self.parameters) for text in limit))
            for limit in (self.definition.left, self.definition.right)
        )
        return left, right

    @property
    def expression(self) -> Any:
        """The function as a SymPy expression in ``z``."""
        return symbolic.substituted(self.name, self.parameters)[0]

    @property
    def derivative_expression(self) -> Any:
        """The derivative as a SymPy expression in ``z``."""
        return symbolic.substituted(self.name, self.parameters)[1]

    @property
    def latex(self) -> str:
        """The function in LaTeX."""
        from sympy import latex

        return str(latex(self.expression))

    @property
    def derivative_latex(self) -> str:
        """The derivative in LaTeX."""
        from sympy import latex

        return str(latex(self.derivative_expression))

    def __repr__(self) -> str:
        arguments = "".join(f", {key}={value!r}" for key, value in self.parameters.items())
        return f"activation({self.name!r}{arguments})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Activation):
            return NotImplemented
        return self.name == other.name and dict(self.parameters) == dict(other.parameters)

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.parameters.items())))

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(f"{self!r} is immutable; make another with ogive.activation().")

    def __getstate__(self) -> dict[str, Any]:
        return {"name": self.name, "parameters": dict(self.parameters)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__["name"] = state["name"]
        self.__dict__["parameters"] = MappingProxyType(dict(state["parameters"]))
