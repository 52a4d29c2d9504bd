import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtri
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    log_loss,
    precision_score,
    recall_score,
)

from ogive.classification.scores.scoring import Scores, score_classifier, share_interval
from ogive.data import load_bundled
from ogive.text import InputError


@pytest.fixture
def flowers():
    """A model of iris fitted to every other row, and the rows between."""
    table = load_bundled("iris")
    X, y = table.drop("target").to_numpy(), table["target"].to_numpy().astype(str)
    return LogisticRegression(max_iter=300).fit(X[::2], y[::2]), X[1::2], y[1::2]


def test_scores_agree_with_scikit_learn(flowers):
    model, X, y = flowers
    scores, said = score_classifier(model, X, y), model.predict(X)
    assert scores.n_rows == len(y)
    assert scores.accuracy == accuracy_score(y, said)
    np.testing.assert_array_equal(scores.confusion, confusion_matrix(y, said))
    np.testing.assert_allclose(scores.recall, recall_score(y, said, average=None))
    np.testing.assert_allclose(scores.precision, precision_score(y, said, average=None))
    assert scores.log_loss == pytest.approx(log_loss(y, model.predict_proba(X)), rel=1e-12)


def test_classes_that_were_not_held_out_are_counted_as_0(flowers):
    model, X, y = flowers
    scores = score_classifier(model, X[y == "setosa"], y[y == "setosa"])
    assert scores.confusion.tolist() == [[25, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert np.isnan(scores.recall[1:]).all()
    assert scores.most_frequent == ("setosa", 1.0)


def test_a_classifier_without_probabilities_has_no_log_loss(flowers):
    _, X, y = flowers
    scores = score_classifier(RidgeClassifier().fit(X, y), X, y)
    assert scores.log_loss is None
    assert scores.probabilities is None


@pytest.mark.filterwarnings("ignore:divide by zero encountered in log")
def test_what_was_held_impossible_costs_infinitely_much():
    model = DummyClassifier(strategy="constant", constant=1).fit([[0], [0]], [0, 1])
    assert score_classifier(model, [[0], [0]], [0, 1]).log_loss == np.inf


def test_a_threshold_moves_the_predictions_of_two_classes():
    x = np.linspace(-3, 3, 61)[:, None]
    y = np.where(np.sin(7 * x[:, 0]) + x[:, 0] > 0, "yes", "no")
    model = LogisticRegression().fit(x, y)
    p = model.predict_proba(x)[:, 1]
    scores = score_classifier(model, x, y, threshold=0.8)
    np.testing.assert_array_equal(scores.predicted == "yes", p > 0.8)
    assert 0 < (scores.predicted == "yes").sum() < (model.predict(x) == "yes").sum()


def test_an_unknown_class_and_no_rows_are_refused(flowers):
    model, X, _ = flowers
    with pytest.raises(InputError, match="Row 2 is of class 'rose'"):
        score_classifier(model, X[:3], np.array(["setosa", "setosa", "rose"]))
    with pytest.raises(InputError, match="no rows"):
        score_classifier(model, X[:0], [])


def test_the_matrix_is_shown_with_recall_and_precision(flowers):
    scores = score_classifier(*flowers)
    text, html = scores.text("en"), scores.html("zh")
    lines = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line[:1].isalpha()}
    for i, name in enumerate(["setosa", "versicolor", "virginica"]):
        assert lines[name] == [*map(str, scores.confusion[i]), "25", f"{scores.recall[i]:.3f}"]
    assert lines["precision"] == [f"{share:.3f}" for share in scores.precision]
    assert "召回率" in html
    assert "recall" not in html


def test_of_many_classes_those_found_least_are_listed_with_what_they_are_taken_for():
    y = np.repeat(np.arange(60), 10)
    said = np.where((y == 7) & (np.arange(600) % 10 < 8), 9, y)
    scores = Scores(np.arange(60), y, said, None, None, 0.95)
    text = scores.text("en")
    assert text.splitlines()[4].split() == ["7", "10", "0.200", "1.000", "9", "(8)"]
    assert "Of 60 classes, the 20 found least are shown." in text
    assert "共 60 个类别" in scores.text("zh")


@pytest.mark.parametrize(("count", "n", "level"), [(29, 30, 0.95), (3, 10, 0.9), (1, 2, 0.99)])
def test_the_interval_is_where_the_score_test_rejects(count, n, level):
    z = ndtri(0.5 + level / 2)

    def score(p):
        return (count / n - p) ** 2 - z**2 * p * (1 - p) / n

    low, high = share_interval(count, n, level)
    assert low == pytest.approx(brentq(score, 1e-12, count / n), rel=1e-9)
    assert high == pytest.approx(brentq(score, count / n, 1 - 1e-12), rel=1e-9)


def test_the_interval_of_none_and_of_all_ends_at_0_and_1():
    assert share_interval(0, 20)[0] == 0
    assert share_interval(20, 20)[1] == 1


def test_intervals_of_many_shares_are_those_of_each():
    count, n = np.array([0.0, 29.0, 12.0]), np.array([20.0, 30.0, 12.0])
    low, high = share_interval(count, n)
    each = [share_interval(k, m) for k, m in zip(count, n, strict=True)]
    np.testing.assert_array_equal(np.column_stack([low, high]), each)
