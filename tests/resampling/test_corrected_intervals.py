import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import integrate, special

from ogive.resampling.intervals import corrected_band, corrected_mean, corrected_means, holm

SCORES = st.floats(-1, 1, allow_nan=False).map(lambda x: round(x, 6))


def t_density(x, df):
    """Student's density by its definition."""
    scale = special.gamma((df + 1) / 2) / math.sqrt(df * math.pi) / special.gamma(df / 2)
    return scale * (1 + x * x / df) ** (-(df + 1) / 2)


def test_mean_and_p_value_agree_with_the_formula_written_out():
    values, ratio = [0.02, -0.01, 0.03, 0.04, 0.01, 0.02], 0.25
    n = len(values)
    mean = sum(values) / n
    variance = sum((v - mean) ** 2 for v in values) / (n - 1)
    t = mean / math.sqrt((1 / n + ratio) * variance)
    tail, _ = integrate.quad(t_density, t, np.inf, args=(n - 1,))
    found = corrected_mean(values, ratio)
    assert found.mean == pytest.approx(mean)
    assert found.p == pytest.approx(2 * tail, rel=1e-7)


def test_interval_holds_95_percent_of_the_distribution():
    values, ratio = [0.91, 0.93, 0.92, 0.96, 0.90], 0.25
    found = corrected_mean(values, ratio)
    error = math.sqrt((1 / 5 + ratio) * np.var(values, ddof=1))
    inside, _ = integrate.quad(t_density, 0, (found.high - found.mean) / error, args=(4,))
    assert 2 * inside == pytest.approx(0.95, rel=1e-7)


def test_without_overlap_it_is_the_ordinary_t_test():
    from scipy import stats

    values = np.random.default_rng(0).normal(0.3, 1, 12)
    found, usual = corrected_mean(values, 0.0), stats.ttest_1samp(values, 0.0)
    assert found.p == pytest.approx(usual.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(usual.confidence_interval(0.95)))


def test_p_is_nearly_uniform_where_scores_are_correlated_as_the_correction_supposes():
    rng = np.random.default_rng(3)
    n, ratio = 10, 0.25
    correlation = ratio / (1 + ratio)
    shared = rng.normal(0, math.sqrt(correlation), (4000, 1))
    own = rng.normal(0, math.sqrt(1 - correlation), (4000, n))
    p = [corrected_mean(row, ratio).p for row in shared + own]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.012)


@given(arrays(np.float64, st.integers(2, 20), elements=SCORES), st.floats(0, 1))
def test_interval_contains_zero_exactly_where_p_exceeds_5_percent(values, ratio):
    found = corrected_mean(values, ratio)
    assert 0 <= found.p <= 1
    assert found.low <= found.mean <= found.high
    if found.high - found.low > 1e-9 and abs(found.p - 0.05) > 1e-9:
        assert (found.low <= 0 <= found.high) == (found.p > 0.05)


@given(arrays(np.float64, st.integers(2, 20), elements=SCORES), st.floats(0, 1))
def test_more_overlap_widens_the_interval(values, ratio):
    narrow, wide = corrected_mean(values, ratio), corrected_mean(values, ratio + 0.5)
    assert wide.low <= narrow.low
    assert wide.high >= narrow.high
    assert wide.p >= narrow.p


@given(arrays(np.float64, st.integers(2, 20), elements=SCORES), st.floats(0, 1))
def test_the_sign_of_the_values_does_not_matter_to_p(values, ratio):
    assert corrected_mean(values, ratio).p == pytest.approx(corrected_mean(-values, ratio).p)


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 6), st.integers(1, 8)),
        elements=SCORES,
    )
)
def test_many_means_at_once_are_the_same_as_one_by_one(table):
    assert corrected_means(table, 0.25) == [corrected_mean(row, 0.25) for row in table]


def test_a_single_value_has_an_interval_without_ends():
    assert corrected_mean([0.3], 0.25) == (0.3, -np.inf, np.inf, 1.0)


def test_values_without_spread_get_the_sign_tests_p():
    assert corrected_mean([0.1, 0.1, 0.1], 0.25).p == 0.25
    assert corrected_mean([0.1 + 0.2, 0.3, 0.3], 0.25).p == 0.25
    assert corrected_mean([0.0, 0.0], 0.25).p == 1


@pytest.mark.parametrize("values", [[0.02] * 5, [0.0, 0.0], [0.1 + 0.2, 0.3, 0.3]])
def test_values_without_spread_have_an_interval_without_ends_as_p_does_not_exclude_0(values):
    found = corrected_mean(values, 0.25)
    assert (found.low, found.high) == (-np.inf, np.inf)
    assert found.p > 0.05


def test_a_least_variance_stands_in_for_a_smaller_one_and_for_none():
    known = corrected_mean([0.9, 1.1], 0.25)  # a variance of 0.02
    for values in ([1.0, 1.0], [0.999, 1.001]):
        assert corrected_mean(values, 0.25, least_variance=0.02) == pytest.approx(known)
    assert corrected_mean([0.9, 1.1], 0.25, least_variance=0.019) == known


def test_band_agrees_with_the_mean_of_every_column():
    table = np.random.default_rng(1).normal(size=(10, 4))
    mean, low, high = corrected_band(table, 0.25)
    for column in range(4):
        found = corrected_mean(table[:, column], 0.25)
        assert (mean[column], low[column], high[column]) == pytest.approx(found[:3])


def test_holm_agrees_with_his_example_worked_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_lies_between_no_correction_and_bonferronis(p):
    adjusted = holm(p)
    assert (adjusted >= np.array(p) - 1e-12).all()
    assert (adjusted <= np.minimum(np.array(p) * len(p), 1) + 1e-12).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30, unique=True))
def test_holm_keeps_the_order_of_the_tests(p):
    order = np.argsort(p)
    assert (np.diff(holm(p)[order]) >= 0).all()
