import numpy as np
import pytest

from ogive.data.row_marks import are_marked, row_marks

MARKS = (1134055185, 3624893583)


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    return rng.normal(size=(5000, 3)).astype(np.float32), rng.integers(0, 2, 5000)


def test_a_row_is_known_again_wherever_it_stands(table):
    X, y = table
    order = np.random.default_rng(1).permutation(len(X))
    assert (row_marks(X, y)[order] == row_marks(X[order], y[order])).all()
    assert are_marked(row_marks(X[10:20], y[10:20]), row_marks(X, y)).all()


def test_rows_that_differ_have_other_marks(table):
    X, y = table
    known = row_marks(X, y)
    assert len(np.unique(known)) > len(X) - 3
    for other in (row_marks(X + 1e-3, y), row_marks(X, 1 - y), row_marks(X[:, ::-1], y)):
        assert are_marked(other, known).mean() < 0.001


def test_marks_are_the_same_in_every_process_and_precision():
    X = np.array([[1.5, -0.0], [2.25, 3.0]])
    assert row_marks(X, np.array([0, 1])).tolist() == list(MARKS)
    as_32 = row_marks(X.astype(np.float32) + 0, np.array([0.0, 1.0]))
    assert as_32.tolist() == list(MARKS)


def test_text_of_any_width_marks_alike():
    X = np.zeros((2, 1))
    wide = row_marks(X, np.array(["a", "setosa"]))
    assert wide[0] == row_marks(X[:1], np.array(["a"]))[0]
    assert wide[0] != wide[1]
