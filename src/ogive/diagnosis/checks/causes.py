"""Issues of which another finding is the consequence."""

from __future__ import annotations

from collections.abc import Iterable

from ogive.diagnosis.checks import findings_of
from ogive.diagnosis.checks.changes.of_networks import named
from ogive.diagnosis.checks.order import in_order
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds

__all__ = ["causes_among", "remedies_of"]


def causes_among(
    codes: Iterable[str], measured: Measurements, limits: Thresholds
) -> list[DiagnosisFinding]:
    """Return the issues that the checks of these codes find, from causes on."""
    found = [one for code in codes for one in findings_of(code, measured, limits)]
    return in_order([one for one in found if one.severity == "issue"])


def remedies_of(causes: Iterable[DiagnosisFinding], most: int = 2) -> list[Remedy]:
    """Return the first remedies of each cause, each once."""
    return named([one for cause in causes for one in cause.remedies[:most]])
