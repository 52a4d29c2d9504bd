import polars as pl
import pytest

from ogive.data.selection import select_target
from ogive.text import InputError

TABLE = pl.DataFrame({"a": [1.0, 2.0, 4.0, 8.0], "b": ["x", "y", "x", "y"], "y": ["p", "q"] * 2})


def refusal(table, target="y", **options) -> InputError:
    with pytest.raises(InputError) as caught:
        select_target(table, target, **options)
    return caught.value


def notices(table, **options) -> list[str]:
    return [notice.en for notice in select_target(table, "y", **options).notices]


def test_features_and_target_are_split():
    labelled = select_target(TABLE, "y")
    assert labelled.features.columns == ["a", "b"]
    assert labelled.target.tolist() == ["p", "q", "p", "q"]
    assert (labelled.task, labelled.notices, labelled.left_out) == ("classification", (), ())


def test_the_task_can_be_given():
    table = TABLE.with_columns(y=pl.Series([0, 1, 0, 1]))
    assert select_target(table, "y", task="regression").target.dtype.kind == "f"


def test_an_unknown_target_lists_the_columns_nearest_first():
    table = pl.DataFrame({f"x{i}": [1, 2] for i in range(30)} | {"price": [1, 2]})
    error = refusal(table, "prize")
    assert "no column 'prize'; its columns are: price, x0, x1" in error.text.en
    assert "(31 in all)" in error.text.en
    assert "表格中没有列“prize”" in error.text.zh


def test_an_unknown_column_to_ignore_is_refused():
    assert "no column 'c'" in str(refusal(TABLE, ignore=["c"]))


def test_the_target_cannot_be_ignored():
    assert "cannot be ignored" in str(refusal(TABLE, ignore=["y"]))


def test_ignored_columns_are_left_out():
    labelled = select_target(TABLE, "y", ignore=["a"])
    assert labelled.features.columns == ["b"]
    assert labelled.left_out == ("a",)


def test_rows_without_a_target_are_left_out_with_a_notice():
    table = TABLE.with_columns(y=pl.Series([1.5, None, float("nan"), 4.0]))
    labelled = select_target(table, "y")
    assert labelled.features["a"].to_list() == [1.0, 8.0]
    assert labelled.notices[0].en == "Left out 2 rows without a value in the target 'y'."


def test_a_target_without_any_value_is_refused():
    assert "no value in any row" in str(refusal(TABLE.with_columns(y=pl.lit(None))))


@pytest.mark.parametrize("infinity", [float("inf"), float("-inf")])
def test_an_infinite_value_is_named_by_column_and_row_of_the_file(infinity):
    table = TABLE.with_columns(
        a=pl.Series([1.0, 2.0, infinity, 3.0]), y=pl.Series(["p", None, "p", "q"])
    )
    error = refusal(table)
    assert "Column 'a' holds an infinite value in row 3" in error.text.en
    assert "列“a”的第 3 行是无穷大" in error.text.zh


def test_an_infinite_target_is_refused():
    table = TABLE.with_columns(y=pl.Series([1.0, 2.5, float("inf"), 3.0]))
    assert "Column 'y' holds an infinite value in row 3" in str(refusal(table))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([None, None, None, None], "column without any value: c"),
        ([float("nan")] * 4, "column without any value: c"),
        ([7, 7, 7, 7], "column with the same value in every row: c"),
        (["k1", "k2", "k3", "k4"], "column with different text in every row: c"),
    ],
)
def test_useless_columns_are_left_out_with_a_notice(values, why):
    table = TABLE.with_columns(c=pl.Series(values))
    labelled = select_target(table, "y")
    assert labelled.features.columns == ["a", "b"]
    assert labelled.left_out == ("c",)
    assert labelled.notices[0].en == f"Left out the {why}."


def test_several_useless_columns_share_a_notice():
    table = TABLE.with_columns(c=pl.lit(1), d=pl.lit(2))
    assert notices(table) == ["Left out the columns with the same value in every row: c, d."]


@pytest.mark.parametrize("name", ["column_1", "ID", "index", "序号"])
def test_a_column_that_counts_rows_is_left_out(name):
    table = TABLE.with_columns(pl.Series(name, [0, 1, 2, 3]))
    assert notices(table) == [f"Left out the column that only counts the rows: {name}."]


def test_a_measured_column_may_count_upwards():
    assert notices(TABLE.with_columns(year=pl.Series([1, 2, 3, 4]))) == []


def test_a_constant_column_with_gaps_stays_for_its_gaps():
    table = TABLE.with_columns(c=pl.Series([1, None, 1, None]))
    assert "c" in select_target(table, "y").features.columns


def test_nothing_left_to_predict_from_is_refused():
    table = pl.DataFrame({"c": [1, 1], "y": ["p", "q"]})
    assert "No column is left to predict 'y' from" in str(refusal(table))


def test_lists_are_refused_by_name_and_can_be_ignored():
    table = TABLE.with_columns(c=pl.Series([[1], [2], [3], [4]]))
    assert "Column 'c' holds List(Int64) values" in str(refusal(table))
    assert select_target(table, "y", ignore=["c"]).features.columns == ["a", "b"]


def test_text_among_numbers_is_pointed_out():
    table = pl.DataFrame({"a": ["1"] * 10 + ["2"] * 9 + ["2O"], "y": ["p", "q"] * 10})
    assert notices(table) == [
        "Column 'a' is taken as text because of '2O' in row 20; its other values are numbers."
    ]
