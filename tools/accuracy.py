"""Measures every contract of core/activations against Arb: the greatest error in ulps.

    python -m tools.accuracy build/accuracy.json [NAME ...]

The file is what the tests check and what the documentation prints.
"""

from __future__ import annotations

import json
import math
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from tools.accuracy_points import points, zeros

from ogive import activation
from ogive.activations import CATALOGUE
from ogive.activations.symbolic import definition_expression

__all__ = ["NAMES", "TYPES", "exact_functions", "measure", "measurements", "ulp_errors", "write"]

TYPES = ("float32", "float64")
NAMES = tuple(name for name, d in CATALOGUE.items() if d.kind == "elementwise")
ENOUGH = 80  # bits of a reference value


def _printer():
    from sympy.printing.pycode import PythonCodePrinter

    class ArbPrinter(PythonCodePrinter):
        """Writes an expression as Python on Arb's real numbers."""

        def _print_Rational(self, expr):
            return f"(arb({expr.p})/{expr.q})"

        def _print_Float(self, expr):
            return f'arb("{expr}")'

        def _print_Pi(self, expr):
            return "arb.pi()"

        def _print_Exp1(self, expr):
            return "arb(1).exp()"

        def _print_Pow(self, expr, **_):
            base, power = f"({self._print(expr.base)})", expr.exp
            if power == 0.5:
                return f"{base}.sqrt()"
            if power == -0.5:
                return f"(1/{base}.sqrt())"
            if power.is_Integer:
                return f"power({base}, {power})"
            return f"{base}**({self._print(power)})"

        def _print_Abs(self, expr):
            return f"abs({self._print(expr.args[0])})"

        def _print_sign(self, expr):
            return f"sign({self._print(expr.args[0])})"

        def _print_log(self, expr):
            # Without log1p, log(1 + exp(-700)) would take a thousand bits.
            rest = expr.args[0] - 1
            if expr.args[0].is_Add and 1 in expr.args[0].args:
                return f"({self._print(rest)}).log1p()"
            return f"({self._print(expr.args[0])}).log()"

        def _print_sech(self, expr):
            return f"sech({self._print(expr.args[0])})"

        def _print_Function(self, expr):
            return f"({self._print(expr.args[0])}).{expr.func.__name__}()"

    for known in ("exp", "erf", "erfc", "tanh", "sinh", "cosh", "sin", "cos", "tan",
                  "atan", "asin", "asinh", "atanh", "sqrt"):  # fmt: skip
        setattr(ArbPrinter, f"_print_{known}", ArbPrinter._print_Function)
    return ArbPrinter({"fully_qualified_modules": False, "precision": 40})


@cache
def exact_functions(name):
    """Return f(z, *parameters) -> (value, derivative) on Arb's real numbers."""
    from flint import arb
    from sympy import Piecewise, Symbol, cse, numbered_symbols

    definition = CATALOGUE[name]
    expressions = [_without_cancellation(e) for e in definition_expression(definition)]
    found = {str(s): s for e in expressions for s in e.free_symbols}
    order = [found.get(key, Symbol(key)) for key in ("z", *(p.name for p in definition.parameters))]
    # A piece is evaluated only where it holds, so that nothing is drawn out of it.
    pieces = any(e.has(Piecewise) for e in expressions)
    steps, results = ([], expressions) if pieces else cse(expressions, numbered_symbols("x_"))
    printer = _printer()
    lines = [f"    {symbol} = {printer.doprint(e)}" for symbol, e in steps]
    lines.append("    return " + ", ".join(f"arb({printer.doprint(e)})" for e in results))
    code = f"def f({', '.join(map(str, order))}):\n" + "\n".join(lines)

    def sech(x):
        # The cosine of so much overflows, but all that is to be known is that this is tiny.
        return x.sech() if abs(x) < 1e6 else arb(0, arb(2) ** -1_000_000)

    def power(x, n):
        # Arb's own is NaN for an x that may be 0.
        product = x
        for _ in range(abs(n) - 1):
            product *= x
        return product if n > 0 else 1 / product

    space = {"arb": arb, "sign": lambda x: (x > 0) - (x < 0), "sech": sech, "power": power}
    exec(code, space)
    return space["f"]


