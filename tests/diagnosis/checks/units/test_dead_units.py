"""OGV101: units that are dead, silent, saturated for good, constant, or twins of others."""

from dataclasses import replace

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

from ogive.diagnosis.checks.units.dead_units import check
from ogive.diagnosis.measurements import Settings
from ogive.diagnosis.thresholds import Thresholds


def checked(*layers, limits=None, **more):
    given = (*layers, make_output()) if layers else ()
    return check(make_measured(*given, **more), limits or Thresholds())


def shifted(units, by, function="relu", n_units=10, **more):
    z = standard_z(n_units=n_units)
    z[:, units] += by
    return make_hidden(1, z, function, **more)


def test_a_healthy_network_passes():
    found = only(checked())
    assert found.severity == "passed"
    assert found.numbers["units"] == 20


@pytest.mark.parametrize("function", ["sigmoid", "tanh", "gelu", "elu", "softplus", "leaky_relu"])
def test_healthy_layers_of_other_activations_pass(function):
    assert only(checked(make_hidden(1, function=function))).severity == "passed"


def test_units_far_on_the_flat_side_are_dead_and_named():
    found = only(checked(shifted([2, 5, 7, 8, 9], -10)))
    assert (found.severity, found.kind, found.layer) == ("issue", "dead", "hidden 1")
    assert found.numbers["units"] == [2, 5, 7, 8, 9]
    assert found.title.en == "5 of 10 units (50%) of hidden layer 1 (relu) are dead."


def test_the_distance_of_the_nearest_row_is_that_of_the_greatest_z():
    layer = shifted([3, 4], -10)
    found = only(checked(layer))
    nearest = -layer.units.z_max[[3, 4]].max()
    assert found.numbers["distance_nearest"] == pytest.approx(nearest, abs=2e-3)


def test_a_tenth_of_dead_units_passes_and_is_counted():
    found = only(checked(shifted([4], -10), make_hidden(2)))
    assert found.severity == "passed"
    assert found.title.en.endswith("but for few of 20: 1 dead.")
    assert "1 个死亡" in found.title.zh


def test_a_fifth_of_silent_units_passes_and_is_counted():
    found = only(checked(shifted([0, 1], -4.0)))
    assert found.severity == "passed"
    assert found.title.en.endswith("but for few of 10: 2 silent on these rows.")


@pytest.mark.parametrize("settings", [Settings(solver="adam", learning_rate=0.5), Settings()])
def test_half_as_many_are_told_unless_the_steps_are_known_to_be_usual(settings):
    found = only(checked(shifted([0, 1], -4.0), settings=settings))
    assert (found.severity, found.kind) == ("tip", "silent")
    untrained = checked(shifted([0, 1], -4.0), settings=Settings(), trained=False)
    assert only(untrained).severity == "passed"


def test_more_than_a_tenth_of_dead_units_is_a_tip():
    assert only(checked(shifted([4, 7], -10))).severity == "tip"


def test_one_dead_unit_is_told_in_the_singular():
    found = only(checked(shifted([4], -10), limits=Thresholds(dead_share_tip=0.0)))
    assert found.title.en == "1 of 10 units (10%) of hidden layer 1 (relu) is dead."


def test_a_unit_that_a_likely_row_would_wake_is_silent():
    found = only(checked(shifted([0, 1, 2], -4.0)))
    assert found.kind == "silent"
    assert "wake" in found.meaning.en


def test_bounds_of_z_that_exclude_the_active_side_make_a_unit_dead():
    low, high = np.full(10, -20.0), np.full(10, 20.0)
    high[[0, 1]] = -0.1
    found = only(checked(shifted([0, 1], -4.0, z_low=low, z_high=high)))
    assert (found.kind, found.numbers["n"]) == ("dead", 2)


def test_a_unit_silent_in_the_last_epochs_of_its_training_is_dead():
    last_active = np.full(10, 20)
    last_active[[0, 1]] = 6
    course = make_course(widths=(10,), last_active=(last_active,))
    found = only(checked(shifted([0, 1], -4.0), course=course))
    assert found.kind == "dead"
    assert found.numbers["since_epoch"] == 7
    assert "since epoch 7" in found.meaning.en and "第 7 轮" in found.meaning.zh


def test_units_killed_in_training_call_for_a_smaller_step_first():
    course = make_course(widths=(10,), last_active=(np.where(np.arange(10) < 4, 3, 20),))
    found = only(checked(shifted([0, 1, 2, 3], -10), course=course))
    assert found.numbers["cause"] == "killed"
    assert found.remedies[0].parameters == {"learning_rate_init": 0.0001}


def test_units_mostly_dead_from_the_start_are_not_said_to_be_killed():
    never = np.select([np.arange(10) < 4, np.arange(10) < 5], [0, 3], 20)
    course = make_course(widths=(10,), last_active=(never,))
    found = only(checked(shifted([0, 1, 2, 3, 4], -10), course=course))
    assert found.numbers["cause"] == "start"
    assert "Never active in any epoch recorded: 4" in found.meaning.en
    assert "killed" not in found.meaning.en
    assert "smaller_step" not in [one.key for one in found.remedies]


