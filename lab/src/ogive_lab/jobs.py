"""Work that takes time: queued fairly, done in worker processes, told, stopped and limited.

A room submits a function of a module with its arguments bound::

    def compare(table, target, report, stopped):
        ...
        report({"done": 3, "total": 20})
        if stopped():
            raise Stopped
        return {"best": "tanh"}

    job = lab.jobs.submit(visitor, "comparison", partial(compare, table, "price"), most=2)

The state of a job is published under the topic ``job/<id>``.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
import traceback
from collections import OrderedDict
from typing import Any

from starlette.requests import Request

from ogive.text import Text
from ogive_lab.bench import Bench
from ogive_lab.errors import UNEXPECTED, Refusal
from ogive_lab.hub import Hub
from ogive_lab.job import Job, Lane, State
from ogive_lab.queueing import FairQueue
from ogive_lab.visitors import Visitor, not_here
from ogive_lab.worker import Function

__all__ = ["DIED", "Job", "Jobs", "Lane"]

log = logging.getLogger("ogive_lab")

KEPT = 40
MOST_WAITING = 2000
MOST_FAILED_STARTS = 3

JOB = Text("job", "任务")
TOO_MANY = Text(
    "You have {n} jobs of this kind already, the most that one visitor may have; wait for one of "
    "them or stop it.",
    "您已有 {n} 个此类任务，已达到每位访客的上限；请等待其中一个完成，或将其停止。",
)
FULL = Text("The lab has too much to do; try again in a minute.", "实验室任务过多；请稍后再试。")
TOO_LONG = Text("This took longer than {seconds:g} seconds.", "用时超过 {seconds:g} 秒。")
NO_MEMORY = Text(
    "There was not enough memory for this; use fewer rows or columns.",
    "内存不足；请减少行或列。",
)
DIED = Text(
    "The process that did this ended unexpectedly, perhaps for lack of memory.",
    "执行该任务的进程意外终止，可能是内存不足。",
)


class Jobs:
    """The queue and the workers; to be used in the thread of the event loop.

    There are two lanes. Long jobs share `workers` processes, of which one visitor cannot take
    all; quick ones, of a few seconds, have two of their own and so never wait for long ones.

    Parameters
    ----------
    hub : Hub
        Where the states are published.
    workers : int
        Long jobs that run at once.
    """

    def __init__(self, hub: Hub, workers: int) -> None:
        self.hub = hub
        self.sizes: dict[Lane, int] = {"long": workers, "quick": 2}
        self._queues: dict[Lane, FairQueue[Job]] = {"long": FairQueue(), "quick": FairQueue()}
        self._benches: dict[Lane, list[Bench]] = {"long": [], "quick": []}
        self._closed = False
        self._failed_starts = 0
        hub.add_source("job/", self._state_of)

    def submit(
        self,
        visitor: Visitor,
        kind: str,
        function: Function,
        *,
        seconds: float,
        lane: Lane = "long",
        most: int | None = None,
        instead: bool = False,
    ) -> Job:
        """Have something done in a worker process.

        Parameters
        ----------
        visitor : Visitor
            Whose turn it takes, and who is told.
        kind : str
            What it is.
        function : callable
            Called there with (report, stopped): the first tells the page how far it is, the
            second says whether to stop. It and what it returns must be picklable: a function of a
            module, its other arguments bound by `functools.partial`. An `InputError` of it is
            told to the page.
        seconds : float
            That it may take, once it runs; then it is asked to stop, and killed if it does not.
        lane : {"long", "quick"}, default="long"
        most : int, optional
            Jobs of this kind that the visitor may have, waiting or running.
        instead : bool, default=False
            Stop the visitor's other jobs of this kind first, as when an input is typed on.

        Returns
        -------
        Job

        Raises
        ------
        Refusal
            With status 429 if the visitor has `most` already, 503 if the queue is full.
        """
        mine = self._of(visitor)
        alike = [job for job in mine.values() if job.kind == kind and not job.over]
        if instead:
            for job in alike:
                self.stop(job)
        elif most is not None and len(alike) >= most:
            raise Refusal(429, *(text.format(n=most) for text in TOO_MANY))
        queue = self._queues[lane]
        if len(queue) >= MOST_WAITING or self._closed:
            raise Refusal(503, *FULL)
        future: asyncio.Future[Job] = asyncio.get_running_loop().create_future()
        job = Job(secrets.token_urlsafe(9), visitor, kind, lane, function, seconds, future)
        mine[job.id] = job
        for old in [id for id, one in mine.items() if one.over][: max(len(mine) - KEPT, 0)]:
            self.hub.forget(visitor, mine.pop(old).topic)
        queue.put(visitor.id, job)
        self._fill(lane)
        if job.state == "queued":
            self._tell_places(lane)
        return job

    def find(self, visitor: Visitor, id: str) -> Job:
        """Return a job of a visitor.

        Raises
        ------
        Refusal
            With status 404 if it is not theirs, or not there.
        """
        try:
            return self._of(visitor)[id]
        except KeyError:
            raise not_here(JOB, id) from None

    def of(self, visitor: Visitor) -> list[Job]:
        """Return the jobs of a visitor, the oldest first; of those that ended only the last."""
        return list(self._of(visitor).values())

    async def answer(self, job: Job, request: Request) -> Any:
        """Return the result of a job that a request waits for; stop it if nobody waits any more.

        Parameters
        ----------
        job : Job
        request : Request

        Raises
        ------
        Refusal
            As of `Job.value`.
        """
        await request.body()  # what comes after it is that the browser has gone
        gone = asyncio.ensure_future(request.receive())
        waiting: list[asyncio.Future[Any]] = [job.outcome, gone]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not job.over:
                self.stop(job)
        return job.value()

    def stop(self, job: Job) -> None:
        """End a job; one that has ended stays as it is."""
        if job.state == "queued":
            self._queues[job.lane].remove(job.visitor.id, job)
            self._end(job, "stopped")
            self._tell_places(job.lane)
        elif job.state == "running":
            for bench in self._benches[job.lane]:
                if bench.job is job:
                    bench.stop("stopped")

    def stop_all(self, visitor: Visitor) -> None:
        """End all jobs of a visitor."""
        for job in self.of(visitor):
            self.stop(job)

    def warm_up(self) -> None:
        """Begin a worker for each lane, so that the first job need not wait for it."""
        for lane in self.sizes:
            if not self._benches[lane]:
                self._add_bench(lane)

    def close(self) -> None:
        """End all jobs and workers."""
        self._closed = True
        for lane, benches in self._benches.items():
            for job in self._queues[lane].drain():
                self._end(job, "stopped")
            for bench in list(benches):
                bench.kill()
                if bench.job is not None:
                    self._end(bench.job, "stopped")

    def _of(self, visitor: Visitor) -> OrderedDict[str, Job]:
        jobs: OrderedDict[str, Job] = visitor.own.setdefault("jobs", OrderedDict())
        return jobs

    def _state_of(self, visitor: Visitor, topic: str) -> dict[str, Any]:
        """Return the state of a job that was not published here; none is known after a restart."""
        id = topic.removeprefix("job/")
        job = self._of(visitor).get(id)
        return {"id": id, "state": "unknown"} if job is None else job.to_dict()

    def _fill(self, lane: Lane) -> None:
        """Give waiting jobs to idle workers."""
        benches, queue = self._benches[lane], self._queues[lane]
        while queue and not self._closed:
            bench = next((one for one in benches if one.idle), None)
            if bench is None:
                starting = sum(not one.ready for one in benches)
                if len(benches) < self.sizes[lane] and starting < len(queue):
                    self._add_bench(lane)
                return
            running = [one.job.visitor.id for one in benches if one.job is not None]
            job = queue.take(running, share=max(self.sizes[lane] - 1, 1))
            if job is None:
                return
            self._begin(bench, job)

    def _begin(self, bench: Bench, job: Job) -> None:
        function, job.function = job.function, None
        assert function is not None
        job.state, job.place, job.started = "running", 0, time.monotonic()
        try:
            bench.begin(job, function)
        except Exception:
            self._break(job, traceback.format_exc())
            return
        self._publish(job)
        self._tell_places(job.lane)

    def _add_bench(self, lane: Lane) -> None:
        self._benches[lane].append(Bench(lane, self._hear))

    def _tell_places(self, lane: Lane) -> None:
        for place, job in enumerate(self._queues[lane].order(), 1):
            if job.place != place:
                job.place = place
                self._publish(job)

    def _publish(self, job: Job) -> None:
        self.hub.publish(job.visitor, job.topic, job.to_dict())

    def _end(self, job: Job, state: State) -> None:
        if job.over:
            return
        job.state, job.place, job.function = state, 0, None
        job.ended = time.monotonic()
        self._publish(job)
        if not job.outcome.done():
            job.outcome.set_result(job)

    def _fail(self, job: Job, error: Text, status: int = 422) -> None:
        if not job.over:
            job.error, job.status = error, status
            self._end(job, "failed")

    def _break(self, job: Job, trace: str) -> None:
        """End a job at an error that nobody expected; only the log tells more of it."""
        number = secrets.token_hex(4)
        log.error("Unexpected error %s in a job (%s):\n%s", number, job.kind, trace)
        self._fail(job, Text(*(part.format(id=number) for part in UNEXPECTED)), 500)

    def _hear(self, bench: Bench, what: str, value: Any) -> None:
        """Take note of what a worker says."""
        job = bench.job
        if what == "progress":
            if job is not None and not job.over:
                job.progress = value
                self._publish(job)
            return
        if job is not None and what != "ready":
            self._settle(job, bench.why, what, value)
            bench.free()
        if what == "ready":
            bench.ready = True
            self._failed_starts = 0
        elif what == "gone":
            self._lose(bench)
        self._fill(bench.lane)

    def _lose(self, bench: Bench) -> None:
        """Have another worker in place of one that has ended, unless none can be begun at all."""
        self._benches[bench.lane].remove(bench)
        self._failed_starts += not bench.ready
        if self._failed_starts >= MOST_FAILED_STARTS:
            for job in self._queues[bench.lane].drain():
                self._fail(job, DIED, 503)
            self._failed_starts = 0
        elif not self._benches[bench.lane] and not self._closed:
            self._add_bench(bench.lane)

    def _settle(self, job: Job, why: str | None, what: str, value: Any) -> None:
        if what == "done":
            job.result = value
            self._end(job, "done")
        elif why == "stopped":
            self._end(job, "stopped")
        elif why == "time":
            self._fail(job, Text(*(part.format(seconds=job.seconds) for part in TOO_LONG)))
        elif what == "refused":
            job.details = value[1]
            self._fail(job, value[0])
        elif what == "memory":
            self._fail(job, NO_MEMORY)
        elif what == "stopped":
            self._end(job, "stopped")
        elif what == "gone":
            self._fail(job, DIED, 503)
        else:
            self._break(job, value)
