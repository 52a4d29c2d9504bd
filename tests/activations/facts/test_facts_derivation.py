from __future__ import annotations

import re

import pytest
import sympy

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.facts import derivation
from ogive.activations.facts.derivation import STEPS

z = sympy.Symbol("z", real=True)
FUNCTIONS = {"sigmoid": 1 / (1 + sympy.exp(-z)), "tanh": sympy.tanh(z)}
CLAIMS = [
    (name, i, claim)
    for name, steps in STEPS.items()
    for i, step in enumerate(steps)
    for claim in step.claims
]


@pytest.mark.parametrize(("name", "step", "claim"), CLAIMS)
def test_each_step_holds_symbolically(name, step, claim):
    function = sympy.Lambda(z, FUNCTIONS[name])
    left, right = (sympy.sympify(side, locals={"z": z, "f": function}) for side in claim)
    assert sympy.simplify((left - right).rewrite(sympy.exp)) == 0


@pytest.mark.parametrize("name", STEPS)
def test_every_step_claims_something_and_the_last_is_the_derivative(name):
    assert all(step.claims for step in STEPS[name])
    left, _ = STEPS[name][-1].claims[-1]
    assert left == "diff(f(z), z)"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", STEPS)
def test_steps_have_a_sentence_and_balanced_latex(name, language):
    steps = derivation(CATALOGUE[name], language)
    assert len(steps) == len(STEPS[name])
    for sentence, latex in steps:
        assert sentence.endswith("." if language == "en" else "。")
        assert bool(re.search(r"[\u4e00-\u9fff]", sentence)) == (language == "zh")
        assert latex.count("{") == latex.count("}")


def test_other_functions_have_no_derivation():
    assert derivation(CATALOGUE["relu"]) == []
