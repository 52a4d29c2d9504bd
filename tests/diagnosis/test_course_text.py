"""The course of a training in words."""

from __future__ import annotations

import numpy as np
import pytest

from ogive.diagnosis.course_text import course_events, course_text, turning_point
from ogive.network.course import TrainingCourse

N = 6


def course(**given):
    column = np.ones((N, 1))
    told = {
        "layers": ("hidden 1", "output"),
        "activations": ("relu",),
        "epoch": np.arange(1, N + 1),
        "n_rows": np.full(N, 100),
        "loss": np.linspace(2.0, 0.5, N),
        "learning_rate": np.full(N, 0.1),
        "silent_share": 0 * column,
        "saturated_share": 0.5 * column,
        "mean": column,
        "std": column,
        "error_norm": np.ones((N, 2)),
        "gradient_rms": np.ones((N, 2)),
        "weight_rms": np.ones((N, 2)),
        "update_ratio": np.full((N, 2), 0.01),
        "last_active": (np.full(4, N),),
        "samples": np.zeros((N, 1, 3)),
    }
    return TrainingCourse(**{**told, **given})


def told(**given):
    return [(event.epoch, event.kind, event.layer) for event in course_events(course(**given))]


def test_a_sound_course_has_no_events():
    assert told() == []
    assert course_text(course(), "en").endswith("Nothing went wrong in what was measured.")


def test_a_rise_of_silent_units_is_told_with_its_epoch():
    shares = np.array([[0.04, 0.04, 0.61, 0.6, 0.62, 0.61]]).T
    assert told(silent_share=shares) == [(3, "silent", "hidden 1")]
    assert course_text(course(silent_share=shares), "en").splitlines()[1] == (
        "Epoch 3: the units of hidden layer 1 without a gradient rose from 4.0% to 61%."
    )
    assert course_text(course(silent_share=shares), "zh").splitlines()[1] == (
        "第 3 轮：隐藏层 1 中没有梯度通过的单元从 4.0% 增加到 61%。"
    )


def test_a_rise_that_came_back_is_not_told():
    assert told(silent_share=np.array([[0, 0, 0.6, 0, 0, 0]]).T * 1.0) == []


def test_units_silent_from_the_start_are_told():
    assert told(silent_share=np.full((N, 1), 0.5)) == [(1, "silent", "hidden 1")]


def test_saturation_that_grows_is_told():
    shares = np.array([[0.1, 0.1, 0.1, 0.1, 0.9, 0.95]]).T
    assert told(saturated_share=shares) == [(5, "saturated", "hidden 1")]


def test_a_gradient_that_vanishes_on_the_way_is_told():
    norms = np.ones((N, 2))
    norms[3:, 0] = 1e-5
    assert told(error_norm=norms) == [(4, "vanishing", "hidden 1")]
    norms[:, 0] = 1e-5
    assert told(error_norm=norms) == [(1, "vanishing", "hidden 1")]


def test_a_gradient_of_0_is_vanishing():
    norms = np.ones((N, 2))
    norms[2:, 0] = 0
    assert told(error_norm=norms) == [(3, "vanishing", "hidden 1")]


def test_a_gradient_that_explodes_on_the_way_is_told():
    norms = np.ones((N, 2))
    norms[1:, 0] = 1e6
    assert told(error_norm=norms) == [(2, "exploding", "hidden 1")]


def test_weights_that_grow_tenfold_are_told():
    weights = np.ones((N, 2))
    weights[4:, 1] = 50
    assert told(weight_rms=weights) == [(5, "weights", "output")]


def test_far_steps_are_told_once_with_the_layer_moved_most():
    ratio = np.full((N, 2), 0.01)
    ratio[2] = 0.6, 0.9
    ratio[4] = 2.0
    assert told(update_ratio=ratio) == [(3, "updates", "output")]


def test_a_far_first_step_alone_is_usual():
    ratio = np.full((N, 2), 0.01)
    ratio[0] = 0.3
    assert told(update_ratio=ratio) == []


def test_a_loss_that_rose_for_good_is_told():
    assert told(loss=np.array([2.0, 1.0, 0.5, 3.0, 2.5, 2.6])) == [(4, "loss", None)]


def test_a_loss_that_never_fell_is_told():
    assert told(loss=np.full(N, 2.0)) == [(1, "no progress", None)]


def test_values_that_are_not_finite_are_told_with_step_and_layer():
    events = course_events(course(nonfinite=(2, 7, 1)))
    assert events[0].text.en == (
        "Epoch 2, step 7: values that are not finite appear, first in hidden layer 1."
    )


def test_an_empty_course_says_that_nothing_was_measured():
    empty = course()._replace(epoch=np.empty(0, np.int64))
    assert course_text(empty, "en").startswith("Nothing was measured")
    assert course_text(empty, "zh").startswith("没有测量到任何内容")


@pytest.mark.parametrize("up", [True, False])
def test_the_turning_point_is_the_largest_change_that_stays(up):
    levels = np.array([0.0, 0.1, 0.0, 1.0, 1.1, np.nan, 0.9])
    found = turning_point(levels if up else -levels, up)
    assert found is not None and found[0] == 3
    assert abs(found[2] - found[1]) == pytest.approx(1.0)


def test_a_level_that_stays_has_no_turning_point():
    assert turning_point(np.ones(5)) is None
    assert turning_point(np.full(5, np.nan)) is None


@pytest.mark.parametrize(("language", "words"), [("en", "1 epoch measured"), ("zh", "共测量 1 轮")])
def test_one_epoch_is_counted_as_one(language, words):
    made = course()
    one = made._replace(
        **{
            name: value[:1]
            for name, value in made._asdict().items()
            if isinstance(value, np.ndarray)
        }
    )
    assert course_text(one, language).startswith(words)
