"""Linear regression: whole fits against scikit-learn and statsmodels, and the digits of each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.fits import best_of, timed, with_blas_threads

Fit = Callable[[int], float]

SIZES = [(1_000_000, 20, 7), (100_000, 50, 15), (10_000, 200, 15), (1_000, 10, 101), (100, 3, 201)]


def rows(n: int, k: int) -> tuple[Any, Any]:
    random = np.random.default_rng(0)
    X = random.standard_normal((n, k))
    return X, X @ random.standard_normal(k) + random.standard_normal(n)


def ours(X: Any, y: Any) -> Fit:
    from ogive import LinearRegression

    return lambda _: float(LinearRegression().fit(X, y).coef_[0])


def ours_with_statistics(X: Any, y: Any) -> Fit:
    from ogive import LinearRegression

    def fit(_: int) -> float:
        summary = LinearRegression().fit(X, y).summary()
        return float(summary.to_dict()["targets"][0]["aic"])

    return fit


def scikit_learn(X: Any, y: Any) -> Fit:
    from sklearn.linear_model import LinearRegression

    return lambda _: float(LinearRegression().fit(X, y).coef_[0])


def statsmodels(X: Any, y: Any) -> Fit:
    import statsmodels.api as sm

    def fit(_: int) -> float:
        result = sm.OLS(y, sm.add_constant(X)).fit()
        result.summary()  # computes what ours does: t, p, intervals, F, residuals' statistics
        return float(result.aic)

    return fit


def measure_size(n: int, k: int, repeats: int) -> list[dict[str, Any]]:
    X, y = rows(n, k)
    pairs = {
        "fit": (ours(X, y), scikit_learn(X, y), "scikit-learn"),
        "fit and summary": (ours_with_statistics(X, y), statsmodels(X, y), "statsmodels"),
    }
    results = []
    for asked, (mine, theirs, name) in pairs.items():
        threads, theirs = best_of({t: with_blas_threads(theirs, t) for t in (1, 2)})
        mine(0)
        seconds = [(timed(theirs, r)[0], timed(mine, r)[0]) for r in range(repeats)]
        ratios = [their / my for their, my in seconds]
        result = {
            "rows": n,
            "columns": k,
            "asked": asked,
            "peer": name,
            "peer_threads": threads,
            "seconds": float(np.median([my for _, my in seconds])),
            "peer_seconds": float(np.median([their for their, _ in seconds])),
            "ratio": float(np.median(ratios)),
        }
        results.append(result)
        print(
            f"{n:,} x {k}, {asked}: {result['seconds'] * 1e3:.2f} ms, "
            f"{name} {result['ratio']:.1f}x (with {threads} BLAS threads)",
            file=sys.stderr,
            flush=True,
        )
    return results


def measure_linear() -> dict[str, Any]:
    return {"fits": [result for size in SIZES for result in measure_size(*size)]}
