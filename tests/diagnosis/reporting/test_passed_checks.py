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


def test_the_epoch_that_early_stopping_kept_is_marked_and_told():
    import dataclasses

    from ogive.diagnosis.diagnosis import Diagnosis

    last = patient(course=True)
    measured = last.measurements
    settings = dataclasses.replace(measured.settings, kept_epoch=12, n_iter=40)
    kept = Diagnosis(
        last.findings, dataclasses.replace(measured, settings=settings), last.thresholds
    )
    assert "epoch 12 of 40" in " ".join(kept.text("en").split())
    assert "第 12 轮" in "".join(kept.text("zh").split("\n")).replace("第 12轮", "第 12 轮")
    for name in ("error", "outputs"):
        assert "rule" in str(make_charts(kept, "en")[name].to_dict())
        assert "rule" not in str(make_charts(last, "en")[name].to_dict())
    assert "marks epoch 12" in render_diagnosis_report(kept, "en")


def test_a_map_of_silent_units_without_any_is_left_out():
    told = patient(course=True)
    assert "silent" in make_charts(told, "en")
    told.measurements.course.silent_share[:] = 0
    assert "silent" not in make_charts(told, "en")


def test_ticks_of_a_logarithmic_legend_lie_within_its_bar():
    from ogive.plots.training_course import training_course

    layers = {f"hidden {i}": [3e-4 * (i + 1)] * 3 for i in range(9)}
    drawn = training_course([1, 2, 3], layers, title="t", log=True).to_dict()
    colour = drawn["encoding"]["color"]
    low, high = colour["scale"]["domain"]
    assert colour["legend"]["values"]
    assert all(low <= one <= high for one in colour["legend"]["values"])
