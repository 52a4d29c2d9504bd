"""The limits: checked, and told before they bite."""

import os
from dataclasses import fields

import pytest

from ogive.text import InputError
from ogive_lab.limits import LIMIT_TEXTS, Limits
from ogive_lab.settings import Settings, is_loopback


def test_every_limit_has_a_name_in_both_languages():
    assert list(LIMIT_TEXTS) == [field.name for field in fields(Limits)]


def test_the_page_is_told_all_limits(start):
    with start(limits={"rows": 77}) as lab, lab.visitor() as visitor:
        told = visitor.get("/api/limits").json()
    assert list(told) == list(LIMIT_TEXTS)
    assert told["rows"] == {"value": 77, "en": "Rows of a table", "zh": "表格的行数"}


def test_jobs_leave_a_core_to_the_server():
    assert Limits().workers == max((os.cpu_count() or 2) - 1, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [("rows", 0), ("rows", 1.5), ("columns", True), ("seconds", 0.0), ("memory", -1.0),
     ("seconds", float("inf")), ("megabytes", float("nan")), ("workers", -1), ("epochs", "9")],
)  # fmt: skip
def test_a_limit_that_is_none_is_refused_by_its_name(name, value):
    with pytest.raises(InputError) as refused:
        Limits(**{name: value})
    assert name in refused.value.text.en and name in refused.value.text.zh


@pytest.mark.parametrize("token", ["", "short", "秘密的口令秘密的口令", "line\nline line"])
def test_a_token_that_is_easily_guessed_or_mistyped_is_refused(token):
    with pytest.raises(InputError, match="at least 8 printable ASCII"):
        Settings(token=token)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "lab.example"])
def test_an_address_that_others_reach_needs_a_token(host):
    with pytest.raises(InputError, match="token is required"):
        Settings(host=host)
    assert Settings(host=host, token="long enough").token == "long enough"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_this_machine_alone_needs_none(host):
    assert is_loopback(host)
    assert Settings(host=host).token is None


def test_the_page_can_be_another_one(monkeypatch, tmp_path):
    monkeypatch.setenv("OGIVE_LAB_PAGE", str(tmp_path))
    assert Settings().page == tmp_path
