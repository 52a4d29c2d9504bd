"""One-vs-one beside scikit-learn's, and what it does that scikit-learn's does not."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import sklearn
import skops.io
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.datasets import load_iris, make_blobs
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression, Ridge, SGDClassifier
from sklearn.metrics.pairwise import linear_kernel
from sklearn.multiclass import OneVsOneClassifier as ScikitLearns
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

import ogive
from ogive.persistence import TRUSTED
from ogive.text import InputError

X, Y = load_iris(return_X_y=True)
BLOBS = make_blobs(150, 3, centers=5, cluster_std=4.0, random_state=0)

INSIDE = {
    "LinearSVC": LinearSVC(random_state=0),
    "LogisticRegression": LogisticRegression(),
    "GaussianNB": GaussianNB(),
    "DecisionTreeClassifier": DecisionTreeClassifier(max_depth=2, random_state=0),
    "SVC": SVC(),
}


@pytest.mark.parametrize("n_jobs", [None, 2])
@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_decisions_are_those_of_scikit_learn_to_the_last_bit(inside, n_jobs):
    X, y = BLOBS
    ours = ogive.OneVsOneClassifier(inside, n_jobs=n_jobs).fit(X, y)
    theirs = ScikitLearns(inside).fit(X, y)
    np.testing.assert_array_equal(ours.decision_function(X), theirs.decision_function(X))
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_two_classes_have_one_score_which_is_that_of_scikit_learn(inside):
    two = Y < 2
    ours = ogive.OneVsOneClassifier(inside).fit(X[two], Y[two])
    theirs = ScikitLearns(inside).fit(X[two], Y[two])
    assert ours.decision_function(X).shape == (150,)
    np.testing.assert_array_equal(ours.decision_function(X), theirs.decision_function(X))
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_a_regressor_has_the_votes_that_it_lacks_in_scikit_learn():
    ours = ogive.OneVsOneClassifier(Ridge()).fit(X, Y)
    theirs = ScikitLearns(Ridge()).fit(X, Y)
    np.testing.assert_array_equal(theirs.decision_function(X) < 1 / 3, True)
    assert theirs.score(X, Y) < 0.6
    assert ours.score(X, Y) > 0.95
    said = ours.estimators_.confidences(X)
    assert ours.votes(X)[:, 2].tolist() == (said[:, 1:] > 0.5).sum(axis=1).tolist()
    for_last = (said[:, 1:] - 0.5).sum(axis=1)
    score = ours.decision_function(X)[:, 2] - ours.votes(X)[:, 2]
    np.testing.assert_allclose(score, for_last / (3 * (np.abs(for_last) + 1)), atol=1e-12)


def test_a_regressor_whose_votes_scikit_learn_counts_elects_the_same_classes():
    ours = ogive.OneVsOneClassifier(DecisionTreeRegressor(random_state=0)).fit(X, Y)
    theirs = ScikitLearns(DecisionTreeRegressor(random_state=0)).fit(X, Y)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_two_classes_by_a_regressor_are_told_apart_at_one_half():
    two = Y > 0
    model = ogive.OneVsOneClassifier(Ridge()).fit(X[two], Y[two])
    value = Ridge().fit(X[two], Y[two] == 2).predict(X[two])
    np.testing.assert_array_equal(model.predict(X[two]), np.where(value > 0.5, 2, 1))
    np.testing.assert_array_equal(model.decision_function(X[two]) > 0, value > 0.5)


@pytest.mark.parametrize("form", [sparse.csr_matrix, sparse.csc_matrix, sparse.csr_array])
@pytest.mark.parametrize("decision", ["vote", "elimination"])
def test_sparse_rows_give_what_dense_ones_give(form, decision):
    inside = MultinomialNB()
    dense = ogive.OneVsOneClassifier(inside, decision=decision).fit(X, Y)
    rare = ogive.OneVsOneClassifier(inside, decision=decision).fit(form(X), Y)
    np.testing.assert_array_equal(rare.predict(form(X)), dense.predict(X))
    np.testing.assert_allclose(rare.predict_proba(form(X)), dense.predict_proba(X))


@pytest.mark.parametrize("decision", ["vote", "elimination"])
def test_a_precomputed_kernel_gives_what_the_linear_kernel_gives(decision):
    K = linear_kernel(X, X)
    by_kernel = ogive.OneVsOneClassifier(SVC(kernel="precomputed"), decision=decision).fit(K, Y)
    by_rows = ogive.OneVsOneClassifier(SVC(kernel="linear"), decision=decision).fit(X, Y)
    np.testing.assert_array_equal(by_kernel.predict(K), by_rows.predict(X))
    assert [len(rows) for rows in by_kernel.pairwise_indices_] == [100, 100, 100]
    assert by_rows.pairwise_indices_ is None


def test_text_labels_are_predicted_as_text():
    names = np.array(["setosa", "versicolor", "virginica"], dtype=object)[Y]
    model = ogive.OneVsOneClassifier(GaussianNB()).fit(X, names)
    assert set(model.predict(X)) == set(names)
    assert model.score(X, names) > 0.95


def test_batches_of_partial_fit_make_the_models_of_scikit_learn():
    inside = SGDClassifier(random_state=0)
    ours, theirs = ogive.OneVsOneClassifier(inside), ScikitLearns(inside)
    order = np.random.default_rng(0).permutation(150)
    for rows in (order[:40], order[40:45], order[45:]):
        ours.partial_fit(X[rows], Y[rows], classes=np.unique(Y))
        theirs.partial_fit(X[rows], Y[rows], classes=np.unique(Y))
    for mine, other in zip(ours.estimators_, theirs.estimators_, strict=True):
        np.testing.assert_array_equal(mine.coef_, other.coef_)
    np.testing.assert_array_equal(ours.decision_function(X), theirs.decision_function(X))


def test_partial_fit_goes_on_from_models_that_were_fitted_together():
    model = ogive.OneVsOneClassifier(ogive.LinearRegression()).fit(X[::2], Y[::2])
    model.partial_fit(X[1::2], Y[1::2])
    whole = ogive.OneVsOneClassifier(ogive.LinearRegression()).fit(X, Y)
    for one, other in zip(model.estimators_, whole.estimators_, strict=True):
        np.testing.assert_allclose(one.coef_, other.coef_, rtol=1e-10)


def test_partial_fit_exists_only_where_the_inner_estimator_has_it():
    assert hasattr(ogive.OneVsOneClassifier(SGDClassifier()), "partial_fit")
    assert not hasattr(ogive.OneVsOneClassifier(LinearSVC()), "partial_fit")


def test_probabilities_exist_only_where_the_inner_estimator_has_them():
    assert hasattr(ogive.OneVsOneClassifier(GaussianNB()), "predict_proba")
    assert not hasattr(ogive.OneVsOneClassifier(LinearSVC()), "predict_proba")
    assert not hasattr(ogive.OneVsOneClassifier(LinearSVC()).fit(X, Y), "predict_proba")


def test_the_most_probable_class_is_the_same_for_both_decisions_and_may_be_neither():
    rng = np.random.default_rng(0)
    rows, labels = rng.normal(size=(300, 3)), rng.integers(0, 5, 300)
    vote, elimination = (
        ogive.OneVsOneClassifier(LogisticRegression(), decision=way).fit(rows, labels)
        for way in ("vote", "elimination")
    )
    probabilities = vote.predict_proba(rows)
    np.testing.assert_array_equal(elimination.predict_proba(rows), probabilities)
    probable = probabilities.argmax(axis=1)
    assert ((probable != vote.predict(rows)) & (probable != elimination.predict(rows))).any()


def test_an_unseen_label_of_a_batch_is_named():
    model = ogive.OneVsOneClassifier(SGDClassifier())
    model.partial_fit(X[:100], Y[:100], classes=[0, 1])
    with pytest.raises(InputError, match=r"Mini-batch contains \[2\].*subset of \[0 1\]") as caught:
        model.partial_fit(X[100:], Y[100:])
    assert "2" in caught.value.text.zh


@pytest.mark.parametrize(
    ("y", "words"),
    [
        (np.zeros(150, int), "when only one class is present"),
        (np.linspace(0, 1, 150), "Unknown label type"),
        (np.where(Y == 0, np.nan, Y), "Input y contains NaN"),
        ([0, "a"] * 75, "mixed type"),
        (Y[:-1], "inconsistent numbers of samples"),
    ],
)
def test_labels_that_cannot_be_used_are_named(y, words):
    with pytest.raises(InputError, match=words) as caught:
        ogive.OneVsOneClassifier(LinearSVC()).fit(X, y)
    assert caught.value.text.zh != caught.value.text.en


def test_one_class_in_classes_of_partial_fit_is_refused():
    with pytest.raises(InputError, match="only one class"):
        ogive.OneVsOneClassifier(SGDClassifier()).partial_fit(X[:50], Y[:50], classes=[0])


def test_a_class_of_one_row_is_learnt():
    rows = np.r_[0:51, 100]
    model = ogive.OneVsOneClassifier(GaussianNB(var_smoothing=1e-2)).fit(X[rows], Y[rows])
    assert list(model.predict(X[[0, 50, 100]])) == [0, 1, 2]


def test_missing_values_are_left_to_the_estimator_inside():
    holes = X.copy()
    holes[::7, 0] = np.nan
    tree = ogive.OneVsOneClassifier(DecisionTreeClassifier(random_state=0)).fit(holes, Y)
    assert tree.score(holes, Y) > 0.95
    with pytest.raises(ValueError, match="NaN"):
        ogive.OneVsOneClassifier(ogive.LogisticRegression()).fit(holes, Y)
    with pytest.raises(ValueError, match="NaN"):
        ogive.OneVsOneClassifier(ogive.LinearRegression()).fit(X, Y).predict(holes)


def test_weights_reach_the_models_of_each_pair_by_metadata_routing():
    weight = np.random.default_rng(0).random(150)
    with sklearn.config_context(enable_metadata_routing=True):
        inside = LogisticRegression().set_fit_request(sample_weight=True)
        ours = ogive.OneVsOneClassifier(inside).fit(X, Y, sample_weight=weight)
        theirs = ScikitLearns(inside).fit(X, Y, sample_weight=weight)
        without = ScikitLearns(inside).fit(X, Y)
    np.testing.assert_array_equal(ours.decision_function(X), theirs.decision_function(X))
    assert not np.allclose(ours.decision_function(X), without.decision_function(X))


@pytest.mark.parametrize(
    "method", ["predict", "decision_function", "predict_proba", "votes", "cycles", "vote_table"]
)
def test_a_model_that_is_not_fitted_says_so(method):
    with pytest.raises(NotFittedError, match="OneVsOneClassifier instance is not fitted yet"):
        getattr(ogive.OneVsOneClassifier(GaussianNB()), method)(X[:1])


def test_parameters_of_fit_need_metadata_routing():
    with pytest.raises(ValueError, match="enable_metadata_routing"):
        ogive.OneVsOneClassifier(LogisticRegression()).fit(X, Y, sample_weight=np.ones(150))


@pytest.mark.parametrize(
    "inside", [GaussianNB(), ogive.LogisticRegression(), ogive.LinearRegression()]
)
def test_a_pickled_model_decides_as_before(inside):
    model = ogive.OneVsOneClassifier(inside).fit(X, Y)
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.decision_function(X), model.decision_function(X))
    assert len(again.estimators_) == 3


@pytest.mark.parametrize(
    "inside",
    [ogive.LogisticRegression(), ogive.LinearRegression(), ogive.MLPClassifier((3,), tol=1e9)],
)
def test_a_model_file_holds_no_class_that_is_not_trusted(inside):
    model = ogive.OneVsOneClassifier(inside).fit(X, Y)
    raw = skops.io.dumps(model)
    again = skops.io.loads(raw, trusted=sorted(TRUSTED))
    np.testing.assert_array_equal(again.decision_function(X), model.decision_function(X))
    assert again.estimators_[1].predict(X[:1]).shape == (1,)


def test_pairs_name_the_two_classes_of_each_estimator():
    model = ogive.OneVsOneClassifier(GaussianNB()).fit(X, Y)
    assert model.pairs_.tolist() == [[0, 1], [0, 2], [1, 2]]
    first = GaussianNB().fit(X[Y != 1], (Y[Y != 1] == 2).astype(int))
    np.testing.assert_array_equal(model.estimators_[1].theta_, first.theta_)


@settings(max_examples=12, deadline=None)
@given(st.integers(2, 7), st.integers(0, 10**6))
def test_votes_of_each_row_sum_to_the_number_of_pairs(n_classes, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(60, 2)), rng.permutation(np.arange(60) % n_classes)
    for inside in (GaussianNB(), ogive.LinearRegression()):
        votes = ogive.OneVsOneClassifier(inside).fit(X, y).votes(X)
        assert votes.shape == (60, n_classes)
        assert np.all(votes.sum(axis=1) == n_classes * (n_classes - 1) // 2)
        assert votes.min() >= 0
        assert votes.max() < n_classes


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(5)), st.integers(0, 10**6))
def test_other_names_of_the_classes_change_only_the_names(names, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(80, 2)), rng.permutation(np.arange(80) % 5)
    renamed = np.array(names)[y]
    before = ogive.OneVsOneClassifier(GaussianNB()).fit(X, y)
    after = ogive.OneVsOneClassifier(GaussianNB()).fit(X, renamed)
    np.testing.assert_array_equal(after.votes(X)[:, names], before.votes(X))
    # The coupling solves for all classes at once: of what is next to 0 it knows the size, not the
    # digits.
    np.testing.assert_allclose(
        after.predict_proba(X)[:, names], before.predict_proba(X), rtol=1e-7, atol=1e-14
    )
    # Confidences that are probabilities of the later class are not symmetric, as in scikit-learn.
    clear = (before.votes(X) == before.votes(X).max(axis=1, keepdims=True)).sum(axis=1) == 1
    np.testing.assert_array_equal(
        after.predict(X)[clear], np.array(names)[before.predict(X)[clear]]
    )


@pytest.mark.parametrize("given", [{"decision": "lot"}, {"max_memory": 0}, {"n_jobs": 1.5}])
def test_parameters_out_of_range_are_named(given):
    with pytest.raises(ValueError, match=f"'{next(iter(given))}' parameter of OneVsOneClassifier"):
        ogive.OneVsOneClassifier(GaussianNB(), **given).fit(X, Y)
