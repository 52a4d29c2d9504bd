"""Pairwise coupling beside exact small cases, and beside libsvm's."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.datasets import load_iris
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

import ogive
from ogive.classification.pairs.coupling import couple
from ogive.classification.problems import pair_totals


def exact(later: list[Fraction], n_classes: int) -> list[Fraction]:
    """Solve the conditions of the constrained minimum in rational numbers."""
    r = {}
    for (i, j), value in zip(combinations(range(n_classes), 2), later, strict=True):
        r[i, j], r[j, i] = 1 - value, value
    system = sympy.zeros(n_classes + 1, n_classes + 1)
    for i in range(n_classes):
        system[i, n_classes] = system[n_classes, i] = 1
        for j in range(n_classes):
            if i == j:
                system[i, i] = sum(sympy.Rational(r[s, i]) ** 2 for s in range(n_classes) if s != i)
            else:
                system[i, j] = -sympy.Rational(r[j, i]) * sympy.Rational(r[i, j])
    right = sympy.Matrix([0] * n_classes + [1])
    return [Fraction(int(x.p), int(x.q)) for x in system.LUsolve(right)[:n_classes]]


@pytest.mark.parametrize("n_classes", [3, 4, 5])
def test_probabilities_are_the_exact_minimum(n_classes):
    rng = np.random.default_rng(n_classes)
    for _ in range(5):
        later = [
            Fraction(int(k), 1000) for k in rng.integers(0, 1001, n_classes * (n_classes - 1) // 2)
        ]
        wanted = exact(later, n_classes)
        assert min(wanted) >= 0
        found = couple([[float(one) for one in later]])[0]
        np.testing.assert_allclose(found, [float(one) for one in wanted], rtol=1e-13, atol=1e-15)


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 8), st.integers(0, 10**6))
def test_pairs_of_one_distribution_give_that_distribution(n_classes, seed):
    p = np.random.default_rng(seed).dirichlet(np.ones(n_classes))
    first, second = np.triu_indices(n_classes, 1)
    np.testing.assert_allclose(couple([p[second] / (p[first] + p[second])])[0], p, atol=1e-14)


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 9), st.integers(0, 10**6), st.booleans())
def test_probabilities_sum_to_one_and_none_is_negative(n_classes, seed, certain):
    later = np.random.default_rng(seed).random((20, n_classes * (n_classes - 1) // 2))
    coupled = couple(np.round(later) if certain else later)
    assert coupled.shape == (20, n_classes)
    assert coupled.min() >= 0
    np.testing.assert_allclose(coupled.sum(axis=1), 1, rtol=1e-14)


def test_no_other_probabilities_agree_better():
    rng = np.random.default_rng(0)
    later = rng.random(10)
    first, second = np.triu_indices(5, 1)

    def disagreement(p):
        return ((later * p[first] - (1 - later) * p[second]) ** 2).sum()

    found = couple([later])[0]
    others = rng.dirichlet(np.ones(5), 2000)
    near = found + 1e-3 * (others - found)
    assert min(disagreement(p) for p in (*others, *near)) > disagreement(found)


def test_the_winner_of_certain_answers_is_certain():
    # Class 1 wins against 0 and 2, whatever these say of each other.
    np.testing.assert_allclose(couple([[1, 0.3, 0]]), [[0, 1, 0]], atol=1e-15)


def test_a_cycle_of_certain_answers_is_a_draw():
    np.testing.assert_allclose(couple([[0.0, 1.0, 0.0]]), [[1 / 3, 1 / 3, 1 / 3]])


def test_two_classes_are_as_they_are_given():
    X, y = load_iris(return_X_y=True)
    model = ogive.OneVsOneClassifier(GaussianNB()).fit(X[y < 2], y[y < 2])
    alone = GaussianNB().fit(X[y < 2], y[y < 2])
    np.testing.assert_array_equal(model.predict_proba(X)[:, 1], alone.predict_proba(X)[:, 1])


def test_a_row_with_nan_is_nan_and_spoils_no_other():
    coupled = couple([[0.5, 0.5, 0.5], [np.nan, 0.5, 0.5]])
    np.testing.assert_allclose(coupled[0], 1 / 3)
    assert np.isnan(coupled[1]).all()


@pytest.mark.filterwarnings("ignore:.*(probability|probA_|probB_):FutureWarning")
def test_libsvm_couples_to_the_same_probabilities():
    X, y = load_iris(return_X_y=True)
    machine = SVC(probability=True, random_state=0, decision_function_shape="ovo").fit(X, y)
    # libsvm's pairs are for the earlier class; its sigmoid is 1 / (1 + exp(A f + B)).
    f = machine.decision_function(X)
    earlier = expit(-(machine.probA_ * f + machine.probB_))
    inside = np.all((earlier > 1e-7) & (earlier < 1 - 1e-7), axis=1)  # where it does not clip
    assert inside.sum() > 100
    # It iterates until conditions hold to 0.005 / n_classes.
    coupled = couple(1 - earlier[inside])
    np.testing.assert_allclose(coupled, machine.predict_proba(X)[inside], atol=2e-3)


def test_blocks_of_rows_give_what_all_rows_give(monkeypatch):
    from ogive.classification.pairs import coupling
    from ogive.classification.problems.pair_totals import row_blocks

    later = np.random.default_rng(0).random((50, 10))
    whole = couple(later)
    sizes = []

    def small(n_samples, bytes_per_row):
        for rows in row_blocks(n_samples, bytes_per_row, 7 * bytes_per_row):
            sizes.append(rows.stop - rows.start)
            yield rows

    monkeypatch.setattr(coupling, "row_blocks", small)
    np.testing.assert_array_equal(couple(later), whole)
    assert sizes == [7] * 7 + [1]


def test_rows_of_a_thousand_classes_are_solved_in_blocks_of_bounded_memory():
    from ogive.classification.problems.pair_totals import row_blocks

    blocks = list(row_blocks(100, 24 * 1000**2))
    assert max(rows.stop - rows.start for rows in blocks) * 24e6 <= pair_totals.BLOCK_BYTES
    assert sum(rows.stop - rows.start for rows in blocks) == 100
