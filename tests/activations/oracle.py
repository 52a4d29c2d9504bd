"""The definitions of the catalogue evaluated by mpmath, and errors counted in ulps."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from mpmath import erfc, frexp, mp, mpf

from ogive.activations import CATALOGUE
from ogive.activations.symbolic import definition_expression

REACH = {np.float32: 112.0, np.float64: 760.0}  # exp(-z) is 0 beyond


def _erfc(x):
    """mpmath's, which overflows at the largest floats."""
    return erfc(x) if abs(x) < 1000 else mpf(2 * (x < 0))


@cache
def _functions(name):
    from sympy import Symbol, lambdify

    expressions = definition_expression(name)
    symbols = {str(s): s for e in expressions for s in e.free_symbols}
    order = [
        symbols.get(key, Symbol(key))
        for key in ("z", *(p.name for p in CATALOGUE[name].parameters))
    ]
    return tuple(lambdify(order, e, [{"erfc": _erfc}, "mpmath"]) for e in expressions)


def exact(name, z, parameters, derivative):
    """The true value at the float z, with digits to spare for every cancellation."""
    size = min(abs(z) * max([1.0, *map(abs, parameters)]), 1000.0)
    digits = 40 + (min(z * z / 4, 400.0) if name == "gelu" else size)
    if 0 < abs(z) < 1:
        digits -= math.log10(abs(z))
    with mp.workdps(int(digits)):
        return _functions(name)[derivative](mpf(z), *map(mpf, parameters))


def ulp(true, dtype):
    """The spacing of `dtype` at `true`, that of the subnormals below the normal numbers."""
    info = np.finfo(dtype)
    exponent = max(frexp(true)[1] - 1, info.minexp) if true else info.minexp
    return mpf(2) ** (exponent - info.nmant)


def ulp_error(computed, true, dtype):
    """The error of the float `computed` in ulps of `true`."""
    largest = mpf(float(np.finfo(dtype).max))
    if abs(true) > largest:
        return 0.0 if abs(computed) >= float(largest) else math.inf
    if not math.isfinite(computed):
        return math.inf
    return float(abs(mpf(computed) - true) / ulp(true, dtype))


def points(dtype, count=160):
    """Arguments around 0, over the bends, in both tails, at the edges of the format."""
    info = np.finfo(dtype)
    rng = np.random.default_rng(20)
    reach = REACH[dtype]
    narrow = [rng.uniform(-a, a, count) for a in (0.5, 1.0, 2.5, 6.0, 16.0, 40.0)]
    tails = [
        rng.uniform(-reach, reach, 2 * count),
        rng.uniform(-reach, -0.9 * reach, count),
        rng.uniform(-15.0, -12.0, count) if dtype is np.float32 else rng.uniform(-39, -36, count),
    ]
    signs = rng.choice([-1.0, 1.0], 2 * count)
    magnitudes = signs * 10.0 ** rng.uniform(np.log10(float(info.tiny)), 0, 2 * count)
    subnormal = np.arange(1, 9) * float(info.smallest_subnormal)
    zeros_of_derivatives = [
        zero + rng.uniform(-0.02, 0.02, count // 2) for zero in (-0.751791, -1.278465, -1.192431)
    ]
    huge = [100.0, 1e3, 1e10, 1e30, float(info.max)]
    half_log_2 = np.log(2.0) * (np.arange(-12, 13) + 0.5)  # where the exponent's rounding turns
    table = np.concatenate(
        [*narrow, *tails, magnitudes, subnormal, -subnormal, *zeros_of_derivatives, huge,
         np.negative(huge), half_log_2, [0.0]]
    )  # fmt: skip
    return np.unique(table.astype(dtype))
