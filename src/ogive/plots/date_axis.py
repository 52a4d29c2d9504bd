"""An axis of days since 1970 that shows dates."""

from __future__ import annotations

import math
from datetime import date, timedelta

import altair as alt

__all__ = ["as_date", "date_axis"]

MOST_TICKS = 5
START = date(1970, 1, 1)
MONTHS = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)))
DAYS = (1, 2, 4, 7, 14)
LONG = 4
"""Days from which ticks are whole days."""


def as_date(field: str, ends: tuple[float, float]) -> str:
    """Return the Vega expression that writes a field in days as a date, with the time if short."""
    form = "%Y-%m-%d" if ends[1] - ends[0] >= LONG else "%Y-%m-%d %H:%M"
    return f"utcFormat({field} * 86400000, '{form}')"


def date_axis(ends: tuple[float, float], *, grid: bool = True) -> alt.Axis:
    """Return an axis with ticks where days, months or years begin.

    Parameters
    ----------
    ends : tuple of float
        Ends of the axis, in days since 1970.
    grid : bool, default=True
        Whether there are lines across at the ticks.
    """
    label = as_date("datum.value", ends)
    ticks = _ticks(*ends)
    if ticks is None:
        return alt.Axis(tickCount=3, grid=grid, labelExpr=label)
    return alt.Axis(values=ticks, grid=grid, labelExpr=label)


def _ticks(low: float, high: float) -> list[int] | None:
    """Return days to mark, or None where a time of day matters or the calendar ends."""
    if high - low < LONG:
        return None
    try:
        first, last = (START + timedelta(days=end) for end in (math.floor(low), math.ceil(high)))
    except OverflowError:
        return None
    for step in DAYS:
        marked = range(math.ceil(low / step) * step, math.floor(high) + 1, step)
        if len(marked) <= MOST_TICKS:
            return list(marked)
    for step in MONTHS:
        numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month + 12)
        months = [date(n // 12, n % 12 + 1, 1) for n in numbers if n % step == 0 and n < 12 * 10000]
        days = [(month - START).days for month in months]
        days = [day for day in days if low <= day <= high]
        if len(days) <= MOST_TICKS:
            return days
    return None
