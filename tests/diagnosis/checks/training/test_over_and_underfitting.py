"""OGV111: networks that learn too little, or too much of the rows they see."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    make_classes,
    make_curves,
    make_hidden,
    make_measured,
    make_output,
    make_outputs,
    only,
    standard_z,
)

from ogive.diagnosis.checks.training.learning_curves import check
from ogive.diagnosis.measurements import Settings
from ogive.diagnosis.thresholds import Thresholds

EPOCHS = np.arange(100)
FALLEN = 0.2 + 0.8 * np.exp(-EPOCHS / 10)


def found(training, validation=(), scores=(), *, layers=(), limits=None, n_validation=0, **more):
    curves = make_curves(
        training,
        validation_loss=np.asarray(validation, float),
        validation_score=np.asarray(scores, float),
        n_validation=n_validation,
    )
    measured = make_measured(*layers, curves=curves, **{"loss": float(training[-1]), **more})
    return only(check(measured, limits or Thresholds()))


def rising(to, noise=0.0):
    """Return a validation loss that falls to 0.3 in 20 epochs and then rises."""
    curve = np.concatenate([np.linspace(1, 0.3, 20), np.linspace(0.3, to, 80)])
    return curve + noise * np.random.default_rng(0).normal(size=100)


def test_a_loss_like_that_of_a_constant_answer_is_underfitting():
    finding = found(np.linspace(1, 0.95, 100))
    assert (finding.severity, finding.kind) == ("issue", "underfitting")
    assert finding.numbers["explained"] == pytest.approx(0.05)
    assert "5.0%" in finding.title.en


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        (1.0, "no better than"),
        (1.1, "10% above"),
        (65.4, "65.4 times that of"),
        (0.95, "5.0% below"),
    ],
)
def test_a_loss_that_is_no_better_than_a_constant_answers_says_how_far_above_it_is(loss, told):
    title = found(np.linspace(loss - 1e-4, loss, 100)).title
    assert told in title.en
    assert told.split()[0] in title.zh or loss == 1.0


def test_a_network_far_above_the_constant_answer_is_not_advised_larger_steps():
    keys = [one.key for one in found(np.linspace(20, 10, 100)).remedies]
    assert "larger_step" not in keys and keys[0] == "init_auto"


def test_a_loss_that_still_fell_when_training_ended_is_a_tip():
    finding = found(np.linspace(1, 0.6, 100))
    assert (finding.severity, finding.kind) == ("tip", "underfitting")
    assert "larger_step" in [one.key for one in finding.remedies]
    assert "longer_training" in [one.key for one in finding.remedies]


def test_a_layer_of_one_unit_is_a_tip_to_widen_it():
    layers = (make_hidden(1), make_hidden(2, standard_z(n_units=1)), make_output())
    finding = found(0.6 + 0.4 * np.exp(-EPOCHS), layers=layers)
    assert finding.severity == "tip"
    assert finding.remedies[0].key == "more_units"
    assert finding.remedies[0].parameters == {"hidden_layer_sizes": (64, 64)}


def test_a_layer_of_one_unit_is_widened_before_what_follows_from_it():
    one = make_hidden(2, standard_z(n_units=1, mean=-30.0))
    finding = found(np.linspace(1, 0.95, 100), layers=(make_hidden(1), one, make_output()))
    assert finding.severity == "issue"
    assert finding.numbers["causes"] == ["OGV101"]
    assert finding.remedies[0].key == "more_units"


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        (Settings(dropout=0.8), "less_dropout"),
        (Settings(alpha=10.0), "smaller_penalty"),
        (Settings(learning_rate=1e-5), "larger_step"),
    ],
)
def test_the_first_remedy_of_underfitting_follows_from_the_settings(settings, key):
    assert found(np.linspace(1, 0.99, 100), settings=settings).remedies[0].key == key


def test_no_step_beyond_what_is_usual_is_proposed():
    for rate, solver in ((0.5, "sgd"), (0.05, "adam"), (0.008, "adam")):
        settings = Settings(solver=solver, learning_rate=rate)
        finding = found(np.linspace(1, 0.99, 100), settings=settings)
        assert "larger_step" not in [one.key for one in finding.remedies]
    finding = found(np.linspace(1, 0.99, 100), settings=Settings(solver="sgd", learning_rate=0.04))
    assert finding.remedies[0].parameters == {"learning_rate_init": 0.1}


def test_underfitting_that_follows_from_other_findings_names_them_and_their_remedies():
    layers = (make_hidden(1, standard_z(mean=-30.0)), make_output())
    settings = Settings(solver="sgd", learning_rate=0.01)
    finding = found(np.linspace(1, 0.99, 100), layers=layers, settings=settings)
    assert "OGV101" in finding.numbers["causes"]
    assert "OGV101" in finding.meaning.en
    assert "OGV101" in finding.meaning.zh
    assert "larger_step" not in [one.key for one in finding.remedies]


def test_a_last_layer_that_does_not_fit_is_named_as_the_cause():
    more = {"framework": "torch", "outputs": make_outputs(10, loss="CrossEntropyLoss")}
    finding = found(np.linspace(1, 0.99, 100), **more)
    assert finding.numbers["causes"] == ["OGV110"]
    assert finding.remedies[0].key == "remove_last"


def test_fresh_weights_given_validation_rows_are_taken_for_trained():
    curve = [0.98]
    finding = found(curve, curve, curve, n_validation=100, trained=False, score=0.98)
    assert (finding.severity, finding.kind) == ("tip", "underfitting")
    assert found(curve, trained=False).severity == "not applicable"


def test_without_a_curve_the_loss_is_compared_with_the_shares_of_the_classes():
    more = {"outputs": make_outputs(loss="CrossEntropyLoss"), "classes": make_classes()}
    measured = make_measured(curves=None, loss=1.05, framework="torch", **more)
    assert only(check(measured, Thresholds())).severity == "issue"
    measured = make_measured(curves=None, loss=0.3, framework="torch", **more)
    finding = only(check(measured, Thresholds()))
    assert finding.severity == "passed"
    assert finding.numbers["explained"] == pytest.approx(1 - 0.3 / np.log(3))


def test_a_regression_without_curves_is_judged_by_r2():
    measured = make_measured(task="regression", curves=None, score=0.02)
    assert only(check(measured, Thresholds())).kind == "underfitting"


def test_a_validation_loss_above_the_constant_answers_is_an_issue():
    finding = found(FALLEN, rising(1.4))
    assert (finding.severity, finding.kind) == ("issue", "overfitting")
    assert 18 <= finding.numbers["best_epoch"] <= 22
    assert finding.remedies[0].parameters == {"early_stopping": "loss"}


def test_a_validation_loss_that_rises_a_good_part_is_a_tip():
    assert found(FALLEN, rising(0.6)).severity == "tip"


def test_a_rise_within_the_noise_passes():
    noisy = 0.3 + 0.15 * np.random.default_rng(0).normal(size=100)
    assert found(FALLEN, noisy).severity == "passed"


def test_a_rise_that_early_stopping_undid_passes():
    finding = found(FALLEN, rising(1.4), settings=Settings(early_stopping=True))
    assert finding.severity == "passed"
    assert "early stopping" in finding.title.en


def test_a_gap_of_scores_beyond_its_noise_is_an_issue():
    finding = found(FALLEN, scores=np.full(100, 0.6), n_validation=200, score=1.0)
    assert (finding.severity, finding.kind) == ("issue", "overfitting")
    low = 0.4 - 1.96 * np.sqrt(0.6 * 0.4 / 200)
    assert finding.numbers["gap_low"] == pytest.approx(low)


@pytest.mark.parametrize(
    ("n_rows", "batch_size", "present", "alpha"),
    [(90, 32, 1e-4, 3.2), (1000, 200, 1e-4, 2.0), (1000, None, None, 10.0), (1000, 200, 1.0, 10.0)],
)
def test_the_penalty_proposed_goes_with_rows_and_batch(n_rows, batch_size, present, alpha):
    settings = Settings(batch_size=batch_size, alpha=present)
    more = {"n_rows": n_rows, "settings": settings, "n_validation": 500, "score": 1.0}
    finding = found(FALLEN, scores=np.full(100, 0.6), **more)
    assert finding.remedies[0].parameters == {"alpha": alpha}
    assert finding.remedies[1].parameters == {"early_stopping": "loss"}


def test_the_same_gap_on_few_rows_passes():
    finding = found(FALLEN, scores=np.full(100, 0.75), n_validation=20, score=1.0)
    assert finding.severity == "passed"


def test_a_validation_loss_far_above_that_of_training_is_an_issue():
    finding = found(FALLEN, [0.9], loss=0.2)
    assert (finding.severity, finding.kind) == ("issue", "overfitting")
    assert finding.numbers["lost"] == pytest.approx(0.875, abs=0.01)


def test_a_healthy_training_passes_and_says_whether_it_was_validated():
    with_rows = found(FALLEN, FALLEN + 0.05, np.full(100, 0.88), n_validation=100)
    without = found(FALLEN)
    assert with_rows.severity == without.severity == "passed"
    assert "overfitting cannot be seen" in without.title.en
    assert "看不出过拟合" in without.title.zh
    assert "bear it out" in with_rows.title.en


@pytest.mark.parametrize("more", [{"trained": False}, {"curves": None, "loss": float("nan")}])
def test_without_training_or_targets_there_is_nothing_to_say(more):
    assert only(check(make_measured(**more), Thresholds())).severity == "not applicable"


def test_other_limits_decide_otherwise():
    curve = np.linspace(1, 0.8, 100)
    assert found(curve, limits=Thresholds(explained_low=0.3)).severity == "issue"
