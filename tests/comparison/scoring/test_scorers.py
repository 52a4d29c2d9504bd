import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.svm import LinearSVC

from ogive.comparison.scoring.names import SCORINGS, score_of
from ogive.comparison.scoring.scorers import Scale, Where, check_models, guess_score, make_scorer
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


def broken(estimator, X, y):
    raise RuntimeError("my mistake\nin two lines")


def test_a_scorers_own_error_is_told_with_its_name_the_split_and_what_to_do():
    model = LinearRegression().fit(X, Y)
    with pytest.raises(InputError) as error:
        make_scorer(broken)(model, X, Y, Scale(Y), Where(1, 2, "validation"))
    message = str(error.value)
    assert "'broken' fails on the validation rows of repeat 2, fold 3: RuntimeError: my" in message
    assert "Let the scorer return a number there" in message
    assert "two lines" not in message
    assert "第 2 次重复第 3 折的验证数据" in error.value.text.zh
    assert isinstance(error.value.__cause__, RuntimeError)


def test_a_score_without_a_value_for_finite_outputs_is_an_error_not_a_divergence():
    model = LinearRegression().fit(X, Y)
    with pytest.raises(InputError, match="gives nan on the test fold of repeat 1, fold 1"):
        make_scorer(lambda *_: float("nan"))(model, X, Y, Scale(Y), Where(0, 0, "test"))


@pytest.mark.parametrize("value", [None, "high", [0.5, 0.6], 1j, float("inf")])
def test_what_is_no_finite_number_is_refused(value):
    model = LinearRegression().fit(X, Y)
    with pytest.raises(InputError, match="on one of the folds"):
        make_scorer(lambda *_: value)(model, X, Y, None)


def test_an_area_under_the_curve_of_rows_of_one_class_is_refused():
    labels = (X[:, 0] > 0).astype(int)
    model = LogisticRegression().fit(X, labels)
    with pytest.raises(InputError, match="'auc' gives nan .* rows of every class"):
        make_scorer("auc")(model, X[labels == 1], labels[labels == 1], None, Where(0, 1, "test"))


def test_a_network_that_diverged_has_no_score_whatever_the_scorer_raises():
    model = DummyRegressor(strategy="constant", constant=1.0).fit(X, Y)
    model.constant_ = np.array([[1e200]])
    assert np.isnan(make_scorer("mse")(model, X, Y, Scale(Y)))
    assert np.isnan(make_scorer(broken)(model, X, Y, Scale(Y)))


def test_a_user_who_interrupts_a_scorer_is_obeyed():
    def interrupted(estimator, X, y):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_scorer(interrupted)(LinearRegression().fit(X, Y), X, Y, None)


def test_models_without_probabilities_are_refused_for_scores_that_need_them():
    models = {"logistic": LogisticRegression(), "margins": LinearSVC()}
    check_models(score_of("accuracy", "classification"), models)
    check_models(score_of("auc", "classification"), models)
    with pytest.raises(InputError, match="'log_loss' needs models with predict_proba, .*'margins'"):
        check_models(score_of("log_loss", "classification"), models)


def test_the_guess_is_the_most_frequent_class():
    assert guess_score(
        "accuracy", "classification", np.array([0, 0, 1]), np.ones((3, 2)), np.array([0, 1, 1])
    ) == (pytest.approx(1 / 3))


def test_the_guess_of_a_quantity_is_the_training_mean():
    found = guess_score("neg_mean_absolute_error", "regression", Y[:40], X[40:], Y[40:])
    assert found == pytest.approx(-np.abs(Y[40:] - Y[:40].mean()).mean())


def test_a_named_score_without_a_value_for_the_guess_is_refused():
    one = np.zeros(3)
    with pytest.raises(InputError, match="gives nan .* the test fold of repeat 1, fold 5"):
        guess_score("roc_auc", "classification", np.array([0, 1]), X[:3], one, Where(0, 4, "test"))


def test_a_guess_that_a_scorer_of_ones_own_cannot_score_has_none():
    assert np.isnan(guess_score(lambda *_: float("nan"), "regression", Y, X, Y))
    assert np.isnan(guess_score(lambda e, *_: e.coefs_, "regression", Y, X, Y))
