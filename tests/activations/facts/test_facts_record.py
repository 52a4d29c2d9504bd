from __future__ import annotations

import json
import math
import re

import pytest

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.facts import Facts, facts_of
from ogive.activations.facts.ranges import UNDECIDED
from ogive.activations.facts.wording import FIELDS
from ogive.text import InputError


def facts(name):
    definition = CATALOGUE[name]
    return facts_of(definition, {p.name: p.default for p in definition.parameters})


@pytest.mark.parametrize("name", CATALOGUE)
def test_facts_come_back_from_json_as_they_were(name):
    text = json.dumps(facts(name).to_dict(), allow_nan=False)
    assert Facts.from_dict(json.loads(text)) == facts(name)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_function_is_described_in_both_languages(name, language):
    rows = facts(name).describe(language)
    labels = [label for label, _ in rows]
    assert len(set(labels)) == len(labels)
    assert set(labels) <= {field.to(language) for field in FIELDS.values()}
    for _, text in rows:
        assert text and "{}" not in text and "None" not in text and "nan" not in text
        if language == "zh":
            assert not re.search(r"\b(for|and|yes|no|increasing)\b", text)


def test_the_words_of_elu():
    rows = dict(facts("elu").describe("en"))
    assert rows["Derivative range"] == "(0, 1]"
    assert rows["Derivative range in general"] == "(0, α) ∪ {1} for α > 0, z ≠ 0"
    assert rows["Monotonicity"] == "strictly increasing"
    assert rows["Saturates"] == "float32: for z < -17.3287; float64: for z < -37.4299"
    assert rows["Towards ±∞"] == ("z → -∞: value → -1, slope → 0; z → ∞: value → ∞, slope → 1")


def test_the_words_of_relu_in_chinese():
    rows = dict(facts("relu").describe("zh"))
    assert rows["导数范围"] == "{0, 1}"
    assert rows["单调性"] == "递增，部分区间为常数"
    assert rows["折点"] == "0 处：左导数 0，右导数 1，采用 0"


def test_the_words_of_step_count_the_border_in():
    saturates = dict(facts("step").describe("en"))["Saturates"]
    assert saturates == "float32 and float64: for z < 0 and for z ≥ 0"
    assert dict(facts("relu").describe("zh"))["饱和"] == "float32、float64：z ≤ 0"


def test_what_has_no_meaning_is_named_in_words():
    assert dict(facts("softmax").describe("en"))["Without meaning here"] == (
        "whether it is zero-centred, symmetry, curvature, where it falls, where it saturates,"
        " local extrema, kinks, jumps"
    )
    zh = dict(facts("swiglu").describe("zh"))["此处无意义"]
    assert {"导数范围", "下降区间", "趋于 ±∞ 时的极限", "饱和点"} <= set(zh.split("、"))
    assert "一般的" not in zh


def test_a_range_that_is_not_known_says_so_and_guesses_nothing():
    known = facts("swiglu").derivative_range
    assert (known.status, known.text, known.known) == ("not applicable", "not applicable", False)
    assert math.isnan(known.lower) and math.isnan(known.upper)
    assert known.bounded is None
    assert not known.exact
    assert "undecided" in UNDECIDED.latex
    with pytest.raises(InputError, match="undecided"):
        assert 1.0 in UNDECIDED


def test_a_numeric_range_is_labelled():
    rows = dict(facts("mish").describe("en"))
    assert rows["Output range"] == "[-0.308843, ∞) (numeric)"
    assert not facts("mish").output_range.exact


def test_ranges_have_latex():
    assert facts("sigmoid").derivative_range.latex == r"\left(0, \frac{1}{4}\right]"
    assert facts("relu").derivative_range.latex == r"\left\{0, 1\right\}"
    latex = facts("elu").general_derivative_range.latex
    assert latex == r"\left(0, \alpha\right) \cup \left\{1\right\}"
    assert r"\mathrm{negative\_slope}" in facts("leaky_relu").general_derivative_range.latex


def test_a_range_knows_its_numbers():
    known = facts("sigmoid").derivative_range
    assert 0.25 in known and 0.1 in known
    assert 0.0 not in known and 0.2501 not in known
    assert 0.0 in facts("relu").derivative_range
    assert 0.5 not in facts("relu").derivative_range
    assert (known.lower, known.upper) == (0.0, 0.25)