def test_units_of_an_untrained_network_call_for_no_smaller_step():
    found = only(checked(shifted([0, 1, 2], -10), trained=False))
    assert found.numbers["cause"] == "start"
    assert "smaller_step" not in [one.key for one in found.remedies]


def test_steps_known_to_be_short_are_not_blamed_for_dead_units():
    course = make_course(widths=(10,), last_active=(np.where(np.arange(10) < 4, 3, 20),))
    settings = Settings(solver="adam", learning_rate=0.001, step_curvature=0.0267)
    found = only(checked(shifted([0, 1, 2, 3], -10), course=course, settings=settings))
    assert found.numbers["cause"] == "drifted"
    assert "0.0267, far below 2" in found.meaning.en
    assert "smaller_step" not in [one.key for one in found.remedies]


def test_a_flat_loss_does_not_clear_a_large_step():
    settings = Settings(solver="adam", learning_rate=0.5, step_curvature=1e-9)
    found = only(checked(shifted([0, 1, 2, 3], -10), settings=settings))
    assert found.numbers["cause"] == "step"


def test_units_that_are_all_zero_from_the_start_call_for_initial_weights_first():
    layer = make_hidden(1, np.zeros((400, 10)), weights=make_weights(rms=0.0))
    found = only(checked(layer, trained=False))
    assert found.numbers["cause"] == "symmetry"
    assert [one.key for one in found.remedies] == ["init_auto"]


def test_constant_units_that_a_monitor_saw_active_to_the_end_were_not_killed():
    z = 0.7 + 1e-6 * standard_z()
    course = make_course(n_epochs=6, widths=(10, 10), activation="sigmoid")
    found = by_kind(
        checked(make_hidden(1, z, "sigmoid"), make_hidden(2, z, "sigmoid"), course=course)
    )
    assert "smaller_step" not in [one.key for one in found["constant"].remedies]


def test_constant_units_with_a_vanishing_gradient_call_for_its_remedies():
    z = 0.7 + 1e-6 * standard_z()
    layers = [make_hidden(i, z, "sigmoid", error_norm=0.14 ** (9 - i)) for i in range(2, 9)]
    found = only(checked(make_hidden(1, function="sigmoid", error_norm=0.14**8), *layers))
    assert found.numbers["cause"] == "vanishing"
    assert found.remedies[0].key == "relu"
    assert "OGV102" in found.meaning.en and "OGV102" in found.meaning.zh


def test_units_that_never_were_active_call_for_another_activation():
    course = make_course(widths=(10,), last_active=(np.where(np.arange(10) < 4, 0, 20),))
    found = only(checked(shifted([0, 1, 2, 3], -10), course=course))
    assert found.numbers["cause"] == "start"
    assert found.remedies[0].parameters == {"activation": "leaky_relu", "init": "auto"}


def test_large_inputs_are_named_as_the_cause():
    found = only(checked(shifted([0, 1], -10), inputs=make_inputs(std=300)))
    assert found.numbers["cause"] == "inputs"
    assert found.remedies[0].parameters == {"scale_inputs": True}


def test_a_large_learning_rate_is_named_as_the_cause():
    settings = Settings(solver="adam", learning_rate=0.5)
    found = only(checked(shifted([0, 1], -10), settings=settings))
    assert found.numbers["cause"] == "step"
    assert found.remedies[0].parameters == {"learning_rate_init": 0.001}


def test_a_learning_rate_that_is_small_is_not_lowered():
    settings = Settings(solver="adam", learning_rate=1e-5)
    found = only(checked(shifted([0, 1], -10), settings=settings))
    assert "smaller_step" not in [one.key for one in found.remedies]


def test_a_pytorch_model_is_told_which_module_to_use():
    found = only(checked(shifted([0, 1], -10), framework="torch", settings=Settings()))
    assert "nn.LeakyReLU" in found.remedies[0].text.en
    assert all(not one.parameters for one in found.remedies)


@pytest.mark.parametrize("side", [-1, 1])
def test_s_shaped_units_past_their_slope_on_either_side_are_saturated(side):
    found = only(checked(shifted([1, 2], 7 * side, "tanh")))
    assert (found.kind, found.numbers["units"]) == ("saturated", [1, 2])


def test_gelu_units_that_no_row_reaches_are_saturated():
    found = only(checked(shifted([1], -5.5, "gelu", n_units=4)))
    assert found.kind == "saturated"


def test_a_sparse_relu_unit_is_no_finding():
    assert only(checked(shifted([1], -2.5))).severity == "passed"


def test_a_leaky_unit_on_its_gentle_side_is_no_finding():
    assert only(checked(shifted([1, 2, 3, 4], -10, "leaky_relu"))).severity == "passed"


def test_units_whose_output_does_not_vary_are_constant():
    z = standard_z(n_units=8)
    z[:, :3] = 0.7 + 1e-6 * z[:, :3]
    found = only(checked(make_hidden(1, z, "tanh")))
    assert (found.kind, found.numbers["n"]) == ("constant", 3)


