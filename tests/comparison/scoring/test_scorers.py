import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression

from ogive.comparison.scoring.names import SCORINGS
from ogive.comparison.scoring.scorers import Scale, guess_score, make_scorer
from ogive.text import InputError

RNG = np.random.default_rng(0)
X = RNG.normal(size=(60, 2))
Y = 300 + 50 * X[:, 0] + RNG.normal(size=60)


def test_a_standardised_target_is_scored_on_its_own_scale():
    scale = Scale(Y[:40])
    model = LinearRegression().fit(X[:40], scale.to_network(Y[:40]))
    error = np.abs(scale.to_user(model.predict(X[40:])) - Y[40:]).mean()
    score = make_scorer("neg_mean_absolute_error")
    assert score(model, X[40:], Y[40:], scale) == pytest.approx(-error)
    assert error < 2


def test_standardising_and_back_changes_nothing():
    scale = Scale(Y[:40])
    assert scale.to_user(scale.to_network(Y)) == pytest.approx(Y)
    assert scale.to_network(Y[:40]).std() == pytest.approx(1)


def test_a_constant_training_target_is_not_divided_by_0():
    assert Scale(np.array([3.0, 3.0])).to_network(np.array([3.0, 4.0])).tolist() == [0, 1]


@pytest.mark.parametrize("scoring", SCORINGS["classification"])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_every_classification_score_works_and_prefers_the_better_model(scoring, n_classes):
    labels = np.digitize(X[:, 0], [0.0, 0.8][: n_classes - 1])
    score = make_scorer(scoring)
    good = LogisticRegression().fit(X, labels)
    poor = DummyClassifier(strategy="prior").fit(X, labels)
    assert score(good, X, labels, None) > score(poor, X, labels, None)


@pytest.mark.parametrize("scoring", SCORINGS["regression"])
def test_every_regression_score_works_and_prefers_the_better_model(scoring):
    score, scale = make_scorer(scoring), Scale(Y)
    good = LinearRegression().fit(X, scale.to_network(Y))
    poor = DummyRegressor().fit(X, scale.to_network(Y))
    assert score(good, X, Y, scale) > score(poor, X, Y, scale)


def test_outputs_that_are_not_finite_have_no_score():
    model = DummyRegressor(strategy="constant", constant=1.0).fit(X, Y)
    model.constant_ = np.array([[np.inf]])
    assert np.isnan(make_scorer("r2")(model, X, Y, Scale(Y)))


def test_a_scorers_own_error_is_not_hidden():
    def broken(estimator, X, y):
        raise ValueError("my mistake")

    with pytest.raises(ValueError, match="my mistake"):
        make_scorer(broken)(LinearRegression().fit(X, Y), X, Y, Scale(Y))


def test_the_guess_is_the_most_frequent_class():
    assert guess_score("accuracy", "classification", np.array([0, 0, 1]), np.array([0, 1, 1])) == (
        pytest.approx(1 / 3)
    )


def test_the_guess_of_a_quantity_is_the_training_mean():
    found = guess_score("neg_mean_absolute_error", "regression", Y[:40], Y[40:])
    assert found == pytest.approx(-np.abs(Y[40:] - Y[:40].mean()).mean())


def test_a_score_without_a_value_is_refused():
    with pytest.raises(InputError, match="has no value on one of the test folds"):
        guess_score(lambda *_: float("nan"), "regression", Y, Y)
