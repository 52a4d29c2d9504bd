"""Networks inside of a TransformedTargetRegressor."""

import numpy as np
import pytest
from sklearn.compose import TransformedTargetRegressor
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import ogive
from ogive.text import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")
RNG = np.random.default_rng(0)
X = RNG.normal(size=(200, 5))
Y = 2000 + 500 * (X[:, 0] + np.sin(2 * X[:, 1]))


def network():
    return ogive.MLPRegressor(hidden_layer_sizes=(16,), max_iter=40, random_state=0)


def transformed():
    return TransformedTargetRegressor(network(), transformer=StandardScaler())


def scaled():
    return (Y - Y.mean()) / Y.std()


def test_targets_are_transformed_as_the_network_learns_them():
    model = transformed().fit(X, Y)
    measured = ogive.diagnose(model, X, Y, validation_data=(X, Y)).measurements
    plain = ogive.diagnose(model.regressor_, X, scaled()).measurements
    assert measured.loss == pytest.approx(plain.loss)
    assert measured.score == pytest.approx(model.score(X, Y))
    assert measured.curves.validation_score[-1] == pytest.approx(model.score(X, Y))
    assert "StandardScaler" in measured.remarks[0].en and "StandardScaler" in measured.remarks[0].zh


@pytest.mark.parametrize(
    "wrap",
    [lambda one: make_pipeline(StandardScaler(), one),
     lambda one: GridSearchCV(one, {"regressor__alpha": [1e-4]}, cv=2)],
    ids=["in a pipeline", "in a search"],
)  # fmt: skip
def test_it_is_found_at_the_end_of_a_pipeline_and_in_a_search(wrap):
    model = wrap(transformed()).fit(X, Y)
    assert ogive.diagnose(model, X, Y).measurements.score == pytest.approx(model.score(X, Y))


def test_functions_and_several_outputs_are_looked_through():
    both = np.column_stack([Y, Y**2])
    model = TransformedTargetRegressor(network(), func=np.log, inverse_func=np.exp).fit(X, both)
    outputs = ogive.diagnose(model, X, both).measurements.outputs
    assert outputs.target_mean == pytest.approx(np.log(both).mean(axis=0))


def test_remedies_can_be_tried_on_the_targets_as_they_are_learnt():
    model = TransformedTargetRegressor(
        ogive.MLPRegressor(hidden_layer_sizes=(8,), max_iter=3, learning_rate_init=1e-5),
        transformer=StandardScaler(),
    ).fit(X, Y)
    trial = ogive.diagnose(model, X, Y).try_remedies(n_seeds=2, max_remedies=1)
    assert len(trial.patient_scores) == 2 and np.isfinite(trial.patient_scores).all()
    assert trial.patient_scores.min() > -5  # of targets as they are it would be about -16


def test_what_was_not_fitted_or_holds_no_network_is_refused():
    with pytest.raises(NotFittedError):
        ogive.diagnose(transformed(), X, Y)
    ridge = TransformedTargetRegressor(Ridge(), transformer=StandardScaler()).fit(X, Y)
    with pytest.raises(InputError, match="Ridge"):
        ogive.diagnose(ridge, X, Y)


def test_targets_as_they_are_are_advised_to_be_transformed_and_pass_then():
    raw = ogive.diagnose(network().fit(X, Y), X, Y)
    issue = next(one for one in raw.issues if one.code == "OGV110")
    assert (issue.kind, issue.remedies[0].key) == ("unscaled", "standardise_targets")
    remedied = ogive.diagnose(transformed().fit(X, Y), X, Y)
    assert "OGV110" not in remedied.codes
