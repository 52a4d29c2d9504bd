import pickle
import warnings

import numpy as np
import pytest
import sklearn
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin, clone
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
@pytest.mark.parametrize("y", [SPECIES, NAMES, NAMES.tolist(), NAMES == "virginica"], ids=str)
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


@settings(max_examples=40, deadline=None)
@given(scale=st.floats(1e-3, 1e8), seed=st.integers(0, 10**6))
def test_probabilities_of_classes_are_a_distribution_at_any_distance(scale, seed):
    X = np.random.default_rng(seed).normal(scale=scale, size=(30, 4))
    model = OneVsRestClassifier(ogive.LogisticRegression()).fit(IRIS, SPECIES)
    probabilities = model.predict_proba(X)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, rtol=1e-14)
    assert (probabilities >= 0).all()
    chosen = probabilities[np.arange(30), model.predict(X)]
    np.testing.assert_allclose(chosen, probabilities.max(axis=1), rtol=1e-14)


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


@pytest.mark.parametrize("y", [SPECIES, NAMES, SPECIES == 0], ids=["numbers", "names", "two"])
def test_batches_are_learned_as_scikit_learns_learns_them(y):
    order = np.random.default_rng(0).permutation(150)
    models = [C(SGDClassifier(random_state=0)) for C in (OneVsRestClassifier, Theirs)]
    for model in models:
        for batch in np.split(order, 3):
            model.partial_fit(IRIS[batch], y[batch], np.unique(y))
    assert_same(*models, IRIS)


def test_batches_of_labels_are_learned_column_by_column():
    model = OneVsRestClassifier(MultinomialNB())
    for batch in np.split(np.arange(80), 2):
        model.partial_fit(WORDS[batch], TOPICS[batch], classes=range(4))
    whole = Theirs(MultinomialNB()).fit(WORDS, TOPICS)
    assert model.multilabel_
    np.testing.assert_allclose(model.predict_proba(WORDS), whole.predict_proba(WORDS))


def test_a_class_that_was_not_announced_is_refused():
    model = OneVsRestClassifier(MultinomialNB()).partial_fit(IRIS, SPECIES, classes=[0, 1, 2])
    with pytest.raises(InputError, match=r"Mini-batch contains \[7\] while classes") as caught:
        model.partial_fit(IRIS[:1], [7])
    assert "7" in caught.value.text.zh


@pytest.mark.parametrize(
    ("y", "classes", "message"),
    [
        (SPECIES, [0], "only one class: 0"),
        (np.eye(3, dtype=int)[SPECIES], [0, 1], "classes names 2 labels, and y has 3 columns"),
        ([*NAMES[:-1], None], np.unique(NAMES), "classes are missing"),
        ([*NAMES[:-1], 3], np.unique(NAMES), "labels of mixed type"),
    ],
    ids=["one class", "too few labels", "missing", "mixed"],
)
def test_a_first_batch_that_is_refused_does_not_count_as_one(y, classes, message):
    model = OneVsRestClassifier(MultinomialNB())
    with pytest.raises(InputError, match=message) as caught:
        model.partial_fit(IRIS, y, classes)
    assert caught.value.text.zh != caught.value.text.en
    model.partial_fit(IRIS, SPECIES, classes=[0, 1, 2])
    assert len(model.estimators_) == 3


def test_the_first_batch_needs_the_classes():
    with pytest.raises(ValueError, match="classes must be passed on the first call"):
        OneVsRestClassifier(MultinomialNB()).partial_fit(IRIS, SPECIES)


@pytest.mark.parametrize(("value", "said"), [(1, "Label 0 is"), (0, "Label not 0 is")])
def test_a_label_that_is_always_or_never_there_is_predicted_so(value, said):
    Y = TOPICS.copy()
    Y[:, 0] = value
    model = OneVsRestClassifier(LogisticRegression())
    with pytest.warns(UserWarning, match=f"{said} present in all training examples"):
        model.fit(WORDS, Y)
    assert (model.predict(WORDS)[:, 0] == value).all()
    assert (model.predict_proba(WORDS)[:, 0] == value).all()
    assert (model.decision_function(WORDS)[:, 0] == value).all()
    rest = Theirs(LogisticRegression()).fit(WORDS, Y[:, 1:])
    np.testing.assert_array_equal(model.predict(WORDS)[:, 1:], rest.predict(WORDS))


def test_a_constant_first_label_does_not_decide_which_methods_there_are():
    Y = TOPICS.copy()
    Y[:, 0] = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        model = OneVsRestClassifier(LinearSVC(random_state=0)).fit(WORDS, Y)
    assert not hasattr(model, "predict_proba")
    alone = LinearSVC(random_state=0).fit(WORDS, Y[:, 2])
    np.testing.assert_array_equal(model.predict(WORDS)[:, 2], alone.predict(WORDS))


