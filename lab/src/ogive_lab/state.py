"""What all parts of a running lab share, and how a route asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from ogive_lab.comparing.contests import Contests
from ogive_lab.functions.catalogue import Catalogue
from ogive_lab.hub import Hub
from ogive_lab.jobs import Jobs
from ogive_lab.settings import Settings
from ogive_lab.visitors import Visitor, Visitors

__all__ = ["CurrentVisitor", "Lab", "TheLab", "lab_of"]


@dataclass
class Lab:
    """The parts of a running lab."""

    settings: Settings
    visitors: Visitors
    hub: Hub
    jobs: Jobs
    catalogue: Catalogue
    contests: Contests


async def lab_of(connection: HTTPConnection) -> Lab:
    """Return the lab that a request or socket came to."""
    lab = connection.app.state.lab
    assert isinstance(lab, Lab)
    return lab


async def visitor_of(connection: HTTPConnection) -> Visitor:
    """Return who sent a request or opened a socket."""
    lab = await lab_of(connection)
    return lab.visitors.of(connection.state.visitor)


TheLab = Annotated[Lab, Depends(lab_of)]
"""Parameter of a route: the running lab."""

CurrentVisitor = Annotated[Visitor, Depends(visitor_of)]
"""Parameter of a route: who asks."""
