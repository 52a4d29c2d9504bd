"""The choice of the derivative at kinks."""

from __future__ import annotations

import numpy as np
import pytest

import ogive
from ogive._engine import core

KINKED = {
    "relu": {0.0: (0, 1)},
    "absolute": {0.0: (-1, 1)},
    "relu6": {0.0: (0, 1), 6.0: (1, 0)},
    "hardtanh": {-1.0: (0, 1), 1.0: (1, 0)},
    "hardshrink": {-0.5: (1, 0), 0.5: (0, 1)},
    "softshrink": {-0.5: (1, 0), 0.5: (0, 1)},
    "hardswish": {-3.0: (0, -0.5), 3.0: (1.5, 1)},
    "leaky_relu": {0.0: (0.01, 1)},
    "thresholded_relu": {1.0: (0, 1)},
    "triangular": {-1.0: (0, 1), 0.0: (1, -1), 1.0: (-1, 0)},
}
SIDES = {
    "left": lambda left, right: left,
    "right": lambda left, right: right,
    "mean": lambda left, right: (left + right) / 2,
}


def neighbours(at, dtype):
    at = dtype(at)
    return np.array([np.nextafter(at, dtype(-np.inf)), at, np.nextafter(at, dtype(np.inf))])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", KINKED)
def test_the_chosen_slope_is_used_at_the_kink_and_nowhere_else(name, side, dtype):
    usual, chosen = ogive.activation(name), ogive.activation(name, subgradient=side)
    for at, slopes in KINKED[name].items():
        z = neighbours(at, dtype)
        expected = usual.derivative(z)
        expected[1] = SIDES[side](*map(dtype, slopes))
        np.testing.assert_array_equal(chosen.derivative(z), expected)
        np.testing.assert_array_equal(chosen.value_and_derivative(z)[1], expected)
        np.testing.assert_array_equal(chosen(z), usual(z))


def test_the_lecture_s_relu_has_slope_one_at_zero():
    relu = ogive.activation("relu", subgradient="right")
    assert relu.derivative(0.0) == relu.derivative(-0.0) == 1


@pytest.mark.parametrize("side", SIDES)
def test_a_smooth_function_has_nothing_to_choose(side):
    z = np.linspace(-3, 3, 101)
    chosen = ogive.activation("tanh", subgradient=side)
    np.testing.assert_array_equal(chosen.derivative(z), ogive.activation("tanh").derivative(z))


def test_a_formula_has_the_choice_too():
    z = np.array([-1.0, 0.0, 1.0])
    slopes = [
        ogive.activation("max(z, 0.5 * z)", subgradient=side).derivative(z)[1] for side in SIDES
    ]
    assert slopes == [0.5, 1, 0.75]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n", [1, 511, 512, 513, 3000, 200_000])
def test_the_core_replaces_slopes_in_place(n, dtype):
    function = core.Function("tanh", [], [(0.0, 7.0), (1.0, -3.0)])
    z = np.random.default_rng(n).choice(np.array([-2, -0.0, 0.0, 0.5, 1.0], dtype), n)
    plain = core.Function("tanh", [], [])
    expected = np.where(z == 0, dtype(7), np.where(z == 1, dtype(-3), plain.derivative(z)))
    np.testing.assert_array_equal(function.derivative(z), expected)
    memory, value = z.copy(), np.empty_like(z)
    function.value_and_derivative(memory, out=(value, memory))
    np.testing.assert_array_equal(memory, expected)
    np.testing.assert_array_equal(value, plain.value(z))
    memory = z.copy()
    function.derivative(memory, out=memory)
    np.testing.assert_array_equal(memory, expected)
    memory, slopes = z.copy(), np.empty_like(z)
    function.value_and_derivative(memory, out=(memory, slopes))
    np.testing.assert_array_equal(slopes, expected)
    np.testing.assert_array_equal(memory, plain.value(z))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", [*KINKED, "selu", "max(z, 0.5*z, z**2 - 2)", "abs(z**2 - 2)"])
def test_the_derivative_shown_is_the_one_used(name, side):
    from sympy import Float, Symbol, sqrt

    chosen = ogive.activation(name, subgradient=side)
    kinks = [kink.at.value for kink in chosen.facts.kinks]
    assert kinks
    z = Symbol("z", real=True)
    root = Float(0.25) - Float(0.25) * sqrt(33)  # as the condition has it
    exactly = {float(root): root}
    for at in np.concatenate([kinks, np.linspace(-7.3, 7.3, 21)]):
        shown = chosen.derivative_expression.subs(z, exactly.get(at, at))
        assert float(shown) == pytest.approx(chosen.derivative(at), rel=1e-12, abs=1e-15)


def test_a_piece_takes_in_the_kink_whose_slope_it_has():
    def shown(name, side):
        return str(ogive.activation(name, subgradient=side).derivative_expression)

    assert shown("relu", "torch") == "Piecewise((1, z > 0), (0, True))"
    assert shown("relu", "right") == "Piecewise((1, z >= 0), (0, True))"
    assert shown("relu", "mean") == "Piecewise((0.5, Eq(z, 0)), (1, z > 0), (0, True))"
    assert shown("absolute", "left") == "Piecewise((1, z > 0), (-1, True))"
    assert shown("tanh", "left") == "1 - tanh(z)**2"
    assert r"z \geq 0" in ogive.activation("relu", subgradient="right").derivative_latex


def test_nan_stays_nan_beside_a_kink():
    function = core.Function("relu", [], [(0.0, 1.0)])
    assert np.isnan(function.derivative(np.array([np.nan, 0.0]))[0])
