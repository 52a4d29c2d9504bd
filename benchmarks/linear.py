"""Linear regression: whole fits against scikit-learn and statsmodels, and the digits of each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from tools.nist import SETS

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


def right_digits(values: Any, certified: Any) -> float:
    """Return the logarithmic relative error of the worst value, between 0 and 15."""
    values, certified = np.asarray(values), np.asarray(certified)
    size = np.where(certified == 0, 1, np.abs(certified))
    error = float((np.abs(values - certified) / size).max())
    return float(np.clip(-np.log10(max(error, 1e-300)), 0, 15))


def coefficients_by(library: str, X: Any, y: Any, fit_intercept: bool) -> Any:
    if library == "statsmodels":
        import statsmodels.api as sm

        return sm.OLS(y, sm.add_constant(X) if fit_intercept else X).fit().params
    if library == "NumPy":
        design = np.column_stack([np.ones(len(X)), X]) if fit_intercept else X
        return np.linalg.lstsq(design, y)[0]
    if library == "ogive":
        from ogive import LinearRegression
    else:
        from sklearn.linear_model import LinearRegression
    model = LinearRegression(fit_intercept=fit_intercept).fit(X, y)
    return np.r_[model.intercept_, model.coef_] if fit_intercept else model.coef_


def measure_digits() -> dict[str, dict[str, float]]:
    """Return the digits of the worst coefficient on NIST's certified sets."""
    digits = {
        name: {
            library: right_digits(
                coefficients_by(library, one.X, one.y, one.fit_intercept), one.coef
            )
            for library in ("ogive", "scikit-learn", "statsmodels", "NumPy")
        }
        for name, one in SETS.items()
    }
    for name, row in digits.items():
        print(name, ", ".join(f"{k} {v:.1f}" for k, v in row.items()), file=sys.stderr)
    return digits


def measure_linear() -> dict[str, Any]:
    return {
        "digits": measure_digits(),
        "fits": [result for size in SIZES for result in measure_size(*size)],
    }
