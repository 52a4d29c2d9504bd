from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from sympy import Symbol

import ogive
from ogive.activations import symbolic

ELEMENTWISE = ogive.activations("elementwise")
Z = Symbol("z", real=True)


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [-2.5, -0.3, 0.7, 3.25])
def test_expressions_give_the_computed_numbers(name, z):
    function = ogive.activation(name)
    assert float(function.expression.subs(Z, z)) == pytest.approx(function(z), abs=1e-15)


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [-2.5, -0.3, 0.7, 3.25])
def test_derivative_expressions_give_the_computed_numbers(name, z):
    function = ogive.activation(name)
    expected = float(function.derivative_expression.subs(Z, z))
    assert function.derivative(z) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("name", ["softmax", "softmin", "log_softmax"])
def test_a_vector_function_s_expression_is_one_component_of_it(name):
    function, z = ogive.activation(name), np.array([0.3, -1.2, 2.0])
    sign = -1 if name == "softmin" else 1
    others = {Z: z[0], Symbol("rest", positive=True): np.exp(sign * z[1:]).sum()}
    assert float(function.expression.subs(others)) == pytest.approx(function(z)[0])
    slope = float(function.derivative_expression.subs(others))
    assert slope == pytest.approx(function.derivative(z)[0, 0])


@pytest.mark.parametrize("name", ogive.activations("gate"))
def test_a_gate_s_expression_is_one_output_of_it(name):
    function = ogive.activation(name)
    numbers = {Symbol("u", real=True): 0.7, Z: -1.3}
    assert float(function.expression.subs(numbers)) == pytest.approx(function([0.7, -1.3])[0])
    slope = float(function.derivative_expression.subs(numbers))
    assert slope == pytest.approx(function.derivative([0.7, -1.3])[1])


def test_parameters_stand_in_the_expression():
    expression = ogive.activation("silu", beta=2).expression
    assert str(expression) == "z/(1 + exp(-2*z))"


def test_a_formula_has_an_expression_too():
    function = ogive.activation("z * sigmoid(beta * z)", beta=2)
    assert str(function.expression) == "z/(1 + exp(-2*z))"
    assert function.derivative(0.7) == pytest.approx(
        float(function.derivative_expression.subs(Z, 0.7))
    )


@pytest.mark.parametrize(
    ("formula", "value", "slope"),
    [
        ("min(max(0, z), 6)",
         "Piecewise((0, z < 0), (z, z < 6), (6, True))",
         "Piecewise((0, z <= 0), (1, z < 6), (0, True))"),
        ("max(0, min(6, z))",
         "Piecewise((0, z < 0), (z, z < 6), (6, True))",
         "Piecewise((0, z <= 0), (1, z < 6), (0, True))"),
        ("abs(max(z, -1))",
         "Piecewise((1, z < -1), (-z, z < 0), (z, True))",
         "Piecewise((0, z <= -1), (-1, z < 0), (0, Eq(z, 0)), (1, True))"),
        ("where(z > 0.1, z, where(z < -0.3, -z, 0.25*z))",
         "Piecewise((-z, z < -0.3), (0.25*z, z <= 0.1), (z, True))",
         "Piecewise((-1, z < -0.3), (0.25, z <= 0.1), (1, True))"),
        ("where(z > 1, max(z, 1), max(1, z))",
         "Piecewise((1, z < 1), (z, True))",
         "Piecewise((0, z <= 1), (1, True))"),
    ],
)  # fmt: skip
def test_nested_cases_stand_in_one_list_in_the_order_of_z(formula, value, slope):
    function = ogive.activation(formula)
    assert str(function.expression) == value
    assert str(function.derivative_expression) == slope


@pytest.mark.parametrize(
    "formula",
    [
        "max(z, -z/2, z**2 - 4)", "hardtanh(hardtanh(2*z))", "max(tanh(z), z**5 - z - 1, 0)",
        "relu(max(z, exp(z) - 2))", "z*min(max(z + 3, 0), 6)/6", "relu(z) + relu(-z)",
        "where(z == 1, 5, where(z > 1, z, -z))", "relu6(z) + 0.1*max(0, z - 6)",
        "min(max(0.3, z), b)", "max(sin(z), 0, z)",
    ],
)  # fmt: skip
def test_the_one_list_gives_the_computed_numbers(formula):
    function = ogive.activation(formula, **({"b": 2.5} if "b" in formula.split()[-1] else {}))
    value, slope = function.expression, function.derivative_expression
    for z in (-4.1, -1, -0.5, 0, 0.25, 0.3, 0.5, 1, 1.2, 2.5, 2.7, 3, 6, 7.7):
        assert float(value.subs(Z, z)) == pytest.approx(function(z), 1e-14, 1e-14)
        assert float(slope.subs(Z, z)) == pytest.approx(function.derivative(z), 1e-14, 1e-14)


def test_cases_without_end_are_left_as_they_are():
    assert "sin(z) > 0" in str(ogive.activation("max(sin(z), 0, z)").expression)


def test_sparsemax_is_that_of_one_component_beside_others_of_0():
    function = ogive.activation("sparsemax")
    for others in (1, 2, 6):
        for z in (-1.1, -0.4, -0.1, 0.0, 0.7, 1.5):
            row = np.array([z] + [0.0] * others)
            known = {Z: z, Symbol("rest", positive=True): others}
            assert float(function.expression.subs(known)) == pytest.approx(function(row)[0])
            slope = float(function.derivative_expression.subs(known))
            assert slope == pytest.approx(function.derivative(row)[0, 0])


def test_latex_is_readable():
    tanh = ogive.activation("tanh")
    assert tanh.latex == r"\tanh{\left(z \right)}"
    assert tanh.derivative_latex == r"1 - \tanh^{2}{\left(z \right)}"


@pytest.mark.parametrize("name", ogive.activations())
def test_every_function_has_latex(name):
    function = ogive.activation(name)
    assert function.latex
    assert function.derivative_latex


@pytest.mark.parametrize("name", ogive.activations())
def test_the_gain_is_what_sympy_makes_of_it(name):
    function = ogive.activation(name)
    expected = symbolic.evaluate(function.definition.gain, function.parameters)
    assert function.gain == pytest.approx(expected, rel=1e-14)


def test_importing_and_using_the_catalogue_does_not_import_sympy():
    code = (
        "import sys, ogive; f = ogive.activation('leaky_relu'); f([1.0]); f.gain; f.init; f.limits;"
        "ogive.activation('z * tanh(z)')([1.0]); sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
