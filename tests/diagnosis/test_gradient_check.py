"""check_gradients: right networks pass, planted faults are found, doubt is told apart."""

import json
import math
import warnings

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import ogive
from ogive import MLPClassifier, MLPRegressor, check_gradients
from ogive._engine import core
from ogive.network.base import BaseMLP
from ogive.text import InputError

X, Y = load_iris(return_X_y=True)
LONGER = (StandardScaler().fit_transform(X) * 0.7, X[:, :2])


class Spoilt:
    """A core network whose gradient is changed on its way out."""

    def __init__(self, network, spoil):
        self.network, self.spoil = network, spoil

    def __getattr__(self, name):
        return getattr(self.network, name)

    def loss_and_gradient(self, data, alpha):
        loss, penalty, gradient = self.network.loss_and_gradient(data, alpha)
        return loss, penalty, self.spoil(gradient.copy())


@pytest.fixture
def spoil(monkeypatch):
    """Return a function that spoils the gradients of all networks."""
    build = BaseMLP._network

    def plant(change):
        monkeypatch.setattr(BaseMLP, "_network", lambda *given: Spoilt(build(*given), change))

    return plant


@pytest.mark.parametrize("function", [n for n in ogive.activations() if n != "exponential"])
def test_every_function_of_the_catalogue_has_right_gradients(function):
    check = check_gradients(MLPClassifier((6, 4), activation=function, random_state=1), X, Y)
    assert check.verdict == "right", check.text("en")
    assert check.relative_error < 1e-4


@pytest.mark.parametrize(
    "model",
    [
        MLPRegressor("squared_error", (5,), random_state=0),
        MLPRegressor("poisson", (5,), activation="tanh", random_state=0),
        MLPClassifier((5,), activation=["z*sigmoid(2*z)"], class_weight="balanced", alpha=3.0),
    ],
    ids=["squared_error", "poisson", "weighted"],
)
def test_all_losses_are_right(model):
    targets = Y if isinstance(model, MLPClassifier) else X[:, 1]
    assert check_gradients(model, X[:, 1:], targets).verdict == "right"


def test_several_targets_and_several_labels_are_right():
    rows, targets = LONGER
    assert check_gradients(MLPRegressor(hidden_layer_sizes=(4,)), rows, targets).verdict == "right"
    labels = np.column_stack([Y > 0, X[:, 0] > 5.8]).astype(int)
    assert check_gradients(MLPClassifier((4,)), rows, labels).verdict == "right"


def test_parts_come_layer_by_layer_with_learnt_slopes():
    model = MLPRegressor(hidden_layer_sizes=(4, 3), activation="prelu", random_state=0)
    check = check_gradients(model, *LONGER, n_weights=None)
    assert [(p.layer, p.part, p.n_compared) for p in check.parts] == [
        ("hidden 1", "weights", 16),
        ("hidden 1", "intercepts", 4),
        ("hidden 1", "slopes", 1),
        ("hidden 2", "weights", 12),
        ("hidden 2", "intercepts", 3),
        ("hidden 2", "slopes", 1),
        ("output", "weights", 6),
        ("output", "intercepts", 2),
    ]
    assert check.layers == dict.fromkeys(("hidden 1", "hidden 2", "output"), "right")


def test_a_layer_with_a_wrong_factor_is_found(spoil):
    def change(gradient):
        gradient[24:40] *= 1.01  # weights of hidden 2
        return gradient

    spoil(change)
    check = check_gradients(MLPClassifier((6, 4), activation="tanh", random_state=0), X, Y)
    assert check.verdict == "wrong"
    assert check.layers == {"hidden 1": "right", "hidden 2": "wrong", "output": "right"}
    (wrong,) = (part for part in check.parts if part.verdict == "wrong")
    assert (wrong.layer, wrong.part) == ("hidden 2", "weights")
    assert wrong.relative_error == pytest.approx(0.01, rel=0.5)


def test_one_wrong_element_among_many_is_found_and_named(spoil):
    def change(gradient):
        gradient[4 * 30 + 17] += 1e-3  # row 2, column 2 of the output's weights
        return gradient

    spoil(change)
    model = MLPClassifier((30,), activation="tanh", random_state=0)
    check = check_gradients(model, X, Y, n_weights=None)
    (wrong,) = (part for part in check.parts if part.n_wrong)
    assert (wrong.layer, wrong.n_wrong, wrong.worst_index) == ("output", 1, (5, 2))
    assert wrong.worst_analytic - wrong.worst_numeric == pytest.approx(1e-3, rel=1e-4)
    assert "output, weights [5, 2]" in check.text("en")
    assert "输出层 的权重 [5, 2]" in check.text("zh")


@pytest.mark.parametrize("value", [0.0, math.nan])
def test_a_gradient_that_is_dropped_or_not_a_number_is_found(spoil, value):
    def change(gradient):
        gradient[:24] = value
        return gradient

    spoil(change)
    check = check_gradients(MLPClassifier((6, 4), activation="silu", random_state=0), X, Y)
    assert check.layers["hidden 1"] == "wrong"


def test_a_slope_chosen_wrongly_at_one_point_is_found():
    # A tanh that claims the slope 5 at 0, on rows of which some have z = 0 exactly.
    spoilt = ogive.activation("tanh(z)")
    program = spoilt.definition.formula.program({})
    spoilt.__dict__["compiled"] = core.Function(program, [], [(0.0, 5.0)])
    rows = X.copy()
    rows[::3] = 0
    model = MLPClassifier((6,), activation=spoilt, init="he_uniform", random_state=0)
    check = check_gradients(model, rows, Y)
    assert check.verdict == "wrong"
    assert {p.part for p in check.parts if p.verdict == "wrong"} == {"intercepts"}


