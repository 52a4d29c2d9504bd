"""OGV104: not made yet."""

from __future__ import annotations

from ogive.diagnosis.checks.forming import not_applicable
from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return the findings of OGV104."""
    return [not_applicable("OGV104", Text("This check is not made yet.", "这项检查尚未完成。"))]
