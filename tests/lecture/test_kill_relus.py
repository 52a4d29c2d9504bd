"""Dying ReLUs: what is counted, and what a large step does."""

import json

import numpy as np
import pytest
from sklearn.datasets import load_digits

import ogive
from ogive.lecture import kill_relus
from ogive.lecture.dying_relus import _dead_share
from ogive.lecture.starting import starting_classifier
from ogive.text import InputError


@pytest.fixture(scope="module")
def killed():
    return kill_relus(n_seeds=2, n_epochs=4, hidden_layer_sizes=(32, 32))


def test_a_large_step_kills_most_relus_and_a_sensible_one_few(killed):
    large, sensible, leaky = killed.runs
    assert large.dead[:, -1].mean() > 0.4
    assert sensible.dead[:, -1].mean() < 0.2
    assert (leaky.dead == 0).all()
    assert sensible.accuracy.min() > 0.9 > large.accuracy.mean()


def test_counting_begins_before_training(killed):
    large, sensible, _ = killed.runs
    assert large.dead.shape == (2, 5)
    np.testing.assert_array_equal(large.dead[:, 0], sensible.dead[:, 0])


def test_a_unit_is_dead_only_if_no_row_at_all_reaches_it():
    relu = ogive.activation("relu")
    X = load_digits().data / 16
    model = starting_classifier(relu, 64, [10], "glorot_uniform", 0)
    model.coefs_[0][:, :3] = 0
    model.intercepts_[0][:3] = [-1.0, -1.0, 1.0]
    model.coefs_[0][0, 1] = 0.0
    before = _dead_share(model, relu, X)
    z = X @ model.coefs_[0] + model.intercepts_[0]
    assert before == np.mean((z <= 0).all(axis=0))
    assert before >= 0.2
    pixel = int(np.argmax(X[7]))
    model.coefs_[0][pixel, 0] = 1.5 / X[7, pixel]  # now row 7 reaches unit 0
    assert _dead_share(model, relu, X) == pytest.approx(before - 0.1)


def test_a_training_that_overflows_keeps_its_last_share_and_is_told():
    result = kill_relus(learning_rate=1e6, n_seeds=1, n_epochs=3, hidden_layer_sizes=(8,))
    assert all(run.dead.shape == (1, 4) for run in result.runs)
    assert result.runs[2].n_failed == 1
    assert "not finite" in result.text("en")


def test_texts_data_and_chart(killed):
    assert "of the units are dead in the end" in killed.text("en")
    assert "单元死亡" in killed.text("zh")
    record = json.loads(json.dumps(killed.to_dict(), allow_nan=False))
    assert [run["activation"] for run in record["runs"]] == ["relu", "relu", "leaky_relu"]
    assert killed.to_polars().height == 15
    assert "leaky_relu, 0.3" in json.dumps(killed.plot("en").to_dict())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"learning_rate": 0.0}, "learning_rate must be a number above 0"),
        ({"sensible": "x"}, "sensible must be a number above 0"),
        ({"beside": "softmax"}, "beside must act on each element; softmax"),
        ({"n_epochs": 0}, "n_epochs must be a whole number"),
        ({"hidden_layer_sizes": (8, 0)}, "hidden_layer_sizes must be a whole number"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(given, message):
    with pytest.raises(InputError, match=message):
        kill_relus(**given)
