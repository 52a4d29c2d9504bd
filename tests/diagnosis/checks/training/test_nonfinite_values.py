"""OGV105: values that are infinite or not a number."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    make_course,
    make_curves,
    make_hidden,
    make_inputs,
    make_measured,
    make_output,
    only,
)

from ogive.diagnosis.checks.training.nonfinite_values import check
from ogive.diagnosis.measurements import NonFiniteValue, Settings
from ogive.diagnosis.thresholds import Thresholds

PLACES = ["input", "target", "weights", "activation", "output", "loss", "gradient"]


def checked(*layers, **more):
    return only(check(make_measured(*layers, **more), Thresholds()))


def test_finite_numbers_pass():
    assert checked().severity == "passed"


def test_what_was_not_measured_is_not_claimed():
    assert "loss" not in checked(loss=np.nan).title.en
    assert "loss" in checked().title.en


@pytest.mark.parametrize("where", PLACES)
def test_each_place_is_told(where):
    found = checked(nonfinite=NonFiniteValue(where, None, count=3))
    assert (found.severity, found.kind) == ("issue", where)
    assert "(3)" in found.title.en


def test_a_training_that_stopped_in_a_layer_is_told_by_it():
    found = checked(nonfinite=NonFiniteValue("loss", "hidden 1", epoch=3))
    assert "first in the weights or values of hidden layer 1, in epoch 3" in found.title.en


def test_layer_batch_and_epoch_are_told():
    found = checked(nonfinite=NonFiniteValue("activation", "hidden 2", batch=7, epoch=4))
    assert "the activations of hidden layer 2, in epoch 4, batch 7" in found.title.en
    assert found.layer == "hidden 2"


def test_the_course_tells_where_it_began():
    met = NonFiniteValue("weights", "hidden 1")
    found = checked(nonfinite=met, course=make_course(nonfinite=(3, 5, 2)))
    assert (found.kind, found.layer) == ("activation", "hidden 2")
    assert (found.numbers["epoch"], found.numbers["batch"]) == (3, 5)


def test_the_courses_last_layer_is_the_output():
    found = checked(course=make_course(nonfinite=(3, 5, 3)))
    assert (found.kind, found.layer) == ("output", "output")


def test_missing_inputs_are_the_cause_of_what_follows():
    found = checked(
        nonfinite=NonFiniteValue("activation", "hidden 1"), inputs=make_inputs(n_missing=4)
    )
    assert found.numbers["cause"] == "data"
    assert found.remedies[0].key == "clean_data"


def test_missing_inputs_alone_are_told():
    found = checked(inputs=make_inputs(n_missing=4))
    assert (found.kind, found.numbers["count"]) == ("input", 4)


def test_a_large_step_is_named():
    settings = Settings(solver="sgd", learning_rate=50.0)
    found = checked(nonfinite=NonFiniteValue("weights", "hidden 1"), settings=settings)
    assert found.numbers["cause"] == "step"
    assert "5,000 times the usual 0.01" in found.meaning.en


def test_a_loss_that_grew_before_is_named():
    found = checked(
        nonfinite=NonFiniteValue("weights", "hidden 1"), curves=make_curves([1, 2, 40, np.inf])
    )
    assert found.numbers["cause"] == "diverged"
    assert "from 1 to 40" in found.meaning.en


def test_an_activation_that_overflows_is_named():
    layers = make_hidden(1, function="exponential"), make_output()
    found = checked(*layers, nonfinite=NonFiniteValue("activation", "hidden 1"))
    assert found.numbers["cause"] == "overflow"
    assert found.remedies[0].parameters["activation"] == "relu"


def test_another_layers_overflow_is_not_blamed():
    layers = make_hidden(1, function="exponential"), make_hidden(2), make_output()
    found = checked(*layers, nonfinite=NonFiniteValue("weights", "hidden 2"))
    assert found.numbers["cause"] == "training"


def test_large_inputs_are_named():
    found = checked(nonfinite=NonFiniteValue("loss", None), inputs=make_inputs(std=1e9))
    assert found.numbers["cause"] == "inputs"


def test_half_precision_is_mentioned_for_pytorch():
    found = checked(nonfinite=NonFiniteValue("loss", None), framework="torch")
    assert "full_precision" in [one.key for one in found.remedies]
