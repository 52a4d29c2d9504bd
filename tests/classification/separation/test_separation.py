import json
import warnings

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog
from sklearn.exceptions import ConvergenceWarning

from ogive import LogisticRegression
from ogive.classification.rows.rows import LabelledRows
from ogive.classification.separation import SeparationWarning, warn_if_separated
from ogive.classification.separation.search import search


def constraints(X, y, n_classes, fit_intercept=True):
    """One row for each pair of a row and a class that it does not have, in all K * q weights."""
    x = np.column_stack([X, np.ones(len(X))]) if fit_intercept else np.asarray(X, float)
    q, found = x.shape[1], []
    for i, own in enumerate(y):
        for k in range(n_classes):
            if k != own:
                row = np.zeros((n_classes, q))
                row[own], row[k] = x[i], -x[i]
                found.append(row.ravel())
    return np.array(found)


def oracle(X, y, n_classes, fit_intercept=True):
    """The kind, by a slack for each constraint: all that can be positive at once will be 1."""
    a = constraints(X, y, n_classes, fit_intercept)
    m, d = a.shape
    result = linprog(
        np.concatenate([np.zeros(d), -np.ones(m)]),
        A_ub=np.hstack([-a, np.eye(m)]),
        b_ub=np.zeros(m),
        bounds=[(None, None)] * d + [(0, 1)] * m,
    )
    slack = result.x[d:]
    assert np.all((slack < 1e-6) | (slack > 1 - 1e-6))
    strict = int((slack > 0.5).sum())
    return ("none" if strict == 0 else "complete" if strict == m else "quasi"), strict


def searched(X, y, n_classes=2, fit_intercept=True, **options):
    rows = LabelledRows(X, np.asarray(y, np.int32), None)
    return search(rows, n_classes, fit_intercept, **options)


def assert_the_direction_does_what_is_said(found, X, y, n_classes):
    coef, intercept = found.coef, found.intercept
    if n_classes == 2:
        coef = np.vstack([np.zeros_like(coef), coef])
        intercept = np.concatenate([[0.0], intercept])
    z = X @ coef.T + intercept
    own = z[np.arange(len(y)), y]
    others = np.array([[k for k in range(n_classes) if k != c] for c in y])
    margins = own[:, None] - np.take_along_axis(z, others, axis=1)
    size = 1 + np.abs(coef).max()
    assert margins.min() > -1e-7 * size
    np.testing.assert_array_equal(margins > 1e-5, found.separated)


@pytest.mark.parametrize("n_classes", [2, 3, 4])
def test_small_tables_agree_with_a_full_linear_program(n_classes):
    rng = np.random.default_rng(n_classes)
    kinds = set()
    for _ in range(60):
        n, p = int(rng.integers(n_classes + 1, 16)), int(rng.integers(1, 4))
        X = rng.integers(0, int(rng.integers(2, 6)), (n, p)).astype(float)
        y = np.concatenate([np.arange(n_classes), rng.integers(0, n_classes, n - n_classes)])
        if rng.random() < 0.4:
            y = np.clip((X @ rng.normal(size=p) + rng.normal(0, 0.3, n)), 0, n_classes - 1)
            y = np.round(y).astype(int)
            y[:n_classes] = np.arange(n_classes)
        fit_intercept = bool(rng.random() < 0.8)
        kind, strict = oracle(X, y, n_classes, fit_intercept)
        found = searched(X, y, n_classes, fit_intercept)
        assert found.kind == kind
        if kind != "none":
            assert found.separated.sum() == strict
            assert_the_direction_does_what_is_said(found, X, y, n_classes)
        kinds.add(kind)
    assert kinds == {"none", "quasi", "complete"}


@pytest.mark.parametrize(
    ("x", "y", "kind"),
    [
        ([0, 1, 2, 3], [0, 0, 1, 1], "complete"),
        ([0, 1, 1, 2], [0, 0, 1, 1], "quasi"),
        ([0, 1, 2, 3], [0, 1, 0, 1], "none"),
        ([1, 1, 1, 1], [0, 1, 0, 1], "none"),
    ],
)
def test_the_textbook_cases(x, y, kind):
    found = searched(np.array(x, float)[:, None], y)
    assert found.kind == kind


