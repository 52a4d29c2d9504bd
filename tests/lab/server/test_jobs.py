"""Jobs: queued fairly, told, stopped, limited, and nobody else's."""

import asyncio
import contextlib
import logging
import sys
from functools import partial

import lab_work
import pytest

from ogive_lab.errors import Refusal
from ogive_lab.hub import Hub, Listener
from ogive_lab.jobs import Jobs
from ogive_lab.visitors import Visitor

LONG = 60.0


@contextlib.asynccontextmanager
async def jobs_of(workers=1):
    jobs = Jobs(Hub(), workers)
    try:
        yield jobs
    finally:
        jobs.close()


def submit(jobs, visitor, function, *arguments, seconds=LONG, **options):
    return jobs.submit(visitor, "test", partial(function, *arguments), seconds=seconds, **options)


async def ended(*jobs):
    for job in jobs:
        await asyncio.wait_for(job.outcome, LONG)


async def begun(job):
    while job.progress is None and not job.over:
        await asyncio.sleep(0.005)


async def _result():
    async with jobs_of() as jobs:
        job = submit(jobs, Visitor("one"), lab_work.quick, {"best": "tanh"})
        await ended(job)
        return job


def test_what_a_function_returns_is_the_result(run):
    job = run(_result())
    assert (job.state, job.value()) == ("done", {"best": "tanh"})


async def _place(tmp_path):
    async with jobs_of() as jobs:
        first = submit(jobs, Visitor("one"), lab_work.until, tmp_path / "go")
        await begun(first)
        visitor, listener = Visitor("another"), Listener()
        jobs.hub.join(visitor, listener)
        waiting = [submit(jobs, visitor, lab_work.quick, i) for i in range(3)]
        told = [job.to_dict() for job in waiting]
        jobs.hub.subscribe(visitor, listener, waiting[2].topic)
        (tmp_path / "go").touch()
        await ended(*waiting)
        return told, listener.take()


def test_the_place_in_the_queue_is_told_at_once(run, tmp_path):
    told, _ = run(_place(tmp_path))
    assert [(state["state"], state["place"]) for state in told] == [
        ("queued", 1), ("queued", 2), ("queued", 3)
    ]  # fmt: skip


def test_the_end_is_told_under_the_jobs_topic(run, tmp_path):
    _, (topic, state) = run(_place(tmp_path))
    assert topic == f"job/{state['id']}"
    assert (state["state"], state["place"], state["error"]) == ("done", 0, None)


async def _fair(tmp_path):
    async with jobs_of() as jobs:
        one, another, order = Visitor("one"), Visitor("another"), []
        first = submit(jobs, one, lab_work.until, tmp_path / "go")
        await begun(first)
        many = [submit(jobs, one, lab_work.quick, i) for i in range(9)]
        single = submit(jobs, another, lab_work.quick, "theirs")
        place = single.place
        for job in (*many, single):
            job.outcome.add_done_callback(lambda done: order.append(done.result().result))
        (tmp_path / "go").touch()
        await ended(single, *many)
        return place, order


def test_ten_jobs_of_one_do_not_delay_the_first_of_another(run, tmp_path):
    place, order = run(_fair(tmp_path))
    assert place == 2  # the first of the other nine is next
    assert order[:2] == [0, "theirs"]
    assert order[2:] == list(range(1, 9))


async def _all_workers(tmp_path):
    async with jobs_of(workers=2) as jobs:
        one = Visitor("one")
        mine = [submit(jobs, one, lab_work.until, tmp_path / "go") for _ in range(3)]
        await begun(mine[0])
        other = submit(jobs, Visitor("another"), lab_work.quick, 7)
        await ended(other)
        states = [job.state for job in mine]
        (tmp_path / "go").touch()
        await ended(*mine)
        return states


def test_one_visitor_cannot_take_all_workers(run, tmp_path):
    assert run(_all_workers(tmp_path)) == ["running", "queued", "queued"]


async def _lanes(tmp_path):
    async with jobs_of() as jobs:
        visitor = Visitor("one")
        long = submit(jobs, visitor, lab_work.until, tmp_path / "go")
        await begun(long)
        quick = submit(jobs, visitor, lab_work.quick, 1, lane="quick")
        await ended(quick)
        return long.state, quick.state


def test_a_quick_job_does_not_wait_for_a_long_one(run, tmp_path):
    assert run(_lanes(tmp_path)) == ("running", "done")


