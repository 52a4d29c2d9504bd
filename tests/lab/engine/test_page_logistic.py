"""Logistic and softmax regression in the page have the library's coefficients."""

import numpy as np
import pytest
from page_engine import RefusedError

from ogive import LogisticRegression


def _rows(classes, n=120):
    random = np.random.RandomState(2)
    label = random.randint(classes, size=n).astype(np.int32)
    return random.normal(size=(n, 3)) + 1.2 * np.eye(classes, 3)[label], label


def _fit(engine, X, label, classes, C):
    options = {"classes": classes, "C": C, "tol": 1e-8, "maxIter": 200}
    return engine.call("logistic.fit", {"X": X.ravel(), "columns": X.shape[1]}, label, options)


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("C", [0.01, 1.0, float("inf")])
def test_the_fit_is_the_library_s(engine, classes, C):
    X, label = _rows(classes)
    penalty = {"penalty": None} if np.isinf(C) else {"C": C}
    library = LogisticRegression(max_iter=200, **penalty).fit(X, label)
    page = _fit(engine, X, label, classes, C)
    assert page["converged"]
    assert page["steps"] == library.n_iter_[0]
    np.testing.assert_allclose(page["coef"].reshape(library.coef_.shape), library.coef_, rtol=1e-10)
    np.testing.assert_allclose(page["intercept"], library.intercept_, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(page["loss"], library.loss_, rtol=1e-13)


def test_what_a_line_makes_of_each_row_is_the_library_s(engine):
    X, label = _rows(2)
    model = LogisticRegression().fit(X, label)
    library = model.explain(X, label)
    table = {"X": X.ravel(), "columns": 3}
    page = engine.call("logistic.explain", table, label, model.coef_[0], float(model.intercept_[0]))
    for name, wanted in (
        ("z", library.z),
        ("a", library.a),
        ("loss", library.loss),
        ("error", library.dz),
    ):
        np.testing.assert_allclose(page[name], wanted, rtol=1e-14, atol=1e-15)


def test_the_lecture_s_lines(engine):
    table = {"X": np.array([2.0, 4, 2, 1, 3, 3]), "columns": 2}
    label = np.array([1, 0, 0], dtype=np.int32)
    first = engine.call("logistic.explain", table, label, np.array([-1.0, 2.0]), -2.0)
    np.testing.assert_allclose(first["z"], [4, -2, 1])
    np.testing.assert_allclose(first["loss"], [0.018150, 0.126928, 1.313262], atol=5e-7)
    second = engine.call("logistic.explain", table, label, np.array([-1.0, 1.0]), -1.0)
    np.testing.assert_allclose(second["loss"], [0.313262, 0.126928, 0.313262], atol=5e-7)


def test_far_off_rows_keep_all_digits(engine):
    table = {"X": np.array([-800.0, 800.0, 40.0]), "columns": 1}
    page = engine.call("logistic.explain", table, np.array([1, 1, 1], np.int32), np.ones(1), 0.0)
    np.testing.assert_allclose(page["loss"], [800.0, 0.0, np.exp(-40)], rtol=1e-14)


def test_a_class_without_rows_is_refused(engine):
    X, label = _rows(2)
    with pytest.raises(RefusedError, match="at least one row") as refusal:
        _fit(engine, X, label, 3, 1.0)
    assert "至少" in refusal.value.zh
