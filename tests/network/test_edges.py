"""Tables and networks at the edge of what is possible."""

from __future__ import annotations

import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from network_tables import features, same_weights, target
from scipy import sparse

import ogive

pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")

SOLVERS = ["adam", "adamw", "sgd", "lbfgs"]


def quietly(estimator, *args):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return estimator.fit(*args)


@pytest.mark.parametrize("solver", SOLVERS)
def test_one_class_is_always_predicted(solver):
    X = features(20)
    model = quietly(ogive.MLPClassifier((4,), solver=solver, max_iter=5), X, np.full(20, "only"))
    assert set(model.predict(X)) == {"only"}
    np.testing.assert_array_equal(model.predict_proba(X), 1.0)


@pytest.mark.parametrize("solver", SOLVERS)
def test_one_row_is_enough(solver):
    model = quietly(ogive.MLPRegressor(solver=solver, max_iter=5), [[1.0, 2.0]], [3.0])
    assert model.predict([[1.0, 2.0]]).shape == (1,)
    model = quietly(ogive.MLPClassifier(solver=solver, max_iter=5), [[1.0, 2.0]], [3])
    assert model.predict([[1.0, 2.0]]) == [3]


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("sizes", [(), (1,), (1, 1, 1), (17,)])
def test_one_feature_is_enough(solver, sizes):
    X = np.linspace(-1, 1, 50).reshape(-1, 1)
    model = quietly(ogive.MLPRegressor(hidden_layer_sizes=sizes, solver=solver), X, X[:, 0])
    assert np.isfinite(model.predict(X)).all()


def test_a_constant_target_is_learnt():
    X = features(50)
    model = quietly(ogive.MLPRegressor(hidden_layer_sizes=(), solver="lbfgs"), X, np.full(50, 7.0))
    np.testing.assert_allclose(model.predict(X), 7, atol=1e-2)
    model = quietly(ogive.MLPRegressor(early_stopping=True, max_iter=3), X, np.full(50, 7.0))
    assert model.validation_scores_ == [0.0, 0.0, 0.0]  # as sklearn.metrics.r2_score has it


def test_constant_features_do_no_harm():
    X = np.ones((50, 3))
    model = quietly(ogive.MLPClassifier(max_iter=5), X, np.arange(50) % 2)
    assert np.isfinite(model.predict_proba(X)).all()


def test_one_epoch_is_one_epoch():
    X = features(50)
    model = ogive.MLPRegressor(max_iter=1).fit(X, X[:, 0])
    assert model.n_iter_ == len(model.loss_curve_) == 1
    assert model.t_ == 50


def test_a_batch_larger_than_the_table_is_clipped_with_a_warning():
    X = features(50)
    parameters = {"max_iter": 3, "random_state": 0}
    with pytest.warns(UserWarning, match="clipped"):
        model = ogive.MLPRegressor(batch_size=51, **parameters).fit(X, X[:, 0])
    assert same_weights(model, ogive.MLPRegressor(batch_size=50, **parameters).fit(X, X[:, 0]))


@pytest.mark.parametrize("solver", SOLVERS)
def test_empty_sparse_rows_and_columns_do_no_harm(solver):
    X = sparse.csr_matrix((30, 7))
    model = quietly(ogive.MLPClassifier((5,), solver=solver, max_iter=5), X, np.arange(30) % 3)
    assert np.isfinite(model.predict_proba(X)).all()
    assert len(np.unique(model.predict(X))) == 1


def test_a_sparse_table_given_is_left_as_it_is():
    X = sparse.random(40, 12, 0.4, format="csr", random_state=0)
    for row in range(40):  # put each row's columns in descending order
        part = slice(*X.indptr[row : row + 2])
        X.indices[part], X.data[part] = X.indices[part][::-1].copy(), X.data[part][::-1].copy()
    X.has_sorted_indices = False
    data, indices = X.data.copy(), X.indices.copy()
    for array in (X.data, X.indices, X.indptr):
        array.flags.writeable = False
    y = np.arange(40.0)
    model = quietly(ogive.MLPRegressor(hidden_layer_sizes=(5,), max_iter=5, random_state=0), X, y)
    np.testing.assert_array_equal(X.data, data)
    np.testing.assert_array_equal(X.indices, indices)
    dense = quietly(
        ogive.MLPRegressor(hidden_layer_sizes=(5,), max_iter=5, random_state=0), X.toarray(), y
    )
    np.testing.assert_allclose(model.loss_curve_, dense.loss_curve_, rtol=1e-9)
    np.testing.assert_allclose(model.predict(X), dense.predict(X.toarray()))