def _without_cancellation(expression):
    """Write 1 - tanh(x)^2 as sech(x)^2, which costs fewer bits in the tails."""
    from sympy import Wild, sech, tanh

    x = Wild("x")
    return expression.replace(tanh(x) ** 2, 1 - sech(x) ** 2)


def _settled(x):
    """Whether enough digits of x are known, or that it is far below the least float."""
    if not x.is_finite():
        return False
    return x.rel_accuracy_bits() >= ENOUGH or abs(x) < 1e-320 and abs(x) * 2**1200 < 1


FAR = 2000.0


def _by_asymptote(f, z, wide):
    """Return value and derivative where exponentials overflow even Arb's numbers.

    A function made of exponentials has reached its asymptote, of slope 0 or 1, to more digits than
    are asked for long before.
    """
    from flint import arb

    at = arb(FAR if z > 0 else -FAR)
    value, slope = f(at, *wide)
    tiny = arb(2) ** -1200
    if abs(slope) < tiny:
        return value, arb(0)
    if abs(slope - 1) < tiny:
        return arb(z) + (value - at), arb(1)
    return arb("nan"), arb("nan")


def exact(name, z, parameters):
    """Return value and derivative at the float z, each to at least 80 bits."""
    from flint import arb, ctx

    f, before = exact_functions(name), ctx.prec
    wide = [arb(p) for p in parameters]
    try:
        while True:
            value, slope = f(arb(z), *wide)
            if _settled(value) and _settled(slope):
                return value, slope
            if ctx.prec >= 8192:
                break
            ctx.prec *= 2
    finally:
        if abs(z) > 2000:
            ctx.prec = before
    ctx.prec = before
    return _by_asymptote(f, z, wide)


def ulp_errors(computed, true, info):
    """Return the error of the float `computed` in ulps of `true`, and in machine epsilons."""
    from flint import arb

    size = abs(float(true))
    if math.isinf(computed) or math.isinf(size) or size > float(info.max):
        right = math.isinf(computed) and size >= float(info.max) and (computed > 0) == (true > 0)
        return (0.0, 0.0) if right else (math.inf, math.inf)
    if computed != computed:
        return math.inf, math.inf
    exponent = max(math.frexp(size)[1] - 1, info.minexp) if size else info.minexp
    error = abs(arb(computed) - true)
    return float(error * _power(info.nmant - exponent)), float(error * _power(info.nmant))


@cache
def _power(exponent):
    from flint import arb

    return arb(2) ** exponent


def measure(name, dtype, count=200_000):
    """Measure one function in one type over at least `count` points.

    Returns
    -------
    dict
        For "value" and "derivative" the greatest error in ulps and where it is. Within 0.25 of a
        zero the contract may allow some machine epsilons instead: the greatest error of those
        points that need it is "epsilons".
    """
    dtype, function = np.dtype(dtype), activation(name)
    info = np.finfo(dtype)
    z = points(function, dtype, count)
    value, slope = function.value_and_derivative(z)
    alone = function(z), function.derivative(z)
    parameters = list(function.parameters.values())
    facts = _contract(name)
    near = {
        "value": _near(zeros(function, dtype), z, value, facts["value"][1]),
        "derivative": _near(zeros(function.derivative, dtype), z, slope, facts["derivative"][1]),
    }
    worst = {
        kind: {"ulp": 0.0, "at": 0.0, "epsilons": 0.0, "allowed_ulp": ulp, "allowed_epsilons": eps}
        for kind, (ulp, eps) in facts.items()
    }
    # In order of size on each side, so that the bits a tail needs grow as it goes.
    order = np.argsort(z < 0, kind="stable")
    z = z[order]
    truths = _truths(name, z, parameters, precise=dtype == np.float64)
    for kind, both, one, truth in zip(facts, (value, slope), alone, truths, strict=True):
        record, close = worst[kind], near[kind][order]
        for computed in (both[order], one[order]):
            ulps, epsilons = truth.errors(computed, info)
            needing = close & (ulps > record["allowed_ulp"])
            if needing.any():
                record["epsilons"] = max(record["epsilons"], float(epsilons[needing].max()))
            at = int(np.argmax(np.where(needing, -1.0, ulps)))
            if not needing[at] and ulps[at] > record["ulp"]:
                record["ulp"], record["at"] = float(ulps[at]), float(z[at])
    return {"name": name, "dtype": dtype.name, "points": len(z), **worst}


