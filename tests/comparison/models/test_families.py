"""Each family of models, against fitting it by hand."""

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression as SklearnLogisticRegression
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score, root_mean_squared_error
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ogive import (
    LinearRegression,
    LogisticRegression,
    MLPClassifier,
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)
from ogive.comparison import compare
from ogive.comparison.design.families import STRENGTHS
from ogive.comparison.design.splits import make_splits
from ogive.data import ColumnPreparation
from ogive.text import InputError

X, Y = load_iris(return_X_y=True)
FEW = {"n_splits": 3, "n_repeats": 1, "max_iter": 5, "learning_rates": (0.01,)}


def splits(y, task="classification"):
    return make_splits(y, task, n_splits=3, n_repeats=1, validation_fraction=0.2, random_state=0)


def prepared(table, split):
    return ColumnPreparation().fit(table, rows=split.training).transform(table)


def by_hand(model, split, table=X, y=Y):
    """Return the scores on the validation rows and on the test fold."""
    features = prepared(table, split)
    model.fit(features[split.fitting], y[split.fitting])
    return [model.score(features[rows], y[rows]) for rows in (split.validation, split.test)]


def make_logistic(strength, seed):
    return LogisticRegression(C=strength)


def make_codes(strength, seed):
    return OutputCodeClassifier(make_logistic(strength, seed), code_book="exhaustive")


FAMILIES = {
    "logistic": make_logistic,
    "softmax": make_logistic,
    "ovo": lambda strength, seed: OneVsOneClassifier(make_logistic(strength, seed)),
    "ovr": lambda strength, seed: OneVsRestClassifier(make_logistic(strength, seed)),
    "ecoc": make_codes,
}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_scores_as_the_strength_does_that_its_validation_rows_favour(family):
    comparison = compare(X, Y, vary={"model": family}, **FEW)
    for split, outcome in zip(splits(Y), comparison.outcomes[0], strict=True):
        tried = [by_hand(FAMILIES[family](c, split.seed), split) for c in STRENGTHS]
        best = max(range(len(STRENGTHS)), key=lambda i, tried=tried: (tried[i][0], -i))
        assert outcome.chosen == STRENGTHS[best]
        assert [outcome.validation_score, outcome.score] == tried[best]


def test_more_classes_than_seven_get_codes_of_bch_words():
    rng = np.random.default_rng(0)
    y = np.repeat(np.arange(9), 12)
    table = rng.normal(size=(108, 5)) + y[:, np.newaxis]
    comparison = compare(table, y, vary="model=ecoc", **FEW)
    for split, outcome in zip(splits(y), comparison.outcomes[0], strict=True):
        model = OutputCodeClassifier(
            LogisticRegression(C=outcome.chosen), code_book="bch", random_state=split.seed
        )
        assert by_hand(model, split, table, y)[1] == outcome.score
        assert outcome.n_parameters == 15 * 6


def test_least_squares_is_scored_on_the_scale_of_the_target():
    table, y = load_diabetes(return_X_y=True)
    y = 1000 * y
    scores = {
        name: compare(table, y, vary="model=linear", scoring=name, **FEW).outcomes[0]
        for name in ("r2", "rmse")
    }
    for number, split in enumerate(splits(y, "regression")):
        features = prepared(table, split)
        model = LinearRegression().fit(features[split.fitting], y[split.fitting])
        predicted = model.predict(features[split.test])
        assert scores["r2"][number].score == pytest.approx(
            r2_score(y[split.test], predicted), abs=1e-5
        )
        assert scores["rmse"][number].score == pytest.approx(
            -root_mean_squared_error(y[split.test], predicted), rel=1e-5
        )


def test_a_model_of_the_users_is_fitted_with_the_seed_of_the_split_and_nothing_to_choose():
    forest = RandomForestClassifier(5, random_state=7, n_jobs=2)
    comparison = compare(X, Y, vary={"model": [forest]}, **FEW)
    for split, outcome in zip(splits(Y), comparison.outcomes[0], strict=True):
        model = clone(forest).set_params(random_state=split.seed % 2**32)
        assert by_hand(model, split) == [outcome.validation_score, outcome.score]
        assert np.isnan(outcome.chosen)
    assert not hasattr(forest, "estimators_")


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("record", [False, True])
def test_a_network_of_the_users_is_judged_by_its_scores_alone(record):
    network = MLPClassifier((4,), max_iter=5, record_gradients=record)
    comparison = compare(X, Y, vary={"model": [network]}, **FEW)
    for split, outcome in zip(splits(Y), comparison.outcomes[0], strict=True):
        model = clone(network).set_params(random_state=split.seed % 2**32)
        assert by_hand(model, split) == [outcome.validation_score, outcome.score]
        assert outcome.gradients.size == 0
        assert np.isnan(outcome.dead_share)


