"""OGV104: layers whose values lie where the activation is flat on both sides."""

from dataclasses import replace

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    make_course,
    make_hidden,
    make_inputs,
    make_measured,
    make_output,
    make_weights,
    only,
    standard_z,
)

from ogive.diagnosis.checks.units.saturation import check
from ogive.diagnosis.measurements import Settings
from ogive.diagnosis.thresholds import Thresholds


def checked(*layers, limits=None, **more):
    return only(check(make_measured(*layers, make_output(), **more), limits or Thresholds()))


def wide(function="tanh", deviation=8.0, number=1, mean=0.0, **more):
    return make_hidden(number, standard_z(mean=mean, deviation=deviation), function, **more)


@pytest.mark.parametrize("function", ["tanh", "sigmoid", "hardtanh", "relu6", "softsign"])
def test_standard_values_pass(function):
    assert checked(make_hidden(1, function=function)).severity == "passed"


@pytest.mark.parametrize("function", ["relu", "leaky_relu", "elu", "gelu", "softplus", "sine"])
def test_functions_with_a_side_that_is_not_flat_are_not_judged(function):
    assert checked(wide(function, 30.0)).severity == "not applicable"


@pytest.mark.parametrize("function", ["tanh", "sigmoid", "hardtanh", "relu6", "arctan_curve"])
def test_values_far_out_are_an_issue(function):
    found = checked(wide(function, 40.0))
    assert (found.severity, found.layer) == ("issue", "hidden 1")
    assert found.numbers["share"] > 0.7


def test_fewer_of_them_are_a_tip():
    assert checked(wide("tanh", 3.0)).severity == "tip"


def test_the_worst_layer_is_named_with_the_shares_of_all():
    found = checked(make_hidden(1, function="tanh"), wide(number=2))
    assert found.layer == "hidden 2"
    assert set(found.numbers["by_layer"]) == {"hidden 1", "hidden 2"}


@pytest.mark.parametrize(
    ("mean", "said"), [(-30, "the low side"), (30, "the high side"), (0, "both sides")]
)
def test_the_side_is_told(mean, said):
    assert said in checked(wide(mean=mean)).title.en


def test_large_inputs_are_the_cause_in_the_first_layer():
    found = checked(wide(), inputs=make_inputs(std=100))
    assert found.kind == "large_inputs"
    assert found.remedies[0].parameters == {"scale_inputs": True}


def test_large_inputs_are_not_the_cause_in_a_later_layer():
    layers = make_hidden(1, function="tanh"), wide(number=2)
    assert checked(*layers, inputs=make_inputs(std=100)).kind != "large_inputs"


def test_large_weights_are_the_cause():
    found = checked(wide(weights=make_weights(fan_in=16, rms=2.0)))
    assert found.kind == "large_weights"
    assert "8 times what keeps" in found.meaning.en
    assert found.remedies[0].parameters == {"init": "auto"}


def test_large_intercepts_are_the_cause():
    found = checked(wide(mean=20.0, deviation=1.0, weights=make_weights(intercept_rms=20.0)))
    assert found.kind == "large_intercepts"


def test_a_large_learning_rate_is_the_cause():
    found = checked(wide(), settings=Settings(solver="sgd", learning_rate=5.0))
    assert found.kind == "large_steps"
    assert found.remedies[0].parameters == {"learning_rate_init": 0.01}


def test_saturation_that_grew_in_training_is_told_by_epoch():
    shares = np.linspace(0.1, 0.8, 20)[:, None]
    found = checked(wide(), course=make_course(widths=(10,), saturated_share=shares))
    assert found.kind == "large_steps"
    assert "from 10% in epoch 1 to 80% in epoch 20" in found.meaning.en


def test_no_cause_is_made_up():
    assert checked(wide()).kind == "far_values"


def test_unknown_slopes_are_not_judged():
    layer = wide()
    units = replace(layer.units, active_share=np.full(10, np.nan))
    assert checked(replace(layer, units=units)).severity == "not applicable"


def test_limits_can_be_set():
    assert checked(wide(), limits=Thresholds(saturated_values=0.95)).severity == "tip"
    strict = Thresholds(saturated_values=0.95, saturated_values_tip=0.95)
    assert checked(wide(), limits=strict).severity == "passed"