async def _stopped(tmp_path):
    async with jobs_of() as jobs:
        visitor = Visitor("one")
        running = submit(jobs, visitor, lab_work.until, tmp_path / "never")
        waiting = submit(jobs, visitor, lab_work.quick, 1)
        await begun(running)
        jobs.stop_all(visitor)
        await ended(running, waiting)
        after = submit(jobs, visitor, lab_work.quick, 2)
        await ended(after)
        return running, waiting, after


def test_jobs_that_run_or_wait_can_be_stopped_and_others_go_on(run, tmp_path):
    running, waiting, after = run(_stopped(tmp_path))
    assert (running.state, waiting.state, after.state) == ("stopped", "stopped", "done")
    with pytest.raises(Refusal) as refused:
        running.value()
    assert refused.value.status == 409


async def _deaf(tmp_path, seconds, stop):
    async with jobs_of() as jobs:
        job = submit(
            jobs, Visitor("one"), lab_work.endless, tmp_path / "on", seconds=seconds, lane="quick"
        )
        while stop and not (tmp_path / "on").exists():
            await asyncio.sleep(0.01)
        if stop:
            jobs.stop(job)
        await ended(job)
        after = submit(jobs, Visitor("one"), lab_work.quick, 2, lane="quick")
        await ended(after)
        return job, after


def test_a_job_that_does_not_listen_is_killed_when_its_time_is_over(run, tmp_path):
    job, after = run(_deaf(tmp_path, seconds=0.2, stop=False))
    assert job.state == "failed"
    assert "longer than 0.2 seconds" in job.error.en and "0.2 秒" in job.error.zh
    assert after.state == "done"


def test_a_job_that_does_not_listen_can_be_stopped(run, tmp_path):
    job, after = run(_deaf(tmp_path, seconds=LONG, stop=True))
    assert (job.state, after.state) == ("stopped", "done")


async def _failures():
    async with jobs_of() as jobs:
        visitor = Visitor("one")
        functions = (lab_work.refused, lab_work.broken, lab_work.dying, lab_work.exhausted)
        failed = [submit(jobs, visitor, function) for function in functions]
        failed.append(submit(jobs, visitor, lab_work.strange_result))
        failed.append(jobs.submit(visitor, "test", lambda report, stopped: 1, seconds=LONG))
        await ended(*failed)
        after = submit(jobs, visitor, lab_work.quick, 1)
        await ended(after)
        return failed, after


def test_whatever_fails_is_told_in_both_languages_and_others_go_on(run, caplog):
    with caplog.at_level(logging.ERROR, "ogive_lab"):
        failed, after = run(_failures())
    assert [(job.state, job.status) for job in failed] == [
        ("failed", 422), ("failed", 500), ("failed", 503), ("failed", 422), ("failed", 500),
        ("failed", 500),
    ]  # fmt: skip
    assert after.state == "done"
    refused, broken, dying, exhausted, *_ = failed
    assert refused.to_dict()["error"] == {"place": (2, 5), "en": "Not so.", "zh": "不可以。"}
    assert "secret" not in broken.error.en and "a secret of the worker" in caplog.text
    assert "ended unexpectedly" in dying.error.en
    assert "not enough memory" in exhausted.error.en
    assert all(job.error.zh for job in failed)


async def _limits(tmp_path):
    async with jobs_of() as jobs:
        visitor = Visitor("one")
        mine = [submit(jobs, visitor, lab_work.until, tmp_path / "go", most=2) for _ in range(2)]
        with pytest.raises(Refusal) as refused:
            submit(jobs, visitor, lab_work.quick, 1, most=2)
        other = submit(jobs, Visitor("another"), lab_work.quick, 1, most=2)
        (tmp_path / "go").touch()
        await ended(*mine, other)
        again = submit(jobs, visitor, lab_work.quick, 1, most=2)
        await ended(again)
        return refused.value, again


def test_a_visitor_may_have_only_so_many_at_once(run, tmp_path):
    refused, again = run(_limits(tmp_path))
    assert refused.status == 429
    assert "You have 2 jobs" in refused.text.en
    assert again.state == "done"


async def _greedy():
    async with jobs_of() as jobs:
        job = submit(jobs, Visitor("one"), lab_work.greedy, lane="quick")
        await ended(job)
        return job


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory cannot be limited so")
def test_a_quick_job_has_only_so_much_memory(run):
    job = run(_greedy())
    assert job.state == "failed"
    assert "not enough memory" in job.error.en


