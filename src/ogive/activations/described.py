"""What can be said about an activation function, all of it derived from its record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import numpy as np

from ogive.activations import symbolic
from ogive.activations.arithmetic import evaluate
from ogive.activations.chosen_slope import with_slopes
from ogive.activations.definition import Definition

if TYPE_CHECKING:
    from ogive.activations.facts import Facts
    from ogive.findings import Finding

__all__ = ["SUBGRADIENTS", "Described", "End", "Subgradient"]

Subgradient = Literal["torch", "left", "right", "mean"]
SUBGRADIENTS: tuple[Subgradient, ...] = get_args(Subgradient)


class End(NamedTuple):
    """Value and slope at one end; NaN where there is no limit."""

    value: float
    slope: float


class Described:
    """The part of an `Activation` that says what it is."""

    definition: Definition
    parameters: Mapping[str, float]
    subgradient: Subgradient
    compiled: Any

    @property
    def name(self) -> str:
        """The name in the catalogue, or the text of the formula."""
        return self.definition.name

    @property
    def kind(self) -> Literal["elementwise", "vector", "gate"]:
        """What it acts on: each element, a row, or a row whose width it halves."""
        return self.definition.kind

    @property
    def facts(self) -> Facts:
        """What is known about the function, derived from its expression; see `Facts`."""
        from ogive.activations.facts import facts_of

        return facts_of(self.definition, self.parameters, self.subgradient)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be noticed before training with it."""
        return self.facts.findings

    @property
    def init(self) -> str:
        """The initialisation of weights that suits the function.

        For a formula: He's if exactly one side goes flat, otherwise Glorot's.
        """
        if self.definition.init:
            return self.definition.init
        left, right = self.saturates or (False, False)
        return "he_uniform" if left != right else "glorot_uniform"

    @property
    def gain(self) -> float:
        """The factor on the weights of `init`."""
        return evaluate(self.definition.gain, self.parameters)

    @cached_property
    def limits(self) -> tuple[End, End] | None:
        """Value and slope for z to minus and to plus infinity; None if it acts on whole rows."""
        if self.kind != "elementwise":
            return None
        values, slopes = self.compiled.value_and_derivative(np.array([-np.inf, np.inf]))
        left, right = map(End, values.tolist(), slopes.tolist())
        return left, right

    @property
    def saturates(self) -> tuple[bool, bool] | None:
        """Whether the slope vanishes towards minus and plus infinity; None for whole rows."""
        if self.limits is None:
            return None
        left, right = (end.slope == 0 for end in self.limits)
        return left, right

    @property
    def bounded(self) -> tuple[bool, bool] | None:
        """Whether the value stays finite towards minus and plus infinity; None for whole rows.

        Where the value has no limit (a sine, say), both say whether it is bounded at all.
        """
        if self.limits is None:
            return None
        left, right = (
            bool(self.facts.bounded) if np.isnan(end.value) else bool(np.isfinite(end.value))
            for end in self.limits
        )
        return left, right

    @property
    def expression(self) -> Any:
        """The function as a SymPy expression in ``z``."""
        return symbolic.substituted(self.definition, self.parameters)[0]

    @property
    def derivative_expression(self) -> Any:
        """The derivative as a SymPy expression in ``z``, at kinks that of `subgradient`."""
        derivative = symbolic.substituted(self.definition, self.parameters)[1]
        if not self.chosen_slopes:
            return derivative
        from sympy import Symbol

        return with_slopes(derivative, Symbol("z", real=True), self.chosen_slopes)

    @cached_property
    def chosen_slopes(self) -> list[tuple[float, float]]:
        """The kinks and the derivative used there, where `subgradient` is not PyTorch's."""
        if self.subgradient == "torch":
            return []
        weight = {"left": 0.0, "mean": 0.5, "right": 1.0}[self.subgradient]
        return [
            (kink.at.value, _between(kink.left.value, kink.right.value, weight))
            for kink in self.facts.kinks
        ]

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


def _between(left: float, right: float, weight: float) -> float:
    """Return the mean, or one of the two even where the other is infinite."""
    return left if weight == 0 else right if weight == 1 else (left + right) / 2
