import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogive.resampling.proportions import (
    least_variance_of_difference,
    least_variance_of_share,
    rows_tested,
)

CELLS = st.tuples(*[st.integers(0, 40)] * 3).filter(lambda cells: sum(cells) > 0)


@given(CELLS)
def test_no_rows_of_the_same_mean_difference_vary_less(cells):
    wins, losses, ties = cells
    n = sum(cells)
    rows = np.repeat([1.0, -1.0, 0.0], [wins, losses, ties])
    assert least_variance_of_difference(rows.mean(), n) <= rows.var() / n + 1e-12
    one_way = np.repeat([1.0, 0.0], [abs(wins - losses), n - abs(wins - losses)])
    assert least_variance_of_difference(rows.mean(), n) == pytest.approx(one_way.var() / n)


def test_the_last_bits_of_a_share_make_no_difference():
    assert least_variance_of_difference([0.0, 1e-16, -1e-17], 30).tolist() == [0, 0, 0]
    assert least_variance_of_difference([1 + 1e-16], 30) == 0


@pytest.mark.parametrize("mean", [0.0, 1.0])
def test_a_perfect_share_of_few_rows_still_varies(mean):
    few, many = (least_variance_of_share(mean, n / 3, n) for n in (30, 3000))
    assert few > many > 0


def test_of_many_rows_the_variance_of_a_share_is_the_binomial_one():
    assert least_variance_of_share(0.3, 10_000, 50_000) == pytest.approx(0.21 / 10_000, rel=1e-3)


@pytest.mark.parametrize("n_splits", [2, 3, 10])
def test_every_row_is_tested_once_in_a_repeat(n_splits):
    assert rows_tested(150, 1 / (n_splits - 1)) == pytest.approx(150 / n_splits)
