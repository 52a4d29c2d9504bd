from datetime import date

import numpy as np
import polars as pl
import pytest

from ogive.data import ColumnPreparation, DesignPreparation
from ogive.text import InputError


def prepared(table, **new):
    """Return the features of a table, and of a new one, by a preparation fitted to the first."""
    preparation = DesignPreparation().fit(table)
    return preparation, preparation.transform(pl.DataFrame(new) if new else table)


def refusal(preparation, table) -> str:
    with pytest.raises(InputError) as caught:
        preparation.transform(table)
    assert caught.value.text.zh
    return caught.value.text.en


def test_numbers_keep_their_unit():
    table = pl.DataFrame({"a": [1.5, -2.0, 1e12], "b": [3, 4, 5]})
    preparation, X = prepared(table)
    assert X.dtype == np.float64
    np.testing.assert_array_equal(X, table.to_numpy())
    assert preparation.feature_names_out_ == ["a", "b"]


def test_the_first_level_is_the_reference():
    table = pl.DataFrame({"city": ["b", "c", "a", "b"], "new": [True, False, True, True]})
    preparation, X = prepared(table)
    assert preparation.references_ == {"city": "a", "new": "false"}
    assert preparation.feature_names_out_ == ["city=b", "city=c", "new=true"]
    np.testing.assert_array_equal(X, [[1, 0, 1], [0, 1, 0], [0, 0, 1], [1, 0, 1]])


def test_a_level_that_was_not_there_is_refused_rather_than_taken_for_the_reference():
    preparation, _ = prepared(pl.DataFrame({"city": ["a", "b"]}))
    message = refusal(preparation, pl.DataFrame({"city": ["a", "z"]}))
    assert "Column 'city' holds 'z' in row 2" in message


def test_a_missing_value_is_the_median_and_flagged():
    preparation, X = prepared(pl.DataFrame({"a": [1.0, None, 5.0, 9.0]}))
    assert preparation.feature_names_out_ == ["a", "a (missing)"]
    np.testing.assert_array_equal(X, [[1, 0], [5, 1], [5, 0], [9, 0]])


def test_a_missing_level_has_a_feature():
    preparation, X = prepared(pl.DataFrame({"city": ["a", None, "b"]}))
    assert preparation.feature_names_out_ == ["city=b", "city (missing)"]
    np.testing.assert_array_equal(X, [[0, 0], [0, 1], [1, 0]])


@pytest.mark.parametrize("values", [[1.0, 2.0], ["a", "b"]])
def test_a_value_missing_where_none_was_is_refused(values):
    preparation, _ = prepared(pl.DataFrame({"a": values}))
    message = refusal(preparation, pl.DataFrame({"a": [values[0], None]}))
    assert "Column 'a' has no value in row 2" in message


def test_dates_count_in_days():
    table = pl.DataFrame({"when": [date(1970, 1, 2), date(1971, 1, 1)]})
    np.testing.assert_array_equal(prepared(table)[1], [[1.0], [365.0]])


def test_rare_levels_share_a_feature():
    table = pl.DataFrame({"city": ["a", "a", "b", "b", "c", "d"]})
    preparation = DesignPreparation(max_categories=3).fit(table)
    assert preparation.feature_names_out_ == ["city=b", "city (infrequent)"]
    np.testing.assert_array_equal(preparation.transform(table)[:, 1], [0, 0, 0, 0, 1, 1])


def test_a_number_may_be_spelled_as_text_in_a_new_table():
    preparation, _ = prepared(pl.DataFrame({"a": [1.0, 2.0]}))
    np.testing.assert_array_equal(preparation.transform(pl.DataFrame({"a": ["7"]})), [[7.0]])


def test_a_column_of_text_without_any_value_is_all_missing():
    table = pl.DataFrame({"a": [None, None]}, schema={"a": pl.String})
    preparation, X = prepared(table)
    assert preparation.feature_names_out_ == ["a (missing)"]
    np.testing.assert_array_equal(X, [[1], [1]])


def test_a_column_called_like_a_level_keeps_apart_from_it():
    preparation, X = prepared(pl.DataFrame({"city": ["a", "b"], "city=b": [3.0, 4.0]}))
    assert preparation.feature_names_out_ == ["city=b", "city=b (2)"]
    np.testing.assert_array_equal(X, [[0, 3], [1, 4]])


def test_lists_are_refused():
    with pytest.raises(InputError, match="cannot be learned from"):
        DesignPreparation().fit(pl.DataFrame({"a": [[1], [2]]}))


def test_the_levels_but_for_the_reference_do_not_add_up_to_the_constant():
    random = np.random.RandomState(0)
    table = pl.DataFrame({"city": random.choice(list("abcd"), 50), "a": random.normal(size=50)})
    X = prepared(table)[1]
    assert np.linalg.matrix_rank(np.column_stack([np.ones(50), X])) == X.shape[1] + 1


