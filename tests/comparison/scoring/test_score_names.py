import pickle
import warnings

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import (
    fbeta_score,
    get_scorer,
    get_scorer_names,
    make_scorer,
    mean_absolute_error,
    r2_score,
)

from ogive.comparison.scoring.names import SCORINGS, checked_scoring, score_of, scoring_name
from ogive.text import InputError

RNG = np.random.default_rng(0)
X = RNG.normal(size=(90, 2))
Y = np.exp(X[:, 0] + 3)


def test_the_usual_score_depends_on_the_task():
    assert checked_scoring(None, "classification") == "accuracy"
    assert checked_scoring(None, "regression") == "r2"


@pytest.mark.parametrize(
    ("typed", "task", "name"),
    [
        ("neg_log_loss", "classification", "log_loss"),
        ("log_loss", "classification", "log_loss"),
        ("roc_auc", "classification", "auc"),
        ("roc_auc_ovr", "classification", "auc"),
        ("matthews_corrcoef", "classification", "matthews"),
        ("neg_brier_score", "classification", "brier"),
        ("neg_root_mean_squared_error", "regression", "rmse"),
        ("root_mean_squared_error", "regression", "rmse"),
        ("mean_absolute_error", "regression", "mae"),
        ("neg_median_absolute_error", "regression", "median_absolute_error"),
    ],
)
def test_every_way_to_write_a_score_leads_to_one_name(typed, task, name):
    assert score_of(typed, task).name == name
    assert checked_scoring(typed, task) == name


@pytest.mark.parametrize("full", [n for n in get_scorer_names() if not n.endswith("_samples")])
def test_every_scorer_of_scikit_learns_is_a_score_of_one_task(full):
    tasks = []
    for task in ("classification", "regression"):
        try:
            tasks.append((task, score_of(full, task)))
        except InputError as error:
            assert "It is for" in str(error)
    ((task, score),) = tasks
    assert score.greater_is_better == (not full.startswith("neg_"))
    assert not score.name.startswith("neg_")
    cuts = [0.0, 0.8] if full == "top_k_accuracy" else [0.0]
    y = Y if task == "regression" else np.digitize(X[:, 0], cuts)
    good = (LinearRegression if task == "regression" else LogisticRegression)().fit(X, y)
    if full in ("neg_mean_gamma_deviance", "neg_mean_squared_log_error") or "log_error" in full:
        good = DummyRegressor().fit(X, y)  # a line predicts what these refuse, numbers below 0
    if full == "neg_mean_poisson_deviance":
        good = DummyRegressor().fit(X, y)
    assert score.scorer(good, X, y) == pytest.approx(get_scorer(full)(good, X, y))


@pytest.mark.parametrize("name", SCORINGS["classification"])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_every_score_offered_for_classes_prefers_the_better_model(name, n_classes):
    labels = np.digitize(X[:, 0], [0.0, 0.8][: n_classes - 1])
    scorer = score_of(name, "classification", n_classes=n_classes).scorer
    good = LogisticRegression().fit(X, labels)
    poor = DummyClassifier(strategy="prior").fit(X, labels)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)  # of a class never predicted
        assert scorer(good, X, labels) > scorer(poor, X, labels)


@pytest.mark.parametrize("name", ["log_loss", "auc", "brier", "average_precision"])
def test_scores_of_probabilities_serve_rows_that_lack_a_class(name):
    labels = np.digitize(X[:, 0], [0.0, 0.8])
    good = LogisticRegression().fit(X, labels)
    poor = DummyClassifier(strategy="prior").fit(X, labels)
    some = labels != 1
    scorer = score_of(name, "classification").scorer
    assert scorer(good, X[some], labels[some]) > scorer(poor, X[some], labels[some])


def test_the_area_of_many_classes_is_the_mean_of_each_against_the_rest():
    labels = np.digitize(X[:, 0], [0.0, 0.8])
    model = LogisticRegression().fit(X, labels)
    expected = get_scorer("roc_auc_ovr")(model, X, labels)
    assert score_of("auc", "classification").scorer(model, X, labels) == pytest.approx(expected)


def test_f1_of_two_classes_is_that_of_the_second_and_of_many_the_mean_over_them():
    two, three = np.digitize(X[:, 0], [0.0]), np.digitize(X[:, 0], [0.0, 0.8])
    scorer = score_of("f1", "classification").scorer
    for labels, same in ((two, "f1"), (three, "f1_macro")):
        model = LogisticRegression().fit(X[:, 1:], labels)
        assert scorer(model, X[:, 1:], labels) == get_scorer(same)(model, X[:, 1:], labels)


