"""The core's vector functions and gates, row by row, against mpmath and against differences."""

from __future__ import annotations

import numpy as np
import pytest
from mpmath import mp, mpf
from oracle import ulp_error

import ogive
from ogive._engine import core

TYPES = (np.float32, np.float64)
VECTORS = ("softmax", "softmin", "log_softmax", "sparsemax")
GATES = {
    "glu": "sigmoid",
    "reglu": "relu",
    "geglu": "gelu",
    "swiglu": "silu",
    "bilinear": "identity",
}


def value(name, z):
    z = np.atleast_2d(z)
    width = z.shape[1] // (2 if name in GATES else 1)
    out = np.empty((z.shape[0], width), z.dtype)
    core.row_value(name, z, out)
    return out


def backward(name, z, error):
    out = np.empty_like(z)
    core.row_backward(name, z, error, out)
    return out


def exact(name, row):
    """The true vector, with digits to spare for the logarithm of 1 + exp(-spread)."""
    with mp.workdps(60 + int(min(np.ptp(row.astype(np.float64)), 3000.0) / 2)):
        z = [mpf(float(x)) for x in row]
        if name == "softmin":
            z = [-x for x in z]
        if name == "sparsemax":
            order = sorted(z, reverse=True)
            sums = [sum(order[: k + 1]) for k in range(len(order))]
            size = max(k + 1 for k in range(len(order)) if 1 + (k + 1) * order[k] > sums[k])
            tau = (sums[size - 1] - 1) / size
            return [max(x - tau, mpf(0)) for x in z]
        most = max(z)
        total = sum(mp.exp(x - most) for x in z)
        if name == "log_softmax":
            return [(x - most) - mp.log(total) for x in z]
        return [mp.exp(x - most) / total for x in z]


def rows(dtype):
    rng = np.random.default_rng(3)
    reach = 80 if dtype is np.float32 else 600
    for n in (1, 2, 3, 17, 64):
        for scale in (0.1, 3.0, 30.0, reach):
            yield rng.normal(0, scale, n).astype(dtype)
    yield np.array([reach, reach, -reach], dtype)
    yield np.array([1e30, 1e30 * 0.5, -1e30], dtype)
    yield np.array([3, 1, -3], dtype)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", ["softmax", "softmin", "log_softmax"])
def test_every_component_is_right_to_a_few_ulps(name, dtype):
    for row in rows(dtype):
        for computed, true in zip(value(name, row)[0].tolist(), exact(name, row), strict=True):
            assert ulp_error(computed, true, dtype) <= 4, (row, computed)


@pytest.mark.parametrize("dtype", TYPES)
def test_sparsemax_is_the_nearest_point_of_the_simplex(dtype):
    for row in rows(dtype):
        computed = value("sparsemax", row)[0]
        true = np.array([float(x) for x in exact("sparsemax", row)])
        np.testing.assert_allclose(computed, true, atol=8 * np.finfo(dtype).eps)
        assert computed.sum() == pytest.approx(1, rel=1e-5)


def test_softmax_of_the_lectures_scores():
    np.testing.assert_allclose(
        value("softmax", np.array([3.0, 1.0, -3.0]))[0], [0.878878, 0.118943, 0.002179], atol=5e-7
    )


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", GATES)
def test_a_gate_is_its_first_half_times_the_function_of_the_second(name, dtype):
    z = np.random.default_rng(5).normal(0, 2, (6, 14)).astype(dtype)
    expected = z[:, :7] * ogive.activation(GATES[name])(z[:, 7:])
    np.testing.assert_array_max_ulp(value(name, z), expected, 2)


@pytest.mark.parametrize("name", [*VECTORS, *GATES])
def test_backward_is_the_transposed_jacobian(name):
    rng = np.random.default_rng(7)
    z = rng.normal(0, 1, (5, 8))
    error = rng.normal(0, 1, value(name, z).shape)
    computed = backward(name, z, error)
    for j in range(8):
        step = np.zeros(8)
        step[j] = 1e-6
        slope = (value(name, z + step) - value(name, z - step)) / 2e-6
        np.testing.assert_allclose(computed[:, j], (slope * error).sum(1), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("place", [0, 3])
def test_nan_anywhere_makes_the_whole_row_nan(name, dtype, place):
    z = np.arange(5, dtype=dtype)
    z[place] = np.nan
    assert np.isnan(value(name, z)).all()


@pytest.mark.parametrize("name", VECTORS)
def test_minus_infinity_is_left_out(name):
    z = np.array([0.3, -np.inf, 0.1]) * (-1 if name == "softmin" else 1)
    left = value(name, z)[0]
    np.testing.assert_array_equal(left[[0, 2]], value(name, z[[0, 2]])[0])
    assert left[1] == (-np.inf if name == "log_softmax" else 0)


def leading(name, z):
    """The row as softmin needs it for the same result."""
    return -z if name == "softmin" else z


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize(
    ("row", "shares"),
    [
        ([np.inf, 1], [1, 0]),
        ([-np.inf, 5, np.inf], [0, 0, 1]),
        ([2, np.inf, 7, np.inf], [0, 0.5, 0, 0.5]),
        ([np.inf, np.inf, np.inf], [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_infinite_leaders_share_everything(name, dtype, row, shares):
    expected = np.array(shares, dtype)
    if name == "log_softmax":
        expected = np.array([np.log(x) if x else -np.inf for x in shares], dtype)
    computed = value(name, leading(name, np.array(row, dtype)))[0]
    np.testing.assert_allclose(computed, expected, rtol=2 * np.finfo(dtype).eps)


@pytest.mark.parametrize("name", VECTORS)
def test_the_derivative_at_infinite_leaders_is_the_limit(name):
    error = np.array([[0.7, -1.1, 0.4, 2.0]])
    at_infinity = leading(name, np.array([[np.inf, 3, np.inf, -1]]))
    far_out = leading(name, np.array([[1e5, 3, 1e5, -1]]))
    expected = backward(name, far_out, error)
    assert np.abs(expected).max() > 0.05
    np.testing.assert_allclose(backward(name, at_infinity, error), expected, rtol=1e-12)


@pytest.mark.parametrize("name", VECTORS)
def test_nan_beside_an_infinite_leader_makes_the_whole_row_nan(name):
    row = leading(name, np.array([[np.inf, np.nan, 1.0]]))
    assert np.isnan(value(name, row)).all()
    assert np.isnan(backward(name, row, np.ones((1, 3)))).all()


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", VECTORS)
def test_a_row_that_leaves_out_everything_is_nan(name, dtype):
    assert np.isnan(value(name, leading(name, np.full((1, 3), -np.inf, dtype)))).all()


def test_many_rows_on_several_threads_are_the_same_as_few():
    z = np.random.default_rng(1).normal(size=(3000, 100))
    np.testing.assert_array_equal(value("softmax", z)[1234:1240], value("softmax", z[1234:1240]))


@pytest.mark.parametrize(
    ("name", "shape", "out"),
    [("softmax", (2, 3), (2, 2)), ("glu", (2, 3), (2, 1)), ("softmax", (2, 0), (2, 0))],
)
def test_shapes_that_do_not_fit_are_refused(name, shape, out):
    with pytest.raises(ValueError, match=r"shape|row"):
        core.row_value(name, np.zeros(shape), np.zeros(out))
