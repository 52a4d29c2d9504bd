"""Sheets of several functions, and findings, as a terminal shows them."""

import re

import pytest
from rich.cells import cell_len


def test_several_functions_are_compared_side_by_side(ogive, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    out = ogive("activation", "relu", "gelu", "tanh").out
    lines = {line[:21].strip(): line[21:].split("  ") for line in out.splitlines()}
    assert [part.strip() for part in lines["Output range"] if part.strip()] == [
        "[0, ∞)",
        "[-0.169971, ∞)",
        "(-1, 1)",
    ]
    for label in ("Monotonicity", "Zero-centred", "Smoothness", "Lipschitz constant", "Bounded"):
        assert len([part for part in lines[label] if part.strip()]) == 3


def test_a_single_function_is_compared_with_nothing(ogive):
    out = ogive("activation", "relu").out
    assert out.count("Lipschitz constant") == 1
    assert "Saturates (float32)" not in out


@pytest.mark.parametrize("columns", [40, 72, 100])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_many_functions_are_compared_in_tables_that_keep_to_the_width(
    columns, lang, ogive, monkeypatch
):
    monkeypatch.setenv("COLUMNS", str(columns))
    names = ["relu", "gelu", "step", "tanh", "sigmoid", "softmax", "max(0, z)*sigmoid(3*z)"]
    out = ogive("activation", *names, "--lang", lang).out
    assert max(map(cell_len, out.splitlines())) <= columns
    label = {"en": "Bounded", "zh": "有界"}[lang]
    rows = [line for line in out.splitlines() if line.startswith(label)]
    assert sum(len(re.findall(r"\b(yes|no)\b|是|否", row)) for row in rows) == len(names)


def test_chinese_sentences_of_a_finding_follow_each_other_without_a_blank(ogive, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    out = ogive("activation", "1/z", "--lang", "zh").out
    assert "停止。替换没有定义的部分" in out
    assert not re.search(r"[。，；：] ", out)


def test_a_finding_of_an_infinite_slope_is_shown(ogive):
    assert (
        "OGV005  The derivative is infinite or undefined" in ogive("activation", "sqrt(abs(z))").out
    )


def test_nested_formulas_are_shown_as_one_list_of_cases(ogive):
    out = ogive("activation", "min(max(0, z), 6)").out
    assert re.search(r"⎧0  for z < 0\n.*\n.*⎨z  for z < 6\n.*\n.*⎩6  otherwise", out)
    assert out.count("otherwise") == 2
