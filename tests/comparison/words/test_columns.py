from dataclasses import fields

import pytest

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


@pytest.mark.parametrize("group", ["best", "level", "unsure", "worse"])
def test_every_group_has_a_name_in_both_languages(group):
    assert GROUPS[group].en != GROUPS[group].zh
