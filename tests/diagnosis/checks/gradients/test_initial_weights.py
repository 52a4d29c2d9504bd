"""OGV108: initial weights that do not suit the activation."""

from dataclasses import replace

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    make_hidden,
    make_inputs,
    make_measured,
    make_output,
    make_weights,
    only,
    standard_z,
)

import ogive
from ogive.diagnosis.checks.gradients.initialisation import check
from ogive.diagnosis.measurements import Layer, Settings
from ogive.diagnosis.thresholds import Thresholds


def chain(depth, function="relu", width=100, **more):
    """Return hidden layers of one width and an output."""
    hidden = [
        make_hidden(number, function=function, weights=make_weights(width, width), **more)
        for number in range(1, depth + 1)
    ]
    return (*hidden, make_output(weights=make_weights(width, 3)))


def estimator(depth, function, init, limits=None):
    measured = make_measured(*chain(depth, function), settings=Settings(init=init))
    return only(check(measured, limits or Thresholds()))


def module(*layers, limits=None, **more):
    fields = {"framework": "torch", "trained": False, "settings": Settings(), **more}
    return only(check(make_measured(*layers, **fields), limits or Thresholds()))


def test_glorots_weights_before_ten_relus_are_an_issue_with_the_predicted_factor():
    finding = estimator(10, "relu", "glorot_uniform")
    assert (finding.severity, finding.kind) == ("issue", "shrinking")
    # Each layer halves E[z²] f'² and Glorot's variance is 1 / width.
    assert finding.numbers["total_gain"] == pytest.approx(0.5 ** (9 / 2), rel=0.05)
    assert finding.numbers["suited_gain"] == pytest.approx(1, rel=0.05)
    by_key = {one.key: one for one in finding.remedies}
    assert by_key["init_auto"].parameters == {"init": "auto"}
    assert "1.0" in by_key["init_auto"].effect.en


def test_a_long_chain_of_relus_is_told_to_take_another_function_first():
    keys = [one.key for one in estimator(14, "relu", "glorot_uniform").remedies]
    assert keys == ["elu", "init_auto"]
    limits = Thresholds(initial_gain_low=0.3)
    assert [one.key for one in estimator(6, "relu", "glorot_uniform", limits).remedies] == [
        "init_auto"
    ]


@pytest.mark.parametrize(
    ("depth", "function", "init"),
    [
        (10, "relu", "auto"),
        (10, "relu", "he_normal"),
        (3, "relu", "glorot_uniform"),
        (10, "tanh", "glorot_uniform"),
        (10, "tanh", "he_uniform"),
        (10, "selu", "lecun_normal"),
        (1, "sigmoid", "lecun_uniform"),
        (10, "gelu", "auto"),
    ],
)
def test_schemes_that_do_no_harm_pass(depth, function, init):
    assert estimator(depth, function, init).severity == "passed"


def test_one_hidden_layer_has_no_gradient_to_lose():
    assert "one hidden layer" in estimator(1, "relu", "glorot_uniform").title.en


def test_what_no_initial_weights_mend_is_not_blamed_on_them():
    finding = estimator(8, "sigmoid", "glorot_uniform")
    assert finding.severity == "passed"
    assert finding.numbers["total_gain"] < 1e-3
    assert "not at fault" in finding.title.en


def test_functions_of_rows_are_not_predicted():
    hidden = replace(make_hidden(1), function=ogive.activation("softmax"))
    measured = make_measured(hidden, make_output())
    assert only(check(measured, Thresholds())).severity == "not applicable"


@pytest.mark.parametrize("trained", [True, False])
def test_equal_units_are_an_issue(trained):
    weights = make_weights(10, 10, 0.5, mean=0.5, greatest=0.5, equal_units=True)
    layers = (make_hidden(1, weights=weights), make_hidden(2, weights=weights),
              make_output(weights=weights))  # fmt: skip
    finding = module(*layers, trained=trained)
    assert (finding.severity, finding.kind) == ("issue", "equal")
    assert finding.layer == "hidden 1"
    assert finding.numbers["layers"] == ["hidden 1", "hidden 2"]


