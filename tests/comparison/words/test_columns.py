import math
import re
from dataclasses import fields

import numpy as np
import pytest

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.rows import Row
from ogive.comparison.words.columns import CSV_FIELDS, GROUPS


def test_every_column_writes_every_row_in_both_languages(new_comparison):
    comparison = new_comparison({"relu": 0.95, "tanh": 0.9})
    for column in comparison.columns():
        for row in comparison.rows():
            assert column.write(row, "en")
            assert column.write(row, "zh")
            assert column.sort_value(row) == getattr(row, column.key)


def test_titles_and_explanations_are_in_both_languages(new_comparison):
    for column in new_comparison({"relu": 0.95, "tanh": 0.9}).columns():
        assert column.title.en != column.title.zh
        assert column.explanation.en.endswith(".")
        assert column.explanation.zh.endswith("。")


def test_the_best_has_no_difference_to_itself(new_comparison):
    comparison = new_comparison({"relu": 0.95, "tanh": 0.9})
    written = {c.key: c.write(comparison.rows()[0], "en") for c in comparison.columns()}
    assert written["difference"] == written["p_holm"] == "–"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nothing_was_learnt_no_share_is_shown(language, new_comparison, new_outcome):
    failed = [new_outcome(0.1 + 0.01 * i, failed=True, n_diverged=3) for i in range(10)]
    comparison = new_comparison({"relu": 0.95, "exponential": failed})
    written = {c.key: c.write(comparison.rows()[1], language) for c in comparison.columns()}
    nothing = ("chosen", "epochs", "dead_share", "saturated_share", "gradient_ratio")
    assert {written[key] for key in nothing} == {"–"}
    assert written["n_diverged"] == "30"


def test_diverged_fits_get_a_column_only_where_there_are_any(new_comparison, new_outcome):
    diverging = [new_outcome(0.9 + 0.001 * i, n_diverged=1) for i in range(10)]
    without = new_comparison({"relu": 0.95}).columns()
    some = new_comparison({"relu": 0.95, "elu": diverging}).columns()
    assert "n_diverged" not in [column.key for column in without]
    assert some[-1].key == "n_diverged"


def test_csv_holds_every_field_of_a_row():
    assert [field.name for field in fields(Row)] == list(CSV_FIELDS)


@pytest.mark.parametrize("group", ["best", "equivalent", "level", "unsure", "worse"])
def test_every_group_has_a_name_in_both_languages(group):
    assert GROUPS[group].en != GROUPS[group].zh


def keys(comparison):
    return [column.key for column in comparison.columns()]


def first_titles(comparison):
    title = comparison.columns()[0].title
    return title.en, title.zh


def varying(new_comparison, new_settings, vary, candidates, outcomes=None, **changed):
    settings = new_settings(["x"], candidates=tuple(candidates), vary=vary)
    means = outcomes or {candidate.label: 0.9 for candidate in candidates}
    return new_comparison(means, settings=settings, **changed)


@pytest.mark.parametrize(
    ("vary", "titles"),
    [
        (("activation",), ("Activation", "激活函数")),
        (("depth",), ("Depth", "深度")),
        (("model",), ("Model", "模型")),
        (("activation", "depth"), ("Candidate", "候选方案")),
    ],
)
def test_the_first_column_is_called_by_what_varies(new_comparison, new_settings, vary, titles):
    candidates = [Candidate("a"), Candidate("b")]
    assert first_titles(varying(new_comparison, new_settings, vary, candidates)) == titles


def test_the_posterior_of_the_difference_to_the_best_is_in_one_cell(new_comparison):
    comparison = new_comparison({"relu": 0.95, "tanh": 0.9, "elu": 0.949}, spread=0.001)
    column = next(c for c in comparison.columns() if c.key == "p_equivalent")
    assert [column.write(row, "en") for row in comparison.rows()] == [
        "–",
        "<1/>99/<1",
        ">99/<1/<1",
    ]
    assert "more than 0.01" in column.explanation.en
    assert "0.01 以上" in column.explanation.zh


def test_where_only_rates_are_chosen_the_column_is_called_by_them(new_comparison):
    (column,) = (c for c in new_comparison({"relu": 0.9}).columns() if c.key == "chosen")
    assert column.title == ("Learning rate", "学习率")


