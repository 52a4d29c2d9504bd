import numpy as np
import pytest

from ogive.plots.binning import common_bins


def test_shares_add_up_to_one_with_the_values_beyond_the_ends():
    sample = np.r_[np.random.default_rng(0).normal(size=1000), 1e6, -1e6]
    bins = common_bins([sample], 20)
    assert bins.edges[-1] < 10
    assert bins.shares(sample).sum() == pytest.approx(1)


def test_samples_alike_in_spread_share_a_linear_axis():
    rng = np.random.default_rng(0)
    bins = common_bins([rng.normal(size=500), 3 * rng.normal(size=500)], 30)
    assert bins.constant == 0
    assert bins.ticks is None
    np.testing.assert_allclose(np.diff(bins.edges), np.diff(bins.edges)[0])


def test_a_sample_a_thousand_times_as_wide_leaves_room_for_the_others():
    rng = np.random.default_rng(0)
    narrow = rng.normal(size=500)
    bins = common_bins([narrow, narrow, 1000 * narrow], 40)
    assert bins.scale["type"] == "symlog"
    assert np.count_nonzero(bins.shares(narrow)) > 8
    assert 0.0 in bins.ticks


def test_what_is_not_finite_is_left_out():
    sample = np.array([0.0, 1.0, np.nan, np.inf])
    bins = common_bins([sample], 4)
    assert np.isfinite(bins.edges).all()
    assert bins.shares(sample).sum() == pytest.approx(1)


@pytest.mark.parametrize("value", [0.0, -3.0])
def test_a_constant_sample_has_bins_around_it(value):
    bins = common_bins([np.full(10, value)], 5)
    assert bins.edges[0] < value < bins.edges[-1]


def test_no_values_at_all_are_no_error():
    bins = common_bins([np.array([np.nan])], 5)
    assert bins.shares(np.array([np.nan])).sum() == 0
