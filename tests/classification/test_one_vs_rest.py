import pickle

import numpy as np
import pytest
import sklearn
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.base import BaseEstimator, clone
from sklearn.datasets import load_iris, make_multilabel_classification
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression, Perceptron, Ridge, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier as Theirs
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils.estimator_checks import parametrize_with_checks

import ogive
from ogive import OneVsRestClassifier
from ogive.classification import one_vs_rest
from ogive.text import InputError

IRIS, SPECIES = load_iris(return_X_y=True)
NAMES = np.array(["setosa", "versicolor", "virginica"])[SPECIES]
WORDS, TOPICS = make_multilabel_classification(80, 12, n_classes=4, random_state=0)

INSIDE = [
    LogisticRegression(),
    LinearSVC(random_state=0),
    SVC(kernel="rbf"),
    MultinomialNB(),
    GaussianNB(),
    DecisionTreeClassifier(max_depth=2, random_state=0),
    DecisionTreeRegressor(max_depth=2, random_state=0),
    Ridge(),
    Perceptron(random_state=0),
    make_pipeline(StandardScaler(), LogisticRegression(C=0.3)),
]
KINDS = ["numbers", "names", "list", "two"]
METHODS = ("predict", "decision_function", "predict_proba")


def inner_name(estimator):
    return type(getattr(estimator, "steps", [(0, estimator)])[-1][1]).__name__


def assert_same(ours, theirs, X):
    np.testing.assert_array_equal(ours.classes_, theirs.classes_)
    for method in METHODS:
        assert hasattr(ours, method) == hasattr(theirs, method)
        if hasattr(theirs, method):
            found, wanted = getattr(ours, method)(X), getattr(theirs, method)(X)
            assert sparse.issparse(found) == sparse.issparse(wanted)
            if sparse.issparse(found):
                found, wanted = found.toarray(), wanted.toarray()
            np.testing.assert_array_equal(found, wanted)


@parametrize_with_checks(
    [OneVsRestClassifier(LogisticRegression()), OneVsRestClassifier(ogive.LogisticRegression())]
)
@pytest.mark.filterwarnings("ignore")
def test_check(estimator, check):
    check(estimator)


@pytest.mark.parametrize("inside", INSIDE, ids=inner_name)
@pytest.mark.parametrize("y", [SPECIES, NAMES, NAMES.tolist(), NAMES == "virginica"], ids=KINDS)
def test_it_does_as_scikit_learns_for_classes(inside, y):
    ours = OneVsRestClassifier(inside).fit(IRIS, y)
    assert not ours.multilabel_
    assert_same(ours, Theirs(inside).fit(IRIS, y), IRIS)


@pytest.mark.parametrize("inside", INSIDE, ids=inner_name)
@pytest.mark.parametrize(
    "form", [np.asarray, np.ndarray.tolist, sparse.csr_array, sparse.csc_matrix, sparse.lil_array]
)
def test_it_does_as_scikit_learns_for_labels(inside, form):
    Y = form(TOPICS)
    ours = OneVsRestClassifier(inside).fit(WORDS, Y)
    assert ours.multilabel_
    assert_same(ours, Theirs(inside).fit(WORDS, Y), WORDS)


def test_sparse_features_reach_the_estimators():
    X = sparse.csr_array(WORDS)
    ours, theirs = (C(MultinomialNB()).fit(X, TOPICS) for C in (OneVsRestClassifier, Theirs))
    assert_same(ours, theirs, X)


def test_a_precomputed_kernel_reaches_the_estimators():
    kernel = IRIS @ IRIS.T
    ours, theirs = (
        C(SVC(kernel="precomputed")).fit(kernel, SPECIES) for C in (OneVsRestClassifier, Theirs)
    )
    assert ours.__sklearn_tags__().input_tags.pairwise
    assert_same(ours, theirs, kernel[:20])


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    n_classes=st.integers(2, 7),
    n_samples=st.integers(20, 60),
    inside=st.sampled_from([Ridge(), GaussianNB(), LinearSVC(dual=False)]),
)
def test_it_does_as_scikit_learns_for_any_rows(seed, n_classes, n_samples, inside):
    random = np.random.default_rng(seed)
    X = random.normal(size=(n_samples, 3))
    y = np.append(np.arange(n_classes), random.integers(0, n_classes, n_samples - n_classes))
    assert_same(OneVsRestClassifier(inside).fit(X, y), Theirs(inside).fit(X, y), X)


def test_the_class_of_the_first_of_equal_confidences_is_taken():
    class Undecided(BaseEstimator):
        def fit(self, X, y):
            return self

        def decision_function(self, X):
            return np.zeros(len(X))

    model = OneVsRestClassifier(Undecided()).fit(IRIS, SPECIES)
    assert (model.predict(IRIS) == 0).all()


