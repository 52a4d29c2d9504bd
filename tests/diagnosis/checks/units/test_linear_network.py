"""OGV109: networks that do no more than a linear model."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    make_hidden,
    make_inputs,
    make_measured,
    make_output,
    make_outputs,
    make_weights,
    only,
    standard_z,
)

import ogive
from ogive.diagnosis.checks.units.linear_network import check
from ogive.diagnosis.measurements import Layer, MapPair
from ogive.diagnosis.thresholds import Thresholds


def found(*hidden, linear_r2=float("nan"), limits=None, **more):
    measured = make_measured(*hidden, make_output(), outputs=make_outputs(linear_r2=linear_r2),
                             **more)  # fmt: skip
    return only(check(measured, limits or Thresholds()))


@pytest.mark.parametrize("function", ["identity", ogive.activation("0.5 * z + 1")])
def test_linear_functions_in_every_layer_are_an_issue(function):
    finding = found(make_hidden(1, function=function), make_hidden(2, function=function))
    assert (finding.severity, finding.kind) == ("issue", "identity")
    assert "activation" in finding.remedies[0].parameters


def test_one_linear_function_of_two_passes():
    assert found(make_hidden(1, function="identity"), make_hidden(2)).severity == "passed"


def affine(name):
    weights = make_weights()
    return Layer(name, "other", None, "Linear", 10, 400, None, weights)


def test_layers_without_activations_between_are_an_issue():
    measured = make_measured(affine("0"), affine("1"), make_output(), framework="torch")
    finding = only(check(measured, Thresholds()))
    assert finding.kind == "identity"
    assert finding.remedy.en == "Put nn.ReLU() between module 0 and module 1."


@pytest.mark.parametrize(
    "layers",
    [
        (make_output(),),
        (affine("0"), Layer("lstm", "other", None, "LSTM", 8, 400, None, None), make_output()),
    ],
    ids=["a linear model", "a recurrent module"],
)
def test_without_hidden_activations_that_are_known_there_is_nothing_to_say(layers):
    assert only(check(make_measured(*layers), Thresholds())).severity == "not applicable"


STRAIGHT = {
    "tanh of tiny z": (standard_z(deviation=0.01), "tanh"),
    "sigmoid of small z": (standard_z(deviation=0.1), "sigmoid"),
    "relu that is always on": (standard_z(mean=30.0), "relu"),
    "a leak that is no leak": (standard_z(), ogive.activation("leaky_relu", negative_slope=0.98)),
}


@pytest.mark.parametrize("name", STRAIGHT)
def test_units_on_a_straight_part_are_an_issue(name):
    z, function = STRAIGHT[name]
    finding = found(make_hidden(1, z, function), linear_r2=0.9999)
    assert (finding.severity, finding.kind) == ("issue", "linear_part")


@pytest.mark.parametrize("function", ["relu", "tanh", "sigmoid", "gelu", "elu", "softplus"])
def test_units_of_usual_z_pass(function):
    finding = found(make_hidden(1, function=function), linear_r2=0.8)
    assert finding.severity == "passed"
    assert finding.numbers["straight_shares"] == [0.0]
    assert found(make_hidden(1, function=function)).severity == "passed"


def test_straight_units_with_outputs_that_bend_all_the_same_pass():
    assert found(make_hidden(1, standard_z(deviation=0.1), "tanh"), linear_r2=0.5).kind == ""


def test_units_that_are_dead_say_nothing_of_linearity():
    dead = np.column_stack([standard_z(n_units=6), standard_z(n_units=4, mean=-30.0)])
    assert found(make_hidden(1, dead), linear_r2=0.5).numbers["straight_shares"] == [0.0]
    finding = found(make_hidden(1, standard_z(mean=-30.0)), linear_r2=0.5)
    assert finding.severity == "not applicable"
    assert "OGV101" in finding.title.en


@pytest.mark.parametrize("framework", ["ogive", "torch"])
@pytest.mark.parametrize("function", ["relu", "tanh"])
def test_the_activation_that_is_there_is_not_proposed(function, framework):
    z = standard_z(deviation=0.01, mean=1.0 if function == "relu" else 0.0)
    finding = found(make_hidden(1, z, function), framework=framework)
    assert finding.kind == "linear_part"
    assert function not in [one.key for one in finding.remedies]


def test_tiny_inputs_are_scaled_first():
    hidden = make_hidden(1, standard_z(deviation=1e-3), "tanh")
    assert found(hidden, inputs=make_inputs(std=1e-3)).remedies[0].key == "scale_inputs"
    assert found(hidden).remedies[0].key == "relu"


@pytest.mark.parametrize(
    ("task", "model"), [("regression", "LinearRegression"), ("binary", "LogisticRegression")]
)
def test_outputs_that_are_linear_though_the_units_are_not_are_a_tip(task, model):
    finding = found(make_hidden(1), linear_r2=0.999, task=task)
    assert (finding.severity, finding.kind) == ("tip", "linear_data")
    assert model in finding.remedies[0].text.en


def paired(*pairs, **more):
    layers = [make_hidden(i + 1, follows=pair) for i, pair in enumerate(pairs)]
    return check(make_measured(*layers, make_hidden(9), make_output(), framework="torch", **more),
                 Thresholds())  # fmt: skip


def test_two_layers_in_a_row_are_an_issue_though_others_have_activations():
    finding = only(paired(MapPair("0", "1", 64, 30, 30)))
    assert (finding.severity, finding.kind) == ("issue", "no_activation")
    assert finding.remedy.en == "Put nn.ReLU() between module 0 and module 1."
    assert finding.remedy.zh == "在模块 0 与模块 1 之间加上 nn.ReLU()。"
    assert "64 → 30" in finding.remedies[1].text.en


def test_a_narrow_place_between_two_layers_is_a_tip_that_it_may_be_meant():
    finding = only(paired(MapPair("enc", "dec", 64, 4, 30)))
    assert (finding.severity, finding.numbers["n_between"]) == ("tip", 4)
    assert "autoencoder" in finding.meaning.en


def test_pairs_that_are_not_narrow_are_told_alone():
    finding = only(paired(MapPair("a", "b", 64, 4, 30), MapPair("c", "d", 30, 30, 10)))
    assert finding.numbers["pairs"] == [["c", "d"]]


def test_an_activation_that_the_others_have_is_put_between():
    tanh = make_hidden(1, function="tanh", follows=MapPair("a", "b", 8, 8, 8))
    finding = only(check(make_measured(tanh, make_output(), framework="torch"), Thresholds()))
    assert "nn.Tanh() between a and b" in finding.remedy.en


@pytest.mark.parametrize("r2", [0.92, 0.97, 0.997])
def test_a_passed_check_tells_what_is_not_linear(r2):
    title = found(make_hidden(1), linear_r2=r2).title
    assert f"{1 - r2:.1%}" in title.en and f"{1 - r2:.1%}" in title.zh
    assert ("The activations count" in title.en) == (r2 <= 0.95)


def test_straight_units_of_a_network_that_does_well_mean_linear_data():
    hidden = make_hidden(1, standard_z(mean=30.0))
    more = {"linear_r2": 0.9999, "task": "regression"}
    assert found(hidden, **more, score=0.98).kind == "linear_data"
    assert found(hidden, **more, score=0.3).kind == "linear_part"


def test_outputs_before_training_are_not_judged():
    finding = found(make_hidden(1), linear_r2=0.999, trained=False)
    assert finding.severity == "passed"
    assert "before training" in finding.title.en


def test_without_rows_to_tell_it_is_not_applicable():
    hidden = make_hidden(1, sample_z=None, sample_a=None)
    assert found(hidden).severity == "not applicable"


def test_other_limits_decide_otherwise():
    hidden = make_hidden(1)
    assert found(hidden, linear_r2=0.9, limits=Thresholds(linear_r2=0.85)).severity == "tip"


def test_tanh_at_the_documented_spread_bends_as_much_as_documented():
    rng = np.random.default_rng(0)
    z = rng.normal(0, 0.25, (200_000, 1))
    bend = 1 - np.corrcoef(z[:, 0], np.tanh(z[:, 0]))[0, 1] ** 2
    assert bend == pytest.approx(Thresholds().linear_bend, rel=0.3)
