"""OGV102 and OGV103: gradients that vanish or explode on their way back."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    by_kind,
    make_course,
    make_hidden,
    make_inputs,
    make_measured,
    make_output,
    make_weights,
    only,
    standard_z,
)

from ogive.diagnosis.checks.gradients import exploding_gradient, vanishing_gradient
from ogive.diagnosis.measurements import NonFiniteValue, Settings
from ogive.diagnosis.thresholds import Thresholds

LIMITS = Thresholds()


def chain(gain, depth=5, function="relu", z=None, predicted=np.nan, output=None, **more):
    """Return a network in which each hidden layer changes the error's norm by `gain`."""
    layers = [
        make_hidden(
            i + 1,
            z,
            function,
            error_norm=gain ** (depth - i),
            gain_predicted=predicted,
            gain_measured=gain,
        )
        for i in range(depth)
    ]
    return make_measured(*layers, output or make_output(), **more)


def vanishing(measured, limits=LIMITS):
    return only(vanishing_gradient.check(measured, limits))


def exploding(measured, limits=LIMITS):
    return only(exploding_gradient.check(measured, limits))


def test_a_gradient_that_keeps_its_size_passes_both():
    assert vanishing(chain(1.1)).severity == "passed"
    assert exploding(chain(1.1)).severity == "passed"


def test_passing_is_said_of_what_is_rather_than_of_what_is_not():
    measured = chain(0.9)
    assert vanishing(measured).title.en.startswith("Enough gradient arrives: hidden layer 1")
    assert exploding(measured).title.en.startswith("The gradient stays within bounds: hidden")
    assert "没有" not in vanishing(measured).title.zh + exploding(measured).title.zh


def test_a_gradient_that_vanishes_does_not_pass_the_other_check_with_its_ratio():
    title = exploding(chain(0.1, function="sigmoid")).title
    assert title.en.endswith("it vanishes: see OGV102.") and "times" not in title.en
    assert "OGV102" in title.zh


def test_a_gradient_that_explodes_does_not_pass_the_other_check_with_its_ratio():
    title = vanishing(chain(20.0)).title
    assert title.en.endswith("it explodes: see OGV103.") and "OGV103" in title.zh


def test_a_gradient_lost_in_one_layer_is_told_in_the_singular():
    found = vanishing(chain(1e-4, function="sigmoid", predicted=1e-4))
    assert "within 1 layer." in found.meaning.en


def test_five_layers_of_a_quarter_vanish():
    found = vanishing(chain(0.25, function="sigmoid"))
    assert (found.severity, found.layer) == ("issue", "hidden 1")
    assert found.numbers["ratio"] == pytest.approx(0.25**5)
    assert found.numbers["gain"] == pytest.approx(0.25)


def test_the_prediction_is_told_with_the_depth_it_vanishes_at():
    found = vanishing(chain(0.2, function="sigmoid", predicted=0.25))
    assert found.numbers["depth"] == 5
    assert "mean field predicts 0.25" in found.meaning.en
    assert "below 0.001 within 5 layers" in found.meaning.en
    assert "0.25" in found.meaning.zh


def test_between_the_limits_it_is_a_tip():
    assert vanishing(chain(0.3, depth=4, function="sigmoid")).severity == "tip"


def test_sigmoids_shrink_by_their_slope_and_another_activation_is_named():
    found = vanishing(chain(0.2, function="sigmoid"))
    assert found.kind == "small_slopes"
    assert "at most 0.25" in found.meaning.en
    assert found.remedies[0].parameters == {"activation": "relu", "init": "auto"}


def test_tanh_units_far_out_shrink_by_saturation():
    found = vanishing(chain(0.1, function="tanh", z=4 * standard_z(deviation=2)))
    assert found.kind == "saturation"


def test_large_inputs_come_first_where_tanh_saturates():
    measured = chain(0.1, function="tanh", z=standard_z(deviation=8), inputs=make_inputs(std=100))
    assert vanishing(measured).remedies[0].parameters == {"scale_inputs": True}


def test_small_weights_are_named():
    found = vanishing(chain(0.1, function="relu"))
    assert found.kind == "small_weights"
    assert found.remedies[0].parameters == {"init": "auto"}


def test_init_auto_is_not_advised_where_it_was_used():
    settings = Settings(solver="sgd", learning_rate=0.01, init="auto")
    found = vanishing(chain(0.1, settings=settings))
    assert "init_auto" not in [one.key for one in found.remedies]


def test_a_layer_of_dead_units_blocks_the_gradient():
    layers = [make_hidden(1, error_norm=0.0), make_hidden(2, standard_z(mean=-20), error_norm=0.0)]
    found = vanishing(make_measured(*layers, make_output()))
    assert (found.kind, found.severity) == ("dead", "issue")
    assert found.title.en.startswith("No gradient at all")