def test_labels_that_are_all_constant_are_predicted():
    Y = np.tile([1, 0], (10, 1))
    with pytest.warns(UserWarning, match="present in all training examples"):
        model = OneVsRestClassifier(LogisticRegression()).fit(np.arange(20).reshape(10, 2), Y)
    np.testing.assert_array_equal(model.predict(np.zeros((3, 2))), Y[:3])


class AloneLogistic(ogive.LogisticRegression):
    """Ours under another name, which is therefore fitted to one problem at a time."""


@pytest.mark.parametrize("target", [SPECIES, SPECIES > 0, np.eye(3, dtype=int)[SPECIES]])
def test_problems_solved_together_have_the_solutions_of_those_solved_alone(target):
    together, alone = (
        OneVsRestClassifier(Inside()).fit(IRIS, target)
        for Inside in (ogive.LogisticRegression, AloneLogistic)
    )
    assert type(together.estimators_) is not type(alone.estimators_)
    for method in ("decision_function", "predict_proba"):
        np.testing.assert_allclose(
            getattr(together, method)(IRIS), getattr(alone, method)(IRIS), rtol=1e-6, atol=1e-6
        )
    np.testing.assert_array_equal(together.predict(IRIS), alone.predict(IRIS))


@pytest.mark.parametrize("form", [np.asarray, sparse.csr_array])
def test_labels_solved_together_stand_beside_constant_ones(form):
    Y = np.insert(TOPICS, 2, 1, axis=1)
    with pytest.warns(UserWarning, match="Label 2 is present in all training examples"):
        model = OneVsRestClassifier(ogive.LogisticRegression()).fit(WORDS, form(Y))
    rest = OneVsRestClassifier(AloneLogistic()).fit(WORDS, TOPICS)
    predicted = model.predict_proba(WORDS)
    assert (predicted[:, 2] == 1).all()
    np.testing.assert_allclose(
        np.delete(predicted, 2, axis=1), rest.predict_proba(WORDS), rtol=1e-6
    )


def test_weights_reach_problems_that_are_solved_together():
    weight = np.linspace(0.1, 2.0, 150)
    with sklearn.config_context(enable_metadata_routing=True):
        models = [
            OneVsRestClassifier(Inside().set_fit_request(sample_weight=True)).fit(
                IRIS, np.eye(3, dtype=int)[SPECIES], sample_weight=weight
            )
            for Inside in (ogive.LogisticRegression, AloneLogistic)
        ]
    np.testing.assert_allclose(*(m.predict_proba(IRIS) for m in models), rtol=1e-5, atol=1e-9)


class NeverSure(ClassifierMixin, BaseEstimator):
    """Gives the positive class a probability of 0, as fit decides with or without logarithms."""

    def __init__(self, logarithm=None):
        self.logarithm = logarithm

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.which_ = int(np.flatnonzero(y)[0]) // 50
        return self

    def predict_proba(self, X):
        return np.tile([1.0, 0.0], (len(X), 1))

    def predict_log_proba(self, X):
        return np.tile([0.0, self.logarithm[self.which_]], (len(X), 1))


def test_equal_probabilities_stand_where_nothing_tells_classes_apart():
    model = OneVsRestClassifier(NeverSure([-np.inf] * 3)).fit(IRIS, SPECIES)
    np.testing.assert_array_equal(model.predict_proba(IRIS[:2]), np.full((2, 3), 1 / 3))


def test_logarithms_give_the_quotients_of_probabilities_that_underflow():
    logarithms = np.array([-2000.0, -2000.0 + np.log(3.0), -3000.0])
    model = OneVsRestClassifier(NeverSure(list(logarithms))).fit(IRIS, SPECIES)
    np.testing.assert_allclose(
        model.predict_proba(IRIS[:1]), [[0.25, 0.75, 0.0]], rtol=1e-12, atol=1e-300
    )


@pytest.mark.parametrize("Inside", [LogisticRegression, ogive.LogisticRegression])
def test_a_row_that_every_class_gives_0_is_decided_by_log_odds(Inside):
    # Each feature speaks for its class less than for the rest of the two others: all together say
    # "rest" three times.
    X, y = np.repeat(np.eye(3), 20, axis=0), np.repeat([0, 1, 2], 20)
    model = OneVsRestClassifier(Inside(fit_intercept=False)).fit(X, y)
    far = 1e4 * np.ones((3, 3)) + np.eye(3)
    decision = model.decision_function(far)
    assert (decision < -746).all(), "else the probabilities are not all 0"
    assert (model.estimators_.probabilities(far) == 0).all()
    odds = np.exp(decision - decision.max(axis=1, keepdims=True))
    expected = odds / odds.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict_proba(far), expected, rtol=1e-9)
    assert expected.argmax(axis=1).tolist() == [0, 1, 2]


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
