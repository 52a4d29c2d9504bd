"""Networks for many two-class problems, trained as one fleet over the same rows."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from joblib import effective_n_jobs
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning

from ogive.classification.problems.models import EstimatorModels
from ogive.classification.problems.pair_totals import BLOCK_BYTES
from ogive.classification.problems.problems import Problems
from ogive.network import MLPClassifier
from ogive.network.fleet import FleetJob, fit_fleet

__all__ = ["fit_networks"]


def fit_networks(
    estimator: Any,
    X: Any,
    class_index: NDArray[np.int32],
    problems: Problems,
    fit_params: dict[str, Any],
    negative: int,
    n_jobs: int | None,
) -> EstimatorModels | None:
    """Train an MLPClassifier on each problem; see `fit_problems` for the parameters.

    X is shared, not copied. Each network is the one that ``fit`` gives on the rows of its problem.

    Returns
    -------
    EstimatorModels or None
        None where each has to be fitted by itself: estimators of another class, ``solver="lbfgs"``,
        progress to be printed, and any parameters of ``fit``.
    """
    if type(estimator) is not MLPClassifier or fit_params:
        return None
    if estimator.solver == "lbfgs" or estimator.verbose:
        return None
    if sparse.issparse(X):
        X = X.tocsr()
    elif X.dtype in (np.float32, np.float64):
        X = np.ascontiguousarray(X)
    if X.dtype not in (np.float32, np.float64):
        X = X.astype(np.float64)
    threads = None if n_jobs is None else effective_n_jobs(n_jobs)
    # Targets are of all rows, in two forms.
    step = max(1, BLOCK_BYTES // (16 * len(class_index)))
    fitted: list[Any] = []
    for start in range(0, len(problems), step):
        chosen = range(start, min(start + step, len(problems)))
        fitted += fit_fleet(_jobs(estimator, X, class_index, problems, chosen, negative), threads)
    _warn(fitted)
    return EstimatorModels(fitted, n_jobs)


def _jobs(
    estimator: Any,
    X: Any,
    class_index: NDArray[np.int32],
    problems: Problems,
    chosen: range,
    negative: int,
) -> list[FleetJob]:
    targets: dict[bytes, NDArray[np.int64]] = {}
    jobs = []
    for j in chosen:
        members, sides = problems.of(j)
        value = np.full(problems.n_classes, negative)
        value[members[sides > 0]] = 1
        # Problems with the same positive classes share their targets: rows of others take no part.
        y = targets.setdefault(value.tobytes(), value[class_index])
        rows = None
        if len(members) < problems.n_classes:
            takes_part = np.zeros(problems.n_classes, dtype=np.bool_)
            takes_part[members] = True
            rows = np.flatnonzero(takes_part[class_index])
        jobs.append(FleetJob(estimator, X, y, rows))
    return jobs


def _warn(fitted: list[Any]) -> None:
    lost = sum(one.nonfinite_ is not None for one in fitted)
    stopped = sum(not one.converged_ and one.nonfinite_ is None for one in fitted)
    if lost:
        warnings.warn(
            f"{lost} of {len(fitted)} networks stopped since their numbers became infinite or NaN. "
            "Scale the features, or lower learning_rate_init.",
            ConvergenceWarning,
            stacklevel=4,
        )
    if stopped:
        warnings.warn(
            f"Stochastic Optimizer: Maximum iterations ({fitted[0].max_iter}) reached by {stopped} "
            f"of {len(fitted)} networks and the optimization hasn't converged yet. Raise max_iter "
            "or tol.",
            ConvergenceWarning,
            stacklevel=4,
        )
