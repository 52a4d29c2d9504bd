"""One piece of work of a visitor: how far it is, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ogive.text import Text
from ogive_lab.errors import STATUS_TEXTS, Refusal
from ogive_lab.visitors import Visitor
from ogive_lab.worker import Function

__all__ = ["Job", "Lane", "State"]

Lane = Literal["long", "quick"]
State = Literal["queued", "running", "done", "failed", "stopped"]


@dataclass(eq=False)
class Job:
    """One piece of work of a visitor.

    Attributes
    ----------
    id : str
    visitor : Visitor
    kind : str
        What it is, such as ``"comparison"``.
    state : {"queued", "running", "done", "failed", "stopped"}
    place : int
        In the queue, from 1; 0 when it is no longer in it.
    progress : object
        What the function reported last, ready for JSON.
    error : Text or None
        Why it failed.
    status : int
        Of an answer that has to tell the error.
    details : mapping
        More about the error, such as the place in a text.
    result : object
        What the function returned.
    outcome : asyncio.Future
        Done when the job has ended, in whatever way; its result is the job.
    """

    id: str
    visitor: Visitor
    kind: str
    lane: Lane
    function: Function | None
    seconds: float
    outcome: asyncio.Future[Job]
    state: State = "queued"
    place: int = 0
    progress: Any = None
    error: Text | None = None
    status: int = 409
    details: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None
    submitted: float = field(default_factory=time.monotonic)
    started: float | None = None
    ended: float | None = None

    @property
    def topic(self) -> str:
        """Under what its state is published."""
        return f"job/{self.id}"

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ("done", "failed", "stopped")

    def value(self) -> Any:
        """Return the result of a job that has ended.

        Raises
        ------
        Refusal
            If it has none; its status and text say why.
        """
        if self.state == "done":
            return self.result
        text = self.error or STATUS_TEXTS[409]
        raise Refusal(self.status, text.en, text.zh, details=self.details)

    def to_dict(self) -> dict[str, Any]:
        """Return its state, as pages are told it."""
        until = self.ended or time.monotonic()
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "place": self.place,
            "progress": self.progress,
            "error": self.error and {**self.details, **self.error._asdict()},
            "seconds": round(until - self.started, 3) if self.started is not None else 0.0,
        }
