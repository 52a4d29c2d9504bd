"""OGV110: targets whose shape or scale training cannot come to terms with."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import by_kind, make_measured, make_outputs, only

from ogive.diagnosis.checks.ends.last_layer import check
from ogive.diagnosis.thresholds import Thresholds


def judged(*, framework="torch", score=0.0, std=1.0, trained=True, **more):
    outputs = make_outputs(1, activation="identity", loss="MSELoss", std=np.array([std]), **more)
    return check(
        make_measured(framework=framework, task="regression", outputs=outputs, score=score,
                      loss=float("nan"), trained=trained),
        Thresholds(),
    )  # fmt: skip


def targets(mean, std):
    return {"target_mean": np.array([mean]), "target_std": np.array([std]),
            "target_least": mean - 3 * std, "target_greatest": mean + 3 * std}  # fmt: skip


@pytest.mark.parametrize(
    ("shapes", "advice"),
    [(((64, 1), (64,)), "y.unsqueeze(1)"), (((64,), (64, 1)), "y.squeeze(1)"),
     (((8, 2, 1), (8, 1, 2)), "y.reshape(out.shape)")],
)  # fmt: skip
def test_shapes_that_are_broadcast_are_an_issue_with_the_way_to_one_shape(shapes, advice):
    finding = only(judged(broadcast=shapes, score=0.01))
    assert (finding.severity, finding.kind) == ("issue", "broadcast")
    assert advice in finding.remedy.en and advice in finding.remedy.zh


def test_the_shapes_stand_in_the_title():
    title = only(judged(broadcast=((64, 1), (64,)))).title
    assert "(n, 1)" in title.en and "(n,)" in title.zh


@pytest.mark.parametrize(("mean", "std"), [(2000.0, 500.0), (0.0, 40.0), (-50.0, 1.0)])
def test_large_targets_that_were_not_learnt_are_an_issue(mean, std):
    finding = only(judged(**targets(mean, std), score=-3.0))
    assert (finding.severity, finding.kind) == ("issue", "unscaled")
    assert finding.remedies[0].key == "standardise_targets"
    assert "4 times" in finding.title.en


def test_tiny_targets_that_were_not_learnt_are_an_issue():
    assert only(judged(**targets(0.0, 1e-3), score=0.0)).kind == "unscaled"


@pytest.mark.parametrize(("mean", "std", "score"), [(2000.0, 500.0, 0.6), (0.5, 1.0, 0.0)])
def test_targets_that_were_learnt_or_are_of_one_scale_pass(mean, std, score):
    assert only(judged(**targets(mean, std), score=score)).severity == "passed"


def test_before_training_the_scale_of_targets_is_a_tip():
    finding = only(judged(**targets(2000.0, 500.0), score=-15.0, trained=False))
    assert (finding.severity, finding.kind) == ("tip", "unscaled")
    assert "not learnt" not in finding.title.en


def test_our_estimators_are_put_into_a_transformed_target_regressor():
    finding = only(judged(framework="ogive", **targets(2000.0, 500.0)))
    assert "TransformedTargetRegressor" in finding.remedy.en


def test_outputs_small_beside_such_targets_are_no_finding_of_their_own():
    assert set(by_kind(judged(**targets(2e5, 5e5), std=1.0))) == {"unscaled"}


@pytest.mark.parametrize(
    ("activation", "loss", "key"),
    [("log_softmax", "NLLLoss", "other_axis"), ("softmax", "CrossEntropyLoss", "remove_last"),
     ("log_softmax", "CrossEntropyLoss", "remove_last")],
)  # fmt: skip
def test_a_softmax_over_the_rows_of_a_batch_is_an_issue(activation, loss, key):
    ones = np.ones(3)
    low, high = (-9 * ones, 0 * ones) if activation == "log_softmax" else (0 * ones, ones)
    outputs = make_outputs(3, activation=activation, loss=loss, least=low, greatest=high,
                           over_rows=True)  # fmt: skip
    finding = only(check(make_measured(framework="torch", outputs=outputs), Thresholds()))
    assert (finding.severity, finding.kind) == ("issue", "wrong_axis")
    assert finding.remedies[0].key == key
