import pickle

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse
from sklearn import config_context
from sklearn.base import clone
from sklearn.datasets import load_digits, load_iris, load_wine, make_blobs, make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression, LogisticRegression, RidgeClassifier
from sklearn.multiclass import OutputCodeClassifier as Theirs
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.estimator_checks import parametrize_with_checks

import ogive
from ogive import OutputCodeClassifier
from ogive.classification.codes.decoding import DECODINGS, euclidean_scores
from ogive.text import InputError


def standardised(load, n=None):
    X, y = load(return_X_y=True)
    return StandardScaler().fit_transform(X)[:n], y[:n]


@pytest.fixture(scope="module")
def wine():
    return standardised(load_wine)


@pytest.fixture(scope="module")
def digits():
    return standardised(load_digits, 300)


@pytest.fixture(scope="module")
def quarters():
    """Four classes in the four quarters of the plane."""
    X = np.random.RandomState(0).uniform(-1, 1, size=(200, 2))
    return X, np.array(["D", "C", "B", "A"])[2 * (X[:, 0] > 0) + (X[:, 1] > 0)]


@parametrize_with_checks(
    [
        OutputCodeClassifier(ogive.LogisticRegression()),
        OutputCodeClassifier(ogive.LogisticRegression(), decoding="hamming"),
        OutputCodeClassifier(LogisticRegression(), decoding="loss", code_book="one_vs_one"),
    ]
)
def test_scikit_learns_checks_pass(estimator, check):
    check(estimator)


# With it scikit-learn's code book of 10 classes and 15 columns has nothing to repair.
SOUND = 1
INSIDE = [
    LogisticRegression(C=0.01),
    LinearSVC(random_state=0),
    SVC(),
    RidgeClassifier(),
    RandomForestClassifier(10, random_state=0),
    DecisionTreeClassifier(random_state=0),
    GaussianNB(),
]


@pytest.mark.parametrize("inside", INSIDE, ids=lambda e: type(e).__name__)
def test_predictions_are_scikit_learns(inside, digits):
    X, y = digits
    theirs = Theirs(inside, random_state=SOUND, code_size=1.5).fit(X, y)
    ours = OutputCodeClassifier(inside, random_state=SOUND, code_size=1.5).fit(X, y)
    assert_array_equal(ours.code_book_, np.where(theirs.code_book_ > 0, 1, -1))
    assert_array_equal(ours.classes_, theirs.classes_)
    assert len(ours.estimators_) == len(theirs.estimators_) == 15
    assert_array_equal(ours.estimators_[3].classes_, theirs.estimators_[3].classes_)
    assert ours.n_features_in_ == theirs.n_features_in_
    assert_array_equal(ours.predict(X), theirs.predict(X))


def test_predictions_are_scikit_learns_for_a_code_book_given_by_hand(wine):
    X, y = wine
    theirs = Theirs(LogisticRegression(), random_state=0, code_size=3).fit(X, y)
    book = theirs.code_book_[:, np.ptp(theirs.code_book_, axis=0) > 0]
    ours = OutputCodeClassifier(LogisticRegression(), code_book=book).fit(X, y)
    assert_array_equal(ours.predict(X), theirs.predict(X))


def test_parameters_are_scikit_learns_and_two_more():
    ours, theirs = OutputCodeClassifier(SVC()), Theirs(SVC())
    mine = ours.get_params(deep=False)
    for name, value in theirs.get_params(deep=False).items():
        assert name in mine
        assert name == "estimator" or mine[name] == value
    assert set(mine) - set(theirs.get_params(deep=False)) == {"code_book", "decoding"}


@pytest.mark.parametrize("seed", range(12))
def test_a_random_code_book_that_is_not_scikit_learns_says_so(seed, wine):
    ours = OutputCodeClassifier(LogisticRegression(C=0.01), random_state=seed).fit(*wine)
    theirs = Theirs(LogisticRegression(C=0.01), random_state=seed).fit(*wine)
    same = np.array_equal(ours.code_book_, theirs.code_book_)
    assert ours.code_repaired_ == (not same)
    assert ours.code_quality().repaired == ours.code_repaired_
    assert ("It was repaired" in ours.code_quality().text("en")) == (not same)
    assert ("它经过修正" in ours.code_quality().text("zh")) == (not same)


