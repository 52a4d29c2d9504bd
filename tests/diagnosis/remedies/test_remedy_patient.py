import pytest
from planted_diagnoses import classifier, three_classes
from sklearn.decomposition import PCA
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.utils.validation import check_is_fitted

from ogive.diagnosis.remedies.patient import take_apart


def test_a_network_alone_is_a_patient_without_steps():
    model = classifier(alpha=0.3)
    patient = take_apart(model)
    assert patient.steps == []
    assert patient.network.alpha == 0.3
    assert patient.network is not model


def test_steps_of_nested_pipelines_stand_in_one_list_with_names_of_their_own():
    inner = Pipeline([("scale", MinMaxScaler()), ("network", classifier())])
    patient = take_apart(Pipeline([("scale", StandardScaler()), ("rest", inner)]))
    assert [name for name, _ in patient.steps] == ["scale", "scale_"]
    assert [type(step) for _, step in patient.steps] == [StandardScaler, MinMaxScaler]


def test_a_remedied_model_keeps_its_pipeline_and_takes_the_scaler_before_the_network():
    patient = take_apart(make_pipeline(PCA(2), classifier(random_state=7)))
    remedied = patient.remedied({"scale_inputs": True, "init": "auto"})
    assert [type(step).__name__ for _, step in remedied.steps] == [
        "PCA",
        "StandardScaler",
        "MLPClassifier",
    ]
    assert remedied.steps[-1][1].init == "auto"
    assert remedied.steps[-1][1].random_state == 7
    assert patient.network.init == "glorot_uniform"


def test_a_remedied_model_of_a_nested_pipeline_gets_the_scaler_inside():
    inner = Pipeline([("inputscaler", MinMaxScaler()), ("network", classifier())])
    remedied = take_apart(Pipeline([("rest", inner)])).remedied({"scale_inputs": True})
    assert [name for name, _ in remedied[-1].steps] == ["inputscaler", "inputscaler_", "network"]


def test_a_scaler_of_sparse_rows_leaves_zeros_alone():
    remedied = take_apart(classifier()).remedied({"scale_inputs": True}, sparse=True)
    assert remedied[0].with_mean is False


def test_a_remedied_model_is_not_fitted():
    remedied = take_apart(classifier(max_iter=1)).remedied({"alpha": 0.1})
    with pytest.raises(NotFittedError):
        check_is_fitted(remedied)
    assert remedied.set_params(max_iter=200, tol=0.1).fit(*three_classes()).alpha == 0.1
