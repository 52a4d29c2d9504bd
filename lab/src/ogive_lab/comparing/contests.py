"""The comparisons of all visitors under way: sitting by sitting, so that all get their turn.

A comparison keeps every fit in the store when it ends, so it can give way at any moment and go on
later where it was. One that has had its turn while others wait goes back to the end of the queue;
one whose share of the cores has changed begins a new sitting with as many threads as it has now.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from ogive.text import Text
from ogive_lab.comparing.keeping import Shelf
from ogive_lab.comparing.sitting import Sitting, sit
from ogive_lab.comparing.sources import Source
from ogive_lab.comparing.wanted import Wanted
from ogive_lab.errors import UNEXPECTED, Refusal
from ogive_lab.hub import Hub
from ogive_lab.jobs import Job, Jobs
from ogive_lab.limits import Limits
from ogive_lab.visitors import Visitor, not_here

__all__ = ["COMPARISONS", "Contest", "Contests"]

log = logging.getLogger("ogive_lab")

COMPARISONS = "comparisons"
"""Topic that tells a visitor's pages that one of their comparisons has begun or ended."""

KIND = "comparison"
TURN = 20.0
"""Seconds after which a comparison gives way to others that wait; twice as many after a turn in
which not one fit was done."""

NEARLY_DONE = 5.0
SETTLED = 10.0
BETWEEN_LOOKS = 0.1
GRACE = 15.0
KEPT = 20
BEFORE_AN_ESTIMATE = 1.0

State = Literal["queued", "running", "done", "incomplete", "stopped", "failed"]

COMPARISON = Text("comparison", "比较")