def test_equal_units_that_later_weights_can_part_are_a_tip():
    weights = make_weights(10, 10, 0.5, mean=0.5, greatest=0.5, equal_units=True)
    assert module(make_hidden(1, weights=weights), make_output()).severity == "tip"


def test_weights_of_zero_are_equal():
    weights = make_weights(10, 10, 0.0, greatest=0.0)
    layers = (make_hidden(1, weights=weights), make_output(weights=weights))
    assert module(*layers).kind == "equal"


def test_a_layer_of_one_unit_has_no_equal_units():
    weights = make_weights(10, 1, 0.3, equal_units=True)
    hidden = make_hidden(1, standard_z(n_units=1), weights=weights)
    assert module(hidden, make_output()).kind != "equal"


@pytest.mark.parametrize(
    ("rms", "kind"), [(1.0, "large"), (0.001, "small")], ids=["N(0, 1)", "N(0, 0.001²)"]
)
def test_weights_of_a_module_of_a_fixed_size_are_an_issue(rms, kind):
    weights = make_weights(64, 64, rms)
    finding = module(make_hidden(1, weights=weights), make_output())
    assert (finding.severity, finding.kind) == ("issue", kind)
    assert finding.numbers["size"] == pytest.approx(8 * rms)


def test_weights_that_saturate_bounded_units_are_an_issue():
    weights = make_weights(16, 16, 1.0)
    hidden = make_hidden(1, standard_z(deviation=4.0), "tanh", weights=weights)
    finding = module(hidden, make_output())
    assert finding.kind == "large"
    assert "saturated" in finding.title.en
    assert "饱和" in finding.title.zh


def test_a_normalisation_makes_up_for_the_size_of_weights():
    norm = Layer("norm", "other", None, "BatchNorm1d", 10, 400, None, None)
    hidden = make_hidden(1, weights=make_weights(64, 64, 1.0))
    assert module(norm, hidden, make_output()).severity == "passed"


def gains(depth, gain, **more):
    errors = gain ** np.arange(depth - 1, -1, -1.0) if more.pop("measured", True) else [1.0] * depth
    return [
        make_hidden(n + 1, gain_predicted=gain, error_norm=float(errors[n]), **more)
        for n in range(depth)
    ]


@pytest.mark.parametrize(("gain", "kind"), [(0.4, "shrinking"), (2.0, "growing")])
def test_gains_of_a_module_before_training_multiply_by_layer(gain, kind):
    finding = module(*gains(8, gain), make_output())
    assert (finding.severity, finding.kind) == ("issue", kind)
    assert finding.numbers["total_gain"] == pytest.approx(gain**7)


def test_three_layers_of_pytorchs_own_weights_pass():
    assert module(*gains(3, 0.41), make_output()).severity == "passed"


def test_gains_that_the_measured_gradient_does_not_bear_out_pass():
    assert module(*gains(8, 0.4, measured=False), make_output()).severity == "passed"


def test_a_function_of_the_users_own_is_judged_without_a_suited_scheme():
    layers = gains(8, 0.4, activation="MyAct")
    layers = [replace(one, function=None) for one in layers]
    finding = module(*layers, make_output())
    assert finding.severity == "issue"
    assert "suited_gain" not in finding.numbers


@pytest.mark.parametrize("trained", [True, None])
def test_weights_of_a_trained_module_are_not_judged(trained):
    assert module(*gains(8, 0.1), make_output(), trained=trained).severity == "not applicable"


def test_without_hidden_layers_there_is_nothing_to_say():
    assert only(check(make_measured(make_output()), Thresholds())).severity == "not applicable"


def test_other_limits_decide_otherwise():
    assert estimator(4, "relu", "glorot_uniform").severity == "passed"
    limits = Thresholds(initial_gain_low=0.5)
    assert estimator(4, "relu", "glorot_uniform", limits).severity == "issue"


def test_inputs_of_any_size_leave_the_verdict_on_relus_alone():
    settings = Settings(init="glorot_uniform")
    totals = [
        only(
            check(
                make_measured(*chain(10), settings=settings, inputs=make_inputs(std=std)),
                Thresholds(),
            )
        ).numbers["total_gain"]
        for std in (1.0, 100.0)
    ]
    assert totals[0] == pytest.approx(totals[1])
