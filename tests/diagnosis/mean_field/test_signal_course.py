"""Lengths and gradients through wide networks, against published values and real networks."""

import math

import numpy as np
import pytest

import ogive
from ogive.diagnosis.mean_field.course import critical_sigma_w, signal_course
from ogive.text import InputError


def wide_network(name, sigma_w, sigma_b, q0, depth, width, seed):
    """Variance of z and size of dLoss/dz, layer by layer, of one random network on one row."""
    rng, function = np.random.default_rng(seed), ogive.activation(name)
    z = [math.sqrt(q0) * rng.normal(size=width)]
    weights = []
    for _ in range(depth - 1):
        weights.append(rng.normal(0, sigma_w / math.sqrt(width), (width, width)))
        z.append(function(z[-1]) @ weights[-1] + rng.normal(0, sigma_b, width))
    error = [rng.normal(size=width)]
    for layer in reversed(range(depth - 1)):
        error.insert(0, function.derivative(z[layer]) * (weights[layer] @ error[0]))
    norms = np.linalg.norm(error, axis=1)
    return np.square(z).mean(axis=1), norms / norms[-1]


@pytest.mark.parametrize(
    ("name", "sigma_w", "sigma_b"),
    [("tanh", 1.5, 0.1), ("relu", math.sqrt(2), 0.0), ("sigmoid", 1.0, 0.0), ("silu", 1.7, 0.3)],
)
def test_wide_networks_follow_the_predicted_course(name, sigma_w, sigma_b):
    course = signal_course(ogive.activation(name), 8, sigma_w, sigma_b, q0=0.7)
    networks = [wide_network(name, sigma_w, sigma_b, 0.7, 8, 400, seed) for seed in range(40)]
    for measured, predicted in zip(
        zip(*networks, strict=True), (course.q, course.gradient), strict=True
    ):
        mean, spread = np.mean(measured, axis=0), np.std(measured, axis=0)
        # Four standard errors, and what a width of 400 may differ from an infinite one.
        assert (np.abs(mean - predicted) < 4 * spread / math.sqrt(40) + 0.02 * predicted).all()
        assert (spread / math.sqrt(40) < 0.05 * predicted).all()


def test_selu_keeps_mean_square_1():
    # Klambauer and others, "Self-normalizing neural networks", 2017.
    course = signal_course(ogive.activation("selu"), 10, 1.0)
    np.testing.assert_allclose(course.q, 1.0, rtol=1e-9)
    assert course.fixed_point == pytest.approx(1.0, rel=1e-9)


def test_tanh_without_intercepts_dies_out_below_1_and_slowly_at_1():
    tanh = ogive.activation("tanh")
    below, at = signal_course(tanh, 5, 0.9), signal_course(tanh, 5, 1.0)
    assert (below.fixed_point, at.fixed_point) == (0.0, 0.0)
    assert below.chi_fixed == pytest.approx(0.81, rel=1e-9)
    assert below.depth_scale == pytest.approx(1 / abs(math.log(0.81)), rel=1e-8)
    assert at.depth_scale == math.inf


def test_the_fixed_point_of_tanh_is_one():
    tanh = ogive.activation("tanh")
    fixed = signal_course(tanh, 3, 1.5, 0.1).fixed_point
    again = signal_course(tanh, 2, 1.5, 0.1, q0=fixed)
    assert again.q[1] == pytest.approx(fixed, rel=1e-9)


def test_relu_grows_without_end_above_he():
    course = signal_course(ogive.activation("relu"), 4, 2.0)
    np.testing.assert_allclose(course.q, [1, 2, 4, 8], rtol=1e-12)
    np.testing.assert_allclose(course.gradient, [8**0.5 * 1, 2, 2**0.5, 1], rtol=1e-12)
    assert course.fixed_point == math.inf
    assert course.chi_fixed == pytest.approx(2.0, rel=1e-12)


def test_an_exponential_overflows_and_says_so():
    course = signal_course(ogive.activation("exponential"), 6, 1.0)
    assert course.q[-1] == math.inf
    assert course.fixed_point == math.inf


@pytest.mark.parametrize(
    ("name", "sigma_b", "sigma_w"),
    [
        ("relu", 0.0, math.sqrt(2)),
        ("tanh", 0.0, 1.0),
        ("erf_curve", 0.0, 1.0),
        # Schoenholz and others, 2017, read tanh's critical line at (0.05, 1.76).
        ("tanh", math.sqrt(0.05), pytest.approx(math.sqrt(1.76), rel=3e-3)),
        ("z * sigmoid(z)", 0.0, 2.0),
    ],
)
def test_critical_sigma_w_is_the_published_one(name, sigma_b, sigma_w):
    found = critical_sigma_w(ogive.activation(name), sigma_b)
    assert found == (pytest.approx(sigma_w, rel=1e-9) if isinstance(sigma_w, float) else sigma_w)


def test_at_the_critical_sigma_w_chi_is_1_at_the_fixed_point():
    tanh = ogive.activation("tanh")
    course = signal_course(tanh, 50, critical_sigma_w(tanh, 0.3), 0.3)
    assert course.chi_fixed == pytest.approx(1.0, rel=1e-6)


@pytest.mark.parametrize(("name", "sigma_b"), [("relu", 0.1), ("softplus", 0.0), ("step", 0.0)])
def test_where_nothing_is_critical_the_answer_is_not_a_number(name, sigma_b):
    assert math.isnan(critical_sigma_w(ogive.activation(name), sigma_b))


def test_functions_of_whole_rows_are_refused():
    with pytest.raises(InputError, match="softmax acts on whole rows"):
        signal_course(ogive.activation("softmax"), 3, 1.0)
    with pytest.raises(InputError, match="glu acts on whole rows"):
        critical_sigma_w(ogive.activation("glu"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"depth": 0}, "depth must be a whole number from 1"),
        ({"depth": 2.5}, "depth must be"),
        ({"sigma_w": -1.0}, "sigma_w must be a number of at least 0"),
        ({"q0": math.nan}, "q0 must be"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(given, message):
    arguments = {"depth": 3, "sigma_w": 1.0, **given}
    with pytest.raises(InputError, match=message):
        signal_course(ogive.activation("tanh"), **arguments)
