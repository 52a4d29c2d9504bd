"""The records themselves, held against the core's structs and against PyTorch."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from torch_definitions import in_torch

import ogive
from ogive._engine import core
from ogive.activations import CATALOGUE
from ogive.activations.symbolic import definition_expression, substituted
from ogive.network.initialisation import SCHEMES

ELEMENTWISE = [name for name, record in CATALOGUE.items() if record.kind == "elementwise"]
FORMULA_FUNCTIONS = {
    "exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "erf", "erfc", "arctan", "abs", "min",
    "max", "where",
}  # fmt: skip
OWN_SYMBOLS = {"elementwise": {"z"}, "vector": {"z", "rest"}, "gate": {"u", "z"}}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
POINTS = (-7.3, -2.9, -1.2, -0.7, -0.3, -0.02, 0.04, 0.4, 0.8, 1.7, 2.6, 5.1)
# Everywhere that a definition changes its piece, other parameters than the default ones where
# those would hide it.
BENDS = {
    "step": (0,), "sign": (0,), "absolute": (0,), "relu": (0,), "leaky_relu": (0,),
    "prelu": (0,), "rrelu": (0,), "relu6": (0, 6), "hardtanh": (-1, 1),
    "thresholded_relu": (1,), "squared_relu": (0,), "hardsigmoid": (-3, 3),
    "hardswish": (-3, 3), "hardshrink": (-0.5, 0.5), "softshrink": (-0.5, 0.5),
    "triangular": (-1, 0, 1), "penalized_tanh": (0,), "softsign": (0,), "elu": (0,),
    "celu": (0,), "selu": (0,), "isrlu": (0,), "elish": (0,), "symlog": (0,),
}  # fmt: skip
OTHER_PARAMETERS = {
    "leaky_relu": {"negative_slope": 1.5}, "prelu": {"negative_slope": -0.5},
    "rrelu": {"lower": 0.25, "upper": 0.75}, "hardtanh": {"min_val": -2.0, "max_val": 0.5},
    "thresholded_relu": {"theta": 0.25}, "hardshrink": {"lambd": 1.5},
    "softshrink": {"lambd": 1.5}, "penalized_tanh": {"slope": 0.5}, "isru": {"alpha": 3.0},
    "elu": {"alpha": 2.0}, "celu": {"alpha": 0.5}, "isrlu": {"alpha": 3.0},
    "softplus": {"beta": 2.0}, "squareplus": {"b": 0.5}, "silu": {"beta": 2.0},
    "snake": {"alpha": 2.0},
}  # fmt: skip


def defaults(name):
    return {p.name: p.default for p in CATALOGUE[name].parameters}


def value_and_slope_in_torch(name, z, parameters):
    torch = pytest.importorskip("torch")
    x = torch.tensor([z], dtype=torch.float64, requires_grad=True)
    value = in_torch(name, x, parameters)
    (slope,) = torch.autograd.grad(value.sum(), x)
    return value.item(), slope.item()


def value_and_slope_of_the_record(name, z, parameters):
    from sympy import Float

    at = {"z": Float(z, 40)} | {key: Float(value, 40) for key, value in parameters.items()}
    return tuple(
        float(e.subs({s: at[s.name] for s in e.free_symbols}).evalf(25))
        for e in definition_expression(name)
    )


def given_parameters(name):
    yield defaults(name)
    if name in OTHER_PARAMETERS:
        yield OTHER_PARAMETERS[name]


def test_catalogue_and_core_hold_the_same_elementwise_functions():
    assert sorted(core.activation_facts()) == sorted(ELEMENTWISE)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_catalogue_and_core_agree_on_parameters_and_defaults(name):
    facts = core.activation_facts()[name]["parameters"]
    assert list(defaults(name).items()) == list(facts.items())


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name not in ELEMENTWISE])
def test_the_core_has_the_vector_functions_and_gates(name):
    z = np.array([[0.5, -1.0, 2.0, 0.25]])
    out = np.zeros((1, 2 if CATALOGUE[name].kind == "gate" else 4))
    core.row_value(name, z, out)
    assert np.isfinite(out).all()
    assert out.any()


def test_no_name_or_alias_is_used_twice():
    names = [n for d in CATALOGUE.values() for n in (d.name, *d.aliases)]
    assert len(names) == len(set(names))


def test_no_name_or_alias_hides_a_function_of_formulas():
    assert FORMULA_FUNCTIONS.isdisjoint(n for d in CATALOGUE.values() for n in (d.name, *d.aliases))


@pytest.mark.parametrize("name", CATALOGUE)
def test_texts_are_there_in_both_languages(name):
    record = CATALOGUE[name]
    for text in (record.strength, record.weakness):
        assert text.en[0].isupper()
        assert text.en.endswith(".")
        assert text.en.count(". ") == 0, "one sentence"
        assert not CHINESE.search(text.en)
        assert CHINESE.search(text.zh)
        assert text.zh.endswith("。")
        assert text.zh.count("。") == 1, "one sentence"
        assert "{" not in text.en + text.zh
    assert record.title.en
    assert record.title.zh


def test_no_text_is_said_of_two_functions():
    for language in ("en", "zh"):
        said = [t.to(language) for d in CATALOGUE.values() for t in (d.strength, d.weakness)]
        titles = [d.title.to(language) for d in CATALOGUE.values()]
        assert len(said) == len(set(said))
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_year_is_that_of_a_reference(name):
    record = CATALOGUE[name]
    assert record.references
    assert all(reference.endswith((".", "?")) for reference in record.references)
    if record.year is not None:
        assert any(f"({record.year})" in reference for reference in record.references)


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_expression_contains_its_parameters_and_nothing_else(name):
    record = CATALOGUE[name]
    expression, derivative = definition_expression(name)
    own = {p.name for p in record.parameters}
    assert {s.name for s in expression.free_symbols} - OWN_SYMBOLS[record.kind] == (
        own if name not in ("step", "sign") else set()
    )
    assert {s.name for s in derivative.free_symbols} <= OWN_SYMBOLS[record.kind] | own
    assert set(record.learnt) <= own


@pytest.mark.parametrize("name", CATALOGUE)
def test_defaults_lie_within_their_bounds(name):
    for parameter in CATALOGUE[name].parameters:
        assert parameter.lower <= parameter.default <= parameter.upper


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_initialisation_is_one_that_networks_know(name):
    function = ogive.activation(name)
    assert function.init in SCHEMES
    assert 0 < function.gain <= 1


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_expression_is_what_pytorch_computes(name):
    for parameters in given_parameters(name):
        for z in POINTS:
            expected = value_and_slope_in_torch(name, z, parameters)
            found = value_and_slope_of_the_record(name, z, parameters)
            assert found == pytest.approx(expected, rel=1e-6, abs=1e-9), (z, parameters)


@pytest.mark.parametrize("name", BENDS)
def test_where_pieces_meet_the_derivative_is_the_one_that_pytorch_uses(name):
    cases = [(z, defaults(name)) for z in BENDS[name]]
    if name in OTHER_PARAMETERS:
        others = OTHER_PARAMETERS[name]
        at = {
            "hardtanh": (-2.0, 0.5), "thresholded_relu": (0.25,),
            "hardshrink": (-1.5, 1.5), "softshrink": (-1.5, 1.5),
        }.get(name, (0,))  # fmt: skip
        cases += [(z, others) for z in at]
    for z, parameters in cases:
        expected = value_and_slope_in_torch(name, float(z), parameters)
        found = value_and_slope_of_the_record(name, float(z), parameters)
        assert found == pytest.approx(expected, rel=1e-12), (z, parameters)


@pytest.mark.parametrize("name", BENDS)
def test_where_pieces_meet_the_core_has_the_slope_of_the_record(name):
    function = ogive.activation(name)
    for z in BENDS[name]:
        found = function.value_and_derivative(float(z))
        expected = value_and_slope_of_the_record(name, float(z), defaults(name))
        assert found == pytest.approx(expected, rel=1e-14), z


@pytest.mark.parametrize("name", [n for n, d in CATALOGUE.items() if d.kind == "vector"])
def test_a_vectors_expression_is_one_component_of_it(name):
    torch = pytest.importorskip("torch")
    sparsemax = {
        # The solution for two components, from where both are positive and add up to 1.
        "sparsemax": lambda x: torch.clamp((x - x.flip(-1) + 1) / 2, 0, 1)
    }
    function = sparsemax.get(name) or getattr(torch.nn.functional, name)
    expression, derivative = (e for e in substituted(CATALOGUE[name], {}))
    for other in (-1.3, 0.2, 0.9):
        # In sparsemax's expression the others are 0, and `rest` is their number.
        shift, rest = {"sparsemax": (other, 1), "softmin": (0, math.exp(-other))}.get(
            name, (0, math.exp(other))
        )
        for z in (-0.75, 0.25, 3.5):
            x = torch.tensor([z, other], dtype=torch.float64, requires_grad=True)
            value = function(x, dim=-1)[0] if name not in sparsemax else function(x)[0]
            slope = torch.autograd.grad(value, x)[0][0]
            at = {s: {"z": z - shift, "rest": rest}[s.name] for s in expression.free_symbols}
            assert float(expression.subs(at)) == pytest.approx(value.item(), rel=1e-9)
            assert float(derivative.subs(at)) == pytest.approx(slope.item(), rel=1e-9)


@pytest.mark.parametrize("name", [n for n, d in CATALOGUE.items() if d.kind == "gate"])
def test_a_gates_expression_is_what_pytorch_computes(name):
    torch = pytest.importorskip("torch")
    from torch.nn import functional as F

    gate = {
        "glu": torch.sigmoid, "reglu": F.relu, "geglu": F.gelu, "swiglu": F.silu,
        "bilinear": lambda x: x,
    }[name]  # fmt: skip
    expression, _ = definition_expression(name)
    symbols = {s.name: s for s in expression.free_symbols}
    for u in (-1.5, 0.5):
        for z in (-2.25, 0.0, 0.75):
            expected = u * gate(torch.tensor(z, dtype=torch.float64)).item()
            found = float(expression.subs({symbols["u"]: u, symbols["z"]: z}))
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)
    if name == "glu":
        row = torch.tensor([0.5, -0.75], dtype=torch.float64)
        found = float(expression.subs({symbols["u"]: 0.5, symbols["z"]: -0.75}))
        assert found == pytest.approx(F.glu(row).item(), rel=1e-12)
