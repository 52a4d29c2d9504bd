"""Comparisons: what can be compared, what one would do, those under way."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from fastapi import APIRouter, Request

from ogive_lab.api.tables import source_of
from ogive_lab.comparing.keeping import Shelf, class_store
from ogive_lab.comparing.options import comparison_options
from ogive_lab.comparing.planning import Most, plan, refuse_much
from ogive_lab.comparing.wanted import Wanted
from ogive_lab.settings import is_loopback
from ogive_lab.state import CurrentVisitor, Lab, TheLab
from ogive_lab.visitors import Visitor

__all__ = ["most_of", "router", "shelf_of"]

router = APIRouter()

SECONDS = 30.0

_options: dict[str, Any] = {}


def shelf_of(lab: Lab, visitor: Visitor) -> Shelf:
    """Return where a visitor's runs are kept.

    Who alone can reach the lab has the store that the command line uses, with all its runs; in a
    class each has the runs of their own.
    """
    settings = lab.settings
    if settings.token is None and is_loopback(settings.host):
        return Shelf(settings.store, None)
    owner = hashlib.sha256(b"ogive lab " + visitor.id.encode()).hexdigest()[:32]
    return Shelf(settings.store or class_store(), owner)


def most_of(lab: Lab) -> Most:
    """Return what one comparison may have."""
    return Most(lab.settings.limits.epochs, lab.settings.limits.seconds)


@router.get("/api/comparisons/options")
async def options(request: Request, lab: TheLab, visitor: CurrentVisitor) -> dict[str, Any]:
    """Tell what can be varied, the scores, the models, the defaults and the bounds."""
    if not _options:
        job = lab.jobs.submit(
            visitor, "options", comparison_options, seconds=SECONDS, lane="quick", most=6
        )
        _options.update(await lab.jobs.answer(job, request))
    limits = lab.settings.limits
    return {**_options, "most": {"epochs": limits.epochs, "seconds": limits.seconds}}


@router.post("/api/comparisons/plan")
async def planned(
    wanted: Wanted, request: Request, lab: TheLab, visitor: CurrentVisitor
) -> dict[str, Any]:
    """Tell what a comparison would do, or why it cannot be done; a newer question ends this one."""
    work = partial(plan, source_of(visitor, wanted.table), wanted, most_of(lab))
    job = lab.jobs.submit(visitor, "plan", work, seconds=SECONDS, lane="quick", instead=True)
    found: dict[str, Any] = await lab.jobs.answer(job, request)
    return found


@router.get("/api/comparisons")
async def under_way(lab: TheLab, visitor: CurrentVisitor) -> dict[str, Any]:
    """Tell the visitor's comparisons since the lab began, the newest first."""
    found = [contest.to_dict() for contest in reversed(lab.contests.of(visitor))]
    return {"alone": shelf_of(lab, visitor).owner is None, "comparisons": found}


@router.post("/api/comparisons", status_code=201)
async def begin(wanted: Wanted, lab: TheLab, visitor: CurrentVisitor) -> dict[str, Any]:
    """Begin a comparison; its state is told under the topic ``comparison/<id>``."""
    refuse_much(wanted, most_of(lab))
    source = source_of(visitor, wanted.table)
    return lab.contests.begin(visitor, source, wanted, shelf_of(lab, visitor)).to_dict()


@router.get("/api/comparisons/{id}")
async def state(id: str, lab: TheLab, visitor: CurrentVisitor) -> dict[str, Any]:
    """Tell how far a comparison is."""
    return lab.contests.find(visitor, id).to_dict()


@router.delete("/api/comparisons/{id}")
async def stop(id: str, lab: TheLab, visitor: CurrentVisitor) -> dict[str, Any]:
    """Stop a comparison; what it has done is kept, and it can be continued."""
    contest = lab.contests.find(visitor, id)
    lab.contests.stop(contest)
    return contest.to_dict()
