"""Whole fits, ours against the peers'."""

from __future__ import annotations

import importlib.util
import sys
import time
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.peers import Fit, Work, jax_jitted, ours, pytorch, scikit_learn, works

OURS = "ogive"


def timed(fit: Fit, seed: int) -> tuple[float, float]:
    # Threads of the one before still spin for a while; nobody is to pay for another's.
    time.sleep(0.05)
    start = time.perf_counter()
    loss = fit(seed)
    return time.perf_counter() - start, loss


def with_blas_threads(fit: Fit, threads: int) -> Fit:
    def limited(seed: int) -> float:
        with threadpool_limits(threads, user_api="blas"):
            return fit(seed)

    return limited


def with_torch_threads(fit: Fit, threads: int) -> Fit:
    def limited(seed: int) -> float:
        import torch

        torch.set_num_threads(threads)
        return fit(seed)

    return limited


def best_of(settings: dict[int, Fit]) -> tuple[int, Fit]:
    """Return the thread setting that was quickest in three short trials."""
    quickest = {
        threads: min(timed(fit, seed)[0] for seed in range(3)) for threads, fit in settings.items()
    }
    threads = min(quickest, key=lambda t: quickest[t])
    return threads, settings[threads]


def contestants(work: Work) -> tuple[dict[str, Fit], dict[str, int]]:
    fits: dict[str, Fit] = {OURS: ours(work)}
    threads: dict[str, int] = {}
    base = scikit_learn(work)
    threads["scikit-learn"], fits["scikit-learn"] = best_of(
        {t: with_blas_threads(base, t) for t in (1, 2)}
    )
    if importlib.util.find_spec("torch"):
        base = pytorch(work)
        threads["PyTorch eager"], fits["PyTorch eager"] = best_of(
            {t: with_torch_threads(base, t) for t in (1, 2)}
        )
    if importlib.util.find_spec("jax"):
        make = jax_jitted(work)
        fits["JAX jitted, warm"] = make(False)
    return fits, threads


def measure(work: Work, dtype: Any) -> dict[str, Any]:
    work = work.as_dtype(dtype)
    fits, threads = contestants(work)
    for fit in fits.values():
        fit(0)
    seconds: dict[str, list[float]] = {name: [] for name in fits}
    losses: dict[str, list[float]] = {name: [] for name in fits}
    for round_ in range(work.repeats):
        for name, fit in fits.items():
            elapsed, loss = timed(fit, round_)
            seconds[name].append(elapsed)
            losses[name].append(loss)
    if "JAX jitted, warm" in fits:
        first = jax_jitted(work)(True)
        runs = [timed(first, seed) for seed in range(3)]
        seconds["JAX jitted, first call"] = [elapsed for elapsed, _ in runs]
        losses["JAX jitted, first call"] = [loss for _, loss in runs]
    mine = np.array(seconds[OURS])
    return {
        "work": work.name,
        "dtype": np.dtype(dtype).name,
        "seconds": {name: float(np.median(s)) for name, s in seconds.items()},
        "loss": {name: float(np.median(one)) for name, one in losses.items()},
        "ratio": {
            name: float(np.median(np.array(s) / mine[: len(s)]))
            for name, s in seconds.items()
            if name != OURS
        },
        "threads": threads,
    }


def measure_fits() -> list[dict[str, Any]]:
    results = []
    for dtype in (np.float32, np.float64):
        for work in works():
            result = measure(work, dtype)
            results.append(result)
            ratios = ", ".join(f"{name} {r:.1f}×" for name, r in result["ratio"].items())
            print(f"{result['dtype']}  {work.name}: {ratios}", file=sys.stderr, flush=True)
    return results
