"""Formulas evaluated by SymPy and mpmath from their displayed expression."""

from __future__ import annotations

from functools import cache

import numpy as np
from mpmath import isnan, mp, mpf


@cache
def functions(expression, parameters):
    """The expression and SymPy's derivative of it, as functions of mpmath numbers."""
    from sympy import Symbol, diff, lambdify, sympify

    symbols = {name: Symbol(name, real=True) for name in ("z", *parameters)}
    read = sympify(expression, locals=symbols)
    order = list(symbols.values())
    return tuple(lambdify(order, e, "mpmath") for e in (read, diff(read, symbols["z"])))


def exact(formula, z, parameters=(), digits=400):
    """Value and derivative at the float z, NaN where they are no real number."""
    results = []
    with mp.workdps(digits):
        for function in functions(formula.expression, formula.parameters):
            try:
                result = mpf(function(mpf(z), *map(mpf, parameters)))
            except (TypeError, ZeroDivisionError, ValueError):
                result = mpf("nan")
            results.append(+result)
    return results


def evaluated(program, z):
    """Value and derivative that the program gives in one pass."""
    a, d = np.empty_like(z), np.empty_like(z)
    program.value_and_derivative(z, a, d)
    return a, d


def error(computed, true, dtype):
    """The relative error in units of the type's epsilon; absolute among subnormals."""
    if isnan(true):
        return 0.0 if np.isnan(computed) else np.inf
    info = np.finfo(dtype)
    if abs(true) > float(info.max):
        return 0.0 if abs(computed) >= float(info.max) else np.inf
    if not np.isfinite(computed):
        return np.inf
    size = max(abs(true), mpf(float(info.smallest_normal)))
    return float(abs(mpf(float(computed)) - true) / size / float(info.eps))
