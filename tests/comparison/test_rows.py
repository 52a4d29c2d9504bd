import numpy as np
import pytest

from ogive.comparison.design.candidates import Candidate
from ogive.comparison.rows import make_rows
from ogive.comparison.scoring.names import SCORINGS, score_of
from ogive.comparison.statistics.pairwise import pairwise
from ogive.resampling.bayesian import correlated_t
from ogive.resampling.intervals import corrected_mean

RATIO = 0.25


def summarised(labels, outcomes, rope=0.0005, score="auc", n_rows=150):
    scores = [[outcome.score for outcome in done] for done in outcomes]
    candidates = [Candidate(label) for label in labels]
    pairs = pairwise(scores, labels, RATIO, rope)
    task = "regression" if score in SCORINGS["regression"] else "classification"
    return make_rows(candidates, outcomes, pairs, RATIO, score_of(score, task), n_rows)


def rows_of(new_outcome, table, rope=0.0005, **changed):
    outcomes = [[new_outcome(score) for score in scores] for scores in table.values()]
    return summarised(list(table), outcomes, rope, **changed)


def noisy(mean, seed, spread=0.003):
    return mean + spread * np.random.default_rng(seed).standard_normal(10)


def test_rows_are_ranked_by_mean_score(new_outcome):
    rows = rows_of(new_outcome, {"a": noisy(0.8, 0), "b": noisy(0.9, 1), "c": noisy(0.7, 2)})
    assert [(row.rank, row.label) for row in rows] == [(1, "b"), (2, "a"), (3, "c")]


def test_groups_say_what_can_be_told_from_the_best(new_outcome):
    base = noisy(0.9, 0)
    wave = np.array([1, -1] * 5)
    rows = rows_of(
        new_outcome,
        {
            "best": base,
            "level": base - 0.001 + 0.01 * wave,
            "unsure": base - 0.012 + 0.005 * wave,
            "worse": base - 0.1 + 0.003 * wave,
            **{f"other {i}": base - 0.001 + 0.01 * wave for i in range(8)},
        },
    )
    groups = {row.label: row.group for row in rows}
    assert [groups[name] for name in ("best", "level", "unsure", "worse")] == [
        "best",
        "level",
        "unsure",
        "worse",
    ]


def test_the_learning_rate_chosen_most_often_is_named(new_outcome):
    rates = [0.001] * 3 + [0.01] * 7
    done = [new_outcome(0.9, chosen=rate) for rate in rates]
    row = summarised(["a"], [done])[0]
    assert (row.chosen, row.chosen_splits) == (0.01, 7)


def test_medians_means_and_counts(new_outcome):
    done = [
        new_outcome(
            0.9,
            seconds=seconds,
            best_epoch=epoch,
            dead_share=dead,
            failed=failed,
            at_limit=limit,
            n_diverged=2,
        )
        for seconds, epoch, dead, limit, failed in [
            (1.0, 10, 0.0, False, False),
            (2.0, 20, 0.5, True, False),
            (9.0, 40, 1.0, True, True),
        ]
    ]
    row = summarised(["a"], [done])[0]
    assert (row.seconds, row.epochs, row.dead_share) == (2.0, 15.0, 0.25)
    assert (row.n_failed, row.n_at_limit, row.n_diverged) == (1, 1, 6)


def test_ratio_of_gradients_is_a_geometric_mean_over_the_splits(new_outcome):
    done = [new_outcome(0.9, gradients=np.array([g, 1.0])) for g in (0.01, 1.0)]
    assert summarised(["a"], [done])[0].gradient_ratio == pytest.approx(0.1)


def test_of_trainings_that_all_diverged_nothing_is_told_but_the_time(new_outcome):
    done = [new_outcome(0.1, failed=True, n_diverged=3, seconds=s) for s in (1.0, 2.0, 9.0)]
    row = summarised(["a"], [done])[0]
    assert (row.n_failed, row.chosen_splits, row.seconds) == (3, 0, 2.0)
    told = (row.chosen, row.epochs, row.dead_share, row.saturated_share, row.gradient_ratio)
    assert np.isnan(told).all()