def test_sparse_entries_that_occur_twice_are_added():
    rows, columns = np.array([0, 0, 1, 2]), np.array([1, 1, 0, 2])
    X = sparse.coo_matrix((np.ones(4), (rows, columns)), (3, 3))
    twice = sparse.csr_matrix((np.ones(4), columns, [0, 2, 3, 4]), (3, 3))
    model = quietly(ogive.MLPRegressor(max_iter=3), X.toarray(), [1.0, 2.0, 3.0])
    np.testing.assert_allclose(model.predict(twice), model.predict(X.toarray()), rtol=1e-12)


@pytest.mark.parametrize("order", ["C", "F", "strided", "unaligned", "swapped", "read-only", "int"])
def test_every_layout_of_the_table_gives_the_same_network(order):
    X = np.round(4 * features(60))
    y = target("numbers", features(60))
    given = {
        "C": lambda: X,
        "F": lambda: np.asfortranarray(X),
        "strided": lambda: np.repeat(np.repeat(X, 2, axis=0), 3, axis=1)[::2, ::3],
        "unaligned": lambda: np.frombuffer(b"." + X.tobytes(), offset=1).reshape(X.shape),
        "swapped": lambda: X.astype(X.dtype.newbyteorder()),
        "read-only": lambda: np.frombuffer(X.tobytes()).reshape(X.shape),
        "int": lambda: X.astype(np.int16),
    }[order]()
    parameters = {"hidden_layer_sizes": (5,), "max_iter": 3, "random_state": 0}
    model = ogive.MLPRegressor(**parameters).fit(given, np.asfortranarray(y))
    assert same_weights(model, ogive.MLPRegressor(**parameters).fit(X, y))
    np.testing.assert_array_equal(model.predict(given), model.predict(X))


@pytest.mark.parametrize("kind", ["binary", "multiclass", "multilabel", "numbers", "counts"])
@pytest.mark.parametrize("solver", SOLVERS)
def test_float32_stays_float32(kind, solver):
    X = features(60).astype(np.float32)
    y = target(kind, X)
    classes = kind in ("binary", "multiclass", "multilabel")
    loss = {"loss": "poisson"} if kind == "counts" else {}
    Estimator = ogive.MLPClassifier if classes else ogive.MLPRegressor
    model = quietly(Estimator(hidden_layer_sizes=(5,), solver=solver, max_iter=4, **loss), X, y)
    assert {w.dtype for w in [*model.coefs_, *model.intercepts_]} == {np.dtype(np.float32)}
    result = model.predict_proba(X) if classes else model.predict(X)
    assert result.dtype == np.float32


def test_networks_deeper_than_usual_work():
    X = features(40)
    sizes = (3,) * 60
    model = ogive.MLPRegressor(hidden_layer_sizes=sizes, max_iter=2, record_gradients=True)
    model.fit(X, X[:, 0])
    assert model.gradient_norms_.shape == (2, 61)


def test_a_network_predicts_from_many_threads_at_once():
    X = features(3000, 40)
    model = ogive.MLPClassifier((80, 70), max_iter=2, random_state=0).fit(
        X, target("multiclass", X)
    )
    expected = model.predict_proba(X)
    with ThreadPoolExecutor(6) as pool:
        for result in pool.map(lambda _: model.predict_proba(X), range(40)):
            np.testing.assert_array_equal(result, expected)


def test_networks_are_fitted_in_many_threads_at_once():
    X = features(300, 40)
    y = target("multiclass", X)

    def fit(seed):
        return ogive.MLPClassifier((90, 70), max_iter=3, random_state=seed).fit(X, y)

    with ThreadPoolExecutor(4) as pool, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        together = list(pool.map(fit, range(8)))
    for seed, model in enumerate(together):
        assert same_weights(model, fit(seed))


def test_other_threads_run_while_a_network_is_trained():
    X = features(2000, 60)
    model = ogive.MLPRegressor(
        hidden_layer_sizes=(50,), batch_size=20, max_iter=60, tol=0.0, n_iter_no_change=10**6
    )
    ticks, done = [], threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks.append(1)

    ticker = threading.Thread(target=tick)
    ticker.start()
    model.fit(X, X[:, 0])
    done.set()
    ticker.join()
    assert len(ticks) > 5
