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
