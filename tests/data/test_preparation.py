import datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest
import skops.io
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.base import clone
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ogive.data.columns import CategoryColumn, NumberColumn
from ogive.data.preparation import ColumnPreparation
from ogive.text import InputError

TABLE = pl.DataFrame(
    {
        "n": [1.0, None, 3.0, 8.0],
        "c": ["x", "y", None, "x"],
        "t": [True, False, True, True],
        "d": [datetime.date(2024, 1, day) for day in (1, 2, 3, 6)],
    }
)


def prepare(table, **options):
    return ColumnPreparation(np.float64, **options).fit(table)


def test_numbers_are_standardised_as_scikit_learn_does():
    table = np.random.default_rng(0).normal(3, 5, (50, 4))
    expected = StandardScaler().fit_transform(table)
    np.testing.assert_allclose(prepare(table).transform(table), expected, atol=1e-14)


def test_the_matrix_is_contiguous_and_of_the_wanted_type():
    out = ColumnPreparation().fit_transform(TABLE)
    assert out.dtype == np.float32
    assert out.flags.c_contiguous


def test_features_are_named_after_columns_and_levels():
    names = ["n", "n (missing)", "c=x", "c=y", "c (missing)", "t=false", "t=true", "d"]
    preparation = prepare(TABLE)
    assert preparation.feature_names_out_ == names
    assert preparation.get_feature_names_out().tolist() == names
    assert preparation.feature_names_in_.tolist() == TABLE.columns


def test_missing_numbers_become_the_median_and_are_flagged():
    out = prepare(TABLE).transform(TABLE)
    present = np.array([1.0, 3.0, 8.0])
    assert out[1, 0] == pytest.approx((3 - present.mean()) / present.std())
    assert out[:, 1].tolist() == [0, 1, 0, 0]


def test_numbers_missing_only_at_prediction_become_the_median():
    out = prepare(pl.DataFrame({"n": [1.0, 2.0, 9.0]})).transform(pl.DataFrame({"n": [None, 2.0]}))
    assert out[0] == out[1]


def test_categories_become_one_feature_a_level():
    out = prepare(TABLE).transform(TABLE)
    assert out[:, 2:5].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]


def test_an_unknown_level_leaves_all_features_zero():
    out = prepare(TABLE).transform(TABLE.with_columns(c=pl.lit("new")))
    assert not out[:, 2:5].any()


def test_the_least_frequent_levels_share_a_feature():
    table = pl.DataFrame({"c": ["a"] * 4 + ["b"] * 3 + ["c"] * 2 + ["d"]})
    preparation = prepare(table, max_categories=3)
    assert preparation.feature_names_out_ == ["c=a", "c=b", "c (infrequent)"]
    assert preparation.transform(table).sum(axis=0).tolist() == [4, 3, 3]
    assert not preparation.transform(pl.DataFrame({"c": ["unseen"]})).any()


def test_dates_count_as_days():
    days = np.array([1.0, 2.0, 3.0, 6.0])
    out = prepare(TABLE).transform(TABLE)
    np.testing.assert_allclose(out[:, -1], (days - days.mean()) / days.std())


def test_times_and_durations_are_numbers_too():
    table = pl.DataFrame(
        {
            "time": [datetime.time(1), datetime.time(2)],
            "span": [datetime.timedelta(hours=1), datetime.timedelta(hours=4)],
            "moment": [datetime.datetime(2024, 1, 1, 12), datetime.datetime(2024, 1, 1)],
        }
    )
    out = prepare(table).transform(table)
    np.testing.assert_allclose(out, [[-1, -1, 1], [1, 1, -1]], rtol=1e-9)


def test_only_training_rows_are_learned_from():
    rng = np.random.default_rng(1)
    table = pl.DataFrame(
        {"n": rng.normal(size=40), "c": rng.choice(["a", "b"], 40), "m": rng.normal(size=40)}
    )
    rows = np.arange(30)
    other = table.with_row_index("i").with_columns(
        n=pl.when(pl.col("i") < 30).then("n").otherwise(1e6),
        c=pl.when(pl.col("i") < 30).then("c").otherwise(pl.lit("leak")),
        m=pl.when(pl.col("i") < 30).then("m").otherwise(None),
    )
    one = ColumnPreparation().fit(table, rows=rows)
    two = ColumnPreparation().fit(other.drop("i"), rows=rows)
    assert one.columns_ == two.columns_
    assert one.columns_ == ColumnPreparation().fit(table.head(30)).columns_


