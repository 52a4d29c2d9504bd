"""How the numbers of a summary are written."""

from __future__ import annotations

import math

__all__ = ["decimal", "p_value", "places_for", "share", "significant", "with_error"]

SMALLEST_P = 1e-4
LARGEST_PLAIN = 1e9
SMALLEST_PLAIN = 1e-5


def significant(value: float, digits: int = 4) -> str:
    """Write a number with so many significant digits, in powers of ten only where it must be.

    Examples
    --------
    >>> significant(330.2853), significant(0.000123456), significant(1.5e15)
    ('330.3', '0.0001235', '1.500e+15')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value == 0:
        return "0"
    if not SMALLEST_PLAIN <= abs(value) < LARGEST_PLAIN:
        return f"{value:.{digits - 1}e}"
    return _plain(value, max(digits - 1 - _exponent(value, digits), 0))


def with_error(values: list[float], error: float, right: float = 15.0) -> list[str]:
    """Write a coefficient and the ends of its interval as finely as its standard error deserves.

    Parameters
    ----------
    values : list of float
        The coefficient and others of its kind; NaN among them become ``""``.
    error : float
        The standard error, of which four digits count; NaN or 0 where there is none.
    right : float, default=15.0
        Digits of the coefficient that are right: no more of it are written.

    Examples
    --------
    >>> with_error([15.061872271, -177.029, 207.153], 84.915)
    ['15.06', '-177.03', '207.15']
    """
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    most = max(min(int(right), 15), 1)
    known = error > 0 and math.isfinite(error)
    if not largest:
        return ["" if math.isnan(value) else "0" for value in values]
    if not known:
        return [_written(value, min(6, most)) for value in values]
    # The coefficient itself, not the wider ends, tells how many digits are right.
    own = abs(values[0]) or largest
    right_places = most - 1 - _exponent(own, most)
    places = min(places_for(error), right_places)
    if largest < LARGEST_PLAIN and (places <= 9 or largest >= SMALLEST_PLAIN * 100):
        return ["" if math.isnan(value) else _plain(value, min(places, 12)) for value in values]
    places = min(3 - _exponent(error, 4), right_places)
    return ["" if math.isnan(value) else _powers(value, places) for value in values]


def places_for(error: float, digits: int = 4) -> int:
    """Return how many decimals give a standard error so many digits, or more where it is large."""
    return max(digits - 1 - _exponent(error, digits), 0)


def p_value(value: float) -> str:
    """Write a p-value: four decimals, never 0.

    Examples
    --------
    >>> p_value(0.04567), p_value(4.98e-10)
    ('0.0457', '<0.0001')
    """
    return f"<{SMALLEST_P:.4f}" if value < SMALLEST_P else f"{value:.4f}"


def share(value: float) -> str:
    """Write a share of variance: four decimals, and never 1 for what is less."""
    if value < 1 and f"{value:.4f}" == "1.0000":
        return ">0.9999"
    return decimal(value, 4)


def decimal(value: float, places: int) -> str:
    """Write a number with so many decimals, large ones in powers of ten."""
    if abs(value) >= LARGEST_PLAIN or math.isinf(value):
        return significant(value, 6)
    return _plain(value, places)


def _written(value: float, digits: int) -> str:
    return "" if math.isnan(value) else significant(value, digits)


def _exponent(value: float, digits: int) -> int:
    """Return the power of ten of the first digit, after rounding to so many."""
    return int(f"{abs(value):.{max(digits, 1) - 1}e}".partition("e")[2])


def _plain(value: float, places: int) -> str:
    text = f"{round(value, places) if places < 0 else value:.{max(places, 0)}f}"
    return text.lstrip("-") if float(text) == 0 else text


def _powers(value: float, places: int) -> str:
    """Write in powers of ten, to the same absolute precision as with so many decimals."""
    if value == 0:
        return "0"
    return f"{value:.{min(max(places + _exponent(value, 1), 3), 14)}e}"
