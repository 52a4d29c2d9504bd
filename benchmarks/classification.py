"""Two classes and many, beside scikit-learn at equal penalty and tolerance."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.fits import best_of, timed, with_blas_threads

Fit = Callable[[int], float]
TOL = 1e-4
"""scikit-learn's default; ours is 1e-8."""


def clouds(n_classes: int, n_rows: int, n_features: int, seed: int = 0) -> tuple[Any, Any]:
    """Return rows about the centre of their class, which lie 2 standard deviations apart or so."""
    random = np.random.default_rng(seed)
    centres = 2 * random.standard_normal((n_classes, n_features))
    y = np.arange(n_rows) % n_classes
    return centres[y] + 1.5 * random.standard_normal((n_rows, n_features)), y


def digits() -> tuple[Any, Any]:
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return np.ascontiguousarray(X), y


def models(name: str, **options: Any) -> tuple[Any, Any]:
    """Return our estimator and scikit-learn's."""
    import sklearn.linear_model
    import sklearn.multiclass

    import ogive

    inner = ogive.LogisticRegression(tol=TOL)
    theirs = sklearn.linear_model.LogisticRegression(tol=TOL, max_iter=10_000)
    if name == "LogisticRegression":
        return inner.set_params(**options), theirs.set_params(**options)
    if name == "OutputCodeClassifier":
        their_model = sklearn.multiclass.OutputCodeClassifier(theirs, random_state=0)
        return ogive.OutputCodeClassifier(inner, random_state=0), their_model
    return getattr(ogive, name)(inner), getattr(sklearn.multiclass, name)(theirs)


def fitting(model: Any, X: Any, y: Any) -> Fit:
    return lambda _: float(len(model.fit(X, y).classes_))


def compare(work: str, mine: Fit, theirs: Fit, repeats: int, *, choose_threads: bool = True) -> Any:
    threads: int | None = None
    if choose_threads:
        threads, theirs = best_of({t: with_blas_threads(theirs, t) for t in (1, 2)})
    mine(0)
    seconds = [(timed(theirs, r)[0], timed(mine, r)[0]) for r in range(repeats)]
    result = {
        "work": work,
        "seconds": float(np.median([own for _, own in seconds])),
        "peer_seconds": float(np.median([their for their, _ in seconds])),
        "ratio": float(np.median([their / own for their, own in seconds])),
        "peer_threads": threads,
        "repeats": repeats,
    }
    print(
        f"{work}: {result['seconds'] * 1e3:.1f} ms, scikit-learn "
        f"{result['peer_seconds'] * 1e3:.1f} ms, {result['ratio']:.1f}x",
        file=sys.stderr,
        flush=True,
    )
    return result


def measure_many_classes() -> list[dict[str, Any]]:
    """100 classes: one-vs-one and one-vs-rest, fit and predict."""
    X, y = clouds(100, 22_000, 16)
    X, fresh, y = X[:20_000], X[20_000:], y[:20_000]
    results = []
    for name, repeats in (("OneVsOneClassifier", 2), ("OneVsRestClassifier", 5)):
        ours, theirs = models(name)
        work = f"{name}, 20,000 x 16, 100 classes"
        results.append(
            compare(
                f"{work}, fit",
                fitting(ours, X, y),
                fitting(theirs, X, y),
                repeats,
                choose_threads=False,
            )
        )
        same = float(np.mean(ours.predict(fresh) == theirs.predict(fresh)))
        converged = [m.set_params(estimator__tol=1e-8).fit(X, y) for m in models(name)]
        same_at_the_end = float(np.mean(np.equal(*[m.predict(fresh) for m in converged])))
        predicted = compare(
            f"{work}, predict 2,000",
            lambda _, m=ours: float(m.predict(fresh)[0]),
            lambda _, m=theirs: float(m.predict(fresh)[0]),
            5,
            choose_threads=False,
        )
        results.append(
            {**predicted, "same_predictions": same, "same_predictions_at_1e-8": same_at_the_end}
        )
        print(
            f"  {100 * same:.2f} % of predictions are the same, {100 * same_at_the_end:.2f} % with "
            "a tolerance of 1e-8",
            file=sys.stderr,
        )
    return results


