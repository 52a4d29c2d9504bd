"""Figures that are not whole fits against a peer: fleet, arithmetic rate, import, the main job."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy.linalg.blas import sgemm
from threadpoolctl import threadpool_limits

from benchmarks.peers import ours, works


def fleet(rounds: int = 7) -> dict[str, float]:
    """100 networks on digits: one thread against two."""
    from ogive import MLPClassifier
    from ogive.network import FleetJob, fit_fleet

    work = works()[0].as_dtype(np.float32)
    jobs = [
        FleetJob(MLPClassifier(random_state=seed, **work.parameters), work.X, work.y)
        for seed in range(100)
    ]
    ratios, seconds = [], []
    for _ in range(rounds):
        elapsed = {}
        for threads in (1, 2):
            start = time.perf_counter()
            fit_fleet(jobs, n_jobs=threads)
            elapsed[threads] = time.perf_counter() - start
        ratios.append(elapsed[1] / elapsed[2])
        seconds.append(elapsed[2])
    return {"speed_up": float(np.median(ratios)), "seconds": float(np.median(seconds))}


def arithmetic(rounds: int = 9) -> dict[str, float]:
    """Floating-point rate of the largest work, as a share of a large sgemm's in the same run."""
    work = works()[3].as_dtype(np.float32)
    fit = ours(work)
    units = [784, *work.hidden, 10]
    sizes = [a * b for a, b in zip(units, units[1:], strict=False)]
    # Forward, gradient of the weights, and error of the layer below (not of the input).
    operations = 2.0 * len(work.X) * (2 * sum(sizes) + sum(sizes[1:])) * work.epochs
    n = 2048
    a = np.asfortranarray(np.random.default_rng(0).normal(size=(n, n)), dtype=np.float32)
    sgemm(1.0, a, a)
    shares = []
    for seed in range(rounds):
        start = time.perf_counter()
        fit(seed)
        rate = operations / (time.perf_counter() - start)
        start = time.perf_counter()
        sgemm(1.0, a, a)
        shares.append(rate / (2.0 * n**3 / (time.perf_counter() - start)))
    return {"share_of_sgemm": float(np.median(shares))}


def import_time(rounds: int = 7) -> dict[str, float]:
    """Seconds that importing ogive takes beyond NumPy, SciPy and scikit-learn."""
    base = "import numpy, scipy.linalg, sklearn.neural_network, sklearn.model_selection"
    more = []
    for _ in range(rounds):
        elapsed = []
        for code in (base, base + "; import ogive; ogive.MLPClassifier; ogive.compare"):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            elapsed.append(time.perf_counter() - start)
        more.append(elapsed[1] - elapsed[0])
    return {"seconds": float(np.median(more))}


def _sklearn_fit(X: Any, y: Any, rows: Any, parameters: dict[str, Any]) -> float:
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore")
    with threadpool_limits(1, user_api="blas"):
        return float(MLPClassifier(**parameters).fit(X[rows], y[rows]).loss_)


def main_job() -> dict[str, float]:
    """Seconds of ``ogive compare digits``, as a whole process with its default settings."""
    command = [sys.executable, "-m", "ogive", "compare", "digits", "--target", "target"]
    start = time.perf_counter()
    subprocess.run([*command, "--quiet", "--no-report"], check=True, stdout=subprocess.DEVNULL)
    return {"seconds": time.perf_counter() - start}


def same_fits(rounds: int = 3, epochs: int = 40) -> dict[str, float]:
    """The fits of such a comparison through our fleet, and through scikit-learn's class.

    The four activations that scikit-learn has, three learning rates, two splits; every fit does the
    same number of epochs in both. Ours on two threads, theirs in two processes with one thread of
    BLAS each.
    """
    from sklearn.datasets import load_digits

    from ogive import MLPClassifier
    from ogive.network import FleetJob, fit_fleet

    X, y = load_digits(return_X_y=True)
    X = np.ascontiguousarray((X - X.mean(0)) / np.where(X.std(0) > 0, X.std(0), 1), np.float32)
    rng = np.random.default_rng(0)
    splits = [rng.permutation(len(X))[: int(0.64 * len(X))] for _ in range(2)]
    cells = [
        (
            rows,
            {
                "hidden_layer_sizes": (64, 32),
                "activation": activation,
                "learning_rate_init": rate,
                "batch_size": 32,
                "max_iter": epochs,
                "n_iter_no_change": epochs + 1,
                "random_state": 0,
            },
        )
        for activation in ("identity", "logistic", "tanh", "relu")
        for rate in (0.001, 0.003, 0.01)
        for rows in splits
    ]
    jobs = [FleetJob(MLPClassifier(**parameters), X, y, rows) for rows, parameters in cells]
    ratios = []
    with Parallel(n_jobs=2) as pool:
        pool(delayed(_sklearn_fit)(X, y, rows[:99], {"max_iter": 1}) for rows in splits)
        for _ in range(rounds):
            start = time.perf_counter()
            mine = fit_fleet(jobs, n_jobs=2)
            ours_seconds = time.perf_counter() - start
            start = time.perf_counter()
            losses = pool(delayed(_sklearn_fit)(X, y, rows, p) for rows, p in cells)
            ratios.append((time.perf_counter() - start) / ours_seconds)
    worst = max(abs(a.loss_ - b) for a, b in zip(mine, losses, strict=True))
    return {"fits": len(cells), "ratio": float(np.median(ratios)), "greatest_loss_gap": worst}


def measure_others() -> dict[str, Any]:
    results: dict[str, Any] = {}
    for measure in (fleet, arithmetic, import_time, main_job, same_fits):
        results[measure.__name__] = measure()
        print(f"{measure.__name__}: {results[measure.__name__]}", file=sys.stderr, flush=True)
    return results
