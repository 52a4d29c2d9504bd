from __future__ import annotations

import math
import subprocess
import sys

import pytest
from sympy import Symbol

import ogive


@pytest.mark.parametrize("name", ogive.activations())
@pytest.mark.parametrize("z", [-2.5, -0.3, 0.7, 3.0])
def test_expressions_give_the_computed_numbers(name, z):
    function = ogive.activation(name)
    assert float(function.expression.subs(Symbol("z", real=True), z)) == pytest.approx(function(z))


@pytest.mark.parametrize("name", ogive.activations())
@pytest.mark.parametrize("z", [-2.5, -0.3, 0.7, 3.0])
def test_derivative_expressions_give_the_computed_numbers(name, z):
    function = ogive.activation(name)
    symbol = Symbol("z", real=True)
    expected = float(function.derivative_expression.subs(symbol, z))
    assert function.derivative(z) == pytest.approx(expected)


def test_parameters_stand_in_the_expression():
    expression = ogive.activation("silu", beta=2).expression
    assert str(expression) == "z/(1 + exp(-2*z))"


def test_latex_is_readable():
    tanh = ogive.activation("tanh")
    assert tanh.latex == r"\tanh{\left(z \right)}"
    assert tanh.derivative_latex == r"1 - \tanh^{2}{\left(z \right)}"


@pytest.mark.parametrize("name", ogive.activations())
def test_every_function_has_latex(name):
    function = ogive.activation(name)
    assert function.latex
    assert function.derivative_latex


def test_selu_slope_is_the_product_of_its_constants():
    left = ogive.activation("selu").definition.kinks[0].left
    assert math.prod(map(float, left.split("*"))) == pytest.approx(1.7580993408473768)


def test_importing_the_catalogue_does_not_import_sympy():
    code = "import sys, ogive.activations; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
