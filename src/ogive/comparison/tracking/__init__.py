"""Comparisons in MLflow: what ``ogive compare --track URI`` logs."""

from ogive.comparison.tracking.connecting import check_tracking
from ogive.comparison.tracking.recording import track

__all__ = ["check_tracking", "track"]
