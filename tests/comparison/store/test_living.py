"""Whether the process that does a run still lives."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from ogive.comparison.store import open_store
from ogive.comparison.store.living import is_alive, this_process

NOW = datetime(2026, 1, 1, 12)


def test_this_process_lives():
    assert is_alive(*this_process(), NOW - timedelta(days=1), NOW)


def test_a_process_that_ended_does_not():
    code = "from ogive.comparison.store.living import this_process; print(*this_process(), sep='|')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    host, process = done.stdout.strip().split("|")
    assert host == this_process()[0]
    assert not is_alive(host, process, NOW, NOW)


@pytest.mark.skipif(sys.platform != "linux", reason="when a process began is told by Linux alone")
def test_another_process_that_got_its_number_is_not_it():
    host, process = this_process()
    assert process.startswith(f"{os.getpid()} ")
    assert not is_alive(host, f"{os.getpid()} 1", NOW, NOW)


def test_elsewhere_signs_of_life_tell():
    assert is_alive("another machine", "1 2", NOW - timedelta(seconds=20), NOW)
    assert not is_alive("another machine", "1 2", NOW - timedelta(minutes=5), NOW)


def test_what_is_written_of_a_process_may_be_anything():
    assert not is_alive(this_process()[0], "", NOW, NOW)


def test_a_run_gives_signs_of_life(store, new_comparison_of, monkeypatch):
    monkeypatch.setattr("ogive.comparison.store.run.HEARTBEAT", 0.05)
    journal = store.begin(new_comparison_of().described())
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE ogive_runs SET host = 'gone', seconds = -1"))
    while store.run(journal.id).seconds < 0:
        pass
    assert store.run(journal.id).state == "running"
    journal.pause(0.0)


BEGIN = """
import os
from conftest import small
from ogive.comparison.store import open_store
store = open_store(sys.argv[1])
store.begin(small().described())
print("begun", flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_run_whose_process_was_killed_is_paused(place, run_killed):
    assert run_killed(BEGIN, place) == "begun\n"
    with open_store(place) as store:
        assert [run.state for run in store.runs()] == ["paused"]
