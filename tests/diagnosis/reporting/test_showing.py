import json

import numpy as np
import pytest
from diagnosis.reporting.patients import patient
from rich.cells import cell_len

from ogive.diagnosis.reporting.content import number, predicted_norms, shown_layer, unit_counts
from ogive.diagnosis.reporting.data import plain
from ogive.diagnosis.reporting.report import render_diagnosis_report
from ogive.diagnosis.showing import diagnosis_html, diagnosis_text


def test_findings_come_first_the_worst_at_the_top():
    text = patient().text("en")
    places = [text.index(code) for code in ("OGV101", "OGV107", "OGV103", "OGV106")]
    assert places == sorted(places)
    assert places[-1] < text.index("Layers, from the input")


def test_a_finding_tells_its_cause_each_remedy_and_the_effect_predicted():
    text = patient().text("en")
    for part in ("No gradient passes.", "→ Take leaky_relu.", "3 more units", "→ Start from He's"):
        assert part in text


def test_lines_fit_the_width_in_both_languages():
    for language in ("en", "zh"):
        lines = diagnosis_text(patient(), language, 70).splitlines()
        assert max(map(cell_len, lines)) <= 70


def test_no_english_sentence_is_left_in_chinese():
    text = patient().text("zh")
    for part in ("issue", "passed", "rows", "layers", "units", "hidden"):
        assert part not in text


def test_columns_of_which_nothing_is_known_are_left_out():
    text = diagnosis_text(patient(), "en", 200)
    assert "update / weights" in text
    silent = patient()
    for layer in silent.layers:
        object.__setattr__(layer, "update_ratio", float("nan"))
    assert "update / weights" not in diagnosis_text(silent, "en", 200)


def test_plain_data_are_json_without_infinite_numbers():
    found = patient(course=True).to_dict("zh")
    text = json.dumps(found, allow_nan=False, ensure_ascii=False)
    assert json.loads(text) == found
    assert found["findings"][0]["numbers"]["distance"] is None
    assert found["findings"][0]["numbers"]["epochs"] == [0, 1]
    assert "死亡" in found["findings"][0]["title"]
    assert "sample_z" not in text
    assert found["units"]["hidden 1"]["dead"] == 3


def test_values_of_all_kinds_become_plain():
    given = {"a": np.float32("inf"), 1: np.arange(2), "t": (True, None, "x"), "n": np.int64(3)}
    assert plain(given) == {"a": None, "1": [0, 1], "t": [True, None, "x"], "n": 3}


def test_the_frame_has_a_row_a_layer_and_nulls_for_what_is_not_known():
    frame = patient(2).to_polars()
    assert frame["name"].to_list() == ["hidden 1", "hidden 2", "output"]
    assert frame["dead"].to_list() == [3, 3, None]
    assert frame["effective_rank"].to_list() == [7.5, 7.5, None]
    assert frame["fan_out"].to_list() == [20, 20, 3]


def test_units_are_counted_once_each():
    for of_layer in unit_counts(patient()).values():
        assert sum(of_layer.values()) == 20


def test_the_prediction_multiplies_gains_from_the_last_layer_back():
    layers = patient(2).layers
    norms = predicted_norms(layers)
    np.testing.assert_allclose(norms, [0.1 * 0.6 * 0.6, 0.1 * 0.6, 0.1])


def test_layers_of_ours_are_named_in_the_language_and_others_as_they_are():
    assert shown_layer("hidden 12", "zh") == "隐藏层 12"
    assert shown_layer("hidden.act", "zh") == "hidden.act"
    assert number(float("nan")) == "–"


@pytest.mark.parametrize(("language", "word"), [("en", "dead"), ("zh", "死亡")])
def test_a_notebook_shows_texts_not_markup(language, word):
    html = diagnosis_html(patient(), language)
    assert f"&lt;{word}&gt;" in html
    assert f"<{word}>" not in html
    assert html.count("<details open") == 2


def test_values_of_a_training_that_failed_are_shown_without_a_warning():
    failed = patient(2, course=True)
    for layer in failed.measurements.hidden:
        object.__setattr__(layer, "sample_a", layer.sample_a * 1e200)
        object.__setattr__(layer, "error_norm", float("inf"))
    assert "hidden 1" in failed.text("en")
    assert failed.to_dict()["layers"][0]["error_norm"] is None
    assert "data-chart" in render_diagnosis_report(failed)
