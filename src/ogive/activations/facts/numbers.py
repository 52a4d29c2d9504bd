"""Numbers of the facts: an exact form where one is known, otherwise 15 digits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["DIGITS", "ROOT_DIGITS", "Number", "equal", "number", "recognised", "symbolic_number"]

DIGITS = 60
ROOT_DIGITS = 100
_TOLERANCE = 1e-30
_GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "theta": "θ", "lambd": "λ", "lambda": "λ"}
_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Number:
    """One number.

    Attributes
    ----------
    text, latex : str
        How it is written: the exact form, or 15 digits.
    value : float
        The nearest float64; may be infinite.
    exact : bool
        Whether `text` stands for the number itself.
    """

    text: str
    latex: str
    value: float
    exact: bool

    def __float__(self) -> float:
        return self.value


def equal(a: Any, b: Any) -> bool:
    """Whether two mpmath numbers agree to 30 digits."""
    if a == b:
        return True
    largest = max(abs(a), abs(b))
    return bool(largest < math.inf) and bool(abs(a - b) <= _TOLERANCE * largest)


@cache
def _constants() -> tuple[tuple[Any, Any], ...]:
    from mpmath import mp, mpf
    from sympy import E, LambertW, Rational, log, pi, sqrt

    half = Rational(1, 2)
    symbols = (
        sqrt(2), sqrt(3), pi, sqrt(pi), 1 / pi, 1 / sqrt(pi), sqrt(2) / sqrt(pi), sqrt(2 * pi),
        E, 1 / E, E**half, E**-half, sqrt(2) * E**-half, log(2), 1 / log(2), LambertW(1 / E),
        1 + LambertW(1 / E), pi**2, 3 - 2 * sqrt(2), log(1 + sqrt(2)),
    )  # fmt: skip
    with mp.workdps(DIGITS + 10):
        return tuple((symbol, mpf(symbol.evalf(DIGITS + 10))) for symbol in symbols)


def _fraction(value: Any, largest: int) -> Any:
    """Return the fraction with a small denominator that `value` is, or None."""
    from mpmath import floor, mpf
    from sympy import Rational

    if not 1e-15 < abs(value) < 1e15:
        return None
    before, last, rest = (0, 1), (1, 0), value
    while last[1] <= largest:
        whole = int(floor(rest))
        before, last = last, (whole * last[0] + before[0], whole * last[1] + before[1])
        if last[1] <= largest and equal(mpf(last[0]) / last[1], value):
            return Rational(*last)
        if rest == whole:
            return None
        rest = 1 / (rest - whole)
    return None


def recognised(value: Any, candidates: Iterable[Any] = ()) -> Any:
    """Return the SymPy number that an mpmath number is to 30 digits and more, or None.

    Tried are fractions, decimals of up to 17 digits, common constants times a small fraction,
    and the given expressions.
    """
    from mpmath import mp, mpf, nint
    from sympy import Integer, Rational, oo

    with mp.workdps(DIGITS):
        if mp.isinf(value):
            return oo if value > 0 else -oo
        if value == 0:
            return Integer(0)
        simple = _fraction(value, 64)
        if simple is not None:
            return simple
        scaled = value * mpf(10) ** 17
        if abs(scaled) < mpf(10) ** 20 and equal(nint(scaled), scaled):
            return Rational(int(nint(scaled)), 10**17)
        for symbol, constant in _constants():
            ratio = _fraction(value / constant, 24)
            if ratio is not None and abs(ratio.p) <= 100:
                return ratio * symbol
        for candidate in candidates:
            if len(str(candidate)) <= 2 * _LONGEST and candidate.is_number:
                try:
                    other = candidate.evalf(DIGITS)
                    if other.is_Float and equal(mpf(other), value):
                        return candidate
                except (TypeError, ValueError, ArithmeticError):
                    continue
    return None


def number(value: Any, candidates: Iterable[Any] = ()) -> Number:
    """Return an mpmath number with its exact form if that is found."""
    symbol = recognised(value, candidates)
    if symbol is not None:
        exact = symbolic_number(symbol)
        if len(exact.text) <= _LONGEST:
            return exact
    return _digits(value)


def _digits(value: Any) -> Number:
    from mpmath import mp

    text = mp.nstr(value, 15, strip_zeros=True)
    text = text.removesuffix(".0")
    latex = text
    if "e" in text:
        digits, exponent = text.split("e")
        latex = rf"{digits} \cdot 10^{{{int(exponent)}}}"
    return Number(text, latex, float(value), False)


def symbolic_number(symbol: Any, value: float | None = None) -> Number:
    """Return a SymPy number, or an expression in parameters that has the given value."""
    from sympy import latex

    if symbol.is_infinite:
        sign = "" if symbol.is_extended_positive else "-"
        return Number(sign + "∞", sign + r"\infty", math.inf if not sign else -math.inf, True)
    if symbol.is_Float:
        from mpmath import mpf

        return _digits(mpf(symbol))
    if symbol.is_Rational:
        decimal = _decimal(symbol)
        if decimal is not None:
            return Number(decimal, decimal, float(symbol), True)
    names = {s: rf"\mathrm{{{s.name.replace('_', chr(92) + '_')}}}"
             for s in symbol.free_symbols if "_" in s.name}  # fmt: skip
    lambd = {s: r"\lambda" for s in symbol.free_symbols if s.name == "lambd"}
    written = latex(symbol, symbol_names=names | lambd)
    written = written.replace(r"\frac{\sqrt{2}}{2 \sqrt{\pi}}", r"\frac{1}{\sqrt{2 \pi}}")
    return Number(_text(symbol), written, float(symbol) if value is None else value, True)


def _decimal(fraction: Any) -> str | None:
    """Write a fraction as a decimal where that is shorter to read."""
    if fraction.q == 1:
        return str(fraction.p) if abs(fraction.p) < 10**16 else f"{float(fraction):.15g}"
    if fraction.q <= 12:
        return None
    rest = fraction.q
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    text = repr(float(fraction))
    short = rest == 1 and len(text) <= 22 and "e" not in text
    return text if short and fraction.__class__(text) == fraction else None


def _text(symbol: Any) -> str:
    """Write an expression in plain characters."""
    import re

    text = str(symbol)
    text = re.sub(r"\bLambertW\b", "W", text)
    text = re.sub(r"exp\(1\)|\bE\b", "e", text)
    text = re.sub(r"\bpi\b", "π", text)
    text = re.sub(r"sqrt\((\w+)\)", r"√\1", text)
    for name, letter in _GREEK.items():
        text = re.sub(rf"\b{name}\b", letter, text)
    text = text.replace("**", "^").replace("sqrt", "√").replace("*", "·")
    text = text.replace("W(exp(-1))", "W(1/e)").replace("√2/(2·√π)", "1/√(2π)")
    return "1/e" if text == "exp(-1)" else text
