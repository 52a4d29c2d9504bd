"""The same seed gives bit-identical networks, whatever the number of threads."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from core_networks import make_network, make_table
from network_tables import features, same_weights, target
from scipy import sparse
from threadpoolctl import threadpool_limits

import ogive
from ogive._engine import core

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

# 6 × batch × weights is over 2e6 operations a step, from which on a team of threads is used.
WIDE = {"hidden_layer_sizes": (96, 80), "batch_size": 128, "max_iter": 4, "random_state": 0}

# How sums are cut must depend on shapes only: odd and even, one block and many.
SHAPES = {
    "wide": {},
    "odd": {"hidden_layer_sizes": (131, 67, 29), "batch_size": 101},
    "deep": {"hidden_layer_sizes": (64, 64, 64, 64, 64), "batch_size": 200},
    "one batch": {"batch_size": 600},
    "dropout": {"dropout": 0.3},
    "adamw": {"solver": "adamw", "learning_rate": "cosine"},
    "nesterov": {"solver": "sgd"},
    "early stopping": {"early_stopping": True},
    "gelu": {"activation": "gelu"},
}


def fit_with(threads: int, estimator, X, y):
    with threadpool_limits(threads, user_api="openmp"):
        assert core.available_threads() == threads
        return estimator.fit(X, y)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES)
def test_weights_do_not_depend_on_the_number_of_threads(shape, dtype):
    X = features(600, 64).astype(dtype)
    y = target("multiclass", X)
    fits = [
        fit_with(threads, ogive.MLPClassifier(**{**WIDE, **SHAPES[shape]}), X, y)
        for threads in (1, 2, 3)
    ]
    assert fits[0].loss_curve_ == fits[1].loss_curve_ == fits[2].loss_curve_
    assert fits[0].validation_scores_ == fits[1].validation_scores_
    assert same_weights(fits[0], fits[1])
    assert same_weights(fits[0], fits[2])
    np.testing.assert_array_equal(fits[0].predict_proba(X), fits[1].predict_proba(X))


def test_sparse_tables_do_not_depend_on_the_number_of_threads():
    X = sparse.random(600, 300, 0.1, format="csr", random_state=0)
    y = target("number", features(600))
    one, two = (fit_with(n, ogive.MLPRegressor(**WIDE), X, y) for n in (1, 2))
    assert same_weights(one, two)


def test_lbfgs_does_not_depend_on_the_number_of_threads():
    X = features(400, 40)
    y = target("numbers", X)
    parameters = {"solver": "lbfgs", "hidden_layer_sizes": (60,), "max_iter": 8, "random_state": 0}
    with threadpool_limits(1, user_api="blas"):
        one, two = (fit_with(n, ogive.MLPRegressor(**parameters), X, y) for n in (1, 2))
    assert same_weights(one, two)


@pytest.mark.parametrize("loss", ["squared_error", "log_loss"])
def test_loss_gradient_and_outputs_do_not_depend_on_the_number_of_threads(loss):
    X = features(3000, 50)
    network = make_network((50, 70, 30, 5), ["tanh", "silu"], loss)
    table, *_ = make_table(X, loss, 5)
    results = [network.loss_and_gradient(table.data, 0.1, threads=n) for n in (1, 2, 3)]
    outputs = [network.outputs(table.data, threads=n) for n in (1, 2, 3)]
    for i in (1, 2):
        assert results[i][:2] == results[0][:2]
        np.testing.assert_array_equal(results[i][2], results[0][2])
        np.testing.assert_array_equal(outputs[i], outputs[0])


def test_fits_repeat_to_the_bit():
    X = features(600, 64)
    y = target("multiclass", X)
    first, second = (ogive.MLPClassifier(**WIDE).fit(X, y) for _ in range(2))
    assert same_weights(first, second)
    assert not same_weights(first, ogive.MLPClassifier(**{**WIDE, "random_state": 1}).fit(X, y))


def test_the_result_of_a_row_does_not_depend_on_its_neighbours():
    X = features(501, 64)
    model = ogive.MLPClassifier(**WIDE).fit(X, target("multiclass", X))
    together = model.predict_proba(X)
    np.testing.assert_array_equal(model.predict_proba(X[:1]), together[:1])
    np.testing.assert_array_equal(model.predict_proba(X[77:310]), together[77:310])


FIT = """
import hashlib, warnings
import numpy as np
warnings.simplefilter("ignore")
import ogive
X = np.random.RandomState(0).randn(300, 64)
y = (X[:, 0] > 0) + (X[:, 1] > 0.5)
m = ogive.MLPClassifier((96, 80), batch_size=128, max_iter=3, random_state=0).fit(X, y)
print(hashlib.sha256(b"".join(w.tobytes() for w in m.coefs_ + m.intercepts_)).hexdigest())
"""


def test_weights_do_not_depend_on_the_environment():
    hashes = {
        subprocess.run(
            [sys.executable, "-c", FIT],
            env={**os.environ, "OMP_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "3")
    }
    assert len(hashes) == 1