@pytest.mark.filterwarnings("error")
def test_threads_that_a_model_leaves_open_stay_so_as_some_warn_of_being_told():
    compare(X, Y, vary={"model": [SklearnLogisticRegression(max_iter=1000)]}, **FEW)


def test_a_seed_inside_a_pipeline_is_set_too():
    pipeline = make_pipeline(StandardScaler(), RandomForestClassifier(3))
    first, second = (compare(X, Y, vary={"model": [pipeline]}, **FEW).outcomes[0] for _ in range(2))
    assert [o.score for o in first] == [o.score for o in second]


def test_a_regressor_of_the_users_is_scored_on_the_scale_of_the_target():
    table, y = load_diabetes(return_X_y=True)
    (done,) = compare(table, y, vary={"model": [Ridge()]}, scoring="rmse", **FEW).outcomes
    for split, outcome in zip(splits(y, "regression"), done, strict=True):
        features = prepared(table, split)
        model = Ridge().fit(features[split.fitting], y[split.fitting])
        error = root_mean_squared_error(y[split.test], model.predict(features[split.test]))
        assert outcome.score == pytest.approx(-error, rel=1e-4)


def test_all_families_are_fitted_on_the_same_rows_as_networks():
    seen = []

    class Watching(KNeighborsClassifier):
        def fit(self, X, y):
            seen.append(np.array(X))
            return super().fit(X, y)

    compare(X, Y, vary={"model": ["mlp", Watching()]}, n_jobs=1, **FEW)
    expected = [prepared(X, split)[split.fitting] for split in splits(Y)]
    assert len(seen) == len(expected)
    assert all(np.array_equal(*pair) for pair in zip(seen, expected, strict=True))


@pytest.mark.parametrize("scoring", ["accuracy", "log_loss", "auc"])
def test_models_of_all_families_can_be_compared_by(scoring):
    comparison = compare(X, Y, vary="model", scoring=scoring, **FEW)
    labels = {row.label for row in comparison.rows()}
    assert labels == {"logistic", "ovo", "ovr", "ecoc", "mlp"}
    assert all(np.isfinite(row.score) and row.n_failed == 0 for row in comparison.rows())


def test_two_classes_make_one_problem_of_every_family():
    table, y = load_breast_cancer(return_X_y=True)
    comparison = compare(table, y, vary="model=logistic,ovo,ovr,ecoc", **FEW)
    first, *others = [[o.score for o in done] for done in comparison.outcomes]
    assert others == [pytest.approx(first)] * 3


def test_the_result_does_not_depend_on_the_number_of_threads():
    models = ["logistic", "ovo", RandomForestClassifier(5), "mlp"]
    one, two = (
        [
            [(o.score, o.validation_score, o.chosen) for o in done]
            for done in compare(X, Y, vary={"model": models}, n_jobs=n, **FEW).outcomes
        ]
        for n in (1, 2)
    )
    assert repr(one) == repr(two)


class Failing(ClassifierMixin, BaseEstimator):
    n_fits = 0

    def fit(self, X, y):
        type(self).n_fits += 1
        raise ValueError("this is\nnot for me.")

    def predict(self, X):
        raise NotImplementedError


def test_a_model_that_cannot_be_fitted_is_named_with_the_fold_and_the_reason():
    with pytest.raises(InputError) as failure:
        compare(X, Y, vary={"model": [("mine", Failing())]}, n_jobs=1, **FEW)
    assert failure.value.text.en.startswith(
        "'mine' failed on repeat 1, fold 1: ValueError: this is not for me. Leave it out"
    )
    assert "第 1 次重复的第 1 折" in failure.value.text.zh


def test_a_model_without_probabilities_is_refused_before_the_first_fit():
    Failing.n_fits = 0
    with pytest.raises(InputError, match="'Failing'") as refusal:
        compare(X, Y, vary={"model": ["mlp", Failing()]}, scoring="log_loss", **FEW)
    assert "predict_proba" in refusal.value.text.en
    assert Failing.n_fits == 0


def test_a_depth_that_varies_makes_networks_of_these_depths():
    comparison = compare(X, Y, vary="depth=1,3,width=4", **FEW)
    assert [candidate.label for candidate in comparison.settings.candidates] == [
        "depth 1, width 4",
        "depth 3, width 4",
    ]
    shallow, deep = (done[0].n_parameters for done in comparison.outcomes)
    assert shallow == 4 * 4 + 4 + 4 * 3 + 3
    assert deep == shallow + 2 * (4 * 4 + 4)
