import numpy as np
import polars as pl
import pytest

from ogive.comparison.design.problem import read_problem
from ogive.comparison.design.row_order import autocorrelation, time_column
from ogive.data import load_bundled
from ogive.data.bundled import BUNDLED

N = 120
RNG = np.random.default_rng(0)
NOISE = RNG.standard_normal(N)
WALK = np.cumsum(NOISE)


def frame(**columns):
    return pl.DataFrame({"x": RNG.standard_normal(N), **columns})


@pytest.mark.parametrize("name", ["day", "time_of_sale", "Year", "saleDate", "t", "日期"])
@pytest.mark.parametrize("sign", [1, -1])
def test_numbers_called_a_time_that_only_rise_or_fall_tell_when_a_row_was(name, sign):
    assert time_column(frame(**{name: sign * np.arange(N)})) == name


def test_dates_tell_when_a_row_was_in_any_order():
    days = [f"2020-01-{1 + i % 28:02}" for i in RNG.permutation(N)]
    assert time_column(frame(sold=pl.Series(days).str.to_date())) == "sold"


def test_numbers_called_a_time_in_no_order_tell_nothing():
    assert time_column(frame(day=RNG.permutation(N))) == ""


@pytest.mark.parametrize("name", ["size", "birthweight", "today", "timeless"])
def test_other_columns_that_rise_tell_nothing(name):
    assert time_column(frame(**{name: np.arange(N)})) == ""


def test_a_target_that_wanders_resembles_that_of_the_row_before():
    expected = np.corrcoef(WALK[1:], WALK[:-1])[0, 1]
    assert autocorrelation(frame(), WALK) == pytest.approx(expected, abs=0.05)
    assert autocorrelation(frame(), WALK) > 0.5
    assert abs(autocorrelation(frame(), NOISE)) < 0.3


def test_a_table_sorted_by_target_or_column_tells_nothing_of_time():
    assert autocorrelation(frame(), np.sort(NOISE)) is None
    assert autocorrelation(frame(size=np.arange(N)), WALK) is None


def test_few_rows_tell_nothing():
    assert autocorrelation(frame().head(20), WALK[:20]) is None


@pytest.mark.parametrize("name", BUNDLED)
def test_no_order_is_seen_in_the_bundled_data(name):
    table = load_bundled(name)
    target = next(c for c in ("target", "price", "main") if c in table.columns)
    summary = read_problem(
        table.drop(target), table[target], task=None, target_name=target, prepare=None
    ).summary
    assert summary.time_column == ""
    assert summary.target_autocorrelation is None or summary.target_autocorrelation < 0.3
