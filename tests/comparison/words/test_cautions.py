import re
from dataclasses import replace

import numpy as np
import pytest

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
    assert f"{high * np.sqrt(10 / 9):.2g}" == f"{told:g}"


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


def test_of_several_the_narrowest_and_the_widest_interval_are_told(new_comparison, new_outcome):
    wave = [(-1) ** i for i in range(10)]
    comparison = new_comparison(
        {
            "relu": [new_outcome(0.9) for _ in wave],
            "tanh": [new_outcome(0.899 + 0.013 * w) for w in wave],
            "elu": [new_outcome(0.899 + 0.08 * w) for w in wave],
        }
    )
    # Of values +-a, n / (n - 1) a^2 is the variance, and endless repeats leave a quarter of it.
    ends = [f"{1.96 * a * np.sqrt(10 / 9) / 2:.2g}" for a in (0.013, 0.08)]
    (caution,) = comparison.cautions
    assert f"down to between ± {ends[0]} and ± {ends[1]} at best: " in caution.en
    assert f"至多只能缩到 ± {ends[0]} 至 ± {ends[1]} 之间：" in caution.zh


def test_what_repeats_nearly_reach_is_not_called_out_of_reach(new_comparison, new_outcome):
    wave = [(-1) ** i for i in range(10)]
    level = [new_outcome(0.899 + 0.0105 * w) for w in wave]
    comparison = new_comparison({"relu": [new_outcome(0.9) for _ in wave], "tanh": level})
    assert comparison.rows()[1].group == "level"
    assert english(comparison) == []


def varied(new_comparison, new_settings, factor, means, **changed):
    candidates = tuple(
        Candidate(f"{factor.replace('_', ' ')} {value}", {factor: value}) for value in means
    )
    settings = new_settings([], candidates=candidates, vary=(factor,))
    named = {one.label: mean for one, mean in zip(candidates, means.values(), strict=True)}
    return new_comparison(named, settings=settings, **changed)


def test_the_first_of_the_table_at_the_edge_of_what_was_varied_is_named(
    new_comparison, new_settings
):
    means = {"0.003": 0.7, "0.01": 0.8, "0.03": 0.9}
    (caution,) = varied(new_comparison, new_settings, "learning_rate", means).cautions
    assert "no larger learning rate than 0.03 was compared" in caution.en
    assert "排在首位的学习率 0.03 处于" in caution.zh
    assert "没有比较比 0.03 更大的学习率" in caution.zh


def test_the_lower_edge_is_one_too(new_comparison, new_settings):
    means = {"8": 0.9, "16": 0.8, "32": 0.7}
    (caution,) = english(varied(new_comparison, new_settings, "width", means))
    assert "no smaller width than 8 was compared" in caution


def test_where_the_first_lies_within_what_was_varied_nothing_is_said(new_comparison, new_settings):
    means = {"1": 0.7, "2": 0.9, "4": 0.8}
    assert english(varied(new_comparison, new_settings, "depth", means)) == []


def test_a_single_layer_is_no_edge_as_there_are_no_fewer(new_comparison, new_settings):
    means = {"1": 0.9, "2": 0.8, "4": 0.7}
    assert english(varied(new_comparison, new_settings, "depth", means)) == []


def test_of_two_values_none_is_an_edge(new_comparison, new_settings):
    assert english(varied(new_comparison, new_settings, "depth", {"2": 0.7, "4": 0.9})) == []


def test_where_a_value_from_within_does_as_well_there_is_no_edge(new_comparison, new_settings):
    means = {"8": 0.7, "16": 0.9, "32": 0.9005}
    comparison = varied(new_comparison, new_settings, "width", means)
    assert [row.group for row in comparison.rows()[:2]] == ["best", "equivalent"]
    assert english(comparison) == []


def test_a_column_of_times_is_named(new_comparison):
    data = replace(new_comparison({"relu": 0.9}).data, time_column="day")
    (caution,) = new_comparison({"relu": 0.9}, data=data).cautions
    assert caution.en.startswith("The column 'day' holds times: ")
    assert caution.zh.startswith("列 'day' 是时间：")


@pytest.mark.parametrize(("correlation", "said"), [(0.93, True), (0.2, False), (None, False)])
def test_a_target_like_that_of_the_row_before_is_told(new_comparison, correlation, said):
    data = replace(new_comparison({"relu": 0.9}).data, target_autocorrelation=correlation)
    cautions = english(new_comparison({"relu": 0.9}, data=data))
    assert bool(cautions) == said
    assert not said or "(correlation 0.93)" in cautions[0]
