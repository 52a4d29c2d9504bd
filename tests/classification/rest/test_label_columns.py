import warnings

import numpy as np
import pytest
import sklearn
from scipy import sparse
from sklearn.datasets import load_iris, make_multilabel_classification
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier as Theirs
from sklearn.svm import LinearSVC

import ogive
from ogive import OneVsRestClassifier

IRIS, SPECIES = load_iris(return_X_y=True)
WORDS, TOPICS = make_multilabel_classification(80, 12, n_classes=4, random_state=0)


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