def measure_digits() -> list[dict[str, Any]]:
    X, y = digits()
    results = []
    for scale, rows in (("0 to 16", X), ("0 to 1", X / 16)):
        for name, repeats in (
            ("OneVsOneClassifier", 7),
            ("OneVsRestClassifier", 5),
            ("OutputCodeClassifier", 5),
            ("LogisticRegression", 5),
        ):
            ours, theirs = models(name)
            work = f"{name}, digits ({scale}), fit"
            results.append(compare(work, fitting(ours, rows, y), fitting(theirs, rows, y), repeats))
    return results


def gradient_norm(model: Any, X: Any, y: Any) -> float:
    """Return the largest component of the gradient of the mean loss at a two-class solution."""
    w, b = model.coef_[0], model.intercept_[0]
    error = 1 / (1 + np.exp(-(X @ w + b))) - (y == model.classes_[1])
    of_weights = error @ X / len(X) + w / (model.C * len(X))
    return float(max(np.abs(of_weights).max(), abs(error.mean())))


def measure_two_classes() -> list[dict[str, Any]]:
    """1,000,000 x 20, correlated columns: the tolerance of each is such that both end as near."""
    from sklearn.linear_model import LogisticRegression as Theirs

    from ogive import LogisticRegression

    random = np.random.default_rng(0)
    mix = random.standard_normal((20, 20)) / np.sqrt(20) + np.eye(20)
    X = random.standard_normal((1_000_000, 20)) @ mix
    p = 1 / (1 + np.exp(-(X @ random.standard_normal(20) / 3 - 0.5)))
    y = (random.random(len(p)) < p).astype(np.int64)
    results = []
    for tol in (1e-4, 1e-8):
        theirs = Theirs(tol=tol, max_iter=10_000).fit(X, y)
        reached = gradient_norm(theirs, X, y)
        ours = LogisticRegression(tol=reached).fit(X, y)
        result = compare(
            f"LogisticRegression, 1,000,000 x 20, gradient below {reached:.1e}",
            fitting(ours, X, y),
            fitting(theirs, X, y),
            5,
        )
        results.append({**result, "gradient": gradient_norm(ours, X, y), "peer_gradient": reached})
    return results


THOUSAND = """
import json, resource, time
from benchmarks.classification import clouds
from ogive import LogisticRegression, OneVsOneClassifier
X, y = clouds(1000, 50_000, 32)
start = time.perf_counter()
model = OneVsOneClassifier(LogisticRegression()).fit(X, y)
fitted = time.perf_counter() - start
start = time.perf_counter()
right = float((model.predict(X[:2000]) == y[:2000]).mean())
print(json.dumps({
    "fit_seconds": fitted,
    "predict_2000_seconds": time.perf_counter() - start,
    "right": right,
    "problems": len(model.estimators_),
    "converged": bool(model.estimators_.converged_.all()),
    "largest_gradient": float(model.estimators_.gradient_norm_.max()),
    "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
}))
"""


def measure_thousand() -> dict[str, Any]:
    """1,000 classes, 50,000 x 32 one-vs-one, at our default tolerance, in a process of its own."""
    out = subprocess.run([sys.executable, "-c", THOUSAND], capture_output=True, check=True)
    result: dict[str, Any] = json.loads(out.stdout)
    print(f"1,000 classes: {result}", file=sys.stderr)
    return result


def measure_gradients() -> dict[str, float]:
    """Return the largest gradient that each estimator stops at by default, standardised data."""
    from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
    from sklearn.preprocessing import StandardScaler

    from ogive import LogisticRegression

    norms = {}
    for load in (load_breast_cancer, load_digits, load_iris, load_wine):
        X, y = load(return_X_y=True)
        model = LogisticRegression().fit(StandardScaler().fit_transform(X), y)
        norms[load.__name__.removeprefix("load_")] = float(model.gradient_norm_)
    print(norms, file=sys.stderr)
    return norms


def measure_classification() -> dict[str, Any]:
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = {
            "gradients": measure_gradients(),
            "digits": measure_digits(),
            "two_classes": measure_two_classes(),
            "thousand_classes": measure_thousand(),
            "hundred_classes": measure_many_classes(),
        }
    print(f"classification: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return results
