"""What runs for a visitor ends when they have gone, and not before."""

import asyncio
import time
from functools import partial

import lab_work
import pytest

from ogive_lab import app

LONG = 60


@pytest.fixture
def lab(start, monkeypatch):
    """Return a lab that soon looks who has gone, and has little patience."""
    monkeypatch.setattr(app, "SWEEP_SECONDS", 0.02)
    with start(limits={"patience": 0.5}) as running_lab:
        yield running_lab


def begun(lab, visitor, path):
    """Submit a job that goes on until there is a file."""

    async def submit():
        own = lab.state.visitors.of(next(iter(visitor.cookies.values())))
        job = lab.state.jobs.submit(own, "test", partial(lab_work.until, path), seconds=LONG)
        return own, job

    loop = lab.server.servers[0].get_loop()
    return asyncio.run_coroutine_threadsafe(submit(), loop).result(LONG)


def test_the_jobs_of_who_has_gone_are_stopped(lab, visitor, tmp_path):
    _, job = begun(lab, visitor, tmp_path / "never")
    while not job.over:
        time.sleep(0.01)
    assert job.state == "stopped"


def test_the_jobs_of_who_has_a_page_open_go_on(lab, visitor, tmp_path):
    with lab.socket(visitor):
        own, job = begun(lab, visitor, tmp_path / "go")
        own.seen = 0.0  # long ago
        with lab.visitor() as another:
            _, other = begun(lab, another, tmp_path / "never")
        while not other.over:  # so there was a sweep
            time.sleep(0.01)
        assert job.state in ("queued", "running")
        (tmp_path / "go").touch()
        while not job.over:
            time.sleep(0.01)
    assert job.state == "done"
