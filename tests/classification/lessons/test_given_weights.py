import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression as Theirs

from ogive import LogisticRegression
from ogive.text import InputError


def test_a_model_of_given_weights_predicts_as_a_fitted_one():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 3))
    for n_classes in (2, 4):
        theirs = Theirs().fit(X, np.arange(60) % n_classes)
        ours = LogisticRegression.from_weights(theirs.coef_, theirs.intercept_, theirs.classes_)
        np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), rtol=1e-12)
        np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_the_given_arrays_are_not_shared():
    coef = np.array([[1.0, 2.0]])
    model = LogisticRegression.from_weights(coef)
    coef[0, 0] = 5
    assert model.coef_[0, 0] == 1


def test_parameters_and_names_are_kept():
    model = LogisticRegression.from_weights([1.0, 2], feature_names=["u", "v"], C=3.0)
    assert model.C == 3.0
    assert model.feature_names_in_.tolist() == ["u", "v"]
    assert np.isinf(LogisticRegression.from_weights([1.0]).C)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([1.0], 0, (0,)), "two classes or more"),
        (([1.0], 0, (0, 0)), "each once"),
        (([1.0], 0, ("yes", "no")), "ascending"),
        (([[1.0], [2.0]], 0), r"need \(1, n_features\)"),
        (([1.0], 0, (0, 1, 2)), r"need \(3, n_features\)"),
        (([1.0], [0, 1]), "2 numbers"),
        (([np.nan], 0), "finite"),
        ((["x"], 0), "finite"),
    ],
)
def test_weights_that_do_not_suit_are_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        LogisticRegression.from_weights(*arguments)


def test_a_name_for_each_feature_is_needed():
    with pytest.raises(InputError, match="1 names for 2 features"):
        LogisticRegression.from_weights([1.0, 2], feature_names=["u"])