def test_what_follows_dead_units_is_not_blamed_on_its_own_weights():
    z = 0.7 + 1e-6 * standard_z()
    found = by_kind(checked(shifted(np.arange(8), -10), make_hidden(2, z, "relu")))
    assert found["constant"].numbers["cause"] == "before"
    assert "layer before" in found["constant"].meaning.en


def test_an_activation_that_is_there_is_never_advised():
    z = 0.7 + 1e-6 * standard_z()
    found = only(checked(make_hidden(1, z, "relu")))
    assert "relu" not in [one.key for one in found.remedies]


def test_two_units_with_proportional_outputs_are_twins():
    z = standard_z()
    z[:, 6] = 2.5 * z[:, 1]
    found = only(checked(make_hidden(1, z)))
    assert (found.kind, found.numbers["units"]) == ("duplicate", [1, 6])
    assert found.remedies[0].parameters["hidden_layer_sizes"] == (5,)


def test_a_layer_of_copies_that_differ_in_weights_is_a_tip():
    z = np.tile(standard_z(n_units=5), 2)
    found = only(checked(make_hidden(1, z)))
    assert (found.severity, found.numbers["n"], found.numbers["cause"]) == ("tip", 10, "width")


def test_twins_of_an_odd_function_may_have_opposite_signs():
    z = standard_z()
    z[:, 6] = -z[:, 1]
    assert only(checked(make_hidden(1, z, "tanh"))).kind == "duplicate"


def test_opposite_relu_units_are_no_twins():
    z = standard_z()
    z[:, 6] = -z[:, 1]
    assert only(checked(make_hidden(1, z, "relu"))).severity == "passed"


def test_units_active_on_the_same_few_rows_are_no_twins():
    z = standard_z()
    z[:, [2, 6]] -= 20
    z[0, [2, 6]] = 1.0, 3.0
    assert only(checked(make_hidden(1, z))).severity == "passed"


def test_units_with_similar_outputs_are_no_twins():
    z = standard_z()
    z[:, 6] = z[:, 1] + 0.001 * z[:, 2]
    assert only(checked(make_hidden(1, z))).severity == "passed"


def test_equal_weights_are_named_as_the_cause_of_twins():
    z = np.repeat(standard_z(n_units=1), 10, axis=1)
    layer = make_hidden(1, z, weights=make_weights(equal_units=True))
    found = only(checked(layer))
    assert (found.severity, found.numbers["cause"]) == ("issue", "symmetry")
    assert found.numbers["n"] == 10
    assert found.remedies[0].parameters == {"init": "auto"}


def test_a_step_kills_every_unit_and_another_activation_is_named():
    found = only(checked(make_hidden(1, function="step")))
    assert (found.severity, found.kind, found.numbers["cause"]) == ("issue", "dead", "flat")


def test_each_kind_is_a_finding_of_its_own_with_its_worst_layer():
    z = standard_z(seed=2)
    z[:, :4] -= 10
    found = by_kind(checked(shifted([0], -10), make_hidden(2, z), shifted([0, 1, 2], -4)))
    assert set(found) == {"dead", "silent"}
    assert found["dead"].layer == "hidden 2"
    assert found["dead"].numbers["n_all"] == 5
    assert "5 of 30 in all hidden layers" in found["dead"].title.en


def test_no_unit_is_of_two_kinds():
    z = standard_z()
    z[:, 0] -= 50
    z[:, 1] = z[:, 0]
    found = by_kind(checked(make_hidden(1, z)))
    assert set(found) == {"dead"}


def test_unknown_slopes_leave_what_outputs_tell():
    z = standard_z()
    z[:, 3] = z[:, 4]
    layer = make_hidden(1, z, "tanh")
    unknown = np.full(10, np.nan)
    units = replace(layer.units, active_share=unknown, slope_max=unknown, slope_square_mean=unknown)
    found = only(checked(replace(layer, units=units, function=None, activation="Mine")))
    assert found.kind == "duplicate"


def test_a_handful_of_rows_is_too_few():
    layer = make_hidden(1, standard_z(n_rows=8))
    assert only(checked(layer, n_rows=8)).severity == "not applicable"


def test_a_network_without_hidden_layers_is_not_judged():
    assert only(check(make_measured(make_output()), Thresholds())).severity == "not applicable"


def test_weights_that_are_not_numbers_leave_other_units_judged():
    z = standard_z()
    z[:, 0] = np.nan
    z[:, [1, 2, 3]] -= 10
    with np.errstate(all="ignore"):
        layer = make_hidden(1, z)
    assert only(checked(layer)).numbers["units"] == [1, 2, 3]
    assert only(checked(make_hidden(1, z * np.nan))).severity == "not applicable"


def test_limits_can_be_set():
    layer = shifted([2, 5, 7], -10)
    assert only(checked(layer, limits=Thresholds(dead_share=0.2))).severity == "issue"
    assert (
        only(checked(layer, limits=Thresholds(dead_share=0.5, dead_share_tip=0.5))).severity
        == "passed"
    )
    assert only(checked(layer, limits=Thresholds(dead_deviations=20.0))).kind == "silent"
