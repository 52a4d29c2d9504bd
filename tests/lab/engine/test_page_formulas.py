"""Formulas that the server compiled run in the page as they do in the library."""

import numpy as np
import pytest
from page_engine import RefusedError

import ogive
from ogive.activations.formula import read
from ogive.activations.formula.compile import lines

FORMULAS = [
    "z * sigmoid(2*z)",
    "tanh(z)**3 + exp(-z**2)",
    "max(z, 0.1*z) - min(z, 2)",
    "abs(z)**1.5",
    "where(z > 0.3, sin(z), cos(z)/2)",
    "log(1 + exp(z)) - erf(z)/2",
    "sqrt(1 + z**2) + arctan(z)",
    "z**7 - z**64/1e9",
    "sign(z)*log(1 + abs(z))",
    "gelu(z)*softplus(z)/(1 + abs(z))",
]
NAMES = ("constants", "scratch", "value", "derivative", "both")
Z = np.concatenate([np.linspace(-6, 6, 1201), [0.0, -0.0, np.nan, 0.3]])


def _program(formula):
    return dict(zip(NAMES, lines(read(formula).tree), strict=True))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_the_library_s(engine, formula):
    page = engine.call("functions.evaluate", {"program": _program(formula)}, Z)
    with np.errstate(all="ignore"):
        value, derivative = ogive.activation(formula).value_and_derivative(Z)
    np.testing.assert_allclose(page["value"], value, rtol=4e-15, atol=4e-16)
    np.testing.assert_allclose(page["derivative"], derivative, rtol=4e-15, atol=4e-15)


def test_powers_of_any_size_are_the_library_s(engine):
    program = _program("abs(z)**1.5")
    z = np.exp(np.random.RandomState(0).uniform(-450, 450, 2000))
    page = engine.call("functions.evaluate", {"program": program}, z)["value"]
    np.testing.assert_allclose(page, z**1.5, rtol=9e-16)


def test_a_program_that_reads_what_is_not_there_is_refused_in_both_languages(engine):
    program = _program("2*z") | {"value": [["negate", [9], [1], False, "", []]]}
    with pytest.raises(RefusedError, match="does not understand") as refusal:
        engine.call("functions.evaluate", {"program": program}, Z)
    assert "无法理解" in refusal.value.zh
