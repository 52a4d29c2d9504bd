"""Running statistics of units against NumPy on all rows at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ogive
from ogive.activations.slopes import greatest_slope
from ogive.diagnosis.streaming import UnitAccumulator

SHAPES = [(1000, 7), (500, 300), (70, 2500), (64, 5, 33), (3, 2, 5000), (1, 1), (9, 4, 3, 5)]


def axes(z):
    return (0, *range(2, z.ndim))


def check(found, z, a, slope, greatest, tolerance):
    over = axes(z)
    close = dict(rtol=tolerance, atol=tolerance)
    np.testing.assert_array_equal(found.z_min, z.min(over))
    np.testing.assert_array_equal(found.z_max, z.max(over))
    np.testing.assert_allclose(found.z_mean, z.mean(over), **close)
    np.testing.assert_allclose(found.z_var, z.var(over), **close)
    np.testing.assert_allclose(found.a_min, a.min(over), **close)
    np.testing.assert_allclose(found.a_max, a.max(over), **close)
    np.testing.assert_allclose(found.a_mean, a.mean(over), **close)
    np.testing.assert_allclose(found.a_var, a.var(over), **close)
    np.testing.assert_allclose(found.slope_square_mean, (slope**2).mean(over), **close)
    np.testing.assert_allclose(found.slope_max, np.abs(slope).max(over) / greatest, **close)
    active = (np.abs(slope) > 0.05 * greatest).mean(over)
    np.testing.assert_allclose(found.active_share, active, atol=2 / z.shape[0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("computed", [True, False], ids=["by the core", "handed in"])
def test_batches_add_up_to_the_statistics_of_all_rows(shape, dtype, computed):
    function = ogive.activation("gelu")
    z = np.random.default_rng(0).normal(1.0, 3.0, shape).astype(dtype)
    greatest = greatest_slope(function)
    grown = UnitAccumulator(shape[1], function if computed else None, greatest=greatest)
    for part in np.array_split(z, 3):
        if len(part):
            grown.add(part, *(() if computed else function.value_and_derivative(part)))
    a, slope = function.value_and_derivative(z.astype(np.float64))
    check(grown.result(), z, a, slope, greatest, 2e-5 if dtype == np.float32 else 1e-10)
    assert grown.n_values == z.size // shape[1]


def test_the_variance_survives_a_large_mean():
    z = (1e4 + np.random.default_rng(1).normal(size=(5000, 3)) * 0.1).astype(np.float32)
    grown = UnitAccumulator(3, ogive.activation("identity"))
    for part in np.array_split(z, 50):
        grown.add(part)
    found = grown.result()
    np.testing.assert_allclose(found.z_var, z.astype(np.float64).var(axis=0), rtol=1e-4)
    np.testing.assert_allclose(found.z_mean, z.astype(np.float64).mean(axis=0), rtol=1e-7)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(1, 30), st.integers(0, 99))
def test_the_cut_into_batches_does_not_matter(sizes, units, seed):
    z = np.random.default_rng(seed).normal(size=(sum(sizes), units))
    whole, parts = (UnitAccumulator(units, ogive.activation("tanh")) for _ in range(2))
    whole.add(z)
    for part in np.split(z, np.cumsum(sizes)[:-1]):
        parts.add(part)
    for one, other in zip(
        (getattr(whole.result(), n) for n in ("z_var", "a_mean", "active_share", "z_max")),
        (getattr(parts.result(), n) for n in ("z_var", "a_mean", "active_share", "z_max")),
        strict=True,
    ):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


def test_a_value_that_is_not_finite_shows_in_the_mean():
    z = np.zeros((10, 2))
    z[3, 1] = np.nan
    grown = UnitAccumulator(2, ogive.activation("relu"))
    grown.add(z)
    assert np.isfinite(grown.result().z_mean).tolist() == [True, False]


def test_slopes_are_unknown_where_none_were_given():
    grown = UnitAccumulator(2)
    grown.add(np.ones((3, 2)), np.ones((3, 2)))
    found = grown.result()
    assert np.isnan(found.slope_max).all() and np.isnan(found.active_share).all()
    assert found.a_mean.tolist() == [1, 1]


def test_without_rows_nothing_is_known():
    found = UnitAccumulator(2, ogive.activation("relu")).result()
    assert np.isnan(found.z_mean).all() and np.isnan(found.active_share).all()


def test_another_number_of_units_is_refused():
    with pytest.raises(ValueError, match="number of units"):
        UnitAccumulator(2).add(np.ones((3, 4)), np.ones((3, 4)))


def test_rows_that_are_not_contiguous_are_taken():
    z = np.random.default_rng(2).normal(size=(20, 6))[::2, ::3]
    grown = UnitAccumulator(2, ogive.activation("relu"))
    grown.add(z)
    np.testing.assert_array_equal(grown.result().z_max, z.max(axis=0))


@pytest.mark.parametrize(("name", "greatest"), [("sigmoid", 0.25), ("tanh", 1), ("softmax", 1)])
def test_the_greatest_slope(name, greatest):
    assert greatest_slope(ogive.activation(name)) == pytest.approx(greatest, abs=1e-9)
