"""OGV112: imbalance of the classes ignored."""

from __future__ import annotations

from ogive.diagnosis.checks.forming import not_applicable
from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return the findings."""
    return [not_applicable("OGV112", Text("Not measured yet.", "尚未测量。"))]
