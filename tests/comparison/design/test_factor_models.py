import pytest
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from ogive.comparison.design.factor_models import read_models
from ogive.text import InputError


def labels(given, task="classification"):
    return [model.label for model in read_models(given, task)]


def test_an_estimator_goes_by_the_name_of_its_class():
    assert labels(SVC()) == ["SVC"]
    assert labels(["mlp", SVC()]) == ["mlp", "SVC"]


def test_a_pipeline_is_one_model_though_it_has_a_length():
    assert labels(make_pipeline(StandardScaler(), SVC())) == ["Pipeline"]


def test_a_pair_gives_a_name():
    assert labels([("wide", SVC(gamma=0.1)), ("narrow", SVC(gamma=10))]) == ["wide", "narrow"]


def test_network_and_softmax_are_names_that_fit_has_for_them():
    models = read_models(["network", "softmax"], "classification")
    assert [(model.label, model.model) for model in models] == [
        ("mlp", "mlp"),
        ("softmax", "logistic"),
    ]


def test_what_is_kept_is_a_copy_not_fitted():
    forest = RandomForestClassifier(3).fit([[0], [1]], [0, 1])
    (model,) = read_models(forest, "classification")
    assert model.model is not forest
    assert not hasattr(model.model, "estimators_")


class Uncloneable:
    def fit(self, X, y):
        return self

    def predict(self, X):
        return X

    def get_params(self, deep=True):
        return {"a": 1}


@pytest.mark.parametrize(
    ("given", "task", "said"),
    [
        ("logistc", "classification", "Did you mean 'logistic'"),
        ("forest", "classification", "estimators of your own"),
        ("linear", "classification", "predicts numbers, and this is a classification"),
        ("ovo", "regression", "predicts classes, and this is a regression"),
        ("logistic,ovo", "classification", "not known"),
        ([], "classification", "no value for 'model'"),
        (["ovo", "ovo"], "classification", "more than once"),
        (["mlp", "network"], "classification", "more than once"),
        (["logistic", "softmax"], "classification", "the same model"),
        ([SVC(), SVC(C=2)], "classification", 'such as ("SVC A", SVC(...))'),
        ([("mlp", SVC())], "classification", "the name of one of ogive's"),
        ([("", SVC())], "classification", "can be read"),
        ([("a\nb", SVC())], "classification", "can be read"),
        (SVC, "classification", "give an instance of it, SVC()"),
        (RandomForestRegressor(), "classification", "is for regression"),
        (SVC(), "regression", "is for classification"),
        (3, "classification", "Got 3"),
        (Uncloneable(), "classification", "cannot be cloned"),
    ],
)
def test_what_is_no_model_for_the_task_is_refused_saying_why(given, task, said):
    with pytest.raises(InputError) as refusal:
        read_models(given, task)
    assert said in refusal.value.text.en
    assert refusal.value.text.zh.startswith("vary")