def test_without_a_constant_only_directions_through_0_count():
    X, y = np.array([[1.0], [2], [3]]), [0, 1, 1]
    assert searched(X, y, fit_intercept=True).kind == "complete"
    assert searched(X, y, fit_intercept=False).kind == "none"


def test_a_category_that_only_one_class_has_is_named():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 4))
    y = (rng.random(400) < 1 / (1 + np.exp(-X[:, 0]))).astype(int)
    X[:, 2] = 0
    X[:5, 2] = 1
    y[:5] = 1
    found = LogisticRegression().fit(X, y).separation()
    assert (found.kind, found.columns, found.n_separated) == ("quasi", ("x2",), 5)
    assert found.coef[0, 2] > 0
    assert found.finding.code == "OGV302"
    assert found.finding.severity == "tip"
    assert "5 of the 400 rows" in found.text("en")
    assert "400 行中的 5 行" in found.text("zh")


def test_a_leak_is_named_alone():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(200, 3))
    y = (rng.random(200) < 0.5).astype(int)
    X[:, 1] = y * 3 + rng.random(200)
    found = LogisticRegression().fit(X, y).separation()
    assert (found.kind, found.columns, found.alone) == ("complete", ("x1",), ("x1",))
    assert found.finding.code == "OGV301"
    assert "The column x1 sets each of the 200 rows apart" in found.text("en")
    assert "列 x1 把全部 200 行" in found.text("zh")


def test_the_loss_falls_along_the_direction():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(300, 2))
    y = np.where(X[:, 0] > 1.5, 2, rng.integers(0, 2, 300))
    model = LogisticRegression().fit(X, y)
    found = model.separation()
    assert found.kind == "quasi"
    assert found.pairs == ((0, 2), (1, 2))
    assert "it tells 0 from 2, 1 from 2." in found.text("en")
    assert "它能区分 0 与 2、1 与 2。" in found.text("zh")
    losses = [
        LogisticRegression.from_weights(
            model.coef_ + t * found.coef, model.intercept_ + t * found.intercept, (0, 1, 2)
        )
        .explain(X, y)
        .mean_loss
        for t in (0, 1, 5, 20)
    ]
    assert np.all(np.diff(losses) < 0)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_of_many_rows_only_those_that_bind_are_looked_at(n_classes):
    rng = np.random.default_rng(3)
    n = 20_000
    X = rng.normal(size=(n, 5))
    z = X @ rng.normal(size=(n_classes, 5)).T
    complete = np.argmax(z, axis=1)
    assert searched(X, complete, n_classes).kind == "complete"
    noisy = np.argmax(z + rng.gumbel(size=z.shape), axis=1)
    assert searched(X, noisy, n_classes).kind == "none"
    tied = X.copy()
    tied[:, 4] = (noisy == 1) & (rng.random(n) < 0.01)
    found = searched(tied, noisy, n_classes)
    assert found.kind == "quasi"
    np.testing.assert_array_equal(found.coef.any(axis=0), [False] * 4 + [True])


def test_one_row_on_the_wrong_side_is_overlap():
    rng = np.random.default_rng(4)
    X = rng.normal(size=(20_000, 4))
    z = X @ [1.0, -2, 0.5, 3]
    y = (z > 0).astype(int)
    nearest = int(np.argmin(np.abs(z)))
    far = int(np.argmax(z))
    y[far] = 0
    assert searched(X, y).kind == "none"
    y[far], y[nearest] = 1, 1 - y[nearest]
    # Here a slightly turned direction may exist: whatever is said has to be shown.
    found = searched(X, y)
    if found.kind != "none":
        assert_the_direction_does_what_is_said(found, X, y, 2)


