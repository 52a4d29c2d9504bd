"""``ogive compare`` as processes that end early, and go on."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

FITS = 24
RUN = ("compare", "iris", "--target", "target", "-a", "relu,tanh", "--folds", "2", "--repeats", "2")
RUN += ("--max-iter", "4000", "--learning-rate", "0.001,0.002,0.003", "--no-report")
RUN += ("--hidden-layer-sizes", "64,64", "--batch-size", "4", "--jobs", "1", "--no-times")
RUN += ("--json", "-")


@pytest.fixture
def start(tmp_path):
    """Start the command line in an empty folder, with a store of its own."""

    def begin(*arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "ogive", *arguments, "--store", "runs.db"],
            cwd=tmp_path,
            env={**os.environ, "OGIVE_LANG": "en", "COLUMNS": "100"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return begin


@pytest.fixture
def finish(start):
    def run(*arguments):
        process = start(*arguments)
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        return out, err

    return run


@pytest.fixture
def end_after(start, tmp_path):
    """Send a signal to a comparison once so many fits are in the store."""

    def run(n_fits, number, *arguments):
        process = start(*arguments)
        try:
            while process.poll() is None and n_in_store(tmp_path / "runs.db") < n_fits:
                time.sleep(0.01)
            process.send_signal(number)
            out, err = process.communicate(timeout=120)
        finally:
            process.kill()
        return process.returncode, out, err

    return run


def n_in_store(path):
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            return connection.execute("SELECT count(*) FROM ogive_fits").fetchone()[0]
    except sqlite3.OperationalError:  # the tables are being made
        return 0


def test_what_was_interrupted_and_killed_goes_on_and_ends_as_if_it_had_not_been(
    start, finish, end_after, tmp_path
):
    whole, _ = finish(*RUN)
    (tmp_path / "runs.db").unlink()

    code, out, err = end_after(2, signal.SIGINT, *RUN)
    assert (code, out) == (130, "")
    last = err.splitlines()[-1]
    assert last.startswith("Interrupted: ")
    assert last.endswith("of 24 fits are done and kept as run 1; the same command again continues, "
                         "as does 'ogive compare --resume --store runs.db'.")  # fmt: skip
    assert "Traceback" not in err
    done = n_in_store(tmp_path / "runs.db")
    assert 2 <= done < FITS

    code, out, _ = end_after(done + 2, signal.SIGKILL, *RUN)
    assert (code, out) == (-signal.SIGKILL, "")
    done = n_in_store(tmp_path / "runs.db")
    assert done < FITS

    out, err = finish("compare", "--resume")
    assert f"{done} of them were done before and are taken from the store." in err
    assert out == whole

    listed, _ = finish("runs", "--json")
    (run,) = json.loads(listed)
    assert (run["state"], run["n_fits"], run["n_planned"]) == ("finished", FITS, FITS)
    exported, _ = finish("runs", "export", "1", "--no-times")
    assert exported == whole


def test_two_at_once_on_one_store_both_end_well(start):
    fast = ("--max-iter", "3", "--folds", "2", "--repeats", "1", "--no-report", "--json", "-")
    both = [
        start("compare", name, "--target", "target", "-a", "relu,tanh", *fast)
        for name in ("iris", "wine")
    ]
    results = [process.communicate(timeout=240) for process in both]
    assert [process.returncode for process in both] == [0, 0], results
    assert {json.loads(out)["run"] for out, _ in results} == {1, 2}