def test_rows_taken_in_blocks_are_predicted_as_at_once(monkeypatch):
    for y in (SPECIES, SPECIES == 1, np.eye(3, dtype=int)[SPECIES]):
        model = OneVsRestClassifier(LogisticRegression()).fit(IRIS, y)
        at_once = model.predict(IRIS)
        with monkeypatch.context() as patch:
            patch.setattr(one_vs_rest, "AT_ONCE", 100)
            np.testing.assert_array_equal(model.predict(IRIS), at_once)


def test_two_classes_have_one_estimator_and_two_probabilities():
    model = OneVsRestClassifier(LogisticRegression()).fit(IRIS, SPECIES == 2)
    assert len(model.estimators_) == 1
    assert model.decision_function(IRIS).shape == (150,)
    assert model.predict_proba(IRIS).shape == (150, 2)
    assert model.n_classes_ == 2


def test_columns_of_names_are_remembered():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(IRIS, columns=list("abcd"))
    model = OneVsRestClassifier(LogisticRegression()).fit(frame, SPECIES)
    assert model.feature_names_in_.tolist() == list("abcd")
    assert model.n_features_in_ == 4


def test_jobs_change_nothing():
    alone = OneVsRestClassifier(LogisticRegression()).fit(IRIS, SPECIES)
    together = OneVsRestClassifier(LogisticRegression(), n_jobs=2).fit(IRIS, SPECIES)
    np.testing.assert_array_equal(alone.decision_function(IRIS), together.decision_function(IRIS))


def test_progress_is_told_when_asked(capsys):
    OneVsRestClassifier(LogisticRegression(), verbose=51).fit(IRIS, SPECIES)
    assert "3 out of   3" in "".join(capsys.readouterr())


def test_a_clone_and_a_pickled_model_are_the_same():
    model = OneVsRestClassifier(LogisticRegression(C=3)).fit(IRIS, SPECIES)
    assert clone(model).estimator.C == 3
    loaded = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(loaded.predict_proba(IRIS), model.predict_proba(IRIS))


def test_methods_are_there_where_the_estimator_has_them():
    assert not hasattr(OneVsRestClassifier(LinearSVC()), "predict_proba")
    assert not hasattr(OneVsRestClassifier(GaussianNB()), "decision_function")
    assert not hasattr(OneVsRestClassifier(SVC()), "partial_fit")
    assert hasattr(OneVsRestClassifier(SGDClassifier()), "partial_fit")


def test_weights_are_routed_to_the_estimators():
    weight = np.linspace(0.1, 2.0, 150)
    with sklearn.config_context(enable_metadata_routing=True):
        inside = LogisticRegression().set_fit_request(sample_weight=True)
        ours, theirs = (
            C(inside).fit(IRIS, SPECIES, sample_weight=weight)
            for C in (OneVsRestClassifier, Theirs)
        )
        assert_same(ours, theirs, IRIS)
    unweighted = OneVsRestClassifier(LogisticRegression()).fit(IRIS, SPECIES)
    assert not np.allclose(ours.decision_function(IRIS), unweighted.decision_function(IRIS))


def test_weights_that_are_not_routed_are_refused():
    with pytest.raises(ValueError, match="enable_metadata_routing=True"):
        OneVsRestClassifier(LogisticRegression()).fit(IRIS, SPECIES, sample_weight=np.ones(150))


def test_predicting_before_fitting_is_refused():
    with pytest.raises(NotFittedError):
        OneVsRestClassifier(LinearSVC()).predict([])


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([1] * 150, "only one class: 1"),
        (np.append(SPECIES[:-1].astype(float), np.nan), "Input y contains NaN"),
        ([*NAMES[:-1], 3], "labels of mixed type"),
        (IRIS[:, 0], "Unknown label type: continuous"),
        (SPECIES[:-1], "150 rows and y has 149"),
        (np.column_stack([SPECIES, SPECIES]), "Multioutput target data is not supported"),
        (np.where(np.eye(150, 2) > 0, np.nan, 0.0), "Input y contains NaN in row 0"),
        (np.array([["a", "b"]] * 150), "Multioutput target data is not supported"),
    ],
    ids=["one class", "nan", "mixed", "continuous", "length", "multioutput", "nan label", "text"],
)
def test_targets_that_cannot_be_used_are_refused_with_advice(y, message):
    with pytest.raises(InputError, match=message) as caught:
        OneVsRestClassifier(LogisticRegression()).fit(IRIS, y)
    assert caught.value.text.zh != caught.value.text.en