@dataclass(eq=False)
class Contest:
    """A comparison of a visitor.

    Attributes
    ----------
    id : str
    visitor : Visitor
    source, wanted, shelf : Source, Wanted, Shelf
        The data, what is compared on them, and where its run is kept.
    most : float
        Seconds that it may take in all.
    state : {"queued", "running", "done", "incomplete", "stopped", "failed"}
        "incomplete" is one whose time was up.
    run : int or None
        Its number in the store, once it has one.
    seconds : float
        Of the sittings that have ended.
    """

    id: str
    visitor: Visitor
    source: Source
    wanted: Wanted
    shelf: Shelf
    most: float
    continued: int | None = None
    state: State = "queued"
    run: int | None = None
    seconds: float = 0.0
    threads: int = 1
    error: Text | None = None
    progress: dict[str, Any] | None = None
    job: Job | None = None
    gives_way: bool = False
    turn: float = 0.0
    sittings: int = 0
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def topic(self) -> str:
        """Under what its state is published."""
        return f"comparison/{self.id}"

    @property
    def number(self) -> int | None:
        """The run that it is or will be in the store, as far as it is known."""
        return self.run or self.continued

    @property
    def over(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self.state not in ("queued", "running")

    def made(self) -> int:
        """Return how many fits this sitting has done."""
        return 0 if self.progress is None else self.progress["done"] - self.progress["known"]

    def spent(self) -> float:
        """Return the seconds of all sittings so far."""
        job = self.job
        if self.over or job is None or job.started is None:
            return self.seconds
        return self.seconds + (job.ended or time.monotonic()) - job.started

    def left(self) -> float | None:
        """Return the seconds of work that are left at the speed of this sitting, if it is known."""
        known, job = self.progress, self.job
        if self.state != "running" or known is None or job is None or job.started is None:
            return None
        elapsed = time.monotonic() - job.started
        made, more = self.made(), known["total"] - known["done"]
        if made <= 0 or elapsed < BEFORE_AN_ESTIMATE:
            return None
        estimate: float = elapsed * more / made
        if self.wanted.budget is not None:
            return max(self.wanted.budget - self.spent(), estimate if known["repeats"] == 0 else 0)
        return estimate

    def to_dict(self) -> dict[str, Any]:
        """Return its state, as pages are told it."""
        left = self.left()
        return {
            "id": self.id,
            "state": self.state,
            "place": self.job.place if self.job is not None and self.state == "queued" else 0,
            "run": self.run,
            "data": self.source.name,
            "target": self.wanted.target,
            "again": self.sittings > 1,
            "seconds": round(self.spent(), 1),
            "left": None if left is None else round(left, 1),
            "remaining": round(max(self.most - self.spent(), 0.0), 1),
            "progress": self.progress,
            "error": None if self.error is None else self.error._asdict(),
        }


class Contests:
    """All comparisons under way; to be used in the thread of the event loop.

    Parameters
    ----------
    jobs : Jobs
    hub : Hub
    limits : Limits
    """

    def __init__(self, jobs: Jobs, hub: Hub, limits: Limits) -> None:
        self.jobs, self.hub, self.limits = jobs, hub, limits
        self._active: list[Contest] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None
        hub.add_source("comparison/", self._state_of)

    def begin(
        self,
        visitor: Visitor,
        source: Source,
        wanted: Wanted,
        shelf: Shelf,
        continued: int | None = None,
    ) -> Contest:
        """Have a comparison done; what the library refuses of it is told as its error.

        Parameters
        ----------
        visitor : Visitor
        source, wanted, shelf : Source, Wanted, Shelf
        continued : int, optional
            The run that is taken up.

        Raises
        ------
        Refusal
            If the visitor has as many as they may, or the queue is full.
        """
        most, id = self.limits.seconds, secrets.token_urlsafe(9)
        contest = Contest(id, visitor, source, wanted, shelf, most, continued)
        contest.turn = TURN
        self._sit(contest, most=self.limits.comparisons)
        mine = self._of(visitor)
        mine[contest.id] = contest
        for old in [id for id, one in mine.items() if one.over][: max(len(mine) - KEPT, 0)]:
            self.hub.forget(visitor, mine.pop(old).topic)
        self._active.append(contest)
        self._start(self._see_through(contest))
        if self._watching is None or self._watching.done():
            self._watching = self._start(self._watch())
        self._tell(contest)
        self.say_changed(visitor)
        return contest

    def find(self, visitor: Visitor, id: str) -> Contest:
        """Return a comparison of a visitor.

        Raises
        ------
        Refusal
            With status 404 if it is not theirs, or not there.
        """
        try:
            return self._of(visitor)[id]
        except KeyError:
            raise not_here(COMPARISON, id) from None

    def of(self, visitor: Visitor) -> list[Contest]:
        """Return the visitor's comparisons since the server began, the oldest first."""
        return list(self._of(visitor).values())

    def stop(self, contest: Contest) -> None:
        """End a comparison; what it has done stays in the store."""
        contest.gives_way = False
        if contest.job is not None:
            self.jobs.stop(contest.job)

    def say_changed(self, visitor: Visitor) -> None:
        """Let the visitor's pages ask for their list again."""
        self.hub.publish(visitor, COMPARISONS, {"changed": secrets.token_hex(4)})

    def _of(self, visitor: Visitor) -> OrderedDict[str, Contest]:
        found: OrderedDict[str, Contest] = visitor.own.setdefault("contests", OrderedDict())
        return found

    def _state_of(self, visitor: Visitor, topic: str) -> dict[str, Any]:
        id = topic.removeprefix("comparison/")
        contest = self._of(visitor).get(id)
        return {"id": id, "state": "unknown"} if contest is None else contest.to_dict()

    def _share(self) -> int:
        """Return how many threads each comparison may have now."""
        return max(self.limits.workers // max(len(self._active), 1), 1)

    def _sit(self, contest: Contest, most: int | None = None) -> None:
        """Queue the next sitting."""
        contest.threads = self._share()
        left = contest.most - contest.seconds
        sitting = Sitting(contest.threads, left, contest.number)
        contest.job = self.jobs.submit(
            contest.visitor,
            KIND,
            partial(sit, contest.source, contest.wanted, contest.shelf, sitting),
            seconds=left + GRACE,
            most=most,
        )
        contest.state = "queued"
        contest.gives_way = False
        contest.sittings += 1

    async def _see_through(self, contest: Contest) -> None:
        """Hold one sitting after the other until the comparison has ended."""
        try:
            while not contest.over:
                assert contest.job is not None
                await self._one_sitting(contest, await contest.job.outcome)
        except Refusal as refused:  # the queue is full
            contest.state, contest.error = "failed", refused.text
        except Exception:
            number = secrets.token_hex(4)
            log.exception("Unexpected error %s in a comparison", number)
            text = Text(*(part.format(id=number) for part in UNEXPECTED))
            contest.state, contest.error = "failed", text
        finally:
            self._active.remove(contest)
            self._tell(contest)
            self.say_changed(contest.visitor)

    async def _one_sitting(self, contest: Contest, job: Job) -> None:
        self._note(contest)
        contest.seconds = contest.spent()
        result, job.result = job.result, None
        if job.state == "done":
            contest.run, contest.progress = result["run"], result["progress"]
            contest.state = "done" if result["complete"] else "incomplete"
        elif job.state == "failed":
            contest.state, contest.error = "failed", job.error
        elif contest.gives_way and contest.seconds < contest.most:
            if not contest.made():  # or a fit that takes longer than a turn would never be done
                contest.turn *= 2
            self._sit(contest)
        else:
            contest.state = "stopped"

    async def _watch(self) -> None:
        """Tell how far all are, and see to it that all get their turn."""
        while self._active:
            await asyncio.sleep(BETWEEN_LOOKS)
            for contest in list(self._active):
                self._note(contest)
                self._tell(contest)
            self._balance()

    def _note(self, contest: Contest) -> None:
        """Take over what is known of the sitting."""
        job = contest.job
        if job is None or contest.over:
            return
        if job.state == "running":
            contest.state = "running"
        if job.progress is not None:
            contest.progress = job.progress
            contest.run = job.progress["run"] or contest.run

    def _tell(self, contest: Contest) -> None:
        """Publish the state of a comparison if it has changed, the clock aside."""
        state = contest.to_dict()
        clock = {"seconds": None, "left": None, "remaining": None}
        if state | clock != contest.told | clock or (
            state["state"] == "running" and state["seconds"] >= contest.told["seconds"] + 1
        ):
            contest.told = state
            self.hub.publish(contest.visitor, contest.topic, state)

    def _balance(self) -> None:
        """Have comparisons give way that have had their turn, or whose share has changed."""
        now, share = time.monotonic(), self._share()
        waiting = sum(contest.state == "queued" for contest in self._active)
        waiting -= sum(contest.gives_way for contest in self._active)
        for contest in self._active:
            job = contest.job
            if job is None or job.state != "running" or job.started is None or contest.gives_way:
                continue
            elapsed = now - job.started
            had_turn = waiting > 0 and elapsed > contest.turn
            had_turn = had_turn and not self._nearly_done(contest, elapsed)
            other_share = share < contest.threads or share >= 2 * contest.threads
            if had_turn or (other_share and elapsed > SETTLED and contest.made()):
                contest.gives_way = True
                waiting -= 1
                self.jobs.stop(job)

    def _nearly_done(self, contest: Contest, elapsed: float) -> bool:
        left = contest.left()
        return left is not None and left < NEARLY_DONE and elapsed < 2 * contest.turn

    def _start(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
