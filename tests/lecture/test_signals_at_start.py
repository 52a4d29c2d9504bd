"""Sparsity of ReLUs and shifting means in networks before training."""

import json
import math

import numpy as np
import pytest

import ogive
from ogive.lecture import mean_shift, relu_sparsity
from ogive.lecture.starting import interval
from ogive.text import InputError


def test_about_half_of_the_relus_are_active():
    result = relu_sparsity(n_seeds=15)
    mean, low, high = result.overall
    assert low < 0.5 < high
    assert mean == pytest.approx(0.5, abs=0.02)
    assert high - low < 0.06


def test_the_share_is_counted_on_the_rows_given():
    rows = np.random.default_rng(0).normal(size=(30, 7))
    result = relu_sparsity(rows, depth=2, width=9, n_seeds=1)
    model = ogive.MLPClassifier((9, 9), max_iter=1, learning_rate_init=1e-30, random_state=0)
    with pytest.warns(UserWarning, match="Maximum iterations"):
        model.fit(rows, np.arange(30) % 10)
    first = rows @ model.coefs_[0] + model.intercepts_[0] > 0
    assert result.active[0, 0] == first.mean()
    assert result.n_rows == 30


def test_sparsity_in_words_numbers_and_a_chart():
    result = relu_sparsity(n_seeds=3, depth=2)
    assert "Active ReLUs before training" in result.text("en")
    assert "训练前激活的 ReLU" in result.text("zh")
    json.dumps(result.to_dict(), allow_nan=False)
    assert result.to_polars().height == 2
    assert result.plot("zh").to_dict()["layer"]
    assert relu_sparsity(n_seeds=1).to_dict()["low"] is None


def test_sigmoid_shifts_the_mean_from_0_to_a_half_and_tanh_leaves_it():
    result = mean_shift(n_seeds=8)
    sigmoid, tanh, relu = (one.means.mean(axis=0) for one in result.results)
    np.testing.assert_allclose(sigmoid, 0.5, atol=0.01)
    np.testing.assert_allclose(tanh, 0.0, atol=0.03)
    assert relu[0] == pytest.approx(1 / math.sqrt(2 * math.pi), abs=0.02)
    assert (relu > 0.05).all()


def test_tanh_alone_shifts_inputs_that_are_not_centred():
    # The lecture's N(1, 1) through tanh: mean 1.00 to 0.55.
    (tanh,) = mean_shift(["tanh"], input_mean=1.0, n_seeds=2, depth=1).results
    assert tanh.alone == pytest.approx(0.55, abs=0.005)
    drawn = np.tanh(1 + np.random.default_rng(0).normal(size=1_000_000)).mean()
    assert tanh.alone == pytest.approx(drawn, abs=0.003)


def test_functions_of_whole_rows_take_part_without_theory():
    (softmax,) = mean_shift("softmax", n_seeds=2, width=10).results
    assert math.isnan(softmax.alone)
    np.testing.assert_allclose(softmax.means, 0.1, rtol=1e-12)


def test_shifts_in_words_numbers_and_a_chart():
    result = mean_shift(n_seeds=2, depth=2)
    assert "Mean of the outputs by layer" in result.text("en")
    assert "各层输出的均值" in result.text("zh")
    json.dumps(result.to_dict(), allow_nan=False)
    assert result.to_polars().height == 9
    assert "sigmoid" in json.dumps(result.plot("en").to_dict())


def test_intervals_hold_the_true_mean_about_as_often_as_they_say():
    rng = np.random.default_rng(0)
    _, low, high = interval(rng.normal(3.0, 2.0, (6, 4000)))
    assert np.mean((low < 3) & (high > 3)) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: relu_sparsity([1.0, 2.0]), "X must be a table of finite numbers"),
        (lambda: relu_sparsity(depth=0), "depth must be a whole number"),
        (lambda: mean_shift([]), "activations must name at least one function"),
        (lambda: mean_shift(input_mean=math.inf), "input_mean must be a finite number"),
        (lambda: mean_shift(n_rows=0), "n_rows must be a whole number"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()