def test_where_every_step_crosses_a_kink_nothing_is_claimed():
    rows = X.copy()
    rows[::3] = 0  # with intercepts of 0 these rows lie on the kink of every unit
    model = MLPClassifier((6,), activation="relu", init="he_uniform", random_state=0)
    check = check_gradients(model, rows, Y)
    told = {(p.layer, p.part): (p.verdict, p.n_kinks) for p in check.parts}
    assert told["hidden 1", "intercepts"] == ("cannot tell", 6)
    assert told["hidden 1", "weights"] == ("right", 0)
    assert check.verdict == "cannot tell"
    assert "differences cannot tell of hidden 1" in check.text("en")


def test_a_kink_near_by_is_avoided_by_a_smaller_step():
    rows = X.copy()
    rows[0] = [1e-6, 0, 0, 0]
    model = MLPClassifier((6,), activation="relu", init="he_uniform", random_state=0)
    assert check_gradients(model, rows, Y, n_weights=None).verdict == "right"


def test_a_vanished_gradient_is_too_small_to_tell_and_the_penalty_does_not_hide_it():
    model = MLPClassifier((4,) * 20, activation="sigmoid", alpha=1.0, random_state=0)
    check = check_gradients(model, X, Y, n_weights=8)
    first = check.parts[0]
    assert (first.verdict, first.n_too_small) == ("cannot tell", 8)
    assert check.layers["output"] == "right"


def test_a_fitted_network_is_checked_at_its_weights_and_left_as_it_is():
    model = MLPClassifier((5,), max_iter=5, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X.astype(np.float32), Y)
    before = {name: np.copy(value) for name, value in zip("wb", model.coefs_, strict=True)}
    attributes, state = set(vars(model)), np.random.get_state()[1].copy()
    check = check_gradients(model, X, Y, n_rows=None)
    assert check.fitted
    assert check.verdict == "right"
    assert check.loss == pytest.approx(model.loss_, rel=0.2)
    for name, value in zip("wb", model.coefs_, strict=True):
        np.testing.assert_array_equal(value, before[name])
    assert set(vars(model)) == attributes
    np.testing.assert_array_equal(np.random.get_state()[1], state)


def test_an_unfitted_network_stays_unfitted():
    model = MLPClassifier((5,))
    check = check_gradients(model, X, Y)
    assert not check.fitted
    assert not hasattr(model, "coefs_")
    assert "starting weights" in check.text("en")


def test_pipelines_are_checked_on_what_their_network_sees():
    model = make_pipeline(StandardScaler(), MLPClassifier((5,), max_iter=300, random_state=0))
    assert check_gradients(model, X * 1e6, Y).loss < 10
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X * 1e6, Y)
    assert check_gradients(model, X * 1e6, Y).verdict == "right"


def test_dropout_is_off_and_the_result_says_so():
    check = check_gradients(MLPClassifier((5,), dropout=0.5, random_state=0), X, Y)
    assert check.verdict == "right"
    assert "Dropout is switched off" in check.text("en")
    assert "关闭了 dropout" in check.text("zh")


def test_large_networks_are_sampled_by_the_seed():
    model = MLPClassifier((40,), random_state=0)
    one, same = (check_gradients(model, X, Y, n_weights=7, random_state=3) for _ in range(2))
    assert [p.n_compared for p in one.parts] == [7, 7, 7, 3]
    assert one.to_dict() == same.to_dict()
    assert "24 of 323 parameters" in one.text("en")


def test_sample_weights_count():
    model = MLPClassifier((5,), random_state=0)
    weight = np.where(Y == 0, 5.0, 0.1)
    plain, weighted = (check_gradients(model, X, Y, sample_weight=w) for w in (None, weight))
    assert weighted.verdict == "right"
    assert weighted.loss != plain.loss


def test_the_result_is_plain_data_and_a_frame():
    check = check_gradients(MLPClassifier((5,), random_state=0), X, Y)
    record = json.loads(json.dumps(check.to_dict(), allow_nan=False))
    assert record["verdict"] == "right"
    frame = check.to_polars()
    assert frame["layer"].to_list() == ["hidden 1", "hidden 1", "output", "output"]
    assert repr(check) == "<GradientCheck of MLPClassifier: right>"
    assert "<table" in check._repr_html_()


def test_both_languages_say_the_same():
    check = check_gradients(MLPClassifier((5,), random_state=0), X, Y)
    assert check.text("en").endswith("The gradients are right.")
    assert check.text("zh").endswith("梯度正确。")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"n_weights": 0}, "n_weights must be a positive whole number"),
        ({"n_rows": 1.5}, "n_rows must be a positive whole number"),
        ({"step": 0.0}, "step must lie between 0 and 1"),
        ({"tolerance": 2}, "tolerance must lie between 0 and 1"),
        ({"loss": "mse"}, "loss= is for PyTorch models"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(given, message):
    with pytest.raises(InputError, match=message):
        check_gradients(MLPClassifier((5,)), X, Y, **given)


def test_other_models_are_refused():
    with pytest.raises(InputError, match="Got StandardScaler instead"):
        check_gradients(StandardScaler(), X, Y)


def test_a_loss_that_is_not_finite_is_refused():
    with pytest.raises(InputError, match=r"the loss of MLPRegressor on these rows is (inf|nan)"):
        check_gradients(MLPRegressor(hidden_layer_sizes=(5,), random_state=0), X * 1e200, Y)


def test_a_loss_too_large_for_differences_is_refused():
    with pytest.raises(InputError, match=r"is \d\.\d+e\+12\d, which no difference"):
        check_gradients(MLPRegressor(hidden_layer_sizes=(5,), random_state=0), X, 1e60 * X[:, 0])
