import math

import numpy as np
import pytest

import ogive
from ogive.activations.descent import descend, race
from ogive.text import InputError

STEPS = {
    "sigmoid": 67,
    "tanh": 14,
    "relu": 2,
    "leaky_relu": 2,
    "elu": 2,
    "bent_identity": 2,
    "softplus": 9,
    "erf_curve": 9,
    "gudermannian": 18,
    "isru": 41,
    "arctan_curve": 285,
    "softsign": 1655,
}
# In plain Python, from the closed forms of the inverses.
INVERSES = {
    "sigmoid": math.log(9),
    "tanh": math.atanh(0.9),
    "softsign": 9.0,
    "softplus": math.log(math.expm1(0.9)),
    "arctan_curve": 2 / math.pi * math.tan(math.pi / 2 * 0.9),
    "isru": 0.9 / math.sqrt(1 - 0.81),
    "leaky_relu": 0.9,
}


@pytest.mark.parametrize("name", STEPS)
def test_the_steps_are_the_lectures(name):
    assert descend(name).steps == STEPS[name]


@pytest.mark.parametrize("name", INVERSES)
def test_the_run_begins_where_the_function_has_the_value(name):
    assert descend(name).z[0] == pytest.approx(INVERSES[name], rel=1e-15)


def test_sigmoids_way_is_that_of_the_closed_forms():
    z, a = [math.log(9)], [0.9]
    while a[-1] > 0.5:
        z.append(z[-1] - 0.2 * a[-1] * (1 - a[-1]))
        a.append(1 / (1 + math.exp(-z[-1])))
    run = descend("sigmoid")
    assert run.steps == len(z) - 1
    np.testing.assert_allclose(run.z, z, atol=1e-13)
    np.testing.assert_allclose(run.a, a, atol=1e-14)
    assert run.z[1] == pytest.approx(math.log(9) - 0.018)
    assert round(float(run.a[1]), 6) == 0.898368


def test_the_trace_holds_the_start_and_every_step():
    run = descend("relu")
    assert run.z.tolist() == [0.9, 0.7, 0.49999999999999994]
    assert run.a.tolist() == run.z.tolist()
    assert run.reached
    assert run.outcome == "arrived"


def test_a_goal_missed_by_a_rounding_is_met():
    assert descend("identity", start=0.8, stop=0.2, learning_rate=0.1).steps == 6


@pytest.mark.parametrize(("name", "steps"), {"sigmoid": 67, "relu": 11, "identity": 11}.items())
def test_over_the_same_distance_in_z_the_race_is_fair(name, steps):
    run = descend(name, math.log(9), 0, over="input")
    assert run.steps == steps
    assert run.z[0] == math.log(9)
    assert run.z[-2] > 0 >= run.z[-1] - 1e-12


def test_of_several_places_the_one_nearest_to_0_is_the_start():
    silu = ogive.activation("silu")
    start = descend(silu, start=-0.1, stop=-0.2).z[0]
    assert float(silu(start)) == pytest.approx(-0.1, rel=1e-15)
    assert -1 < start < 0
    assert descend("gaussian", start=0.9, stop=0.5).z[0] > 0


def test_a_derivative_of_0_ends_the_run_where_it_is():
    run = descend("step", 1, 0, over="input")
    assert (run.steps, run.outcome, run.reached) == (0, "stands still", False)
    assert run.z.tolist() == [1.0]


def test_a_run_into_a_valley_stands_still():
    run = descend("silu", 1.0, -5.0, over="input")
    assert run.outcome == "stands still"
    assert run.z[-1] == pytest.approx(-1.2784645427610738, abs=1e-6)


def test_a_run_is_given_up_after_max_steps():
    run = descend("softsign", max_steps=100)
    assert (run.steps, run.outcome) == (100, "too many steps")
    assert run.z.shape == run.a.shape == (101,)
    assert descend("sigmoid", max_steps=67).reached
    assert not descend("sigmoid", max_steps=66).reached


@pytest.mark.parametrize("start", [1.0000001, 2.0, -0.5])
def test_a_start_out_of_the_range_is_refused(start):
    with pytest.raises(InputError, match=f"sigmoid does not take the value start={start:g}"):
        descend("sigmoid", start=start, stop=start - 0.1)


def test_a_value_that_is_jumped_over_is_no_start():
    with pytest.raises(InputError, match="step does not take the value start=0.9"):
        descend("step")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("tanh", 1),
        ("tanh", -1),
        ("sigmoid", 1),
        ("sigmoid", 0),
        ("exponential", 0),
        ("erf_curve", 1),
    ],
)
def test_a_limit_that_only_floats_reach_is_no_start(name, start):
    assert start in [end.value for end in ogive.activation(name).limits]
    with pytest.raises(InputError, match=f"{name} does not take the value start={start}"):
        descend(name, start=start, stop=start - 0.1)