def test_the_title_of_f1_says_how_it_is_averaged():
    assert score_of("f1", "classification", n_classes=2).title.en == "F1"
    assert score_of("f1", "classification", n_classes=3).title.en == "F1 (macro)"
    assert score_of("f1", "classification", n_classes=3).name == "f1"


def test_an_error_is_kept_as_higher_is_better_and_shown_positive():
    score = score_of("rmse", "regression")
    assert not score.greater_is_better
    within = score.scorer(DummyRegressor().fit(X, Y), X, Y)
    assert within == pytest.approx(-Y.std())
    assert score.shown(within) == pytest.approx(Y.std())
    assert score.shown_difference(-0.25) == 0.25
    assert str(score.shown(0.0)) == "0.0"


def test_a_score_that_is_better_high_is_shown_as_it_is():
    score = score_of("r2", "regression")
    assert score.greater_is_better
    assert score.shown(-0.5) == score.shown_difference(-0.5) == -0.5


@pytest.mark.parametrize("name", ["accuracy", "balanced_accuracy", "auc", "f1", "matthews"])
def test_the_scale_of_bounded_scores_is_one(name):
    assert score_of(name, "classification").scale([0.1, 0.4]) == 1
    assert score_of("r2", "regression").scale([-0.01, 0.0]) == 1


def test_the_scale_of_errors_is_the_guess_that_ignores_the_columns():
    assert score_of("rmse", "regression").scale([-40.0, -60.0]) == 50


def test_a_guess_of_0_leaves_a_score_without_a_scale():
    with pytest.raises(InputError, match=r"rope=0\.01") as error:
        score_of(lambda model, X, y: 0.0, "regression").scale([0.0, 0.0])
    assert "rope" in error.value.text.zh


def test_a_score_of_the_other_task_is_refused():
    with pytest.raises(InputError, match="'r2' is not available for classification. It is for reg"):
        score_of("r2", "classification")
    with pytest.raises(InputError, match="'auc' is not available for regression. It is for class"):
        score_of("auc", "regression")


def test_a_misspelt_score_is_refused_with_the_nearest_name_of_the_task():
    with pytest.raises(InputError, match="Did you mean 'accuracy'") as error:
        score_of("acuracy", "classification")
    assert "accuracy" in error.value.text.zh
    with pytest.raises(InputError, match="Did you mean 'rmse'"):
        score_of("rmsee", "regression")


def test_scores_for_another_number_of_classes_are_refused():
    with pytest.raises(InputError, match="exactly two classes, and the target has 3"):
        score_of("positive_likelihood_ratio", "classification", n_classes=3)
    with pytest.raises(InputError, match="more than two classes, and the target has 2"):
        score_of("top_k_accuracy", "classification", n_classes=2)
    with pytest.raises(InputError, match="several labels a row"):
        score_of("f1_samples", "classification")


@pytest.mark.parametrize("given", [3, ["accuracy"], 0.5])
def test_what_is_neither_a_name_nor_callable_is_refused(given):
    with pytest.raises(InputError, match="must be the name of a score or a callable"):
        score_of(given, "classification")


def test_a_metric_given_as_a_scorer_is_refused_with_the_call_that_makes_one():
    with pytest.raises(InputError, match=r"make_scorer\(mean_absolute_error\)"):
        score_of(mean_absolute_error, "regression")


def test_a_scorer_is_accepted_and_named_after_its_metric():
    scorer = make_scorer(fbeta_score, beta=2)
    assert checked_scoring(scorer, "classification") is scorer
    assert score_of(scorer, "classification").title.zh == "fbeta_score(beta=2)"


def test_a_scorer_of_an_error_is_shown_positive():
    score = score_of(make_scorer(mean_absolute_error, greater_is_better=False), "regression")
    assert not score.greater_is_better
    assert score.shown(-3.0) == 3


def test_a_scorer_of_a_bounded_metric_has_its_range():
    assert score_of(make_scorer(r2_score), "regression").scale([-0.01]) == 1


def test_a_callable_object_is_named_after_its_class():
    class Profit:
        def __call__(self, model, X, y):
            return 1.0

    assert scoring_name(Profit()) == "Profit"


def test_scores_say_what_they_need_of_a_model():
    assert score_of("log_loss", "classification").needs == ("predict_proba",)
    assert "decision_function" in score_of("auc", "classification").needs
    assert score_of("accuracy", "classification").needs == ("predict",)


def test_what_a_run_takes_along_of_a_named_score_is_plain_text():
    assert pickle.loads(pickle.dumps(checked_scoring("auc", "classification"))) == "auc"
