"""The four conditions under which a linear regression can be trusted, as findings."""

from ogive.linear.assumptions.checking import check_assumptions, check_completeness
from ogive.linear.assumptions.record import AssumptionResult
from ogive.linear.assumptions.report import AssumptionReport
from ogive.linear.assumptions.thresholds import Thresholds

__all__ = [
    "AssumptionReport",
    "AssumptionResult",
    "Thresholds",
    "check_assumptions",
    "check_completeness",
]
