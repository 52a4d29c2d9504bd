from __future__ import annotations

import numpy as np
import pytest

import ogive
from ogive._engine import core
from ogive.activations import CATALOGUE
from ogive.activations.symbolic import evaluate

KINKED = [name for name, definition in CATALOGUE.items() if definition.kinks]


def test_catalogue_and_core_hold_the_same_functions_in_the_same_order():
    assert list(CATALOGUE) == list(core.activation_facts())


@pytest.mark.parametrize("name", CATALOGUE)
def test_catalogue_and_core_agree_on_parameters_and_defaults(name):
    recorded = {p.name: p.default for p in CATALOGUE[name].parameters}
    facts = core.activation_facts()[name]["parameters"]
    assert list(recorded.items()) == list(facts.items())


def test_no_name_or_alias_is_used_twice():
    names = [n for d in CATALOGUE.values() for n in (d.name, *d.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", KINKED)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_slopes_at_a_kink_are_the_recorded_ones(name, dtype):
    function = ogive.activation(name)
    for kink in CATALOGUE[name].kinks:
        at = dtype(evaluate(kink.at, function.parameters))
        z = np.array([np.nextafter(at, -np.inf), at, np.nextafter(at, np.inf)], dtype)
        expected = [evaluate(s, function.parameters) for s in (kink.left, kink.used, kink.right)]
        np.testing.assert_array_equal(function.derivative(z), np.array(expected, dtype))


@pytest.mark.parametrize("name", CATALOGUE)
def test_saturation_is_seen_in_the_derivative(name):
    slopes = ogive.activation(name).derivative(np.array([-1e4, 1e4]))
    assert tuple((slopes == 0).tolist()) == CATALOGUE[name].saturates


@pytest.mark.parametrize("name", CATALOGUE)
def test_boundedness_is_seen_in_the_value(name):
    values = np.abs(ogive.activation(name)(np.array([-1e4, 1e4])))
    assert tuple((values < 2).tolist()) == CATALOGUE[name].bounded
