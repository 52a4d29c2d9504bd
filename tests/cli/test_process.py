"""The command line as a process of its own: exit codes, signals, pipes, encodings."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest


def run(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "ogive", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100", "OGIVE_LANG": "en", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_the_version_is_printed(tmp_path):
    result = run(tmp_path, "--version")
    assert (result.returncode, result.stdout.split()[0]) == (0, "ogive")


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("en_US.UTF-8", "none.csv is not found"), ("zh_CN.UTF-8", "找不到 none.csv")],
)
def test_bad_input_is_said_in_the_language_of_the_locale(locale, sentence, tmp_path):
    result = run(tmp_path, "compare", "none.csv", "--target", "y", OGIVE_LANG="", LC_ALL=locale)
    assert (result.returncode, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_terminal_that_lacks_chinese_letters_is_no_error(tmp_path):
    result = run(tmp_path, "compare", "--help", OGIVE_LANG="zh", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "--target" in result.stdout


def test_an_interruption_is_one_sentence_and_leaves_no_file(tmp_path):
    arguments = ["compare", "digits", "--target", "target"]
    arguments += ["--repeats", "4", "--hidden-layer-sizes", "256,256"]
    process = subprocess.Popen(
        [sys.executable, "-m", "ogive", *arguments],
        cwd=tmp_path,
        env={**os.environ, "OGIVE_LANG": "en"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    process.stderr.readline()  # the notice on constant columns: training has begun
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert re.match(r"Interrupted: \d+ of 720 fits are done and kept as", errors.splitlines()[-1])
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_reading_is_no_error(tmp_path):
    fitted = run(tmp_path, "fit", "digits", "--target", "target", "--max-iter", "3")
    assert fitted.returncode == 0, fitted.stderr
    command = f"{sys.executable} -m ogive predict model.ogive digits --proba | head -n 1"
    result = subprocess.run(
        command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.stdout.startswith("prediction,probability_0")
    assert result.stderr == ""
