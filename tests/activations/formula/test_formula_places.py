import json
import pickle

import numpy as np
import pytest

import ogive
from ogive._engine import core
from ogive.activations.formula import read
from ogive.activations.formula.place import FormulaError


def refused(text):
    with pytest.raises(FormulaError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("foo + foo(z)", "foo"),
        ("z * (z.real)", "z.real"),
        ("  z +\n\t sigmoyd( z )", "sigmoyd"),
        ("z +  2 z", "2 z"),
        ("(z + (z)", "(z + (z)"),
        ("z )", "z )"),
        ("z * 1e40", "1e40"),
        ("z  +  elu( z , alpha = -1 )", "alpha = -1"),
        ("z + 1 / 0", "1 / 0"),
        ("z + z ** 99", "z ** 99"),
        ("z <", "<"),
        ("z + 乘", "乘"),
        ("z + lambda", "lambda"),
    ],
)
def test_a_refused_formula_says_where_its_fault_stands_in_what_was_typed(text, piece):
    start, end = refused(text).place
    assert text[start:end] == piece


def test_of_a_name_that_is_used_twice_the_place_is_that_of_the_wrong_use():
    assert refused("foo + foo(z)").place == (6, 9)


def test_a_place_that_cannot_be_told_is_left_open():
    assert refused("1/0 + z + 1/0").place is None


def test_the_place_crosses_process_borders():
    error = pickle.loads(pickle.dumps(refused("z + foo(z)")))
    assert error.place == (4, 7)
    assert error.text == refused("z + foo(z)").text


def test_activation_hands_the_place_on():
    with pytest.raises(FormulaError) as caught:
        ogive.activation("z + foo(z)")
    assert caught.value.place == (4, 7)


def test_the_lines_of_a_formula_make_its_program_and_hold_plain_numbers_and_texts():
    formula = read("where(z < 1, beta * sin(z), exp(z))")
    lines = json.loads(json.dumps(formula.lines({"beta": 2.0})))
    constants, scratch, *lists = lines
    program = core.Program(
        constants, scratch, *([tuple(line) for line in lines] for lines in lists)
    )
    z = np.linspace(-3, 3, 101)
    made, wanted = (core.Function(p, [], []) for p in (program, formula.program({"beta": 2.0})))
    np.testing.assert_array_equal(made.value(z), wanted.value(z))
    np.testing.assert_array_equal(made.derivative(z), wanted.derivative(z))
