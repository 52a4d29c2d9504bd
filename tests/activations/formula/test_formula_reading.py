from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogive.activations import CATALOGUE
from ogive.activations.formula import read
from ogive.activations.formula.parse import parse
from ogive.activations.formula.vocabulary import ELEMENTARY, RESERVED
from ogive.text import InputError


def test_a_formula_knows_its_parameters_in_order_of_appearance():
    assert read("beta*z + alpha*sigmoid(beta*z) + elu(z, alpha=gamma)").parameters == (
        "beta",
        "alpha",
        "gamma",
    )


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("z*sigmoid( beta*z )", "z*sigmoid(beta*z)"),
        ("((z))+(1*z)", "z + 1*z"),
        ("z-(1-z)", "z - (1 - z)"),
        ("z/(2*z)/3", "z/(2*z)/3"),
        ("(-z)**2", "(-z)**2"),
        ("-z**2", "-z**2"),
        ("z**-1", "z**-1"),
        ("(z**2)**3", "(z**2)**3"),
        ("2**3**2*z", "2**3**2*z"),
        ("1e-05*z + .50", "1e-05*z + 0.5"),
        ("where(0<z<=1,z,0)", "where(0 < z and z <= 1, z, 0)"),
        ("where(not(z>0 or z<-1) and z!=0,z,0)", "where(not (z > 0 or z < -1) and z != 0, z, 0)"),
        ("(z > 0)*z", "where(z > 0, 1, 0)*z"),
        ("max(z, 0, -1)", "max(max(z, 0), -1)"),
        ("swish(z)", "silu(z)"),
        ("leaky_relu(z, negative_slope=0.2)", "leaky_relu(z, negative_slope=0.2)"),
        ("rrelu(z, upper=.5, lower=.25)", "rrelu(z, lower=0.25, upper=0.5)"),
        ("z\n  + 1", "z + 1"),
    ],
)
def test_the_canonical_text_has_no_bracket_more_than_needed(text, canonical):
    assert read(text).text == canonical
    assert read(canonical).tree == read(text).tree


@pytest.mark.parametrize(
    "name", [*ELEMENTARY, *(n for n, d in CATALOGUE.items() if d.kind == "elementwise")]
)
def test_every_function_of_one_number_may_be_called(name):
    function = read(f"{name}(z)")
    assert function.parameters == ()
    function.program()


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_name_that_sympy_needs_is_no_parameter(name):
    with pytest.raises(InputError, match=name):
        read(f"{name}*z")


def test_a_formula_without_z_is_read():
    assert read("beta").parameters == ("beta",)


def test_a_formula_survives_pickling():
    formula = read("z*sigmoid(beta*z)")
    assert pickle.loads(pickle.dumps(formula)) == formula
    assert formula == read("z * sigmoid(beta * z)")


alphabet = st.text(
    st.sampled_from(list("zzz0123456789.eE+-*/()<>=!, ,_[]{}'\":;@%^&|~\\#\n\0\tαβ（）²∞"))
)
words = st.lists(
    st.sampled_from(
        [
            "z",
            "z",
            "z",
            "(",
            "(",
            ")",
            ")",
            "+",
            "-",
            "*",
            "/",
            "**",
            ",",
            "=",
            "<",
            "<=",
            "==",
            "!=",
            ">",
            "1",
            "2",
            "0.5",
            "1e9",
            "9e999",
            "0x1",
            "1j",
            "pi",
            "e",
            "beta",
            "exp",
            "log",
            "where",
            "max",
            "min",
            "abs",
            "sigmoid",
            "elu",
            "alpha",
            "negative_slope",
            "softmax",
            "glu",
            "not",
            "and",
            "or",
            "if",
            "else",
            "lambda",
            "for",
            "in",
            "import",
            "None",
            "True",
            "[",
            "]",
            "{",
            "}",
            ".",
            ":",
            ":=",
            '"',
            "'",
            "f'{z}'",
            "__import__",
            "@",
            "^",
            "~",
            "\x00",
            "#",
            "\n",
        ]
    )
).map(" ".join)


@given(text=alphabet | words | st.text())
@settings(max_examples=400, deadline=100)
def test_any_text_is_read_or_refused(text):
    try:
        read(text)
    except InputError as error:
        assert error.text.en and error.text.zh


def _trees(children):
    unary = st.sampled_from(
        ["-{}", "exp({})", "sigmoid({})", "abs({})", "({})**2", "elu({}, alpha=2)", "gelu({})"]
    )
    binary = st.sampled_from(["{} + {}", "({}) * ({})", "({})/({})", "max({}, {})", "({})**({})"])
    choices = st.sampled_from(
        ["where({} < {}, {}, {})", "where(0 < {} < {} and not {} > 1, {}, 1)"]
    )
    return (
        st.builds(lambda form, a: form.format(a), unary, children)
        | st.builds(lambda form, a, b: form.format(a, b), binary, children, children)
        | st.builds(lambda form, *a: form.format(*a), choices, *[children] * 4)
    )


leaves = st.sampled_from(["z", "z", "1", "0.5", "beta", "pi", "e", "64", "1e20"])


@given(text=st.recursive(leaves, _trees, max_leaves=60))
@settings(max_examples=150, deadline=None)
def test_a_random_tree_is_read_back_as_it_is_written(text):
    try:
        formula = read(text)
    except InputError:
        return
    assert parse(formula.text) == formula.tree
    parse(formula.rewritten)