class _Truth:
    """True results as sums of two floats, or as Arb's numbers where that would lose digits."""

    def __init__(self, count):
        self.high, self.low = np.empty(count), np.zeros(count)
        self.others = {}

    def put(self, i, true, precise):
        high = float(true)
        self.high[i] = high
        if precise:
            if not 1e-280 < abs(high) < 1e300:
                self.others[i] = true
            elif high != true:
                self.low[i] = float(true - high)

    def errors(self, computed, info):
        """Return the errors in ulps of the true results, and in machine epsilons."""
        with np.errstate(all="ignore"):
            size = np.abs(self.high)
            error = np.abs((computed.astype(np.float64) - self.high) - self.low)
            exponent = np.where(size > 0, np.frexp(size)[1] - 1, info.minexp)
            ulps = np.ldexp(error, info.nmant - np.maximum(exponent, info.minexp))
            epsilons = np.ldexp(error, info.nmant)
        beyond = ~np.isfinite(computed) | ~(size <= float(info.max))
        for i in {*np.flatnonzero(beyond).tolist(), *self.others}:
            true = self.others.get(i, float(self.high[i]))
            ulps[i], epsilons[i] = ulp_errors(float(computed[i]), true, info)
        return ulps, epsilons


def _truths(name, z, parameters, precise):
    """Return the true values and derivatives, of the sorted z; `precise` for more than floats."""
    from flint import ctx

    truths = _Truth(len(z)), _Truth(len(z))
    last, ctx.prec = 1.0, 128
    for i, at in enumerate(z.tolist()):
        if at < 0 <= last:
            ctx.prec = 128
        last = at
        for truth, true in zip(truths, exact(name, at, parameters), strict=True):
            truth.put(i, true, precise)
    return truths


def _near(roots, z, result, epsilons):
    """Tell which points are so near to a zero that the error is counted in machine epsilons."""
    if epsilons == 0:
        return np.zeros(len(z), bool)
    if len(roots) == 0 or len(roots) > 8:  # a wave, which may touch zero without crossing it
        return np.abs(result) <= 0.25
    return np.abs(z[:, None] - roots).min(axis=1) <= 0.25


def _contract(name):
    from ogive._engine import core

    facts = {"value_epsilons": 0.0, **core.activation_facts()[name]}
    return {
        kind: (facts[f"{kind}_ulp"], facts[f"{kind}_epsilons"]) for kind in ("value", "derivative")
    }


@contextmanager
def measurements(names=NAMES, count=200_000):
    """Start to measure all functions in both types in two processes; gives a future for each."""
    # Forked workers would share OpenMP's and Arb's state.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield {
            (name, dtype): pool.submit(measure, name, dtype, count)
            for name in names
            for dtype in TYPES
        }
        pool.shutdown(cancel_futures=True)


def write(records, path):
    """Write records to a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(records, indent=1))
    beside.replace(path)


def main(path, *names):
    """Measure, print, and write the records to a file."""
    records = []
    with measurements(names or NAMES) as futures:
        for done, future in enumerate(futures.values(), 1):
            records.append(future.result())
            print(f"\r{done}/{len(futures)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    write(records, Path(path))
    for record in records:
        for kind in ("value", "derivative"):
            one = record[kind]
            broken = one["ulp"] > one["allowed_ulp"] or one["epsilons"] > one["allowed_epsilons"]
            print(
                f"{record['name']:18s}{record['dtype']:8s} {kind:10s} {one['ulp']:7.3f} ulp"
                f" (<= {one['allowed_ulp']:g}) at {one['at']!r:24}"
                f"{one['epsilons']:.3g} eps (<= {one['allowed_epsilons']:g})"
                + ("  BROKEN" if broken else "")
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
