import numpy as np
import pytest
from sklearn.datasets import load_iris, make_multilabel_classification
from sklearn.linear_model import SGDClassifier
from sklearn.multiclass import OneVsRestClassifier as Theirs
from sklearn.naive_bayes import MultinomialNB

from ogive import OneVsRestClassifier
from ogive.text import InputError

IRIS, SPECIES = load_iris(return_X_y=True)
NAMES = np.array(["setosa", "versicolor", "virginica"])[SPECIES]
WORDS, TOPICS = make_multilabel_classification(80, 12, n_classes=4, random_state=0)


@pytest.mark.parametrize("y", [SPECIES, NAMES, SPECIES == 0], ids=["numbers", "names", "two"])
def test_batches_are_learned_as_scikit_learns_learns_them(y):
    order = np.random.default_rng(0).permutation(150)
    models = [C(SGDClassifier(random_state=0)) for C in (OneVsRestClassifier, Theirs)]
    for model in models:
        for batch in np.split(order, 3):
            model.partial_fit(IRIS[batch], y[batch], np.unique(y))
    for method in ("predict", "decision_function"):
        found, wanted = (getattr(model, method)(IRIS) for model in models)
        np.testing.assert_array_equal(found, wanted)


def test_batches_of_labels_are_learned_column_by_column():
    model = OneVsRestClassifier(MultinomialNB())
    for batch in np.split(np.arange(80), 2):
        model.partial_fit(WORDS[batch], TOPICS[batch], classes=range(4))
    whole = Theirs(MultinomialNB()).fit(WORDS, TOPICS)
    assert model.multilabel_
    np.testing.assert_allclose(model.predict_proba(WORDS), whole.predict_proba(WORDS))


def test_a_class_that_was_not_announced_is_refused():
    model = OneVsRestClassifier(MultinomialNB()).partial_fit(IRIS, SPECIES, classes=[0, 1, 2])
    with pytest.raises(InputError, match=r"Mini-batch contains \[7\] while classes") as caught:
        model.partial_fit(IRIS[:1], [7])
    assert "7" in caught.value.text.zh


@pytest.mark.parametrize(
    ("y", "classes", "message"),
    [
        (SPECIES, [0], "only one class: 0"),
        (np.eye(3, dtype=int)[SPECIES], [0, 1], "classes names 2 labels, and y has 3 columns"),
        ([*NAMES[:-1], None], np.unique(NAMES), "classes are missing"),
        ([*NAMES[:-1], 3], np.unique(NAMES), "labels of mixed type"),
    ],
    ids=["one class", "too few labels", "missing", "mixed"],
)
def test_a_first_batch_that_is_refused_does_not_count_as_one(y, classes, message):
    model = OneVsRestClassifier(MultinomialNB())
    with pytest.raises(InputError, match=message) as caught:
        model.partial_fit(IRIS, y, classes)
    assert caught.value.text.zh != caught.value.text.en
    model.partial_fit(IRIS, SPECIES, classes=[0, 1, 2])
    assert len(model.estimators_) == 3


def test_the_first_batch_needs_the_classes():
    with pytest.raises(ValueError, match="classes must be passed on the first call"):
        OneVsRestClassifier(MultinomialNB()).partial_fit(IRIS, SPECIES)
