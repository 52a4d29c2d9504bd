"""Random tokens: kept for some hours, readable by nobody else."""

import os
import time

import pytest
from platformdirs import user_data_path

from ogive_lab.tokens import HOURS, random_token


def place(port):
    return user_data_path("ogive") / f"lab-token-{port}"


def test_a_token_stays_the_same_for_a_lab_that_is_started_anew():
    assert random_token(1) == random_token(1)


def test_labs_on_different_ports_have_different_tokens():
    assert random_token(1) != random_token(2)


def test_after_some_hours_there_is_another():
    before = random_token(1)
    long_ago = time.time() - HOURS * 3600 - 60
    os.utime(place(1), (long_ago, long_ago))
    assert random_token(1) != before


@pytest.mark.skipif(os.name != "posix", reason="elsewhere files have no such rights")
def test_nobody_else_can_read_it_and_one_they_could_read_is_not_used():
    before = random_token(1)
    assert place(1).stat().st_mode & 0o077 == 0
    place(1).chmod(0o644)
    assert random_token(1) != before
    assert place(1).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "short", "x" * 500, "口令" * 11])
def test_a_file_that_holds_something_else_is_replaced(content):
    random_token(1)
    place(1).write_text(content, encoding="utf-8")
    token = random_token(1)
    assert len(token) == 22
    assert place(1).read_text() == token


def test_without_a_folder_to_keep_it_in_there_is_one_all_the_same(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", os.devnull)
    assert len(random_token(1)) == 22
