"""OGV110: the last activation, the loss and the targets that do not fit each other."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    by_kind,
    make_classes,
    make_inputs,
    make_measured,
    make_outputs,
    only,
)

from ogive.diagnosis.checks.ends.last_layer import check
from ogive.diagnosis.thresholds import Thresholds


def measured_of(activation, loss, n_outputs=3, *, least=-3.0, greatest=3.0, std=1.0, **more):
    ones = np.ones(n_outputs)
    own = ("target_least", "target_greatest", "target_values", "target_whole", "loss_inferred")
    given = {key: more.pop(key) for key in own if key in more}
    outputs = make_outputs(
        n_outputs, activation=activation, loss=loss, least=least * ones, greatest=greatest * ones,
        std=std * ones, **given,
    )  # fmt: skip
    return make_measured(**{"framework": "torch", "outputs": outputs, **more})


def found(*given, **more):
    return only(check(measured_of(*given, **more), Thresholds()))


def test_softmax_before_cross_entropy_is_an_issue_with_the_loss_it_cannot_go_below():
    finding = found("softmax", "CrossEntropyLoss", 10, least=0.0, greatest=1.0)
    assert (finding.severity, finding.kind) == ("issue", "double_softmax")
    one_hot = np.eye(10)[0]
    least = np.log(np.exp(one_hot).sum()) - 1
    assert finding.numbers["least_loss"] == pytest.approx(least)
    assert f"{least:.2f}" in finding.title.en


def test_a_sigmoid_before_bce_with_logits_is_an_issue():
    finding = found("logistic", "BCEWithLogitsLoss", 1, least=0.0, greatest=1.0)
    assert (finding.severity, finding.kind) == ("issue", "double_logistic")
    assert finding.numbers["least_loss"] == pytest.approx([np.log1p(np.exp(-1)), np.log(2)])


def test_log_softmax_before_cross_entropy_is_a_harmless_tip():
    finding = found("log_softmax", "CrossEntropyLoss", least=-9.0, greatest=-0.1)
    assert (finding.severity, finding.kind) == ("tip", "needless")


@pytest.mark.parametrize("activation", ["identity", "softmax"])
def test_nll_of_anything_but_logarithms_is_an_issue(activation):
    finding = found(activation, "NLLLoss", least=0.0)
    assert (finding.severity, finding.kind) == ("issue", "unfit")
    assert "nn.LogSoftmax" in finding.title.en
    assert finding.remedies[0].key == "loss_of_logits"


def test_bce_of_logits_is_an_issue():
    assert found("identity", "BCELoss", 1).kind == "unfit"


@pytest.mark.parametrize(
    ("activation", "loss", "least", "greatest"),
    [
        ("log_softmax", "NLLLoss", -9.0, 0.0),
        ("unknown", "NLLLoss", -9.0, -0.1),
        ("logistic", "BCELoss", 0.0, 1.0),
        ("unknown", "BCELoss", 0.0, 1.0),
        ("identity", "CrossEntropyLoss", -9.0, 9.0),
        ("identity", "BCEWithLogitsLoss", -9.0, 9.0),
    ],
)
def test_losses_with_what_they_take_pass(activation, loss, least, greatest):
    finding = found(activation, loss, least=least, greatest=greatest)
    assert finding.severity == "passed"
    assert loss in finding.title.zh


def test_a_loss_that_was_inferred_is_no_mistake_of_the_users():
    assert found("softmax", "NLLLoss", least=0.0, loss_inferred=True).severity == "passed"


@pytest.mark.parametrize("activation", ["relu", "tanh", "softplus"])
def test_logits_through_a_function_of_limited_range_are_an_issue(activation):
    assert found(activation, "CrossEntropyLoss", least=0.0).kind == "clipped"


def test_logits_that_are_never_negative_are_told_by_their_values():
    assert found("unknown", "CrossEntropyLoss", least=0.0).kind == "clipped"
    assert found("unknown", "CrossEntropyLoss", least=-1e-3).severity == "passed"


def test_softmax_over_one_output_is_an_issue():
    assert found("identity", "CrossEntropyLoss", 1).kind == "single_softmax"
    assert found("softmax", "MSELoss", 1, target_least=0.0, target_greatest=1.0).kind == (
        "single_softmax"
    )


@pytest.mark.parametrize(
    ("activation", "least", "greatest"),
    [("relu", -2.0, 2.0), ("tanh", -1.0, 30.0), ("logistic", 0.0, 5.0), ("unknown", -1.0, 1.0)],
)
def test_targets_out_of_reach_are_an_issue_with_both_ranges(activation, least, greatest):
    finding = found(activation, "MSELoss", 1, least=0.0, target_least=least,
                    target_greatest=greatest, task="regression")  # fmt: skip
    assert (finding.severity, finding.kind) == ("issue", "out_of_range")
    assert f"{greatest:g}" in finding.title.en


@pytest.mark.parametrize(
    ("activation", "least", "greatest"),
    [("relu", 0.0, 9.0), ("tanh", -1.0, 1.0), ("logistic", 0.0, 1.0), ("identity", -9.0, 9.0)],
)
def test_targets_within_reach_pass(activation, least, greatest):
    finding = found(activation, "MSELoss", 1, target_least=least, target_greatest=greatest,
                    task="regression")  # fmt: skip
    assert finding.severity == "passed"


@pytest.mark.parametrize(("framework", "loss"), [("ogive", "poisson"), ("torch", "PoissonNLLLoss")])
def test_negative_targets_of_a_poisson_loss_are_an_issue(framework, loss):
    finding = found("identity", loss, 1, target_least=-2.0, target_greatest=9.0,
                    framework=framework, task="regression")  # fmt: skip
    assert (finding.severity, finding.kind) == ("issue", "negative")


def test_classes_as_targets_of_a_binary_loss_are_an_issue():
    finding = found("identity", "BCEWithLogitsLoss", 1, target_least=0.0, target_greatest=2.0)
    assert finding.kind == "targets"


@pytest.mark.parametrize(
    ("framework", "loss", "n_outputs", "values"),
    [("ogive", "squared_error", 1, 3), ("torch", "MSELoss", 1, 2), ("torch", "MSELoss", 3, 2)],
)
def test_a_regression_on_few_whole_values_is_a_tip(framework, loss, n_outputs, values):
    finding = found("identity", loss, n_outputs, target_least=0.0, target_greatest=values - 1.0,
                    target_values=values, target_whole=True, framework=framework,
                    task="regression")  # fmt: skip
    assert (finding.severity, finding.kind) == ("tip", "classes_as_numbers")


@pytest.mark.parametrize("more", [{"target_values": 200}, {"target_whole": False}, {"n_rows": 12}])
def test_other_regressions_pass(more):
    given = {"target_least": 0.0, "target_greatest": 4.0, "target_values": 5, "target_whole": True}
    more = {"task": "regression", **given, **more}
    assert found("identity", "MSELoss", 1, **more).severity == "passed"


def test_very_many_numbered_classes_of_few_rows_are_a_tip():
    measured = make_measured(classes=make_classes(counts=[2] * 200))
    finding = only(check(measured, Thresholds()))
    assert (finding.severity, finding.kind) == ("tip", "numbers_as_classes")


def test_many_classes_of_enough_rows_pass():
    measured = make_measured(classes=make_classes(counts=[10] * 40))
    assert only(check(measured, Thresholds())).severity == "passed"


def test_constant_outputs_are_an_issue():
    finding = found("identity", "CrossEntropyLoss", std=0.0)
    assert (finding.severity, finding.kind, finding.layer) == ("issue", "constant", "output")


def test_constant_outputs_of_tiny_inputs_ask_for_scale():
    more = {"std": 0.0, "inputs": make_inputs(std=1e-6)}
    assert found("identity", "CrossEntropyLoss", **more).remedies[0].key == "scale_inputs"


def test_constant_outputs_before_training_pass():
    assert found("identity", "CrossEntropyLoss", std=0.0, trained=False).severity == "passed"


def test_outputs_small_beside_the_targets_are_constant():
    more = {"target_least": 0.0, "target_greatest": 1e6, "task": "regression"}
    assert found("identity", "MSELoss", 1, std=1.0, **more).kind == "constant"


def test_two_faults_are_both_told():
    measured = measured_of("relu", "MSELoss", 1, least=0.0, std=0.0, target_least=-2.0,
                           target_greatest=2.0, task="regression")  # fmt: skip
    assert set(by_kind(check(measured, Thresholds()))) == {"out_of_range", "constant"}


def test_only_with_targets_the_targets_are_said_to_fit():
    assert "targets" in found("identity", "CrossEntropyLoss", target_values=3).title.en
    assert "targets" not in found("identity", "CrossEntropyLoss").title.en


@pytest.mark.parametrize("outputs", [None, make_outputs(loss=None)])
def test_without_outputs_or_loss_there_is_nothing_to_say(outputs):
    finding = only(check(make_measured(outputs=outputs), Thresholds()))
    assert finding.severity == "not applicable"


def test_other_limits_decide_otherwise():
    given = {"target_least": 0.0, "target_greatest": 19.0, "target_values": 20,
             "target_whole": True, "task": "regression"}  # fmt: skip
    measured = measured_of("identity", "MSELoss", 1, **given)
    assert only(check(measured, Thresholds())).severity == "passed"
    assert only(check(measured, Thresholds(whole_targets=30))).severity == "tip"
