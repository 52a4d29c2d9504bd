import re

import numpy as np

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.resampling.intervals import corrected_mean


def english(comparison):
    return [caution.en for caution in comparison.cautions]


def test_nothing_is_said_where_nothing_is_odd(new_comparison):
    assert english(new_comparison({"relu": 0.9, "tanh": 0.9})) == []


def test_activations_still_learning_at_the_limit_are_named(new_comparison, new_outcome):
    slow = [new_outcome(0.9 + 0.001 * i, at_limit=i < 6) for i in range(10)]
    (caution,) = english(new_comparison({"relu": 0.9, "sigmoid": slow}))
    assert caution.startswith("Still learning after 100 epochs in most splits: sigmoid.")


def test_a_rate_at_the_edge_of_those_tried_is_named(new_comparison, new_outcome):
    low = [new_outcome(0.9 + 0.001 * i, chosen=0.001) for i in range(10)]
    high = [new_outcome(0.8 + 0.001 * i, chosen=0.01) for i in range(10)]
    smallest, largest = english(new_comparison({"elu": low, "relu": high, "tanh": 0.9}))
    assert "smallest learning rate, 0.001, in nearly all splits: elu" in smallest
    assert "largest learning rate, 0.01, in nearly all splits: relu" in largest


def test_a_function_that_passes_no_gradient_needs_no_other_settings(new_comparison, new_outcome):
    dead = [
        new_outcome(0.3 + 0.001 * i, at_limit=True, chosen=0.001, dead_share=1.0) for i in range(10)
    ]
    assert english(new_comparison({"relu": 0.9, "step": dead})) == []


def test_a_function_whose_trainings_all_diverged_is_not_advised_another_rate(
    new_comparison, new_outcome
):
    for rate in (0.001, 0.01):
        failed = [
            new_outcome(0.1 + 0.001 * i, failed=True, n_diverged=3, chosen=rate) for i in range(10)
        ]
        assert english(new_comparison({"relu": 0.9, "exponential": failed})) == []


def test_one_rate_alone_has_no_edge(new_comparison, new_settings):
    settings = new_settings(["relu"], learning_rates=(0.003,))
    assert english(new_comparison({"relu": 0.9}, settings=settings)) == []


def test_a_penalty_and_a_rate_that_was_compared_have_no_edge_among_the_rates(
    new_comparison, new_outcome, new_settings
):
    settings = new_settings(
        [],
        candidates=(
            Candidate("logistic", model="logistic", choices=(Choice("C", 0.01), Choice("C", 1.0))),
            Candidate("learning rate 0.01", choices=(Choice("learning_rate_init", 0.01),)),
        ),
    )
    chosen = [new_outcome(0.9 + 0.001 * i, chosen=0.01) for i in range(10)]
    comparison = new_comparison(
        {"logistic": chosen, "learning rate 0.01": chosen}, settings=settings
    )
    assert english(comparison) == []


def test_names_with_commas_in_them_are_set_apart_by_semicolons(new_comparison, new_outcome):
    slow = [new_outcome(0.9 + 0.001 * i, at_limit=True) for i in range(10)]
    (caution,) = english(new_comparison({"relu, depth 1": slow, "relu, depth 2": slow}))
    assert "splits: relu, depth 1; relu, depth 2." in caution


def test_where_more_repeats_cannot_show_equivalence_more_rows_are_asked_for(new_comparison):
    (caution,) = english(new_comparison({"relu": 0.9, "tanh": 0.9}, spread=0.03))
    assert "will hardly show equivalence to the best within ± 0.01" in caution
    assert caution.endswith("That takes more rows.")


def test_the_narrowest_interval_is_what_a_hundred_thousand_repeats_come_to(new_comparison):
    comparison = new_comparison({"relu": 0.9, "tanh": 0.9}, spread=0.03)
    one, other = comparison.scores.values()
    endless = np.tile(np.subtract(one, other), 10**5)
    # The spread of repeated values is taken with n in place of n - 1 degrees of freedom.
    high = corrected_mean(endless, 0.25).high - corrected_mean(endless, 0.25).mean
    (caution,) = english(comparison)
    told = float(re.search(r"down to ± ([\d.]+) at best", caution)[1])
    assert f"{high * np.sqrt(10 / 9):.1g}" == f"{told:g}"


def test_an_evident_difference_needs_no_more_rows(new_comparison):
    assert english(new_comparison({"relu": 0.9, "tanh": 0.5}, spread=0.03)) == []


def test_a_region_that_is_wide_enough_needs_no_more_rows(new_comparison, new_settings):
    settings = new_settings(["relu", "tanh"], rope=0.03)
    comparison = new_comparison({"relu": 0.9, "tanh": 0.88}, spread=0.03, settings=settings)
    assert comparison.rows()[1].group in ("level", "unsure")
    assert english(comparison) == []


def test_very_few_splits_are_named(new_comparison, new_outcome, new_settings):
    settings = new_settings(["relu", "tanh"], n_splits=3, n_repeats=1)
    outcomes = {
        "relu": [new_outcome(score) for score in (0.9, 0.8, 0.85)],
        "tanh": [new_outcome(score) for score in (0.8, 0.9, 0.8)],
    }
    comparison = new_comparison(outcomes, settings=settings, guesses=[0.1] * 3)
    (caution,) = english(comparison)
    assert caution.startswith("With 3 splits hardly anything can be told apart")


def test_of_what_is_weakly_worse_no_equivalence_is_looked_for(new_comparison, new_outcome):
    base = [0.9 + 0.001 * (i % 3) for i in range(10)]
    wave = [0.005 * (-1) ** i for i in range(10)]
    level = {
        f"level {k}": [new_outcome(b - 0.001 + 6 * w) for b, w in zip(base, wave, strict=True)]
        for k in range(10)
    }
    unsure = [new_outcome(b - 0.06 + 5 * w) for b, w in zip(base, wave, strict=True)]
    comparison = new_comparison({"relu": [new_outcome(b) for b in base], "elu": unsure, **level})
    assert {row.label: row.group for row in comparison.rows()}["elu"] == "unsure"
    (caution,) = english(comparison)
    assert "level 0" in caution
    assert "elu" not in caution.replace("relu", "")
