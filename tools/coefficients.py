"""Derives the polynomials of core/coefficients.hpp with mpmath and prints that file.

Run ``python tools/coefficients.py > core/coefficients.hpp`` after changing an interval or a degree.
Every polynomial is a near-minimax (Chebyshev) fit in 60 digits, rounded to the type at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mpmath import atan, atanh, chebyfit, erf, erfc, exp, expm1, log, mp, mpf, pi, sqrt, tanh

mp.dps = 60

NORMAL_TAIL_CENTER = 4
ERF_CURVE_CENTER = mpf(5) / 2
TINY = mpf(10) ** -12  # below it the quotients would cancel


class Polynomial(NamedTuple):
    """What is approximated, where, and with how many coefficients in each type."""

    name: str
    comment: str
    function: Callable[[mpf], mpf]
    intervals: dict[str, tuple[mpf, mpf]]
    sizes: dict[str, int]


def _expm1_tail(r: mpf) -> mpf:
    return (expm1(r) - r) / r**2 if abs(r) > TINY else mpf(1) / 2 + r / 6


def _exp_tail(r: mpf) -> mpf:
    if abs(r) <= TINY:
        return mpf(1) / 24 + r / 120
    return (expm1(r) - r - r**2 / 2 - r**3 / 6) / r**4


def _log1p_tail(w: mpf) -> mpf:
    s = sqrt(w)
    return (2 * atanh(s) - 2 * s) / s**3 if s > TINY else mpf(2) / 3


def _normal_tail(u: mpf) -> mpf:
    a = NORMAL_TAIL_CENTER * (1 + u) / (1 - u)
    return (a + NORMAL_TAIL_CENTER) * exp(a * a / 2) * erfc(a / sqrt(2)) / 2


def _erf_quotient(w: mpf) -> mpf:
    x = sqrt(w)
    return erf(x) / x if w > TINY else 2 / sqrt(pi) * (1 - w / 3)


def _erf_curve_bend(w: mpf) -> mpf:
    z = sqrt(w)
    if w <= TINY:
        return -pi / 12 + pi**2 / 160 * w
    return (erf(sqrt(pi) / 2 * z) - z) / z**3


def _erf_curve_tail(u: mpf) -> mpf:
    z = ERF_CURVE_CENTER * (1 + u) / (1 - u)
    return (z + ERF_CURVE_CENTER) * exp(pi / 4 * z * z) * erfc(sqrt(pi) / 2 * z)


def _arctan_bend(w: mpf) -> mpf:
    s = sqrt(w)
    return (atan(s) - s) / s**3 if w > TINY else -mpf(1) / 3 + w / 5


def _gudermannian_bend(w: mpf) -> mpf:
    z = sqrt(w)
    if w <= TINY:
        return -(pi**2) / 24 + pi**4 / 384 * w
    return (4 / pi * atan(tanh(pi / 4 * z)) - z) / z**3


def _gudermannian_tail(w: mpf) -> mpf:
    t = sqrt(w)
    return 4 / pi * (atan(t) / t if w > TINY else 1 - w / 3)


def _mapped(a: str) -> mpf:
    return (mpf(a) - NORMAL_TAIL_CENTER) / (mpf(a) + NORMAL_TAIL_CENTER)


def _erf_curve_interval(last: int) -> tuple[mpf, mpf]:
    c = ERF_CURVE_CENTER
    return (1 - c) / (1 + c), (last - c) / (last + c)


_r = log(2) / 2 * (1 + mpf(2) ** -10)
POLYNOMIALS = (
    Polynomial(
        "expm1_tail",
        "(expm1(r) - r) / r^2 for |r| <= log(2)/2",
        _expm1_tail,
        {"float": (-_r, _r), "double": (-_r, _r)},
        {"float": 6, "double": 11},
    ),
    Polynomial(
        "exp_tail",
        "(exp(r) - 1 - r - r^2/2 - r^3/6) / r^4 for |r| <= log(2)/2",
        _exp_tail,
        {"double": (-_r, _r)},
        {"double": 10},
    ),
    Polynomial(
        "log1p_tail",
        "(2 atanh(s) - 2 s) / s^3 in powers of s^2 for 0 <= s <= 1/3",
        _log1p_tail,
        {"float": (mpf(0), mpf(1) / 9), "double": (mpf(0), mpf(1) / 9)},
        {"float": 5, "double": 10},
    ),
    Polynomial(
        "normal_tail",
        f"(a + c) Phi(-a) exp(a^2/2) in powers of u = (a - c) / (a + c), c = {NORMAL_TAIL_CENTER},"
        " 0 <= a <= 15 and 40",
        _normal_tail,
        {"float": (mpf(-1), _mapped("15")), "double": (mpf(-1), _mapped("40"))},
        {"float": 12, "double": 24},
    ),
    Polynomial(
        "erf_quotient",
        "erf(x) / x in powers of x^2 for 0 <= x <= 1",
        _erf_quotient,
        {"float": (mpf(0), mpf(1)), "double": (mpf(0), mpf(1))},
        {"float": 7, "double": 13},
    ),
    Polynomial(
        "erf_curve_bend",
        "(erf(sqrt(pi)/2 z) - z) / z^3 in powers of z^2 for 0 <= z <= 1",
        _erf_curve_bend,
        {"float": (mpf(0), mpf(1)), "double": (mpf(0), mpf(1))},
        {"float": 6, "double": 11},
    ),
    Polynomial(
        "erf_curve_tail",
        "(z + c) erfc(sqrt(pi)/2 z) exp(pi/4 z^2) in powers of u = (z - c) / (z + c), c = 5/2,"
        " 1 <= z <= 5 and 7",
        _erf_curve_tail,
        {"float": _erf_curve_interval(5), "double": _erf_curve_interval(7)},
        {"float": 8, "double": 17},
    ),
    Polynomial(
        "arctan_bend",
        "(arctan(s) - s) / s^3 in powers of s^2 for 0 <= s <= 1",
        _arctan_bend,
        {"float": (mpf(0), mpf(1)), "double": (mpf(0), mpf(1))},
        {"float": 10, "double": 21},
    ),
    Polynomial(
        "gudermannian_bend",
        "(2/pi gd(pi/2 z) - z) / z^3 in powers of z^2 for 0 <= z <= 0.6",
        _gudermannian_bend,
        {"float": (mpf(0), mpf("0.36")), "double": (mpf(0), mpf("0.36"))},
        {"float": 7, "double": 14},
    ),
    Polynomial(
        "gudermannian_tail",
        "4/pi arctan(t) / t in powers of t^2 for 0 <= t <= 0.4",
        _gudermannian_tail,
        {"float": (mpf(0), mpf("0.16")), "double": (mpf(0), mpf("0.16"))},
        {"float": 5, "double": 11},
    ),
)


def _literal(value: mpf, type_name: str) -> str:
    bits = 24 if type_name == "float" else 53
    with mp.workprec(bits):
        rounded = +value
    mantissa, exponent = float(rounded).hex().split("p")
    digits = mantissa.rstrip("0").rstrip(".")
    return f"{digits}p{exponent}" + ("f" if type_name == "float" else "")


def _array(polynomial: Polynomial, type_name: str) -> str:
    size = polynomial.sizes[type_name]
    coefficients, error = chebyfit(
        polynomial.function, list(polynomial.intervals[type_name]), size, error=True
    )
    literals = [_literal(c, type_name) for c in reversed(coefficients)]
    lines = [", ".join(literals[i : i + 3]) for i in range(0, size, 3)]
    body = ",\n    ".join(lines)
    return (
        f"template <>\ninline constexpr std::array<{type_name}, {size}> "
        f"{polynomial.name}<{type_name}>{{  // error below 2^{float(log(abs(error), 2)):.1f}\n"
        f"    {body}}};\n"
    )


def main() -> None:
    """Print the header."""
    print("// Generated by tools/coefficients.py; lowest power first.\n#pragma once\n")
    print("#include <array>\n\nnamespace ogive {\n")
    for polynomial in POLYNOMIALS:
        print(f"/// {polynomial.comment}.")
        print(f"template <class T>\ninline constexpr std::array<T, 0> {polynomial.name}{{}};")
        for type_name in polynomial.sizes:
            print(_array(polynomial, type_name))
    print("}  // namespace ogive")


if __name__ == "__main__":
    main()
