"""The lecture's race in the page takes the library's steps."""

import numpy as np
import pytest

import ogive

LECTURE = {"start": 0.9, "stop": 0.5, "learningRate": 0.2, "mostSteps": 100_000}
STEPS = {"sigmoid": 67, "tanh": 14, "relu": 2, "softplus": 9, "gudermannian": 18, "isru": 41}


@pytest.mark.parametrize(("name", "steps"), STEPS.items())
def test_the_lecture_s_race(engine, name, steps):
    raced = engine.call("functions.race", {"name": name}, LECTURE)
    assert raced["steps"] == steps
    assert raced["outcome"] == "arrived"


@pytest.mark.parametrize("name", [n for n in ogive.activations() if n != "step"])
def test_the_way_is_the_library_s(engine, name):
    function = ogive.activation(name)
    if function.kind != "elementwise":
        pytest.skip("acts on rows")
    try:
        library = function.descend(max_steps=5000)
    except ogive.text.InputError:
        pytest.skip("never has the value 0.9")
    raced = engine.call("functions.race", {"name": name}, LECTURE | {"mostSteps": 5000})
    assert raced["steps"] == library.steps
    np.testing.assert_allclose(raced["z"], library.z, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(raced["value"], library.a, rtol=1e-12, atol=1e-13)
    # Whether a goal is out of reach for ever takes the facts of a function, which the page lacks.
    told = "too many steps" if library.outcome == "never" else library.outcome
    assert raced["outcome"] in (library.outcome, told)


def test_the_fair_race_over_one_distance(engine):
    fair = LECTURE | {"startZ": float(np.log(9)), "stopZ": 0.0}
    for name in ("sigmoid", "relu"):
        library = ogive.activation(name).descend(float(np.log(9)), 0.0, 0.2, over="input")
        assert engine.call("functions.race", {"name": name}, fair)["steps"] == library.steps


def test_a_value_that_is_never_taken_is_no_start(engine):
    raced = engine.call("functions.race", {"name": "sigmoid"}, LECTURE | {"start": 1.5})
    assert raced["outcome"] == "no start"
    assert raced["steps"] == 0
