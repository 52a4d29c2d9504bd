"""LogisticRegression beside scikit-learn's: coefficients, weights, types, and what it keeps."""

from __future__ import annotations

import pickle
import warnings

import numpy as np
import pytest
import sklearn.linear_model as scikit_learn
from scipy import sparse
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning

from ogive import LogisticRegression

SOLVERS = ["auto", "lbfgs", "newton-cholesky", "newton-cg"]


def rows(n_classes: int, n: int = 150, p: int = 4):
    random = np.random.default_rng(n_classes)
    X = random.normal(size=(n, p)) * [1, 10, 0.1, 3][:p] + [0, 50, 1, -2][:p]
    z = (X - X.mean(axis=0)) / X.std(axis=0) @ random.normal(size=(p, n_classes))
    y = np.argmax(z + random.gumbel(size=z.shape), axis=1)
    return X, y, random.uniform(0.2, 3, size=n)


def theirs(X, y, weight=None, **given):
    """Their coefficients, by the solver of theirs that gets nearest to the minimum."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about line searches within rounding
        model = scikit_learn.LogisticRegression(
            solver="newton-cholesky", tol=1e-13, max_iter=500, **given
        )
        model.fit(X, y, weight)
    return np.column_stack([model.coef_, model.intercept_])


def ours(X, y, weight=None, **given):
    model = LogisticRegression(**{"tol": 1e-12, **given}).fit(X, y, weight)
    return np.column_stack([model.coef_, model.intercept_])


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("n_classes", [2, 4])
@pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array, sparse.csc_matrix])
def test_coefficients_are_those_of_scikit_learn(n_classes, solver, kind):
    X, y, _ = rows(n_classes)
    np.testing.assert_allclose(ours(kind(X), y, solver=solver), theirs(X, y), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array])
@pytest.mark.parametrize("n_classes", [2, 4])
@pytest.mark.parametrize(
    "given",
    [
        {"C": 0.01},
        {"C": np.inf},
        {"fit_intercept": False},
        {"class_weight": "balanced"},
        {"class_weight": {0: 3.0, 1: 0.5}},
        {"C": np.inf, "fit_intercept": False, "class_weight": "balanced"},
    ],
    ids=str,
)
def test_coefficients_are_those_of_scikit_learn_with_weights_too(n_classes, given, kind):
    X, y, weight = rows(n_classes)
    found, expected = ours(kind(X), y, weight, **given), theirs(X, y, weight, **given)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-8)


def test_penalty_none_is_an_infinite_c():
    X, y, _ = rows(3)
    np.testing.assert_array_equal(ours(X, y, penalty=None), ours(X, y, C=np.inf))


def test_a_number_for_c_that_has_no_effect_is_warned_of():
    X, y, _ = rows(2)
    with pytest.warns(UserWarning, match="penalty=None will ignore the C.* C=4"):
        LogisticRegression(penalty=None, C=4).fit(X, y)


BUNDLED = {f.__name__: f for f in (load_iris, load_wine, load_breast_cancer, load_digits)}


@pytest.mark.parametrize("load", BUNDLED.values(), ids=BUNDLED)
@pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array])
def test_the_gradient_is_at_most_1e_8_by_default_on_standardised_data(load, kind):
    X, y = load(return_X_y=True)
    X = (X - X.mean(axis=0)) / np.where(X.std(axis=0) > 0, X.std(axis=0), 1)
    model = LogisticRegression().fit(kind(X), y)
    error = model.predict_proba(X) - (y[:, None] == model.classes_)
    error = error[:, 1:] if len(model.classes_) == 2 else error
    gradient = (X.T @ error).T + model.coef_
    largest = max(np.abs(gradient).max(), np.abs(error.sum(axis=0)).max()) / len(y)
    assert model.converged_
    assert largest <= 1e-8
    assert largest / 2 <= model.gradient_norm_ + 1e-14  # before the mean over classes was removed


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("solver", [*SOLVERS, "gd"])
def test_the_loss_is_the_penalised_mean_of_minus_log_probabilities(n_classes, solver):
    X, y, weight = rows(n_classes)
    model = LogisticRegression(C=0.5, solver=solver, tol=1e-6, max_iter=3000).fit(X, y, weight)
    log_p = model.predict_log_proba(X)[np.arange(len(y)), y]
    expected = (-(weight @ log_p) + (model.coef_**2).sum()) / weight.sum()
    assert model.loss_ == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("C", [1.0, np.inf])
def test_coefficients_of_several_classes_have_mean_0(solver, C):
    X, y, _ = rows(4)
    model = LogisticRegression(C=C, solver=solver).fit(X, y)
    np.testing.assert_allclose(model.coef_.mean(axis=0), 0, atol=1e-12)
    assert abs(model.intercept_.mean()) < 1e-12


@pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_float32_rows_give_float32_everything(n_classes, kind):
    X, y, _ = rows(n_classes)
    X = X.astype(np.float32)
    single, double = LogisticRegression().fit(kind(X), y), LogisticRegression().fit(X * 1.0, y)
    assert single.coef_.dtype == single.intercept_.dtype == np.float32
    assert single.predict_proba(X).dtype == single.decision_function(X).dtype == np.float32
    np.testing.assert_allclose(single.coef_, double.coef_, rtol=1e-4, atol=1e-5)


def test_whole_numbers_are_taken_as_float64():
    X, y, _ = rows(2)
    model = LogisticRegression().fit(X.astype(int), y)
    assert model.coef_.dtype == np.float64


@pytest.mark.parametrize("labels", [["no", "yes"], [False, True], [-1, 1], [2.0, 5.0]])
def test_labels_of_any_kind_are_predicted_as_they_were_given(labels):
    X, y, _ = rows(2)
    given = np.array(labels)[y]
    model = LogisticRegression().fit(X, given)
    np.testing.assert_array_equal(model.classes_, labels)
    assert model.predict(X).dtype == given.dtype
    np.testing.assert_array_equal(model.predict(X) == labels[1], model.decision_function(X) > 0)


def test_probabilities_and_predictions_are_those_of_scikit_learn():
    for n_classes in (2, 4):
        X, y, _ = rows(n_classes)
        model = LogisticRegression(tol=1e-12).fit(X, y)
        other = scikit_learn.LogisticRegression(solver="newton-cholesky").fit(X, y)
        other.coef_, other.intercept_ = model.coef_, model.intercept_
        for method in ("decision_function", "predict_proba", "predict_log_proba", "predict"):
            np.testing.assert_allclose(
                getattr(model, method)(X), getattr(other, method)(X), rtol=1e-9, atol=1e-15
            )


def test_names_of_columns_are_kept_and_compared():
    pandas = pytest.importorskip("pandas")
    X, y, _ = rows(2)
    table = pandas.DataFrame(X, columns=list("abcd"))
    model = LogisticRegression().fit(table, pandas.Series(y))
    assert list(model.feature_names_in_) == list("abcd")
    with pytest.raises(ValueError, match="feature names"):
        model.predict(table.rename(columns={"a": "z"}))


def test_a_polars_table_is_taken():
    polars = pytest.importorskip("polars")
    X, y, _ = rows(2)
    table = polars.DataFrame(X, schema=list("abcd"))
    text = polars.Series(np.array(["no", "yes"])[y])
    model = LogisticRegression().fit(table, text)
    assert list(model.classes_) == ["no", "yes"]
    np.testing.assert_array_equal(model.coef_, LogisticRegression().fit(X, y).coef_)


@pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array])
def test_warm_start_goes_on_from_the_last_coefficients(kind):
    X, y, _ = rows(3)
    model = LogisticRegression(warm_start=True).fit(kind(X), y)
    again = model.fit(kind(X), y)
    assert again.n_iter_[0] <= 1


def test_warm_start_with_other_classes_is_refused_and_says_the_shapes():
    X, y, _ = rows(3)
    model = LogisticRegression(warm_start=True).fit(X, y)
    with pytest.raises(ValueError, match=r"of shape \(3, 4\), but these rows need \(1, 4\)"):
        model.fit(X, y > 0)


@pytest.mark.parametrize("n_jobs", [1, 2, -1])
def test_the_number_of_threads_changes_nothing(n_jobs):
    X, y, _ = rows(3)
    model = LogisticRegression(n_jobs=n_jobs).fit(X, y)
    np.testing.assert_array_equal(model.coef_, LogisticRegression().fit(X, y).coef_)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("n_classes", [2, 3])
def test_too_few_iterations_are_warned_of_in_both_languages(solver, n_classes):
    X, y, _ = rows(n_classes)
    with pytest.warns(ConvergenceWarning, match="max_iter=1 allows") as caught:
        model = LogisticRegression(solver=solver, max_iter=1).fit(X, y)
    assert not model.converged_
    assert model.gradient_norm_ > 1e-8
    assert "尚未收敛" in caught[0].message.text.zh


def test_rows_are_kept_by_reference_and_not_pickled():
    X, y, weight = rows(2)
    model = LogisticRegression(class_weight={1: 2.0}).fit(X, y, weight)
    assert model._rows.X is X
    np.testing.assert_array_equal(model._rows.label, y)
    np.testing.assert_allclose(model._rows.weight, weight * (1 + y))
    assert pickle.loads(pickle.dumps(model))._rows is None
    assert model._rows is not None
    assert LogisticRegression(keep_rows=False).fit(X, y)._rows is None


def test_nothing_that_was_given_is_written_to():
    X, y, weight = rows(3)
    copies = X.copy(), y.copy(), weight.copy()
    csr = sparse.csr_array(X)
    LogisticRegression(class_weight="balanced").fit(X, y, weight)
    LogisticRegression(class_weight="balanced").fit(csr, y, weight)
    for given, copy in zip((X, y, weight), copies, strict=True):
        np.testing.assert_array_equal(given, copy)
    np.testing.assert_array_equal(csr.toarray(), copies[0])


def test_all_parameters_of_scikit_learn_are_known_and_mean_the_same_by_default():
    parameters = scikit_learn.LogisticRegression().get_params()
    X, y, _ = rows(2)
    model = LogisticRegression(**{**parameters, "tol": 1e-10, "max_iter": 1000}).fit(X, y)
    np.testing.assert_allclose(model.coef_, LogisticRegression().fit(X, y).coef_, rtol=1e-5)


def test_coefficients_that_were_made_sparse_still_predict():
    X, y, _ = rows(3)
    model = LogisticRegression().fit(X, y)
    dense = model.decision_function(X)
    np.testing.assert_allclose(model.sparsify().decision_function(X), dense)
    np.testing.assert_allclose(model.decision_function(sparse.csr_array(X)), dense)
