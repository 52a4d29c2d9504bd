"""The order in which a diagnosis tells its findings."""

from dataclasses import replace

import pytest
from diagnosis.checks.made_measurements import make_hidden, make_measured, make_output, standard_z

from ogive.diagnosis.checks import run_checks
from ogive.diagnosis.checks.causes import causes_among
from ogive.diagnosis.checks.order import in_order
from ogive.diagnosis.finding import CODES, DiagnosisFinding
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text


def finding(code, severity="issue", kind=""):
    return DiagnosisFinding(code, severity, Text("", ""), Text("", ""), Text("", ""), kind)


def codes_of(*found):
    return [one.code for one in in_order(list(found))]


@pytest.mark.parametrize(
    ("cause", "consequence"),
    [
        ("OGV102", "OGV101"),
        ("OGV105", "OGV106"),
        ("OGV107", "OGV106"),
        ("OGV108", "OGV101"),
        ("OGV108", "OGV102"),
        ("OGV106", "OGV101"),
        ("OGV107", "OGV104"),
        ("OGV102", "OGV111"),
        ("OGV110", "OGV111"),
    ],
)
def test_causes_come_before_consequences(cause, consequence):
    assert codes_of(finding(consequence), finding(cause)) == [cause, consequence]


def test_a_gradient_that_dead_units_block_comes_after_them():
    assert codes_of(finding("OGV102", kind="dead"), finding("OGV101")) == ["OGV101", "OGV102"]


def test_a_gain_of_nothing_that_dead_units_make_of_weights_comes_after_them():
    weights = replace(finding("OGV108", kind="shrinking"), numbers={"total_gain": 0.0})
    assert codes_of(weights, finding("OGV101")) == ["OGV101", "OGV108"]


def test_a_constant_answer_comes_after_the_units_that_cause_it():
    assert codes_of(finding("OGV110", kind="constant"), finding("OGV101")) == ["OGV101", "OGV110"]


def test_issues_come_before_tips_and_what_passed_stands_by_code():
    found = [finding(code, "passed") for code in reversed(CODES)]
    found += [finding("OGV105", "tip"), finding("OGV111", "issue")]
    assert codes_of(*found) == ["OGV111", "OGV105", *CODES]


def vanishing():
    """Return measurements of sigmoids through which neither signal nor gradient passes."""
    z = 0.7 + 1e-6 * standard_z()
    first = make_hidden(1, function="sigmoid", error_norm=0.14**8)
    layers = [make_hidden(i, z, "sigmoid", error_norm=0.14 ** (9 - i)) for i in range(2, 9)]
    return make_measured(first, *layers, make_output())


def test_a_vanishing_gradient_leads_the_report_and_its_remedy_with_it():
    found = run_checks(vanishing(), Thresholds())
    assert found[0].code == "OGV102"
    assert "OGV101" in [one.code for one in found if one.severity == "issue"]
    units = next(one for one in found if one.code == "OGV101")
    assert units.remedies[0] == found[0].remedies[0]


def test_causes_are_told_in_that_order_too():
    found = causes_among(["OGV101", "OGV102"], vanishing(), Thresholds())
    assert [one.code for one in found] == ["OGV102", "OGV101"]
