"""What has been derived of functions already, for all visitors; the catalogue from the start on."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from ogive.activations import CATALOGUE
from ogive_lab.errors import Refusal
from ogive_lab.functions.describing import details_job, properties_job
from ogive_lab.functions.entries import entry, families
from ogive_lab.jobs import Jobs
from ogive_lab.visitors import Visitor

if TYPE_CHECKING:
    from ogive.activations.described import Subgradient

__all__ = ["Catalogue"]

SECONDS_OF_FACTS = 20.0
SECONDS_OF_PROPERTIES = 60.0
MOST_AT_ONCE = 6
MOST_KEPT = 512

Key = tuple[object, ...]


class Catalogue:
    """Gives what is known of functions, and has the rest derived in worker processes.

    Parameters
    ----------
    jobs : Jobs
    """

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self.properties: dict[str, dict[str, Any]] = {}
        self._details: OrderedDict[Key, dict[str, Any]] = OrderedDict()
        self._deriving: asyncio.Task[None] | None = None
        self._lab = Visitor("the lab itself")
        self._entries = [entry(definition) for definition in CATALOGUE.values()]

    def prepare(self) -> asyncio.Task[None]:
        """Begin to derive the properties of the whole catalogue, if nothing does."""
        unfinished = len(self.properties) < len(CATALOGUE)
        if self._deriving is None or (self._deriving.done() and unfinished):
            self._deriving = asyncio.create_task(self._derive())
        return self._deriving

    def all(self) -> dict[str, Any]:
        """Return families and functions, with the properties that are known by now.

        Until all are, which takes some seconds the first time on a machine, ``complete`` is
        false.
        """
        self.prepare()
        return {
            "complete": len(self.properties) == len(CATALOGUE),
            "families": families(),
            "functions": [
                {**known, "properties": self.properties.get(known["name"])}
                for known in self._entries
            ],
        }

    async def details(
        self,
        request: Request,
        visitor: Visitor,
        name: str,
        parameters: Mapping[str, float],
        subgradient: Subgradient,
    ) -> dict[str, Any]:
        """Return formulas, facts, advice and sources of a function or formula.

        Those of a formula take the place of those of another one that the visitor still waits
        for.

        Parameters
        ----------
        request : Request
            Its body has been read; if it is given up, so is the work.
        visitor : Visitor
        name : str
            Of the catalogue, or a formula in its canonical form.
        parameters : mapping of str to float
        subgradient : {"torch", "left", "right", "mean"}

        Raises
        ------
        Refusal
            If a parameter is unknown or out of its domain, the time is over, or another formula
            came.
        """
        key = name, tuple(sorted(parameters.items())), subgradient
        if key not in self._details:
            typed = name not in CATALOGUE
            job = self.jobs.submit(
                visitor,
                "formula" if typed else "function",
                partial(details_job, name, dict(parameters), subgradient),
                seconds=SECONDS_OF_FACTS,
                lane="quick",
                most=None if typed else MOST_AT_ONCE,
                instead=typed,
            )
            self._details[key] = await self.jobs.answer(job, request)
            if len(self._details) > MOST_KEPT:
                self._details.popitem(last=False)
        self._details.move_to_end(key)
        return self._details[key]

    async def _derive(self) -> None:
        """Derive one function at a time, so that no visitor waits for all of them."""
        for name in CATALOGUE:
            if name not in self.properties:
                job = self.jobs.submit(
                    self._lab,
                    "properties",
                    partial(properties_job, name),
                    seconds=SECONDS_OF_PROPERTIES,
                    lane="quick",
                )
                await job.outcome
                try:
                    self.properties[name] = job.value()
                except Refusal:  # logged where it happened; whoever asks next begins again here
                    return
