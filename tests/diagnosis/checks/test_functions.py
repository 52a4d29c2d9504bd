"""What the checks ask about an activation, and the changes that they advise."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import make_hidden, make_measured, make_output

import ogive
from ogive.diagnosis.checks.changes import of_networks as changes
from ogive.diagnosis.checks.forming import called, filled
from ogive.diagnosis.checks.functions import (
    active_between,
    active_edges,
    flat_sides,
    is_flat,
    usual_saturation,
    usual_slope,
)
from ogive.diagnosis.measurements import Settings
from ogive.text import Text


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("tanh", (True, True)),
        ("relu6", (True, True)),
        ("gaussian", (True, True)),
        ("relu", (True, False)),
        ("gelu", (True, False)),
        ("logsigmoid", (False, True)),
        ("leaky_relu", (False, False)),
        ("sine", (False, False)),
        ("identity", (False, False)),
        ("softmax", (False, False)),
        ("swiglu", (False, False)),
    ],
)
def test_the_flat_sides_of_a_function(name, sides):
    assert flat_sides(ogive.activation(name)) == sides


def test_a_formula_has_flat_sides_too():
    assert flat_sides(ogive.activation("z * sigmoid(2 * z)")) == (True, False)


def test_edges_of_the_active_side_are_where_the_slope_passes_the_share():
    left, right = active_edges(ogive.activation("tanh"), 0.05)
    assert right == pytest.approx(np.arccosh(np.sqrt(20)), abs=2e-3)
    assert left == pytest.approx(-right)
    assert active_edges(ogive.activation("relu"), 1e-6) == (pytest.approx(0, abs=2e-3), np.inf)


def test_only_a_step_is_flat():
    assert is_flat(ogive.activation("step"))
    assert not is_flat(ogive.activation("relu"))
    assert not is_flat(None)


def test_slopes_between_bounds_are_unknown_where_a_bound_is():
    low, high = np.array([-5.0, -5.0, np.nan]), np.array([-1.0, 1.0, 1.0])
    found = active_between(ogive.activation("relu"), low, high)
    np.testing.assert_array_equal(found, [0.0, 1.0, np.nan])


def test_usual_numbers_are_those_of_standard_normal_z():
    assert usual_saturation(ogive.activation("relu6")) == pytest.approx(0.5, abs=1e-3)
    assert usual_slope(ogive.activation("relu")) == pytest.approx(np.sqrt(0.5))


def test_layers_are_called_as_in_a_sentence():
    assert called("hidden 2") == Text("hidden layer 2", "隐藏层 2")
    assert called("output") == Text("the output layer", "输出层")
    assert "blocks.0.act" in called("blocks.0.act").zh


def test_no_space_is_left_between_chinese_words():
    text = filled(Text("at {place}", "在 {place} 处"), place=Text("the output layer", "输出层"))
    assert text.zh == "在输出层处"


def test_each_change_is_named_once_and_in_order():
    measured = make_measured()
    first, second = changes.init_auto(measured), changes.scale_inputs(measured)
    assert changes.named([first, None, second, first]) == [first, second]


def test_fewer_layers_keep_the_activations_of_the_layers_kept():
    layers = make_hidden(1, function="tanh"), make_hidden(2), make_hidden(3), make_hidden(4)
    parameters = changes.fewer_layers(make_measured(*layers, make_output())).parameters
    assert parameters["hidden_layer_sizes"] == (10, 10)
    assert [one.name for one in parameters["activation"]] == ["tanh", "relu"]


@pytest.mark.parametrize(
    ("rate", "lower", "higher"), [(1e-3, 1e-4, 1e-2), (5.0, 1e-3, 50.0), (1e-7, 1e-8, 1e-3)]
)
def test_steps_change_by_ten_or_to_the_usual_one(rate, lower, higher):
    measured = make_measured(settings=Settings(solver="adam", learning_rate=rate))
    assert changes.smaller_step(measured).parameters["learning_rate_init"] == lower
    assert changes.larger_step(measured).parameters["learning_rate_init"] == higher
