"""What passed is not named after its fault, and columns do not name faults that are none."""

import re

import pytest
from diagnosis.reporting.patients import patient

from ogive.diagnosis.finding import CODES
from ogive.diagnosis.reporting.content import PASSED_NAMES
from ogive.diagnosis.reporting.figures import make_charts
from ogive.diagnosis.reporting.report import render_diagnosis_report
from ogive.diagnosis.showing import diagnosis_html, diagnosis_text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_passed_check_does_not_bear_the_name_of_its_fault(language):
    name = CODES["OGV103"].to(language)
    told = patient()
    assert name not in diagnosis_text(told, language)
    assert name not in diagnosis_html(told, language)
    passed = re.search(
        r'<details class="finding passed">.*?</summary>',
        render_diagnosis_report(told, language),
        re.DOTALL,
    )
    assert passed is not None
    assert name not in passed[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_check_that_does_not_apply_says_which_it_is(language):
    assert CODES["OGV106"].to(language) in diagnosis_text(patient(), language)


def test_every_code_has_a_name_for_what_passed():
    assert set(PASSED_NAMES) == set(CODES)
    for code, name in PASSED_NAMES.items():
        assert name.en.lower() != CODES[code].en.lower() or code in ("OGV106", "OGV110")


def test_the_zeros_of_relu_are_called_flat_and_not_saturated():
    for language, word, fault in (("en", "flat values", "saturated"), ("zh", "平坦比例", "饱和")):
        table = diagnosis_text(patient(found=[]), language, 200)
        assert word in table
        assert fault not in table


def test_columns_left_out_for_width_are_named():
    text = diagnosis_text(patient(), "en", 70)
    assert "update / weights" in text.split("Not shown for lack of room: ")[1]
    assert "Not shown" not in diagnosis_text(patient(), "en", 200)
    assert "因宽度不够未显示" in diagnosis_text(patient(), "zh", 60)


def test_the_linear_output_does_not_stretch_the_axis_of_the_activations():
    drawn = str(make_charts(patient(), "en")["histograms"].to_dict())
    assert "hidden 1" in drawn
    assert "output" not in drawn
