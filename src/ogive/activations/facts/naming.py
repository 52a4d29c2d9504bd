"""Gives the numbers of an analysis their exact forms."""

from __future__ import annotations

from typing import Any

from ogive.activations.facts.analysis import Analysis
from ogive.activations.facts.evaluation import is_nan
from ogive.activations.facts.numbers import Number, number, recognised

__all__ = ["Names"]


class Names:
    """The names of numbers of one analysis.

    Parameters
    ----------
    analysis : Analysis
    exact : dict
        The parameters' symbols and the fractions in their place.
    """

    def __init__(self, analysis: Analysis, exact: dict[Any, Any]) -> None:
        self.analysis, self.exact = analysis, exact
        self._known: dict[Any, Number] = {}
        self._candidates: list[Any] | None = None

    def __call__(self, value: Any) -> Number:
        """Return an mpmath number with its exact form, if it has one."""
        if is_nan(value):
            return Number("undefined", r"\text{undefined}", float("nan"), True)
        if value not in self._known:
            found = number(value)
            if not found.exact:
                found = number(value, self.candidates)
            self._known[value] = found
        return self._known[value]

    def optional(self, value: Any) -> Number | None:
        """Return the same, None for what is unknown or no number."""
        return None if value is None or is_nan(value) else self(value)

    @property
    def candidates(self) -> list[Any]:
        """Expressions for values at points that are themselves exact."""
        if self._candidates is None:
            self._candidates = []
            for piece in self.analysis.pieces:
                points = [(z, 0) for z, _ in piece.turns] + [(z, 1) for z, _ in piece.bends]
                for z, n in points:
                    self._add(piece.smooth, recognised(z), n)
            for i, joint in enumerate(self.analysis.joints):
                for piece in self.analysis.pieces[i : i + 2]:
                    for n in (0, 1):
                        self._add(piece.smooth, joint.point.symbol, n)
        return self._candidates

    def _add(self, smooth: Any, at: Any, n: int) -> None:
        if at is not None and self._candidates is not None:
            found = smooth.expression(n).subs(smooth.z, at).subs(self.exact)
            if found.is_number and found not in self._candidates:
                self._candidates.append(found)
