import pytest
from planted_diagnoses import classifier, finding, regressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

import ogive
from ogive.diagnosis.remedies.patient import take_apart
from ogive.diagnosis.remedies.proposing import propose

RELU = {"activation": "relu"}
TANH = {"activation": "tanh"}
AUTO = {"init": "auto"}
SCALE = {"scale_inputs": True}
RATE = {"learning_rate_init": 0.003}


def proposed(*findings, model=None, at_most=6):
    patient = take_apart(classifier(activation="sigmoid") if model is None else model)
    found = propose(findings, patient, at_most)
    return [one.remedy.parameters for one in found]


def test_a_finding_without_remedies_proposes_nothing():
    assert proposed(finding("OGV102")) == []


def test_first_named_remedies_come_first_then_all_of_them_then_the_second_named():
    found = proposed(finding("OGV102", RELU, TANH), finding("OGV107", SCALE, RATE))
    assert found == [RELU, SCALE, RELU | SCALE, TANH, RATE]


def test_a_remedy_that_two_findings_name_is_tried_once_for_both():
    patient = take_apart(classifier(activation="sigmoid"))
    found = propose([finding("OGV102", RELU), finding("OGV104", RELU)], patient, 6)
    assert [(one.codes, one.remedy.parameters) for one in found] == [(("OGV102", "OGV104"), RELU)]


@pytest.mark.parametrize(
    "same",
    [
        {"activation": ["sigmoid"]},
        {"activation": ogive.activation("sigmoid")},
        {"hidden_layer_sizes": 8},
        {"hidden_layer_sizes": [8]},
        {"init": "glorot_uniform"},
        {"batch_size": 32.0},
        {"scale_inputs": False},
    ],
)
def test_what_the_patient_has_already_is_no_remedy(same):
    assert proposed(finding("OGV108", same)) == []


def test_only_what_is_new_in_a_remedy_is_kept():
    assert proposed(finding("OGV108", {"activation": "sigmoid", **AUTO})) == [AUTO]


def test_the_second_named_remedy_stands_in_for_a_first_one_that_the_patient_has():
    found = proposed(finding("OGV102", {"activation": "sigmoid"}, RELU), finding("OGV107", SCALE))
    assert found == [RELU, SCALE, RELU | SCALE]


def test_a_scaler_directly_before_the_network_is_not_proposed_again():
    scaled = make_pipeline(StandardScaler(), classifier())
    assert proposed(finding("OGV107", SCALE), model=scaled) == []
    squeezed = make_pipeline(MinMaxScaler(), classifier())
    assert proposed(finding("OGV107", SCALE), model=squeezed) == [SCALE]


def test_a_parameter_that_the_estimator_does_not_have_is_not_proposed():
    weighted = finding("OGV112", {"class_weight": "balanced"})
    assert proposed(weighted, model=regressor()) == []
    assert proposed(weighted) == [{"class_weight": "balanced"}]


def test_a_combination_leaves_out_what_contradicts_the_worse_finding():
    found = proposed(finding("OGV102", RELU), finding("OGV104", TANH), finding("OGV107", SCALE))
    assert found == [RELU, TANH, SCALE, RELU | SCALE]


def test_activation_and_initialisation_are_also_tried_together():
    found = proposed(finding("OGV102", RELU), finding("OGV106", RATE), finding("OGV108", AUTO))
    assert found == [RELU, RATE, AUTO, RELU | RATE | AUTO, RELU | AUTO]


def test_the_combination_is_of_issues_where_there_are_two():
    tip = finding("OGV106", RATE, severity="tip")
    found = proposed(finding("OGV102", RELU), finding("OGV107", SCALE), tip)
    assert found == [RELU, SCALE, RATE, RELU | SCALE]


def test_tips_take_part_in_the_combination_where_there_is_one_issue():
    found = proposed(finding("OGV102", RELU), finding("OGV106", RATE, severity="tip"))
    assert found == [RELU, RATE, RELU | RATE]


def test_a_combination_tells_the_codes_and_texts_of_its_parts():
    patient = take_apart(classifier(activation="sigmoid"))
    found = propose([finding("OGV102", RELU), finding("OGV107", SCALE)], patient, 6)[-1]
    assert found.codes == ("OGV102", "OGV107")
    assert found.remedy.key == "activation+scale_inputs"
    assert found.remedy.text.en == "All of these at once: Set activation. Set scale_inputs."
    assert "设置 activation。设置 scale_inputs。" in found.remedy.text.zh


@pytest.mark.parametrize(
    ("at_most", "expected"),
    [
        (1, [RELU]),
        (2, [RELU, SCALE, RELU | SCALE]),
        (3, [RELU, SCALE, RATE, RELU | SCALE | RATE]),
        (4, [RELU, SCALE, RATE, RELU | SCALE | RATE, TANH]),
    ],
)
def test_the_combination_of_what_is_tried_comes_on_top(at_most, expected):
    findings = finding("OGV102", RELU, TANH), finding("OGV107", SCALE), finding("OGV106", RATE)
    assert proposed(*findings, at_most=at_most) == expected


def test_all_keys_of_the_same_change_are_told():
    patient = take_apart(classifier(activation="sigmoid"))
    named = finding("OGV108", {"init": "auto", "activation": "sigmoid"}), finding("OGV102", AUTO)
    (found,) = propose(named, patient, 6)
    assert found.keys == ("init+activation", "init")
