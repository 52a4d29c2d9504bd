"""Tries remedies: trains patient and remedied versions side by side, and says what each changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from numbers import Integral
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import is_classifier
from threadpoolctl import threadpool_limits

from ogive.diagnosis.remedies.patient import take_apart
from ogive.diagnosis.remedies.proposing import Proposal, propose
from ogive.diagnosis.remedies.record import Trial, TriedRemedy, Verdict
from ogive.diagnosis.remedies.rediagnosing import codes_of
from ogive.diagnosis.remedies.rows import given_rows, make_splits
from ogive.diagnosis.remedies.running import Outcome, run_versions
from ogive.diagnosis.remedies.scoring import choose_score
from ogive.resampling.intervals import corrected_mean
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosis import Diagnosis

__all__ = ["try_remedies"]


def try_remedies(
    diagnosis: Diagnosis,
    *,
    n_seeds: int = 10,
    max_remedies: int = 6,
    confidence: float = 0.95,
    random_state: int = 0,
    n_jobs: int | None = None,
    progress: Callable[[int, int], Any] | None = None,
    max_rows: int | None = 20_000,
) -> Trial:
    """Train the patient and each remedied version on the same splits, and compare them.

    The rows that were given to `ogive.diagnose` are cut `n_seeds` times at random into rows to
    learn from and rows held out (a tenth; of fewer than 1000 rows 100, of fewer than 500 a fifth),
    stratified by class or along the target. On each
    split the patient and every remedied version are trained anew by `fit`, all with the split's
    seed, so that a remedy that changes nothing differs by exactly 0. All settings but the remedy's
    are the patient's own, `max_iter` too. Steps of a pipeline before the network are kept and, as
    the scaler of "scale_inputs", fitted on the rows to learn from alone.

    Parameters
    ----------
    diagnosis : Diagnosis
        Of an `MLPClassifier`, an `MLPRegressor`, or a pipeline that ends in one, with targets.
    n_seeds : int, default=10
        Splits, each with a seed of its own; at least 2.
    max_remedies : int, default=6
        How many remedies to try at most; up to two combinations of first-named ones come on top.
        See `ogive.diagnosis.remedies.proposing.propose` for which.
    confidence : float, default=0.95
        Coverage of each interval.
    random_state : int, default=0
        The same number gives the same splits, seeds and, whatever `n_jobs` is, scores.
    n_jobs : int or None, default=None
        Networks trained at once; None or -1 for as many as OpenMP's settings allow.
    progress : callable, default=None
        Called with the number of networks trained and of all, from the calling thread.
    max_rows : int or None, default=20_000
        More rows than these are not used but drawn from, stratified; None for all rows. The record
        says how many were used.

    Returns
    -------
    Trial
        Without remedies, and without scores, where no finding names a change to try.

    Raises
    ------
    InputError
        For diagnoses of PyTorch modules, without targets, of fewer than 20 rows, for pipelines that
        let missing values through, and for parameters out of range.
    KeyboardInterrupt
        After Ctrl-C; the diagnosis stays as it was.

    Notes
    -----
    The trial takes about ``n_seeds * (n_remedies + 1)`` of the patient's trainings. What training
    did outside `fit` (``partial_fit``, sample weights, callbacks, weights set by hand) is not
    repeated: the patient is what its parameters make of the rows.

    Training sets of different splits overlap. The variance of the mean difference is therefore
    ``(1 / n_seeds + n_test / n_train)`` times the sample variance of the differences, with
    Student's t of ``n_seeds - 1`` degrees of freedom (Nadeau and Bengio, 2003, *Inference for the
    generalization error*). Each interval has its coverage by itself; of six remedies without any
    effect one or another is called better or worse more often than that.
    """
    began = perf_counter()
    _check(
        confidence,
        n_jobs,
        n_seeds=n_seeds,
        max_remedies=max_remedies,
        random_state=random_state,
        max_rows=max_rows,
    )
    if diagnosis.measurements.framework == "torch" or diagnosis._patient is None:
        raise InputError(
            "remedies of a PyTorch module are told with their predicted effects (.remedies of each "
            "finding), but cannot be tried: how it is trained is not known here. Change the module "
            "or its training as a remedy says, train it again and call ogive.diagnose again.",
            "对 PyTorch 模块只能给出补救办法及其预测效果（见各项结果的 .remedies），无法代为试用："
            "这里不知道它是怎样训练的。请按补救办法修改模块或训练过程，重新训练后再调用 "
            "ogive.diagnose。",
        )
    patient = take_apart(diagnosis._patient)
    found = diagnosis.issues + diagnosis.tips
    proposals = propose(found, patient, max_remedies)
    if not proposals:
        nothing = np.empty(0)
        return Trial(
            "accuracy" if is_classifier(patient.network) else "r2",
            nothing,
            (),
            n_seeds,
            0,
            0,
            confidence,
            perf_counter() - began,
            diagnosis.measurements.n_rows,
        )
    given = given_rows(
        *(diagnosis._rows or (None, None)),
        classification=is_classifier(patient.network),
        max_rows=max_rows,
        rng=np.random.default_rng([random_state, 0]),
        finite_inputs=not patient.steps,
    )
    score_name = choose_score(patient.network, given.y, diagnosis.codes)
    splits = make_splits(given, n_seeds, random_state)
    versions: list[Mapping[str, Any]] = [{}, *(one.remedy.parameters for one in proposals)]
    run = run_versions(
        patient,
        versions,
        given,
        splits,
        score_name,
        n_jobs=None if n_jobs == -1 else n_jobs,
        progress=progress,
    )
    outcomes = run.outcomes
    n_train, n_test = splits[0].train.size, splits[0].test.size
    tried = [
        _judged(proposal, outcomes[0], outcome, n_test / n_train, confidence)
        for proposal, outcome in zip(proposals, outcomes[1:], strict=True)
    ]
    # A diagnosis is made of products far too small to share between threads.
    with threadpool_limits(1):
        codes = [codes_of(one.fitted, given, splits, diagnosis.thresholds) for one in outcomes]
    tried = [
        replace(
            one,
            cleared=() if one.verdict == "failed" else codes[0].cleared_in(after, diagnosis.codes),
            appeared=codes[0].new_in(after, diagnosis.codes),
            estimator=patient.remedied(one.remedy.parameters, sparse=run.sparse),
        )
        for one, after in zip(tried, codes[1:], strict=True)
    ]
    tried.sort(
        key=lambda one: (one.verdict == "failed", -np.nan_to_num(one.difference, nan=-np.inf))
    )
    return Trial(
        score_name,
        outcomes[0].scores,
        tuple(tried),
        n_seeds,
        n_train,
        n_test,
        confidence,
        perf_counter() - began,
        given.n_given,
        given.n_left_out,
        int(outcomes[0].failed.sum()),
        float(run.constants.mean()),
    )


def _judged(
    proposal: Proposal, patient: Outcome, outcome: Outcome, test_to_train: float, confidence: float
) -> TriedRemedy:
    """Return what a remedy changed, and the verdict."""
    n_failed = int(outcome.failed.sum())
    nan = float("nan")
    if outcome.reason is not None:
        return TriedRemedy(
            *proposal, outcome.scores, nan, nan, nan, "failed", reason=outcome.reason
        )
    mean, low, high, p = corrected_mean(
        outcome.scores - patient.scores, test_to_train, confidence=confidence
    )
    if np.isinf(low):  # all differences agree; p weighs that
        low = high = mean
    verdict: Verdict = "no evidence"
    if 2 * n_failed > len(outcome.failed):
        verdict = "failed"
    elif (low > 0 or high < 0) and p <= 1 - confidence:  # p also weighs differences without spread
        verdict = "better" if low > 0 else "worse"
    return TriedRemedy(*proposal, outcome.scores, mean, low, high, verdict, n_failed=n_failed)


_LEAST = {"n_seeds": 2, "max_remedies": 1, "random_state": 0, "max_rows": 100}


def _check(confidence: Any, n_jobs: Any, **whole: Any) -> None:
    if n_jobs is not None and (not isinstance(n_jobs, Integral) or (n_jobs < 1 and n_jobs != -1)):
        raise InputError(
            f"n_jobs must be a number of threads, or None or -1 for all, got {n_jobs!r}.",
            f"n_jobs 必须是线程数，或用 None 或 -1 表示全部，得到的是 {n_jobs!r}。",
        )
    for name, value in whole.items():
        lowest = _LEAST[name]
        if name == "max_rows" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, Integral) or value < lowest:
            raise InputError(
                f"{name} must be a whole number of at least {lowest}, got {value!r}.",
                f"{name} 必须是不小于 {lowest} 的整数，得到的是 {value!r}。",
            )
    if isinstance(confidence, bool) or not isinstance(confidence, float) or not 0 < confidence < 1:
        raise InputError(
            f"confidence must be a number between 0 and 1, got {confidence!r}; 0.95 is usual.",
            f"confidence 必须是 0 与 1 之间的数，得到的是 {confidence!r}；通常取 0.95。",
        )