def test_where_different_things_are_chosen_the_cells_name_them(
    new_comparison, new_settings, new_outcome
):
    candidates = [
        Candidate("mlp", choices=(Choice("learning_rate_init", 0.003),)),
        Candidate("logistic", model="logistic", choices=(Choice("C", 1.0),)),
        Candidate("linear", model="linear", choices=(Choice("", math.nan),)),
    ]
    outcomes = {
        "mlp": [new_outcome(0.9 + i / 1000) for i in range(10)],
        "logistic": [new_outcome(0.8 + i / 1000, chosen=1.0) for i in range(10)],
        "linear": [new_outcome(0.7 + i / 1000, chosen=math.nan) for i in range(10)],
    }
    comparison = varying(new_comparison, new_settings, ("model",), candidates, outcomes)
    (column,) = (c for c in comparison.columns() if c.key == "chosen")
    assert column.title.en == "Chosen"
    assert [column.write(row, "en") for row in comparison.rows()] == [
        "learning rate 0.003 (10/10)",
        "C 1 (10/10)",
        "–",
    ]
    assert column.write(comparison.rows()[0], "zh") == "学习率 0.003 (10/10)"


def test_a_rate_that_was_compared_is_not_called_chosen(new_comparison, new_settings):
    candidates = [
        Candidate(f"learning rate {rate}", choices=(Choice("learning_rate_init", rate),))
        for rate in (0.001, 0.01)
    ]
    comparison = varying(new_comparison, new_settings, ("learning_rate",), candidates)
    assert "chosen" not in keys(comparison)


def test_models_without_units_and_epochs_have_no_columns_for_them(
    new_comparison, new_settings, new_outcome
):
    bare = {
        "best_epoch": 0,
        "dead_share": math.nan,
        "saturated_share": math.nan,
        "gradients": np.empty(0),
    }
    outcomes = {"logistic": [new_outcome(0.9 + i / 1000, **bare) for i in range(10)]}
    candidates = [Candidate("logistic", model="logistic", choices=(Choice("C", 1.0),))]
    comparison = varying(new_comparison, new_settings, ("model",), candidates, outcomes)
    assert not {"epochs", "dead_share", "saturated_share", "gradient_ratio"} & set(keys(comparison))


def test_size_and_time_of_prediction_are_shown_where_they_may_differ(
    new_comparison, new_settings, new_outcome
):
    measured = {"predict_seconds": 2e-6, "n_parameters": 1234}
    outcomes = {"depth 1": [new_outcome(0.9 + i / 1000, **measured) for i in range(10)]}
    candidates = [Candidate("depth 1")]
    comparison = varying(new_comparison, new_settings, ("depth",), candidates, outcomes)
    written = {c.key: c.write(comparison.rows()[0], "en") for c in comparison.columns()}
    assert (written["predict_seconds"], written["n_parameters"]) == ("2 µs", "1,234")
    same = varying(new_comparison, new_settings, ("activation",), candidates, outcomes)
    assert not {"predict_seconds", "n_parameters"} & set(keys(same))


def test_errors_are_shown_positive_and_a_worse_one_as_more(new_comparison, new_settings):
    settings = new_settings(["relu", "tanh"], scoring="rmse")
    comparison = new_comparison(
        {"relu": -3.0, "tanh": -4.0}, settings=settings, classes=None, guess=-9.0
    )
    best, other = comparison.rows()
    written = {c.key: (c.write(best, "en"), c.write(other, "en")) for c in comparison.columns()}
    assert re.fullmatch(r"2\.99\d+ ± 0\.\d+", written["score"][0])
    assert re.fullmatch(r"\+1\.00\d+ \[\+0\.99\d+, \+1\.00\d+\]", written["difference"][1])
    score = next(c for c in comparison.columns() if c.key == "score")
    assert "lower is better" in score.explanation.en
    assert "越低越好" in score.explanation.zh


def test_times_are_said_to_be_those_of_one_run(new_comparison):
    seconds = next(c for c in new_comparison({"relu": 0.9}).columns() if c.key == "seconds")
    assert "single run, on the machine that made it" in seconds.explanation.en
    assert "只在一次运行中测得" in seconds.explanation.zh


@pytest.mark.parametrize(("language", "heading"), [("en", "Learning rate"), ("zh", "学习率")])
def test_below_a_heading_that_names_it_a_value_stands_alone(
    new_comparison, new_settings, language, heading
):
    candidates = [Candidate("learning rate 0.01"), Candidate("learning rate 0.03")]
    comparison = varying(new_comparison, new_settings, ("learning_rate",), candidates)
    column = comparison.columns()[0]
    assert column.title.to(language) == heading
    cells = {column.write(row, language) for row in comparison.rows()}
    assert cells == {"0.01", "0.03"}
    assert {row.label for row in comparison.rows()} == {one.label for one in candidates}