def test_dependent_columns_are_no_separation():
    rng = np.random.default_rng(5)
    X = rng.normal(size=(200, 2))
    X = np.column_stack([X, X.sum(axis=1), np.ones(200), np.zeros(200)])
    assert searched(X, rng.integers(0, 2, 200)).kind == "none"
    assert searched(X, rng.integers(0, 3, 200), 3).kind == "none"


def test_the_scale_of_columns_does_not_matter():
    rng = np.random.default_rng(6)
    X = rng.normal(size=(200, 3))
    y = (X @ [1.0, 1, 1] > 0).astype(int)
    by = np.array([1e-9, 1.0, 1e9])
    assert searched(X * by + 5 * by, y).kind == "complete"
    y[:100] = rng.integers(0, 2, 100)
    assert searched(X * by + 5 * by, y).kind == "none"


def test_sparse_rows_are_as_dense_ones():
    rng = np.random.default_rng(7)
    X = rng.normal(size=(300, 6)) * (rng.random((300, 6)) < 0.3)
    y = rng.integers(0, 2, 300)
    y[X[:, 5] != 0] = 1
    X[:, 5] = np.abs(X[:, 5])
    dense = LogisticRegression().fit(X, y).separation()
    thin = LogisticRegression().fit(sparse.csr_array(X), y).separation()
    assert dense.kind == thin.kind == "quasi"
    assert dense.columns == thin.columns == ("x5",)


def test_more_columns_than_rows_separate():
    rng = np.random.default_rng(8)
    X = rng.normal(size=(30, 50))
    found = searched(X, rng.integers(0, 3, 30), 3)
    assert found.kind == "complete"


@pytest.mark.parametrize("parameters", [{"C": np.inf}, {"penalty": None}])
def test_fit_without_penalty_warns_and_names_the_column(parameters):
    model = LogisticRegression(keep_rows=False, **parameters)
    with pytest.warns(SeparationWarning, match="OGV301.*x0.*penalty") as caught:
        model.fit([[0.0], [1], [2], [3]], [0, 0, 1, 1])
    assert issubclass(SeparationWarning, ConvergenceWarning)
    assert next(w for w in caught if w.category is SeparationWarning).filename == __file__


def test_a_penalty_or_overlap_gives_no_warning():
    rng = np.random.default_rng(9)
    X = rng.normal(size=(200, 3))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        LogisticRegression(C=np.inf).fit(X, rng.integers(0, 2, 200))
        LogisticRegression(C=np.inf).fit(X, rng.integers(0, 3, 200))
        LogisticRegression().fit(X, X[:, 0] > 0)


def test_rows_of_weight_0_do_not_count():
    X, y, weight = [[0.0], [1], [2], [3], [0.5]], [0, 0, 1, 1, 1], [1, 1, 1, 1, 0]
    with pytest.warns(SeparationWarning):
        model = LogisticRegression(C=np.inf).fit(X, y, weight)
    assert model.separation().kind == "complete"
    assert model.separation(X, y).kind == "none"


def test_a_model_without_rows_is_not_checked_by_the_warning():
    model = LogisticRegression.from_weights([1.0])
    assert not warn_if_separated(model)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_rows_of_one_class_are_separated_by_the_constant(n_classes):
    rng = np.random.default_rng(10)
    X, y = rng.normal(size=(60, 2)), np.arange(60) % n_classes
    found = LogisticRegression().fit(X, y).separation(X[y == 0], y[y == 0])
    assert (found.kind, found.columns, found.alone) == ("complete", (), ())
    assert "The constant alone" in found.text("en")


def test_it_is_plain_data_for_json():
    model = LogisticRegression().fit([[0.0], [1], [2], [3]], ["a", "a", "b", "b"])
    record = json.loads(json.dumps(model.separation().to_dict()))
    assert record["kind"] == "complete"
    assert record["pairs"] == [["a", "b"]]
    assert record["finding"] == "OGV301"
    overlapping = LogisticRegression().fit([[0.0], [1], [2], [3]], [0, 1, 0, 1]).separation()
    assert overlapping.finding is None
    assert overlapping.to_dict()["coef"] is None
    assert "overlap" in overlapping.text("en")
    assert "有重叠" in overlapping.text("zh")