def test_other_code_books_are_never_repaired(wine):
    for book in ("exhaustive", "optimised", [[1, 0], [0, 0], [0, 1]]):
        assert (
            not OutputCodeClassifier(LogisticRegression(), code_book=book).fit(*wine).code_repaired_
        )


def test_error_correction_is_real(digits):
    """Every row with no more wrong answers than the code corrects is predicted right."""
    X, y = digits
    model = OutputCodeClassifier(
        GaussianNB(), code_book="bch", decoding="hamming", random_state=0
    ).fit(X, y)
    wrong = (model.estimators_.positive(X) != (model.code_book_[y] > 0)).sum(axis=1)
    within = wrong <= model.code_quality().errors_corrected
    assert (within & (wrong > 0)).mean() > 0.1
    assert (model.predict(X)[within] == y[within]).all()


@pytest.mark.parametrize("decoding", DECODINGS)
@pytest.mark.parametrize("book", ["random", "exhaustive", "one_vs_one", "one_vs_rest"])
def test_the_class_of_the_highest_score_is_predicted(decoding, book, wine):
    X, y = wine
    model = OutputCodeClassifier(
        LogisticRegression(), decoding=decoding, code_book=book, random_state=0
    ).fit(X[::2], y[::2])
    scores = model.decision_function(X)
    assert scores.shape == (len(X), 3)
    assert_array_equal(model.classes_[scores.argmax(axis=1)], model.predict(X))
    # A squared loss punishes right answers that are very sure.
    assert model.score(X, y) > (0.6 if decoding.startswith("squared") else 0.9)
    probability = model.predict_proba(X)
    assert_allclose(probability.sum(axis=1), 1)
    likely = decoding in ("hamming", "loss", "logistic_loss", "probabilistic")
    if likely or (decoding == "euclidean" and book != "one_vs_one"):
        ahead = np.sort(scores, axis=1)
        clear = ahead[:, 2] - ahead[:, 1] > 1e-9
        assert_array_equal(probability.argmax(axis=1)[clear], scores.argmax(axis=1)[clear])


@pytest.mark.parametrize("decoding", DECODINGS)
def test_two_classes_have_one_score(decoding):
    X, y = make_classification(80, random_state=0)
    model = OutputCodeClassifier(LogisticRegression(), decoding=decoding, random_state=0)
    model.fit(X, y)
    assert model.decision_function(X).shape == (80,)
    assert_array_equal(model.decision_function(X) > 0, model.predict(X) == 1)


def test_probabilities_of_two_classes_are_the_estimators_own():
    X, y = make_classification(80, random_state=0)
    model = OutputCodeClassifier(LogisticRegression(C=0.01), random_state=0).fit(X, y)
    own = LogisticRegression(C=0.01).fit(X, y)
    assert_allclose(model.predict_proba(X), own.predict_proba(X), rtol=1e-5)


def test_probabilities_by_hand(wine):
    X, y = wine
    model = OutputCodeClassifier(LogisticRegression(), code_book="exhaustive").fit(X, y)
    products = np.ones((len(X), 3))
    for j, inside in enumerate(model.estimators_):
        p = inside.predict_proba(X)[:, 1]
        for i in range(3):
            products[:, i] *= p if model.code_book_[i, j] > 0 else 1 - p
    expected = products / products.sum(axis=1, keepdims=True)
    assert_allclose(model.predict_proba(X), expected, atol=1e-6)


@pytest.mark.parametrize("inside", [LinearSVC(), LinearRegression(), SVC()])
def test_there_are_no_probabilities_where_the_estimator_has_none(inside, wine):
    assert not hasattr(OutputCodeClassifier(inside), "predict_proba")
    assert not hasattr(OutputCodeClassifier(inside).fit(*wine), "predict_proba")