def test_adam_is_said_to_hide_it_and_plain_descent_not():
    assert "Adam" in vanishing(chain(0.1)).meaning.en
    sgd = Settings(solver="sgd", learning_rate=0.1)
    assert "Adam" not in vanishing(chain(0.1, settings=sgd)).meaning.en


def test_a_pytorch_model_is_offered_normalisation():
    measured = chain(0.1, function="sigmoid", framework="torch", settings=Settings())
    assert "normalise" in [one.key for one in vanishing(measured).remedies]


def test_fewer_layers_are_not_advised_for_convolutions():
    assert "fewer_layers" in [one.key for one in vanishing(chain(0.1)).remedies]
    assert "fewer_layers" not in [one.key for one in vanishing(chain(0.1, n_rows=20)).remedies]


def test_growing_gradients_explode():
    found = exploding(chain(8.0))
    assert (found.severity, found.kind, found.layer) == ("issue", "large_weights", "hidden 1")
    assert found.numbers["ratio"] == pytest.approx(8.0**5)


def test_explosion_between_the_limits_is_a_tip():
    assert exploding(chain(3.0)).severity == "tip"


def test_the_layer_with_the_largest_weights_is_named():
    layers = [
        make_hidden(1, error_norm=1e6),
        make_hidden(2, error_norm=1e3, weights=make_weights(fan_in=16, rms=2.0)),
    ]
    found = exploding(make_measured(*layers, make_output()))
    assert "2 in hidden layer 2, where about 0.25" in found.meaning.en


def test_steep_slopes_are_named():
    found = exploding(chain(9.0, function="squared_relu", z=standard_z(deviation=5)))
    assert found.kind == "steep_slopes"
    assert found.remedies[0].parameters["activation"] == "tanh"


def test_an_infinite_error_is_an_explosion():
    layers = [make_hidden(1, error_norm=np.inf), make_hidden(2)]
    assert exploding(make_measured(*layers, make_output())).severity == "issue"


def test_a_burst_in_a_monitored_training_is_a_tip():
    gradient = np.full((20, 3), 0.1)
    gradient[11, 1] = 500.0
    measured = make_measured(course=make_course(gradient_rms=gradient))
    found = exploding(measured)
    assert (found.kind, found.layer, found.numbers["epoch"]) == ("burst", "hidden 2", 12)


def test_a_burst_stands_beside_an_explosion():
    gradient = np.full((20, 6), 0.1)
    gradient[11, 1] = 500.0
    course = make_course(widths=(10,) * 5, gradient_rms=gradient)
    found = by_kind(exploding_gradient.check(chain(8.0, course=course), LIMITS))
    assert set(found) == {"large_weights", "burst"}


@pytest.mark.parametrize("check", [vanishing, exploding])
def test_one_hidden_layer_is_not_judged(check):
    found = check(make_measured(make_hidden(1), make_output()))
    assert found.severity == "not applicable"


@pytest.mark.parametrize("check", [vanishing, exploding])
def test_without_targets_nothing_is_judged(check):
    nan = np.nan
    layers = (make_hidden(1, error_norm=nan), make_hidden(2, error_norm=nan))
    found = check(make_measured(*layers, make_output(error_norm=nan), loss=nan))
    assert found.severity == "not applicable"
    assert "give y" in found.title.en


@pytest.mark.parametrize("check", [vanishing, exploding])
def test_gradients_that_are_not_numbers_are_left_to_their_own_code(check):
    nan = np.nan
    layers = (make_hidden(1, error_norm=nan), make_hidden(2, error_norm=nan))
    met = NonFiniteValue("weights", "hidden 1")
    found = check(make_measured(*layers, make_output(error_norm=nan), loss=nan, nonfinite=met))
    assert "OGV105" in found.title.en


@pytest.mark.parametrize("check", [vanishing, exploding])
def test_a_last_layer_that_starts_at_zero_is_left_out(check):
    layers = (make_hidden(1, error_norm=1e-9), make_hidden(2, error_norm=1e-9))
    output = make_output(weights=make_weights(fan_out=3, rms=0.0))
    assert check(make_measured(*layers, output)).severity == "passed"


def test_an_error_of_zero_at_the_output_is_not_judged():
    layers = (make_hidden(1, error_norm=0.0), make_hidden(2, error_norm=0.0))
    found = vanishing(make_measured(*layers, make_output(error_norm=0.0)))
    assert found.severity == "not applicable"


def test_limits_can_be_set():
    strict = Thresholds(vanishing_ratio=0.5, exploding_ratio=1.1)
    assert vanishing(chain(0.8), strict).severity == "issue"
    assert exploding(chain(3.0), strict).severity == "issue"