@pytest.mark.parametrize(
    ("name", "start"),
    [("hardtanh", 1), ("relu", 0), ("step", 1), ("relu6", 6), ("arctan_curve", 0)],
)
def test_a_limit_that_is_a_value_is_a_start(name, start):
    run = descend(name, start=start, stop=start - 0.1, max_steps=10)
    assert run.a[0] == start


@pytest.mark.parametrize(
    "formula", ["squared_relu", "z*z", "tanhshrink", "gaussian", "z**3/10", "-z", "softplus(-z)"]
)
def test_a_goal_that_the_steps_only_near_or_run_from_is_never_reached(formula):
    run = descend(formula, math.log(9), 0, over="input", max_steps=3000)
    assert (run.outcome, run.reached) == ("never", False)
    assert run.z[-1] > 0


@pytest.mark.parametrize(
    ("formula", "start", "stop"),
    [
        ("softplus(z)", 0.5, 0.0),  # the infimum
        ("1 + gaussian(z)", 1.5, 1.0),
        ("sigmoid(z) + 2", 2.5, 1.0),
        ("z**4 + 1", 1.1, 1.0),  # a minimum that the steps only near
        ("where(z > 0, tanh(z)**3, z)", 0.1, -0.2),  # a saddle on the way
    ],
)
def test_values_that_are_not_there_are_never_reached(formula, start, stop):
    assert descend(formula, start, stop, max_steps=2000).outcome == "never"


@pytest.mark.parametrize(
    ("formula", "start", "stop", "over"),
    [
        ("softsign", 0.9, 0.5, "output"),
        ("z - tanh(z) + 0.0001*z", 2.0, 0.0, "input"),
        ("arctan_curve", 0.99, 0.5, "output"),
        ("gaussian", 0.9, 1e-3, "output"),
    ],
)
def test_a_long_way_is_not_called_never(formula, start, stop, over):
    short = descend(formula, start, stop, over=over, max_steps=50)
    assert short.outcome == "too many steps"
    assert descend(formula, start, stop, over=over, max_steps=300_000).reached


def test_nothing_is_claimed_where_nothing_is_decided():
    run = descend("z*sin(z)/30", 7.0, -50.0, over="input", max_steps=50)
    assert run.outcome == "too many steps"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stop": 0.9}, "stop must be below start"),
        ({"stop": 1.0}, "stop must be below start"),
        ({"learning_rate": 0.0}, "learning_rate must be positive"),
        ({"learning_rate": -1}, "learning_rate must be positive"),
        ({"learning_rate": "fast"}, "learning_rate must be a finite number"),
        ({"start": math.nan}, "start must be a finite number"),
        ({"stop": -math.inf}, "stop must be a finite number"),
        ({"over": "z"}, "over must be 'output' or 'input'"),
        ({"max_steps": 0}, "max_steps must be a whole number"),
        ({"max_steps": 2.5}, "max_steps must be a whole number"),
    ],
)
def test_bad_arguments_are_refused_by_name(options, message):
    with pytest.raises(InputError, match=message):
        descend("tanh", **options)


@pytest.mark.parametrize("name", ["softmax", "glu"])
def test_functions_of_whole_rows_are_refused(name):
    with pytest.raises(InputError, match=f"{name} acts on a whole row"):
        descend(name)


def test_an_activation_runs_by_its_own_method():
    assert ogive.activation("tanh").descend().steps == 14
    assert ogive.activation("elu", alpha=3).descend(over="input", start=1, stop=0).steps == 5


def test_a_formula_runs_as_the_built_in_does():
    assert descend("1/(1 + exp(-z))").steps == 67


def test_the_chosen_derivative_at_a_kink_is_used():
    relu = ogive.activation("relu", subgradient="right")
    assert descend(relu, 0.0, -1.0, over="input").steps == 1
    assert descend("relu", 0.0, -1.0, over="input").outcome == "stands still"


def test_a_race_keeps_those_that_cannot_start_and_says_why():
    tanh, step, softmax = race(["tanh", "step", "softmax"])
    assert tanh.descent.steps == 14
    assert tanh.refusal is None
    assert step.descent is None
    assert "start=0.9" in step.refusal.en
    assert "start=0.9" in step.refusal.zh
    assert "whole row" in softmax.refusal.en


def test_a_race_with_bad_arguments_is_not_run():
    with pytest.raises(InputError, match="learning_rate"):
        race(["tanh"], learning_rate=0)
