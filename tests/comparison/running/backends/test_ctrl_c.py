"""Ctrl-C in a process of its own, as a terminal sends it: to the whole group of processes."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

SCRIPT = """
import sys
from sklearn.datasets import load_digits
import ogive

kept = []

def progress(done, total, phase):
    if phase == "train" and done:
        kept.append(done)
        print("done", done, flush=True)

if __name__ == "__main__":
    try:
        ogive.compare(
            *load_digits(return_X_y=True),
            activations=["tanh", "relu"],
            n_repeats=20,
            scheduler=sys.argv[1],
            n_jobs=2,
            progress=progress,
        )
    except KeyboardInterrupt:
        print("interrupted with", kept[-1], flush=True)
"""


def members(group):
    """Whether any process of a group still lives."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("scheduler", ["processes", "dask://local"])
def test_ctrl_c_ends_the_run_keeps_what_was_reported_and_leaves_no_process(tmp_path, scheduler):
    if scheduler.startswith("dask"):
        pytest.importorskip("distributed")
    script = tmp_path / "comparing.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), scheduler],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            lines = [process.stdout.readline(), process.stdout.readline()]
            assert all(line.startswith("done") for line in lines), process.stderr.read()
            os.killpg(process.pid, signal.SIGINT)
            out, errors = process.communicate(timeout=60)
            told = "".join(lines) + out
            dones = [line.split()[-1] for line in told.splitlines() if line.startswith("done")]
            assert out.splitlines()[-1] == f"interrupted with {dones[-1]}"
            assert int(dones[-1]) < 600
            assert "Traceback" not in errors
            waited_until = time.monotonic() + 30
            while members(process.pid) and time.monotonic() < waited_until:
                time.sleep(0.1)
            assert not members(process.pid)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
