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


def _sklearn_fit(X: Any, y: Any, rows: Any, activation: str, rate: float, seed: int, p: Any) -> int:
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore")
    with threadpool_limits(1, user_api="blas"):
        model = MLPClassifier(
            activation=activation, learning_rate_init=rate, random_state=seed, **p
        ).fit(X[rows], y[rows])
    return int(model.n_iter_)


def main_job(sample: int = 24) -> dict[str, float]:
    """Seconds of ``ogive compare digits``, and the same fits through scikit-learn's classes.

    scikit-learn has three of the twelve activations; of its fits a sample is timed, spread over
    activations, rates and splits, with one process a core, and the time scaled to all of theirs.
    Both have the same networks, batches, epochs at most, and stopping.
    """
    from sklearn.datasets import load_digits

    import ogive

    start = time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "ogive",
            "compare",
            "digits",
            "--target",
            "target",
            "--quiet",
            "--no-report",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    whole = time.perf_counter() - start

    X, y = load_digits(return_X_y=True)
    X = np.ascontiguousarray((X - X.mean(0)) / np.where(X.std(0) > 0, X.std(0), 1), np.float32)
    shared = ["relu", "tanh", "sigmoid", "identity"]
    start = time.perf_counter()
    mine = ogive.compare(X, y, activations=shared, random_state=0)
    ours_seconds = time.perf_counter() - start
    settings = mine.to_dict()["settings"]
    parameters = {
        "hidden_layer_sizes": tuple(settings["hidden_layer_sizes"]),
        "batch_size": settings["batch_size"],
        "max_iter": settings["max_iter"],
        "early_stopping": True,
        "validation_fraction": 0.2,
    }
    rng = np.random.default_rng(0)
    names = {"sigmoid": "logistic"}
    cells = [
        (names.get(activation, activation), rate, split)
        for activation in shared
        for rate in settings["learning_rates"]
        for split in range(10)
    ]
    chosen = [cells[i] for i in np.linspace(0, len(cells) - 1, sample).astype(int)]
    rows = {split: rng.permutation(len(X))[: int(0.8 * len(X))] for split in range(10)}
    with Parallel(n_jobs=2) as pool:
        pool(
            delayed(_sklearn_fit)(X, y, rows[0][:200], "relu", 0.01, 0, {"max_iter": 2})
            for _ in range(2)
        )
        start = time.perf_counter()
        pool(
            delayed(_sklearn_fit)(X, y, rows[split], activation, rate, split, parameters)
            for activation, rate, split in chosen
        )
        theirs = (time.perf_counter() - start) / sample * len(cells)
    return {
        "seconds": whole,
        "fits_shared": len(cells),
        "seconds_shared": ours_seconds,
        "scikit_learn_seconds_shared": theirs,
        "ratio": theirs / ours_seconds,
    }


def measure_others() -> dict[str, Any]:
    results: dict[str, Any] = {}
    for measure in (fleet, arithmetic, import_time, main_job):
        results[measure.__name__] = measure()
        print(f"{measure.__name__}: {results[measure.__name__]}", file=sys.stderr, flush=True)
    return results
