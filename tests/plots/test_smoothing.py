import numpy as np
import pytest
from statsmodels.nonparametric.smoothers_lowess import lowess as reference

from ogive.plots.smoothing import MOST_POINTS, binned_means, lowess, smooth_curve


@pytest.fixture
def wave():
    random = np.random.RandomState(0)
    x = np.sort(random.normal(size=300))
    y = np.sin(2 * x) + 0.2 * random.normal(size=300)
    y[10] += 9
    return x, y


@pytest.mark.parametrize("iterations", [0, 1, 3])
@pytest.mark.parametrize("fraction", [0.2, 2 / 3, 1.0])
def test_lowess_is_that_of_statsmodels(wave, iterations, fraction):
    x, y = wave
    expected = reference(y, x, frac=fraction, it=iterations, delta=0)[:, 1]
    found = lowess(x, y, x, fraction=fraction, iterations=iterations)
    np.testing.assert_allclose(found, expected, atol=1e-10)


def test_a_straight_line_stays_one():
    x = np.linspace(-1, 3, 50)
    places = np.linspace(-1, 3, 7)
    np.testing.assert_allclose(lowess(x, 2 * x - 1, places), 2 * places - 1, atol=1e-12)


def test_many_points_give_the_curve_of_all():
    random = np.random.RandomState(1)
    x = random.uniform(-2, 2, 20 * MOST_POINTS)
    y = x**2 + 0.1 * random.normal(size=x.size)
    places, curve = smooth_curve(x, y)
    np.testing.assert_allclose(curve, lowess(x, y, places), atol=0.01)


def test_bins_hold_every_point_once():
    x, y = np.arange(1000.0)[::-1], np.ones(1000)
    means, heights = binned_means(x, y, 7)
    assert means.size == 7
    assert np.all(np.diff(means) > 0)
    np.testing.assert_allclose(heights, 1)


def test_few_levels_have_their_means_instead():
    x = np.array([0.0, 1.0, 0.0, 1.0])
    y = np.array([1.0, 5.0, 3.0, 7.0])
    places, curve = smooth_curve(x, y)
    assert (places.tolist(), curve.tolist()) == ([0.0, 1.0], [2.0, 6.0])


def test_a_single_place_has_no_curve():
    places, curve = smooth_curve(np.ones(5), np.arange(5.0))
    assert places.size == curve.size == 0


def test_many_points_at_one_place_do_not_break_it():
    x = np.concatenate([np.zeros(80), np.arange(1.0, 21.0)])
    y = np.concatenate([np.full(80, 2.0), np.arange(1.0, 21.0)])
    places, curve = smooth_curve(x, y)
    assert np.isfinite(curve).all()
    assert curve[places == 0] == pytest.approx(2.0)
