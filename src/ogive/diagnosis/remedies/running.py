"""Trains several versions of a network on the same splits with the same seeds."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from threadpoolctl import threadpool_limits

from ogive.diagnosis.remedies.patient import SCALE_INPUTS, Patient
from ogive.diagnosis.remedies.record import ScoreName
from ogive.diagnosis.remedies.rows import Given, Split, take
from ogive.diagnosis.remedies.scoring import constant_score, network_score
from ogive.diagnosis.remedies.tables import SplitTable, check_finite, prepare, size_of
from ogive.network.fleet import FleetJob, fit_fleet
from ogive.text import InputError, Text

__all__ = ["Outcome", "Run", "run_versions"]

Progress = Callable[[int, int], Any]

# Tables and networks that are held at once take about this many bytes, or one split's if larger.
MEMORY = 2**29
# A network in training keeps weights, gradient, two moments, and the estimator's own copy.
COPIES_OF_WEIGHTS = 5
# Networks of each version that are diagnosed again.
N_KEPT = 3


@dataclass(slots=True)
class Outcome:
    """What came of one version of the network.

    Attributes
    ----------
    scores : ndarray of shape (n_splits,)
        Of held-out rows; that of the best constant answer where `failed`.
    failed : ndarray of bool of shape (n_splits,)
        Trainings that ended with values that are not finite.
    reason : Text or None
        Why this version could not be trained at all.
    fitted : list of MLPClassifier, MLPRegressor, Pipeline or None
        Those of the first `N_KEPT` splits, with the steps before the network.
    """

    scores: NDArray[np.float64]
    failed: NDArray[np.bool_]
    reason: Text | None = None
    fitted: list[Any] = field(default_factory=list)


class Run(NamedTuple):
    """What came of all versions.

    Attributes
    ----------
    outcomes : list of Outcome
        By version.
    constants : ndarray of shape (n_splits,)
        Score of the best constant answer on each split.
    sparse : bool
        The networks were given sparse rows.
    """

    outcomes: list[Outcome]
    constants: NDArray[np.float64]
    sparse: bool


def run_versions(
    patient: Patient,
    versions: Sequence[Mapping[str, Any]],
    given: Given,
    splits: Sequence[Split],
    score_name: ScoreName,
    *,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """Train each version on each split with the split's seed, and score it on the held-out rows.

    Parameters
    ----------
    patient : Patient
    versions : sequence of dict
        Parameters of each; the first is the patient itself, which must be trainable.
    given : Given
    splits : sequence of Split
    score_name : {"accuracy", "balanced_accuracy", "r2"}
    n_jobs : int or None, default=None
        Networks trained at once; L-BFGS is trained one by one.
    progress : callable, default=None
        Called with the number of networks done and of all.

    Returns
    -------
    Run
    """
    n = len(splits)
    outcomes = [Outcome(np.full(n, np.nan), np.zeros(n, bool)) for _ in versions]
    scale = any(version.get(SCALE_INPUTS) for version in versions)
    constants = np.array(
        [constant_score(score_name, given.y[one.train], given.y[one.test]) for one in splits]
    )
    report = progress or (lambda *_: None)
    first = prepare(patient, given, splits[0], scale=scale)
    check_finite(first.plain)
    weights = _try_out(patient, versions, given, splits[0], first, outcomes)
    alive = [i for i, outcome in enumerate(outcomes) if outcome.reason is None]
    one_split = size_of(first) + COPIES_OF_WEIGHTS * sum(weights[i] for i in alive)
    in_group = max(MEMORY // max(one_split, 1), 1)
    n_all = n * len(alive)
    for start in range(0, n, in_group):
        numbers = range(start, min(start + in_group, n))
        tables = {
            k: first if k == 0 else prepare(patient, given, splits[k], scale=scale) for k in numbers
        }
        places = [(k, i) for k in numbers for i in alive]
        jobs = [
            FleetJob(
                patient.version(versions[i], splits[k].seed),
                tables[k].of(versions[i]),
                given.y,
                rows=splits[k].train,
            )
            for k, i in places
        ]
        before = start * len(alive)

        def trained(done: int, _: int, before: int = before) -> None:
            report(before + done, n_all)

        fitted = _train(jobs, n_jobs, trained)
        # Networks this small predict faster on one thread than BLAS can wake others.
        with threadpool_limits(1):
            for (k, i), network in zip(places, fitted, strict=True):
                table, test = tables[k].of(versions[i]), splits[k].test
                score = None
                if network is not None and getattr(network, "nonfinite_", None) is None:
                    score = network_score(score_name, network, take(table, test), given.y[test])
                outcomes[i].failed[k] = score is None
                outcomes[i].scores[k] = constants[k] if score is None else score
                if k < N_KEPT:
                    whole = None if network is None else tables[k].whole(versions[i], network)
                    outcomes[i].fitted.append(whole)
    return Run(outcomes, constants, issparse(first.plain))


def _try_out(
    patient: Patient,
    versions: Sequence[Mapping[str, Any]],
    given: Given,
    split: Split,
    table: SplitTable,
    outcomes: Sequence[Outcome],
) -> list[int]:
    """Train each version for an epoch: one that is refused would stop the whole fleet.

    Returns
    -------
    list of int
        Bytes of each version's weights.
    """
    sizes = []
    for number, (version, outcome) in enumerate(zip(versions, outcomes, strict=True)):
        network = patient.version(version, split.seed).set_params(max_iter=1)
        job = FleetJob(network, table.of(version), given.y, rows=split.train)
        try:
            fitted = _train([job], 1, None)[0]
        except (ValueError, TypeError, MemoryError) as error:
            if number == 0:
                raise
            outcome.reason = (
                error.text if isinstance(error, InputError) else Text(*[str(error)] * 2)
            )
            fitted = None
        sizes.append(0 if fitted is None else sum(w.nbytes for w in fitted.coefs_))
    return sizes


def _train(jobs: Sequence[FleetJob], n_jobs: int | None, progress: Progress | None) -> list[Any]:
    """Train all; what L-BFGS ends with numbers that are not finite is None."""
    fitted: dict[int, Any] = {}
    single = [i for i, job in enumerate(jobs) if job.estimator.solver == "lbfgs"]
    fleet = [i for i, job in enumerate(jobs) if job.estimator.solver != "lbfgs"]
    report = progress or (lambda *_: None)
    with warnings.catch_warnings():
        # Of trainings that stopped early or grew too large the trial tells in its own words.
        warnings.simplefilter("ignore")
        trained = fit_fleet([jobs[i] for i in fleet], n_jobs=n_jobs, progress=progress)
        fitted.update(zip(fleet, trained, strict=True))
        for done, i in enumerate(single, 1):
            fitted[i] = _ordinary_fit(jobs[i])
            report(len(fleet) + done, len(jobs))
    return [fitted[i] for i in range(len(jobs))]


def _ordinary_fit(job: FleetJob) -> Any:
    estimator = job.estimator.set_params(verbose=False)
    try:
        return estimator.fit(take(job.X, job.rows), job.y[job.rows])
    except ValueError as error:
        if "non-finite" in str(error):
            return None
        raise
