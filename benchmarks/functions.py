"""Activation functions against the fastest of NumPy, SciPy, numexpr, PyTorch and JAX.

Every cell is one function, one of value, derivative and both, one type, one size and one number of
threads. Contestants take turns; a cell's figure is the median over rounds of the ratio of the
fastest peer's time to ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.function_peers import FUNCTIONS, KINDS, argument_of, peers_of

__all__ = ["measure_functions", "summary"]

SIZES = (1_000, 50_000, 20_000_000)
# Of the largest size, where a cell takes seconds, only these take part.
LARGE = ("sigmoid", "tanh", "relu", "gelu", "silu", "exponential")
# Of at least this many arrays at a time a short call is made, so that the clock is fine enough.
LEAST_SECONDS = 2e-4


def _seconds(call: Callable[[Any], Any], z: Any, repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        call(z)
    return (time.perf_counter() - start) / repeats


def _ours(name: str, kind: str) -> Callable[[Any], Any]:
    import ogive

    function = ogive.activation(name)
    return {
        "value": function,
        "derivative": function.derivative,
        "both": function.value_and_derivative,
    }[kind]


def _agrees(name: str, kind: str, call: Callable[[Any], Any], z: Any) -> bool:
    """Whether a peer computes the same function; else it is no contestant."""
    mine = np.asarray(_ours(name, kind)(z), np.float64)
    theirs = call(z)
    if kind == "derivative" and isinstance(theirs, tuple):
        theirs = theirs[1]
    if kind == "both":
        theirs = [np.asarray(part) for part in theirs]
    return np.allclose(np.asarray(theirs, np.float64), mine, rtol=2e-3, atol=2e-4)


def _cell(name: str, kind: str, z: Any, rounds: int) -> dict[str, Any] | None:
    peers = peers_of(name, kind).items()
    contestants = {
        "ogive": _ours(name, kind),
        **{library: call for library, call in peers if _agrees(name, kind, call, z[:1000])},
    }
    if len(contestants) == 1:
        return None
    repeats, given = {}, {library: argument_of(library, z) for library in contestants}
    for library, call in contestants.items():
        _seconds(call, given[library], 2)
        repeats[library] = max(1, round(LEAST_SECONDS / _seconds(call, given[library], 1)))
    times: dict[str, list[float]] = {library: [] for library in contestants}
    for _ in range(rounds):
        for library, call in contestants.items():
            times[library].append(_seconds(call, given[library], repeats[library]))
    median = {library: float(np.median(t)) for library, t in times.items()}
    fastest = min((t, library) for library, t in median.items() if library != "ogive")[1]
    ratios = np.array(times[fastest]) / np.array(times["ogive"])
    return {
        "function": name,
        "kind": kind,
        "dtype": z.dtype.name,
        "n": len(z),
        "ratio": float(np.median(ratios)),
        "fastest": fastest,
        "seconds": median,
    }


def _bandwidth(name: str, z: Any, out: Any, rounds: int) -> float:
    """Bytes per second of our value as a share of np.copyto's, both into a ready array."""
    import ogive

    function = ogive.activation(name)
    function(z, out=out)
    shares = []
    for _ in range(rounds):
        copying = _seconds(lambda x: np.copyto(out, x), z, 1)
        shares.append(copying / _seconds(lambda x: function(x, out=out), z, 1))
    return float(np.median(shares))


def _call_cost(dtype: str) -> float:
    """A call on 1,000 elements over np.exp's: the median over all functions of the catalogue."""
    import ogive

    z = np.random.default_rng(0).normal(size=1000).astype(dtype)
    costs = []
    for name in ogive.activations("elementwise"):
        function = ogive.activation(name)
        function(z)
        ratios = [_seconds(function, z, 200) / _seconds(np.exp, z, 200) for _ in range(9)]
        costs.append(float(np.median(ratios)))
    return float(np.median(costs))


def run(threads: int, names: list[str], rounds: int) -> dict[str, Any]:
    """Measure in this process, which is bound to `threads` cores."""
    import ogive

    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    try:
        import torch

        torch.set_num_threads(threads)
    except ImportError:
        pass
    random = np.random.default_rng(0)
    cells, shares = [], {}
    for n in SIZES:
        for dtype in ("float32", "float64"):
            z = (3 * random.normal(size=n)).astype(dtype)
            large = n == SIZES[-1]
            for name in [name for name in names if name in LARGE or not large]:
                for kind in KINDS:
                    found = _cell(name, kind, z, 3 if large else rounds)
                    if found:
                        cells.append({**found, "threads": threads})
                print(f"\r{threads} thread(s) {n:>10,} {dtype} {name:20s}", end="", file=sys.stderr)
            if large:
                out = np.empty_like(z)
                for name in ogive.activations("elementwise"):
                    shares[f"{name}/{dtype}"] = _bandwidth(name, z, out, 3)
    cost = {dtype: _call_cost(dtype) for dtype in ("float32", "float64")}
    return {"cells": cells, "bandwidth": shares, "call_cost": cost}


def measure_functions(rounds: int = 9, names: list[str] | None = None) -> dict[str, Any]:
    """Measure with one thread and with two, each in a process bound to as many cores."""
    result: dict[str, Any] = {"cells": []}
    for threads in (1, 2):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.functions", str(threads), str(rounds),
             *(names or FUNCTIONS)],
            stdout=subprocess.PIPE, text=True, check=True,
            env={**os.environ, "OMP_NUM_THREADS": str(threads),
                 "NUMEXPR_NUM_THREADS": str(threads)},
        )  # fmt: skip
        part = json.loads(done.stdout)
        result["cells"] += part["cells"]
        result[f"bandwidth_{threads}"] = part["bandwidth"]
        result[f"call_cost_{threads}"] = part["call_cost"]
    result.update(summary(result))
    return result


def summary(result: dict[str, Any]) -> dict[str, Any]:
    """Return the figures that sum the cells up."""
    ratios = np.array([cell["ratio"] for cell in result["cells"]])
    shares = np.array(list(result["bandwidth_2"].values()))
    return {
        "cells_measured": len(ratios),
        "median_ratio": float(np.median(ratios)),
        "share_slower": float(np.mean(ratios < 1)),
        "least_bandwidth": float(shares.min()),
        "share_at_bandwidth": float(np.mean(shares >= 0.9)),
    }


if __name__ == "__main__":
    cores, number, *chosen = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(cores)])
    print(json.dumps(run(int(cores), chosen, int(number))))