@pytest.mark.parametrize("decoding", ["euclidean", "hamming", "loss"])
def test_regressors_can_be_inside(decoding, wine):
    X, y = wine
    model = OutputCodeClassifier(LinearRegression(), decoding=decoding, code_book="exhaustive")
    assert model.fit(X, y).score(X, y) > 0.9
    assert set(np.unique(model.code_book_)) == {-1, 1}


def test_the_loss_chosen_is_told(wine):
    model = OutputCodeClassifier(LinearSVC(), decoding="loss").fit(*wine)
    assert model.decoding_ == "squared_hinge_loss"


def test_rows_of_classes_that_take_no_part_are_left_out(wine):
    X, y = wine
    model = OutputCodeClassifier(LogisticRegression(), code_book="one_vs_one").fit(X, y)
    for j, (first, second) in enumerate([(0, 1), (0, 2), (1, 2)]):
        rows = (y == first) | (y == second)
        alone = LogisticRegression().fit(X[rows], y[rows] == second)
        assert_allclose(model.estimators_[j].coef_, alone.coef_)


def test_many_rows_are_decoded_in_parts(wine, monkeypatch):
    X, y = wine
    model = OutputCodeClassifier(LogisticRegression(), random_state=0).fit(X, y)
    whole = model.predict(X), model.decision_function(X), model.predict_proba(X)
    monkeypatch.setattr("ogive.classification.output_code.AT_ONCE", 100)
    parts = model.predict(X), model.decision_function(X), model.predict_proba(X)
    for one, other in zip(whole, parts, strict=True):
        assert_allclose(one, other, rtol=1e-12)


@pytest.mark.parametrize("book", ["random", "one_vs_one"])
def test_our_logistic_regressions_solved_together_are_those_solved_apart(book, wine):
    X, y = wine
    apart = LogisticRegression(C=0.1, tol=1e-8, max_iter=1000)
    one = OutputCodeClassifier(apart, code_book=book, random_state=0).fit(X, y)
    together = ogive.LogisticRegression(C=0.1)
    other = OutputCodeClassifier(together, code_book=book, random_state=0).fit(X, y)
    for a, b in zip(one.estimators_, other.estimators_, strict=True):
        assert_allclose(b.coef_, a.coef_, atol=1e-5)
    assert_allclose(other.decision_function(X), one.decision_function(X), atol=1e-4)
    assert_allclose(other.predict_proba(X), one.predict_proba(X), atol=1e-5)


def test_a_model_cannot_outvote_others_about_classes_it_never_saw(quarters):
    X, y = quarters
    X, y = X[y != "D"], y[y != "D"]
    book = ["B|A C", "A|C"]
    model = OutputCodeClassifier(LogisticRegression(C=1e4), code_book=book).fit(X, y)
    plain = euclidean_scores(model.estimators_.confidences(X), model.code_book_.astype(float))
    assert (model.classes_[plain.argmax(axis=1)] == y).mean() < 0.95
    assert model.score(X, y) > 0.98


def test_models_are_fitted_and_asked_in_parallel(wine):
    X, y = wine
    alone = OutputCodeClassifier(GaussianNB(), random_state=0).fit(X, y)
    model = OutputCodeClassifier(GaussianNB(), random_state=0, n_jobs=2).fit(X, y)
    assert_array_equal(model.predict_proba(X), alone.predict_proba(X))


def test_sparse_rows(wine):
    X, y = wine
    model = OutputCodeClassifier(LinearSVC(), random_state=0).fit(X, y)
    thin = OutputCodeClassifier(LinearSVC(), random_state=0).fit(sparse.csr_array(X), y)
    assert_array_equal(thin.predict(sparse.csr_array(X)), model.predict(X))
    assert OutputCodeClassifier(LinearSVC()).__sklearn_tags__().input_tags.sparse
    assert not OutputCodeClassifier(GaussianNB()).__sklearn_tags__().input_tags.sparse