def test_the_posterior_is_that_against_the_best(new_outcome):
    table = {"a": noisy(0.8, 0), "b": noisy(0.9, 1), "c": noisy(0.897, 2)}
    best, near, far = rows_of(new_outcome, table, rope=0.01)
    assert (best.p_worse, best.p_equivalent, best.p_better) == (0, 1, 0)
    for row, label in ((near, "c"), (far, "a")):
        expected = correlated_t(table[label] - table["b"], RATIO, 0.01)
        assert (row.p_better, row.p_equivalent, row.p_worse) == pytest.approx(expected[:3])


def test_what_lies_within_the_region_is_equivalent_even_if_its_difference_is_real(new_outcome):
    base = noisy(0.9, 0)
    table = {"best": base, "near": base - 0.003 + noisy(0, 1, 0.0005)}
    rows = rows_of(new_outcome, table, rope=0.01)
    assert rows[1].p_holm < 0.05
    assert rows[1].group == "equivalent"
    assert rows_of(new_outcome, table, rope=0.001)[1].group == "worse"


def test_models_without_epochs_have_none(new_outcome):
    done = [new_outcome(0.9, best_epoch=0, chosen=np.nan) for _ in range(3)]
    row = summarised(["a"], [done])[0]
    assert np.isnan(row.epochs)
    assert np.isnan(row.chosen)
    assert row.chosen_splits == 0


def test_costs_are_medians(new_outcome):
    done = [
        new_outcome(0.9, predict_seconds=seconds, n_parameters=n)
        for seconds, n in [(1e-6, 10), (3e-6, 10), (np.nan, 12)]
    ]
    row = summarised(["a"], [done])[0]
    assert (row.predict_seconds, row.n_parameters) == (2e-6, 10)


@pytest.mark.parametrize(
    ("score", "values", "ends"),
    [
        ("auc", [0.99, 1.0, 0.9], (None, 1)),
        ("auc", [0.0, 1.0, 0.5], (0, 1)),
        ("matthews", [-0.9, 0.9, 0.1], (-1, 1)),
        ("r2", [0.99, 0.2, 0.9], (None, 1)),
        ("rmse", [-0.1, -0.9, -0.2], (None, 0)),
    ],
)
def test_intervals_end_where_the_score_does(new_outcome, score, values, ends):
    (row,) = rows_of(new_outcome, {"a": values}, score=score)
    whole = corrected_mean(values, RATIO)
    low, high = (there if end is None else end for there, end in zip(whole[1:3], ends, strict=True))
    assert (row.score_low, row.score_high) == (low, high)
    assert (row.score_low, row.score_high) != (whole.low, whole.high)


def test_half_the_width_is_told_as_it_was_before_the_interval_was_cut_off(new_outcome):
    values = [0.99, 1.0, 0.9]
    (row,) = rows_of(new_outcome, {"a": values})
    whole = corrected_mean(values, RATIO)
    assert row.half_width == pytest.approx(whole.high - whole.mean)
    assert row.score_high == 1


@pytest.mark.parametrize("accuracy", [1.0, 0.974])
def test_an_accuracy_that_is_the_same_in_all_splits_is_still_uncertain(new_outcome, accuracy):
    few, many = (
        rows_of(new_outcome, {"a": [accuracy] * 3}, score="accuracy", n_rows=n)[0]
        for n in (150, 15_000)
    )
    assert few.score_low < many.score_low < accuracy
    assert few.half_width > many.half_width > 0


def test_another_score_that_is_the_same_in_all_splits_has_an_interval_without_ends(new_outcome):
    (row,) = rows_of(new_outcome, {"a": [0.9] * 3})
    assert (row.score_low, row.score_high, row.half_width) == (-np.inf, np.inf, np.inf)