def test_numbers_within_levels_count_as_such():
    table = pl.DataFrame({"c": ["c10", "c2", "c1", "c11", "c02"]})
    preparation, _ = prepared(table)
    assert preparation.references_ == {"c": "c1"}
    assert preparation.feature_names_out_ == ["c=c02", "c=c2", "c=c10", "c=c11"]


def test_features_that_stand_for_no_single_level_have_chinese_names_if_wanted():
    table = pl.DataFrame({"a": [1.0, None, 2.0, 3.0], "c": ["x", "x", None, "z"]})
    table = pl.concat([table, table, table.with_columns(c=pl.lit("w"))])
    preparation = DesignPreparation(max_categories=2, language="zh").fit(table)
    assert preparation.feature_names_out_ == ["a", "a（缺失）", "c（少见水平）", "c（缺失）"]


def test_rows_that_cannot_be_used_are_told_with_the_reason_of_the_first():
    table = pl.DataFrame({"a": [1.0, 2.0, 3.0], "c": ["x", "y", "x"]})
    preparation, _ = prepared(table)
    new = pl.DataFrame({"c": ["x", "q", "y", "y", None, "x"], "a": ["1", "2", "", "4", "5", None]})
    rows, reason = preparation.unusable_rows(new.with_columns(pl.col("a").replace("", None)))
    assert rows.tolist() == [False, True, True, False, True, True]
    assert "holds 'q' in row 2" in reason.en
    np.testing.assert_array_equal(
        preparation.transform(new.filter(~pl.Series(rows))), [[1, 0], [4, 1]]
    )
    assert preparation.unusable_rows(table)[1] is None


@pytest.mark.parametrize("preparation", [ColumnPreparation, DesignPreparation])
@pytest.mark.parametrize("cell", ["?", "inf"])
def test_a_cell_that_is_no_number_is_an_error_and_no_row_to_leave_out(preparation, cell):
    fitted = preparation().fit(pl.DataFrame({"a": [1.0, 2.0, 3.0]}))
    with pytest.raises(InputError, match="Column 'a' .*in row 2") as caught:
        fitted.unusable_rows(pl.DataFrame({"a": [None, cell, "4"]}))
    assert "第 2 行" in caught.value.text.zh


@pytest.mark.parametrize(
    ("column", "new", "rows", "told"),
    [
        ([1.0, 2.0, 3.0], [4.0, None, 5.0], [False, True, False], "no value in row 2"),
        ([1.0, None, 3.0], [4.0, None, 5.0], [False] * 3, None),
        (["x", "y", "x"], ["x", "y", "q"], [False, False, True], "holds 'q' in row 3"),
        (["x", "y", "x"], [None, "y", "x"], [True, False, False], "no value in row 1"),
        (["x", None, "x"], [None, "x", "x"], [False] * 3, None),
    ],
)
@pytest.mark.parametrize("preparation", [ColumnPreparation, DesignPreparation])
def test_both_preparations_know_nothing_of_the_same_rows(preparation, column, new, rows, told):
    fitted = preparation().fit(pl.DataFrame({"a": column}))
    found, reason = fitted.unusable_rows(pl.DataFrame({"a": new}))
    assert found.tolist() == rows
    assert (reason is None) if told is None else (told in reason.en)


def test_gaps_can_be_used_where_the_fit_had_some():
    table = pl.DataFrame({"a": [1.0, None, 3.0], "c": ["x", None, "y"]})
    rows, reason = prepared(table)[0].unusable_rows(table)
    assert not rows.any()
    assert reason is None


def test_numbers_are_standardised_where_that_is_wanted_and_levels_are_not():
    table = pl.DataFrame({"a": [1.0, 3.0, 5.0, None], "c": ["x", "y", "x", "y"]})
    preparation = DesignPreparation(standardise=True).fit(table)
    X = preparation.transform(table)
    scale = np.std([1.0, 3.0, 5.0])
    np.testing.assert_allclose(X[:, 0], [-2 / scale, 0, 2 / scale, 0], rtol=1e-15)
    np.testing.assert_array_equal(X[:, 1:], [[0, 0], [0, 1], [0, 0], [1, 1]])
    new = pl.DataFrame({"a": [7.0], "c": ["x"]})
    np.testing.assert_allclose(preparation.transform(new), [[4 / scale, 0, 0]], rtol=1e-15)


def test_a_constant_column_is_standardised_to_0():
    table = pl.DataFrame({"a": [2.5] * 4, "b": [1.0, 2.0, 3.0, 4.0]})
    X = DesignPreparation(standardise=True).fit(table).transform(table)
    np.testing.assert_array_equal(X[:, 0], 0)
