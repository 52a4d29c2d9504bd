"""What the table of the race says of runs that do not arrive."""

import json

import pytest


def test_what_can_never_arrive_says_never(ogive):
    names = ("squared_relu", "tanhshrink", "gaussian", "sigmoid")
    out = ogive("activation", *names, "--race").out
    rows = {line.split()[0]: line.split() for line in out.splitlines() if line.split()}
    assert [rows[name][-1] for name in names] == ["never", "never", "never", "67"]
    assert ">" not in out


def test_the_chinese_table_says_so_too(ogive):
    out = ogive("activation", "gaussian", "--race", "--lang", "zh").out
    assert "永远到不了" in out


def test_the_outcome_stands_in_the_json(ogive):
    (record,) = json.loads(ogive("activation", "tanhshrink", "--race", "--json").out)
    assert record["same_inputs"]["outcome"] == "never"
    assert record["same_outputs"]["outcome"] == "arrived"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_logarithm_is_named_as_in_formulas(lang, ogive):
    out = ogive("activation", "tanh", "--race", "--lang", lang).out
    assert "log 9" in out
    assert "ln 9" not in out