async def _many():
    async with jobs_of() as jobs:
        visitor, pids = Visitor("one"), []
        for _ in range(3):
            job = submit(jobs, visitor, lab_work.process)
            await ended(job)
            pids.append(job.result)
        return pids


def test_a_worker_is_replaced_after_many_jobs(run, monkeypatch):
    monkeypatch.setattr("ogive_lab.bench.MOST_JOBS", 2)
    first, second, third = run(_many())
    assert first == second != third


async def _instead(tmp_path):
    async with jobs_of() as jobs:
        visitor = Visitor("one")
        old = submit(jobs, visitor, lab_work.until, tmp_path / "never", instead=True)
        new = submit(jobs, visitor, lab_work.quick, 1, instead=True)
        await ended(old, new)
        return old.state, new.state


def test_a_job_can_take_the_place_of_ones_own_earlier_one(run, tmp_path):
    assert run(_instead(tmp_path)) == ("stopped", "done")


async def _progress():
    async with jobs_of() as jobs:
        visitor, listener = Visitor("one"), Listener()
        jobs.hub.join(visitor, listener)
        job = submit(jobs, visitor, lab_work.counting, 20_000)
        jobs.hub.subscribe(visitor, listener, job.topic)
        states = 0
        while not job.over:
            await asyncio.sleep(0)
            states += listener.take() is not None
        return job, states


def test_reports_come_in_any_number_and_few_are_passed_on(run):
    job, states = run(_progress())
    assert job.state == "done"
    assert states < 200


async def _kept():
    async with jobs_of() as jobs:
        one, another = Visitor("one"), Visitor("another")
        mine = [submit(jobs, one, lab_work.quick, i) for i in range(60)]
        await ended(*mine)
        submit(jobs, one, lab_work.quick, 60)
        return jobs, one, another, mine


def test_a_job_of_another_visitor_is_not_there(run):
    jobs, one, another, mine = run(_kept())
    assert jobs.find(one, mine[-1].id) is mine[-1]
    with pytest.raises(Refusal) as refused:
        jobs.find(another, mine[-1].id)
    assert refused.value.status == 404


def test_only_the_last_jobs_of_a_visitor_are_kept(run):
    jobs, one, _, mine = run(_kept())
    assert len(jobs.of(one)) <= 41
    with pytest.raises(Refusal):
        jobs.find(one, mine[0].id)


async def _unknown():
    async with jobs_of() as jobs:
        visitor, listener = Visitor("one"), Listener()
        jobs.hub.join(visitor, listener)
        jobs.hub.subscribe(visitor, listener, "job/of-an-earlier-start")
        return listener.take()


def test_a_job_of_an_earlier_start_is_told_to_be_unknown(run):
    topic, state = run(_unknown())
    assert (topic, state["state"]) == ("job/of-an-earlier-start", "unknown")


async def _closed(tmp_path):
    async with jobs_of() as jobs:
        running = submit(jobs, Visitor("one"), lab_work.until, tmp_path / "never")
        waiting = submit(jobs, Visitor("one"), lab_work.quick, 1)
        await begun(running)
    with pytest.raises(Refusal) as refused:
        submit(jobs, Visitor("one"), lab_work.quick, 1)
    return running.state, waiting.state, refused.value.status


def test_all_jobs_end_with_the_lab(run, tmp_path):
    assert run(_closed(tmp_path)) == ("stopped", "stopped", 503)


def test_the_api_tells_and_stops_ones_own_jobs_only(lab, visitor, tmp_path):
    own = lab.state.visitors.of(next(iter(visitor.cookies.values())))
    loop_of_the_lab = _loop(lab)

    async def begin():
        return submit(lab.state.jobs, own, lab_work.until, tmp_path / "never")

    job = asyncio.run_coroutine_threadsafe(begin(), loop_of_the_lab).result(LONG)
    assert [told["id"] for told in visitor.get("/api/jobs").json()] == [job.id]
    assert visitor.get(f"/api/jobs/{job.id}").json()["kind"] == "test"
    with lab.visitor() as another:
        assert another.get("/api/jobs").json() == []
        assert another.get(f"/api/jobs/{job.id}").status_code == 404
        assert another.delete(f"/api/jobs/{job.id}").status_code == 404
    assert job.state in ("queued", "running")
    assert visitor.delete(f"/api/jobs/{job.id}").status_code == 200
    while visitor.get(f"/api/jobs/{job.id}").json()["state"] != "stopped":
        pass


def _loop(lab):
    return lab.server.servers[0].get_loop()
