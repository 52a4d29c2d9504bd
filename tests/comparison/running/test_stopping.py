"""When repeats are added, and when no more of them are."""

import numpy as np
import pytest

from ogive.comparison.running.stopping import (
    MOST_REPEATS,
    Stopping,
    half_width,
    least_half_width,
)
from ogive.resampling.intervals import corrected_mean

RATIO = 0.25


def outcomes_of(scores, new_outcome):
    return [[new_outcome(score) for score in row] for row in scores]


def scores_of(n_repeats, spread, seed=0):
    rng = np.random.default_rng(seed)
    return 0.9 + rng.normal(0, spread, (2, 5 * n_repeats))


def ask(stopping, n_repeats, spread, new_outcome, new_settings, **changed):
    outcomes = outcomes_of(scores_of(n_repeats, spread), new_outcome)
    return stopping.next_repeats(
        outcomes, n_repeats, new_settings(["a", "b"], n_repeats=2), **changed
    )


def test_the_planned_number_is_made_where_nothing_else_is_asked_for(new_outcome, new_settings):
    stopping = Stopping()
    assert stopping.first_repeats(7) == 7
    assert ask(stopping, 7, 0.1, new_outcome, new_settings) == 7
    assert stopping.why.reason == "planned"


def test_repeats_are_added_until_the_interval_is_narrow(new_outcome, new_settings):
    stopping = Stopping(precision=0.05)
    assert ask(stopping, 2, 0.05, new_outcome, new_settings) == 3
    assert ask(stopping, 3, 0.01, new_outcome, new_settings) == 3
    assert stopping.why.reason == "precision"
    assert stopping.why.half_width <= 0.05


def test_the_planned_repeats_are_made_even_if_fewer_were_precise(new_outcome, new_settings):
    assert ask(Stopping(precision=1.0), 1, 0.001, new_outcome, new_settings) == 2


def test_what_no_number_of_repeats_can_reach_is_not_tried(new_outcome, new_settings):
    stopping = Stopping(precision=0.0001)
    assert ask(stopping, 3, 0.1, new_outcome, new_settings) == 3
    assert stopping.why.reason == "unreachable"
    assert stopping.why.least_half_width > 0.0001


def test_a_budget_that_is_spent_ends_it(new_outcome, new_settings):
    stopping = Stopping(budget=10.0, spent=20.0)
    assert stopping.first_repeats(2) == 1
    assert ask(stopping, 1, 0.1, new_outcome, new_settings) == 1
    assert stopping.why.reason == "budget"


def test_repeats_whose_results_are_known_cost_no_budget(new_outcome, new_settings):
    stopping = Stopping(budget=10.0, spent=20.0)
    assert ask(stopping, 1, 0.1, new_outcome, new_settings, free=True) == 2


def test_a_repeat_that_would_not_end_in_time_is_not_begun(new_outcome, new_settings, monkeypatch):
    clock = iter([0.0, 6.0, 6.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    stopping = Stopping(budget=10.0)
    stopping.repeats_made(1)
    assert ask(stopping, 1, 0.1, new_outcome, new_settings) == 1
    assert stopping.why.reason == "budget"


def test_there_is_an_end_to_repeats_of_the_same_rows(new_outcome, new_settings):
    stopping = Stopping(precision=0.035)
    assert ask(stopping, MOST_REPEATS, 0.03, new_outcome, new_settings) == MOST_REPEATS
    assert stopping.why.reason in ("most_repeats", "unreachable")


def agreeing(gap, n_splits, scoring, new_outcome, new_settings, **changed):
    """Ask after splits in which two candidates differ by the same."""
    outcomes = outcomes_of([[0.9] * n_splits, [0.9 - gap] * n_splits], new_outcome)
    settings = new_settings(["a", "b"], n_splits=2, n_repeats=1, scoring=scoring)
    stopping = Stopping(precision=0.0001)
    n_repeats = n_splits // 2
    more = stopping.next_repeats(outcomes, n_repeats, settings, **changed) > n_repeats
    return stopping, more


@pytest.mark.parametrize("gap", [0.0, 0.02])
@pytest.mark.parametrize("n_splits", [2, 8])
def test_that_few_splits_agree_is_no_precision(gap, n_splits, new_outcome, new_settings):
    stopping, more = agreeing(gap, n_splits, "auc", new_outcome, new_settings)
    assert more
    assert stopping.half_width == np.inf


def test_candidates_that_are_the_same_are_not_repeated_for_ever(new_outcome, new_settings):
    stopping, more = agreeing(0.0, 10, "auc", new_outcome, new_settings)
    assert not more
    assert stopping.why.reason == "precision"


def test_precision_takes_five_splits(new_outcome, new_settings):
    settings = new_settings(["a", "b"], n_splits=2, n_repeats=1)
    for n_repeats, more in ((2, True), (3, False)):
        scores = scores_of(2, 0.0001)[:, : 2 * n_repeats]
        stopping = Stopping(precision=0.9)
        outcomes = outcomes_of(scores, new_outcome)
        assert (stopping.next_repeats(outcomes, n_repeats, settings) > n_repeats) == more


def test_accuracies_are_known_no_better_than_their_rows_allow(new_outcome, new_settings):
    widths = [
        agreeing(0.02, 10, "accuracy", new_outcome, new_settings, n_rows=n)[0].half_width
        for n in (150, 15_000)
    ]
    assert 0 < widths[1] < widths[0] < np.inf
    assert widths[0] / widths[1] == pytest.approx(10)
    assert half_width(np.array([[1.0] * 3]), RATIO, 150) > 0.01


def test_the_half_width_is_that_of_the_widest_difference_to_the_best():
    scores = np.array([[0.9, 0.92, 0.91], [0.8, 0.85, 0.8], [0.5, 0.9, 0.7]])
    widths = [corrected_mean(row - scores[0], RATIO) for row in scores[1:]]
    assert half_width(scores, RATIO) == pytest.approx(max(w.high - w.mean for w in widths))


def test_the_least_half_width_is_what_many_more_repeats_come_to():
    few = scores_of(4, 0.05)
    many = np.tile(few, 500)
    expected = half_width(many, RATIO)
    assert least_half_width(many, RATIO) == pytest.approx(expected, rel=2e-3)