@pytest.mark.parametrize("values", [[5.0, 5.0, 5.0, 99.0], [None, None, None, 99.0]])
def test_a_column_constant_in_training_is_written_as_zero(values):
    table = pl.DataFrame({"n": values})
    out = ColumnPreparation().fit(table, rows=[0, 1, 2]).transform(table)
    assert not out.any()


def test_columns_may_come_in_any_order():
    preparation = prepare(TABLE)
    shuffled = TABLE.select(TABLE.columns[::-1])
    assert np.array_equal(preparation.transform(shuffled), preparation.transform(TABLE))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop("n"), "lacks the column 'n';"),
        (lambda t: t.drop("n", "t"), "lacks the columns 'n', 't';"),
        (lambda t: t.with_columns(z=1), "has the column 'z' not seen in training"),
        (lambda t: t.rename({"n": "N"}), "lacks the column 'n' and has the column 'N'"),
    ],
)
def test_a_missing_or_extra_column_is_named(change, message):
    with pytest.raises(InputError, match=message):
        prepare(TABLE).transform(change(TABLE))


def test_text_that_spells_numbers_and_dates_is_read():
    text = TABLE.with_columns(pl.col("n", "d", "t").cast(pl.String))
    preparation = prepare(TABLE)
    assert np.array_equal(preparation.transform(text), preparation.transform(TABLE))


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (pl.Series("n", ["1", "2", "x", "4"]), "Column 'n' holds 'x' in row 3, where a number"),
        (pl.Series("d", ["2024-01-01", "soon", None, None]), "'soon' in row 2, where a date"),
        (pl.Series("d", [1, 2, 3, 4]), "Column 'd' held dates in the training data"),
        (pl.Series("n", [1.0, float("inf"), 0.0, 0.0]), "infinite value in row 2"),
    ],
)
def test_a_column_of_another_kind_is_named(column, message):
    with pytest.raises(InputError, match=message):
        prepare(TABLE).transform(TABLE.with_columns(column))


def test_a_column_of_lists_is_refused():
    with pytest.raises(InputError, match="Column 'c' holds List"):
        prepare(pl.DataFrame({"c": [[1], [2]]}))


@pytest.mark.parametrize("rows", [[], [4], [-1], [0.5], [[0]]])
def test_impossible_training_rows_are_refused(rows):
    with pytest.raises(InputError, match="row numbers from 0 to 3"):
        ColumnPreparation().fit(TABLE, rows=rows)


def test_pandas_and_polars_give_the_same_features():
    frame = TABLE.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert np.array_equal(prepare(frame).transform(frame), prepare(TABLE).transform(TABLE))


def test_it_works_within_a_scikit_learn_pipeline():
    model = make_pipeline(clone(ColumnPreparation()), LinearRegression())
    assert model.fit(TABLE, [1.0, 2.0, 3.0, 4.0]).predict(TABLE).shape == (4,)


def test_it_is_saved_with_three_types_of_ours_and_read_back_equal():
    preparation = prepare(TABLE)
    saved = skops.io.dumps(preparation)
    types = [
        f"{cls.__module__}.{cls.__name__}"
        for cls in (CategoryColumn, NumberColumn, ColumnPreparation)
    ]
    assert skops.io.get_untrusted_types(data=saved) == types
    loaded = skops.io.loads(saved, trusted=types)
    assert np.array_equal(loaded.transform(TABLE), preparation.transform(TABLE))


HUGE = 1.7e308
FLOATS = st.one_of(st.floats(allow_infinity=False), st.sampled_from([0.0, 1e-300, HUGE, -HUGE]))


@given(hnp.arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(1, 3)), elements=FLOATS))
def test_whatever_the_numbers_the_features_are_finite(table):
    for dtype in (np.float32, np.float64):
        assert np.isfinite(ColumnPreparation(dtype).fit(table).transform(table)).all()


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=3)), min_size=1, max_size=12),
    st.lists(st.one_of(st.none(), st.text(max_size=3)), min_size=1, max_size=12),
)
def test_a_row_has_one_feature_of_a_category_or_none(training, new):
    preparation = prepare(pl.DataFrame({"c": pl.Series(training, dtype=pl.String)}))
    assert (preparation.transform(pl.DataFrame({"c": training})).sum(axis=1) == 1).all()
    sums = preparation.transform(pl.DataFrame({"c": pl.Series(new, dtype=pl.String)})).sum(axis=1)
    assert [bool(total) for total in sums] == [value in training for value in new]
