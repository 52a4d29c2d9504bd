"""OGV106: steps that are too large or too small."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import (
    make_classes,
    make_course,
    make_curves,
    make_hidden,
    make_inputs,
    make_measured,
    make_output,
    only,
)

from ogive.diagnosis.checks.training.step_size import check
from ogive.diagnosis.measurements import NonFiniteValue, Settings
from ogive.diagnosis.thresholds import Thresholds

FALLING = np.exp(-np.arange(60) / 10)


def checked(losses=None, *, limits=None, ratio=None, **more):
    if losses is not None:
        more["curves"] = make_curves(losses)
    layers = ()
    if ratio is not None:
        layers = (
            make_hidden(1, update_ratio=ratio),
            make_hidden(2, update_ratio=ratio),
            make_output(update_ratio=ratio),
        )
    return only(check(make_measured(*layers, **more), limits or Thresholds()))


def noise(deviation, n=60, seed=0):
    return deviation * np.random.default_rng(seed).normal(size=n)


def test_a_falling_loss_passes():
    assert checked(FALLING).severity == "passed"


def test_a_loss_that_falls_to_the_last_epoch_has_not_risen():
    losses = np.linspace(500.0, 9.0, 200)
    found = checked(losses, ratio=1e-3)
    assert found.severity == "passed"
    assert found.numbers["rise"] < 0 and found.numbers["least_epoch"] == 200


def test_noise_about_a_low_loss_passes():
    assert checked(0.05 + FALLING + np.abs(noise(0.01))).severity == "passed"


def test_a_loss_that_stays_where_data_allow_no_better_passes():
    assert checked(0.8 + 0.2 * FALLING + noise(0.01)).severity == "passed"


def test_a_few_spikes_of_adam_pass():
    losses = 0.001 + FALLING
    losses[[40, 52]] += 0.3
    assert checked(losses).severity == "passed"


def test_a_loss_that_ends_above_its_beginning_is_too_large():
    found = checked(np.linspace(1, 5, 20))
    assert (found.kind, found.severity, found.numbers["sign"]) == ("too_large", "issue", "diverged")


def test_a_loss_that_became_infinite_is_too_large():
    found = checked([1, 3, 100, np.inf])
    assert (found.kind, found.numbers["sign"]) == ("too_large", "failed")


def test_a_loss_that_jumps_is_too_large():
    found = checked(0.6 + noise(0.2))
    assert (found.kind, found.numbers["sign"]) == ("too_large", "jumps")


def test_a_loss_that_rose_again_is_too_large():
    found = checked(np.concatenate([FALLING[:30], np.linspace(0.05, 0.8, 30)]))
    assert (found.kind, found.numbers["sign"]) == ("too_large", "rose")
    assert "epoch 31" in found.title.en


def test_a_loss_that_shot_up_once_and_never_came_back_is_too_large():
    found = checked(np.concatenate([[1.2, 80.0], np.full(20, 1.0)]))
    assert (found.kind, found.numbers["sign"]) == ("too_large", "thrown")
    assert "80 in epoch 2" in found.title.en


def test_a_loss_that_never_fell_with_a_huge_rate_is_too_large():
    settings = Settings(solver="adam", learning_rate=5.0)
    found = checked(np.full(20, 1.0), settings=settings)
    assert (found.kind, found.numbers["sign"]) == ("too_large", "stuck")


def test_a_loss_that_never_fell_with_the_usual_rate_is_not_blamed_on_the_step():
    assert checked(np.full(20, 1.0)).severity == "passed"


def test_a_trained_network_no_better_than_a_constant_at_a_high_rate_is_too_large():
    settings = Settings(solver="SGD", learning_rate=0.5)
    more = {"framework": "torch", "classes": make_classes(), "trained": None}
    found = checked(ratio=0.02, settings=settings, loss=1.1, **more)
    assert (found.severity, found.numbers["sign"]) == ("issue", "useless")
    assert checked(ratio=0.02, settings=settings, loss=0.2, **more).severity == "passed"


def test_updates_as_large_as_the_weights_are_too_large():
    found = checked(ratio=2.0, trained=False)
    assert (found.kind, found.severity, found.numbers["sign"]) == ("too_large", "issue", "ratio")
    assert checked(ratio=0.3, trained=False).severity == "tip"


def test_a_step_past_the_curvature_is_too_large():
    settings = Settings(solver="SGD", learning_rate=0.5, step_curvature=9.0)
    found = checked(settings=settings)
    assert (found.kind, found.severity, found.numbers["sign"]) == (
        "too_large",
        "issue",
        "curvature",
    )


def test_a_training_that_failed_at_once_is_too_large():
    settings = Settings(solver="sgd", learning_rate=1.0)
    found = checked(settings=settings, nonfinite=NonFiniteValue("weights", "hidden 1"))
    assert (found.severity, found.numbers["sign"]) == ("issue", "failed_early")


def test_values_missing_in_the_data_are_not_blamed_on_the_step():
    settings = Settings(solver="sgd", learning_rate=1.0)
    found = checked(settings=settings, nonfinite=NonFiniteValue("input", None))
    assert found.severity == "not applicable"


def test_a_rate_far_beyond_the_usual_is_a_tip():
    found = checked(FALLING, settings=Settings(solver="adam", learning_rate=1.0))
    assert (found.severity, found.kind, found.numbers["sign"]) == ("tip", "too_large", "rate")
    assert "1,000 times" in found.title.en


def test_a_loss_still_falling_at_a_low_rate_is_a_tip():
    settings = Settings(solver="adam", learning_rate=1e-4)
    found = checked(np.linspace(1.0, 0.7, 50), ratio=5e-4, settings=settings)
    assert (found.severity, found.kind) == ("tip", "too_small")


def test_a_rate_that_is_only_somewhat_low_is_a_tip_where_updates_are_not_known():
    settings = Settings(solver="adam", learning_rate=3e-4)
    assert checked(np.linspace(1.0, 0.7, 50), settings=settings).severity == "tip"


def test_plain_descent_near_its_limit_passes():
    settings = Settings(solver="SGD", learning_rate=0.01, step_curvature=2.2)
    assert checked(settings=settings).severity == "passed"


def test_a_loss_that_crawls_is_too_small():
    settings = Settings(solver="adam", learning_rate=1e-6)
    found = checked(np.linspace(1.0, 0.9, 50), settings=settings)
    assert (found.kind, found.numbers["sign"]) == ("too_small", "falling")
    assert found.remedies[0].parameters == {"learning_rate_init": 0.001}


def test_a_training_that_was_only_short_is_not_too_small():
    assert checked(np.linspace(1.0, 0.9, 10), ratio=1e-3).severity == "passed"


def test_tiny_updates_of_an_untrained_model_are_too_small():
    settings = Settings(solver="Adam", learning_rate=1e-8)
    found = checked(ratio=1e-8, trained=False, framework="torch", settings=settings)
    assert (found.kind, found.numbers["sign"]) == ("too_small", "ratio")


def test_tiny_updates_of_a_converged_model_pass():
    settings = Settings(solver="SGD", learning_rate=1e-4)
    more = {"trained": None, "loss": 0.01, "classes": make_classes(), "framework": "torch"}
    assert checked(ratio=1e-8, settings=settings, **more).severity == "passed"


def test_tiny_updates_where_no_gradient_passes_are_not_blamed_on_the_step():
    settings = Settings(solver="SGD", learning_rate=0.1)
    assert checked(ratio=1e-9, trained=False, settings=settings).severity == "passed"


def test_the_course_is_read_where_there_are_no_curves():
    course = make_course(loss=np.linspace(1, 5, 20))
    assert checked(course=course, classes=make_classes()).kind == "too_large"


def test_inputs_are_scaled_first_where_they_make_the_step_too_large():
    found = checked(np.linspace(1, 5, 20), inputs=make_inputs(std=100))
    assert found.remedies[0].parameters == {"scale_inputs": True}


def test_the_rate_comes_first_where_it_is_huge():
    settings = Settings(solver="sgd", learning_rate=10.0)
    found = checked(np.linspace(1, 5, 20), settings=settings)
    assert found.remedies[0].parameters == {"learning_rate_init": 0.01}


@pytest.mark.parametrize("solver", ["lbfgs", "LBFGS"])
def test_lbfgs_has_no_step_to_set(solver):
    found = checked(FALLING, settings=Settings(solver=solver))
    assert found.severity == "not applicable"


def test_one_epoch_is_told_in_the_singular():
    found = checked([np.nan])
    assert found.title.en.endswith("undefined after 1 epoch.")


def test_a_loss_of_an_untrained_model_that_is_no_number_is_not_the_steps_doing():
    met = NonFiniteValue("weights", "0", count=1)
    for trained in (False, None):
        more = {"trained": trained, "framework": "torch", "nonfinite": met, "loss": np.nan}
        assert checked([np.nan], settings=Settings(), **more).severity != "issue"


def test_an_update_of_nothing_is_no_sign_of_too_large_steps():
    settings = Settings(solver="SGD", learning_rate=3.0)
    more = {"framework": "torch", "loss": 2.3, "classes": make_classes()}
    found = checked(ratio=0.0, settings=settings, **more)
    assert found.kind == "too_large"
    assert "weights' norm" not in found.meaning.en and "范数" not in found.meaning.zh


def test_nothing_known_is_not_applicable():
    assert checked().severity == "not applicable"


def test_fewer_than_five_epochs_tell_nothing():
    assert checked([1, 2, 3]).severity == "not applicable"


def test_limits_can_be_set():
    losses = 0.6 + noise(0.2)
    calm = Thresholds(loss_jump=1.0, loss_above_least=10.0)
    assert checked(losses, limits=calm).severity == "passed"
    assert checked(ratio=0.01, limits=Thresholds(update_ratio_large=0.001)).kind == "too_large"
