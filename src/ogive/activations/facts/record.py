"""The record of all facts about one function."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple

from ogive.activations.facts.numbers import Number
from ogive.activations.facts.ranges import UNDECIDED, Interval, Point, Range
from ogive.findings import FORMULA_FINDINGS, Finding
from ogive.text import Language

__all__ = ["End", "Extremum", "Facts", "Jump", "Kink"]


@dataclass(frozen=True, slots=True)
class Kink:
    """A point where the slope differs between the two sides, and the slope used there."""

    at: Number
    left: Number
    right: Number
    used: Number


@dataclass(frozen=True, slots=True)
class Jump:
    """A point where the function jumps: limits from both sides and the value there.

    A side without a limit, and the value at a gap, where there is none, are None.
    """

    at: Number
    left: Number | None
    right: Number | None
    value: Number | None


@dataclass(frozen=True, slots=True)
class End:
    """Limits of value and slope towards one infinity; None where there is none."""

    value: Number | None
    slope: Number | None


class Extremum(NamedTuple):
    """A local minimum or maximum."""

    z: Number
    value: Number


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything derived from the expression of one function with its parameters.

    Attributes
    ----------
    output_range, derivative_range : Range
        The values of f and of f'. At a kink, where f' does not exist, the slope used counts. A
        range that could not be decided, or has no meaning, says so by its `status`.
    general_output_range, general_derivative_range : Range or None
        The same with the parameters as symbols; its `condition` says for which, and leaves out
        the kinks at which a slope beside the range is used. None where there is none.
    domain : Range
        Where f has a value.
    monotonic : str or None
        "strictly increasing", "increasing", "strictly decreasing", "decreasing", "constant" or
        "not monotonic".
    falls_on : tuple of Interval
        Where a function that is not monotonic falls; of a periodic derivative, in one period.
    zero_centered : bool or None
        Whether inputs distributed symmetrically about 0 give outputs with mean 0: f is odd.
    parity : str or None
        "odd", "even" or "neither".
    convexity : str or None
        "convex", "concave", "linear" or "neither".
    smoothness : str or None
        "C∞", "C0", "C1", … (continuous derivatives up to that order), or "discontinuous".
    jumps, kinks, gaps : tuple
        Where f jumps; where the slope differs between the sides, at a jump too; single points
        without a value, such as poles, as jumps whose value is None.
    lipschitz : Number or None
        The supremum of the absolute value of f'; infinite where f jumps.
    limits : tuple of two End
        Behaviour towards minus and plus infinity.
    saturation : dict
        For "float32" and "float64" the z below which (left) and above which (right) the correctly
        rounded value equals the limit; None on a side without a finite limit, or where no float
        reaches it; infinite for a constant, which equals it everywhere. 1/(1 + exp(-z)) as written
        reaches 1 a little before the rounded sigmoid.
    bounded, smooth, cheap, differentiable : bool or None
        Bounded values; derivatives of every order; no transcendental function; a derivative
        everywhere.
    extrema : tuple of Extremum
        Strict local minima and maxima, of a periodic derivative in one period.
    period : Number or None
        Of f', where it repeats.
    findings : tuple of Finding
        What spoils the function's use.
    undecided, not_applicable : tuple of str
        Names of fields that could not be decided, and of those without meaning here.
    """

    output_range: Range = UNDECIDED
    derivative_range: Range = UNDECIDED
    general_output_range: Range | None = None
    general_derivative_range: Range | None = None
    domain: Range = UNDECIDED
    monotonic: str | None = None
    falls_on: tuple[Interval, ...] = ()
    zero_centered: bool | None = None
    parity: str | None = None
    convexity: str | None = None
    smoothness: str | None = None
    jumps: tuple[Jump, ...] = ()
    kinks: tuple[Kink, ...] = ()
    gaps: tuple[Jump, ...] = ()
    lipschitz: Number | None = None
    limits: tuple[End, End] = (End(None, None), End(None, None))
    saturation: Mapping[str, tuple[float | None, float | None]]
    bounded: bool | None = None
    smooth: bool | None = None
    cheap: bool | None = None
    differentiable: bool | None = None
    extrema: tuple[Extremum, ...] = ()
    period: Number | None = None
    findings: tuple[Finding, ...] = ()
    undecided: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the facts as lists, dicts, texts and numbers, ready for JSON.

        Numbers that JSON does not know stand as the texts "inf", "-inf" and "nan".
        """
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Facts:
        """Return the facts that `to_dict` wrote.

        Raises
        ------
        KeyError, TypeError, ValueError
            If it was something else.
        """
        known = {field.name for field in fields(cls)}
        if set(stored) != known:
            raise ValueError("these are no facts")
        values = {name: _read(value) for name, value in stored.items()}
        values["saturation"] = {
            name: tuple(None if z is None else float(z) for z in sides)
            for name, sides in stored["saturation"].items()
        }
        values["limits"] = tuple(_read(end) for end in stored["limits"])
        values["extrema"] = tuple(Extremum(*pair) for pair in values["extrema"])
        return cls(**values)

    def describe(self, language: Language = "en") -> list[tuple[str, str]]:
        """Return label and text of each fact, in words, for a sheet.

        Parameters
        ----------
        language : {"en", "zh"}, default "en"
        """
        from ogive.activations.facts.wording import described

        return described(self, language)


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Number, Interval, Point, Range, Kink, Jump, End)
}


def _plain(value: Any) -> Any:
    if isinstance(value, Finding):
        return {"kind": "Finding", "code": value.code, "title": value.title.en,
                "title_zh": value.title.zh}  # fmt: skip
    if is_dataclass(value) and not isinstance(value, type):
        record: dict[str, Any] = {"kind": type(value).__name__}
        record |= {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, Range):
            record |= {"text": value.text, "latex": value.latex, "exact": value.exact}
        return record
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(item) for item in value)
    if not isinstance(value, dict) or "kind" not in value:
        return value
    if value["kind"] == "Finding":
        return FORMULA_FINDINGS[value["code"]]
    kind = _KINDS[value["kind"]]
    parts = {field.name: _read(value[field.name]) for field in fields(kind)}
    if kind is Number:
        parts["value"] = float(parts["value"])
    return kind(**parts)
