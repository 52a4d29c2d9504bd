"""An activation function that can be called, differentiated, printed and stored."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from numpy.typing import ArrayLike

from ogive._engine import core
from ogive.activations.arrays import Array, evaluate, evaluate_both
from ogive.activations.definition import Definition
from ogive.activations.described import Described, Subgradient

if TYPE_CHECKING:
    from ogive.activations.descent import Descent

__all__ = ["Activation"]


class Activation(Described):
    """An activation function with its parameters; made by `ogive.activation`.

    Immutable: equal name, parameters and choices make equal, interchangeable objects. It can be
    pickled, copied and cloned; what is stored is only what `ogive.activation` was given.

    Parameters
    ----------
    definition : Definition
        The record of the catalogue, or of a formula.
    parameters : mapping of str to float
        All its parameters, already checked.
    subgradient : {"torch", "left", "right", "mean"}, default="torch"
        The derivative to use at a kink.
    per_unit : bool, default=False
        Whether a network learns the parameters `definition.learnt` for each unit by itself.

    Notes
    -----
    ``name``, ``parameters`` (read-only, in the order of the definition), ``subgradient`` and
    ``per_unit`` are what it is known by.
    """

    per_unit: bool

    def __init__(
        self,
        definition: Definition,
        parameters: Mapping[str, float],
        subgradient: Subgradient = "torch",
        per_unit: bool = False,
    ) -> None:
        self.__dict__.update(
            definition=definition,
            parameters=MappingProxyType(dict(parameters)),
            subgradient=subgradient,
            per_unit=per_unit,
        )

    def __call__(self, z: ArrayLike, out: Array | None = None) -> Any:
        """Return the value at `z`.

        Parameters
        ----------
        z : array_like, tensor, series or data frame
            float32 stays float32 and float16 becomes it; float64, integers and booleans give
            float64. Any shape, stride and byte order. A PyTorch tensor gives a tensor, through
            which gradients flow; a series or frame of pandas, Polars or PyArrow gives one of the
            same kind, names and index kept, in which missing values stay missing.
            Vector functions and gates act along the last axis.
        out : ndarray, optional
            Receives the result; of the dtype and shape of the result. It may be `z` itself or
            overlap it.

        Returns
        -------
        ndarray or scalar
            Of the shape of `z`, with half the last axis for a gate; `out` if given.

        Raises
        ------
        InputError
            If `z` holds anything but real numbers, or `out` cannot take the result.
        """
        if out is None:
            result = self._quick_value(z)
            if result is not None:
                return result
        return evaluate(self, "value", z, out)

    def derivative(self, z: ArrayLike, out: Array | None = None) -> Any:
        """Return the derivative with respect to `z`.

        Parameters
        ----------
        z, out
            As for a call. A tensor's derivative is computed without a graph.

        Returns
        -------
        ndarray or scalar
            Of the shape of `z`. For a vector function the Jacobian, of shape ``(..., n, n)``:
            entry ``[..., i, j]`` is that of output i by input j. For a gate, of the shape of `z`:
            each output by its own input of the first and of the second half.
        """
        if out is None:
            result = self._quick_derivative(z)
            if result is not None:
                return result
        return evaluate(self, "derivative", z, out)

    def value_and_derivative(
        self, z: ArrayLike, out: tuple[Array, Array] | None = None
    ) -> tuple[Any, Any]:
        """Return both, computed in one pass.

        Parameters
        ----------
        z : array_like
            As for a call.
        out : tuple of two ndarrays, optional
            Receive value and derivative; one of them may be `z` itself.
        """
        if out is None:
            result: tuple[Any, Any] | None = self._quick_value_and_derivative(z)
            if result is not None:
                return result
        return evaluate_both(self, z, out)

    @cached_property
    def compiled(self) -> Any:
        """The core's function; its value, derivative and value_and_derivative are ufuncs."""
        formula = self.definition.formula
        source = self.name if formula is None else formula.program(self.parameters)
        return core.Function(source, list(self.parameters.values()), self.chosen_slopes)

    def check(self) -> None:
        """Raise `InputError` where the parameters make a formula that cannot be computed."""
        if self.definition.formula is not None:
            self.definition.formula.program(self.parameters)

    @cached_property
    def _quick_value(self) -> Any:
        return self._quick("value")

    @cached_property
    def _quick_derivative(self) -> Any:
        return self._quick("derivative")

    @cached_property
    def _quick_value_and_derivative(self) -> Any:
        return self._quick("value_and_derivative")

    def _quick(self, asked: str) -> Any:
        """Return the core's way for small arrays, which gives None for anything else."""
        if self.kind != "elementwise":
            return lambda z: None
        return getattr(self.compiled, f"quick_{asked}")

    def descend(
        self,
        start: float = 0.9,
        stop: float = 0.5,
        learning_rate: float = 0.2,
        *,
        over: Literal["output", "input"] = "output",
        max_steps: int = 1_000_000,
    ) -> Descent:
        """Step down the curve and count the steps; see `ogive.activations.descent.descend`."""
        from ogive.activations.descent import descend

        return descend(self, start, stop, learning_rate, over=over, max_steps=max_steps)

    def _repr_html_(self) -> str:
        from ogive.activations.sheet import html

        return html(self)

    def __repr__(self) -> str:
        listed = "".join(f", {key}={value!r}" for key, value in self.parameters.items())
        if self.subgradient != "torch":
            listed += f", subgradient={self.subgradient!r}"
        if self.per_unit:
            listed += ", per_unit=True"
        return f"activation({self.name!r}{listed})"

    def _identity(self) -> tuple[object, ...]:
        return self.name, tuple(self.parameters.items()), self.subgradient, self.per_unit

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Activation):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(f"{self!r} is immutable; make another with ogive.activation().")

    def __delattr__(self, key: str) -> None:
        self.__setattr__(key, None)

    def __getstate__(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "parameters": dict(self.parameters),
            "subgradient": self.subgradient,
            "per_unit": self.per_unit,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        from ogive.activations.lookup import activation

        choices = {key: state[key] for key in ("subgradient", "per_unit") if state.get(key)}
        made = activation(state["name"], **choices, **state["parameters"])
        self.__dict__.update(made.__dict__)

    def __copy__(self) -> Activation:
        return self

    def __deepcopy__(self, memo: object) -> Activation:
        return self