def test_metadata_are_routed(wine):
    X, y = wine
    weight = np.random.RandomState(0).uniform(size=len(X))
    with config_context(enable_metadata_routing=True):
        inside = LogisticRegression().set_fit_request(sample_weight=True)
        model = OutputCodeClassifier(inside, code_book="one_vs_one").fit(X, y, sample_weight=weight)
    rows = y < 2
    alone = LogisticRegression().fit(X[rows], y[rows], sample_weight=weight[rows])
    assert_allclose(model.estimators_[0].coef_, alone.coef_)


def test_a_model_is_cloned_and_pickled(wine):
    X, y = wine
    model = clone(OutputCodeClassifier(LogisticRegression(), code_book="optimised", random_state=0))
    model.fit(X, y)
    again = pickle.loads(pickle.dumps(model))
    assert_array_equal(again.predict(X), model.predict(X))


def test_texts_as_classes_and_names_of_columns():
    import pandas as pd

    X, y = load_iris(return_X_y=True, as_frame=True)
    names = np.array(["setosa", "versicolor", "virginica"])[y]
    model = OutputCodeClassifier(
        LogisticRegression(max_iter=1000),
        code_book=["setosa|versicolor virginica", "virginica|versicolor"],
    ).fit(X, names)
    assert model.predict(X[:1])[0] == "setosa"
    assert list(model.feature_names_in_) == list(X.columns)
    assert isinstance(X, pd.DataFrame)
    assert model.explain_row(X[:1], "setosa").predicted == "setosa"


def refusal(call, *arguments):
    with pytest.raises(InputError) as caught:
        call(*arguments)
    return caught.value.text


def test_one_class_is_refused():
    text = refusal(OutputCodeClassifier(LogisticRegression()).fit, np.ones((4, 1)), [1, 1, 1, 1])
    assert "only one class" in text.en and "只有一个类别" in text.zh


def test_missing_labels_are_refused():
    y = [0, 1, np.nan, 1]
    assert "NaN" in refusal(OutputCodeClassifier(GaussianNB()).fit, np.ones((4, 1)), y).en


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"decoding": "manhattan"}, "decoding 'manhattan' is unknown: use one of euclidean"),
        ({"code_book": "golay"}, "code_book 'golay' is unknown"),
        ({"code_book": np.eye(4)}, "shape 4 × 4, but y has 3 classes"),
        ({"code_size": 0.4}, "code_size=0.4 gives 1 two-class problem, but 3 classes need"),
        ({"decoding": "probabilistic", "estimator": LinearSVC()}, "LinearSVC has not"),
    ],
)
def test_wrong_parameters_are_refused(parameters, said, wine):
    model = OutputCodeClassifier(LogisticRegression()).set_params(**parameters)
    text = refusal(model.fit, *wine)
    assert said in text.en
    assert any("\u4e00" <= c <= "\u9fff" for c in text.zh)


def test_an_estimator_without_confidence_is_refused(wine):
    class Plain(KNeighborsClassifier):
        predict_proba = property()

    assert "has neither decision_function" in refusal(OutputCodeClassifier(Plain()).fit, *wine).en


def test_a_model_that_was_not_fitted_says_so():
    for name in ("predict", "decision_function", "explain_row"):
        with pytest.raises(NotFittedError):
            getattr(OutputCodeClassifier(LogisticRegression()), name)([[0]])
    with pytest.raises(NotFittedError):
        OutputCodeClassifier(LogisticRegression()).code_quality()


def test_many_classes():
    X, y = make_blobs(600, centers=60, n_features=10, random_state=0)
    model = OutputCodeClassifier(KNeighborsClassifier(3), code_book="bch", random_state=0).fit(X, y)
    assert model.code_book_.shape == (60, 127)
    assert model.code_quality().errors_corrected >= 31
    assert model.score(X, y) > 0.95
