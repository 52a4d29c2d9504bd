"""The order in which findings are told: causes before their consequences."""

from __future__ import annotations

from ogive.diagnosis.finding import DiagnosisFinding

__all__ = ["in_order"]

_SEVERITIES = {"issue": 0, "tip": 1, "passed": 2, "not applicable": 3}

_FROM_CAUSES_ON = (
    "OGV105",  # what is not a number spoils every other measurement
    "OGV107",
    "OGV108",
    "OGV106",
    "OGV110",
    "OGV103",
    "OGV102",
    "OGV104",
    "OGV101",
    "OGV109",
    "OGV112",
    "OGV111",
)
_AFTER_UNITS = ("OGV102", "dead"), ("OGV110", "constant")
"""Codes and kinds that say themselves that units of a layer let nothing through."""


def in_order(found: list[DiagnosisFinding]) -> list[DiagnosisFinding]:
    """Return issues first, then tips, each from causes on, then what passed or is moot by code."""
    return sorted(found, key=_place)


def _place(one: DiagnosisFinding) -> tuple[int, float]:
    severity = _SEVERITIES[one.severity]
    if one.severity not in ("issue", "tip"):
        return severity, int(one.code.removeprefix("OGV"))
    # Weights without any gain at all are predicted of units that no row reaches.
    blocked = one.code == "OGV108" and one.numbers.get("total_gain") == 0
    if blocked or (one.code, one.kind) in _AFTER_UNITS:
        return severity, _FROM_CAUSES_ON.index("OGV101") + 0.5
    return severity, _FROM_CAUSES_ON.index(one.code)
