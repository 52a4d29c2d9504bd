"""What is being done for a visitor: how far it is, and an end to it."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from ogive_lab.errors import TwoLanguages
from ogive_lab.state import CurrentVisitor, TheLab

__all__ = ["router"]

router = APIRouter()


class JobState(BaseModel):
    """How far a job is; the same is told under its topic, ``job/<id>``."""

    id: str
    kind: str
    state: Literal["queued", "running", "done", "failed", "stopped"]
    place: int
    """In the queue, from 1; 0 when it is no longer in it."""
    progress: Any
    error: TwoLanguages | None
    seconds: float


@router.get("/api/jobs")
async def jobs(lab: TheLab, visitor: CurrentVisitor) -> list[JobState]:
    """Tell the visitor's jobs, the oldest first."""
    return [JobState(**job.to_dict()) for job in lab.jobs.of(visitor)]


@router.get("/api/jobs/{id}")
async def job(id: str, lab: TheLab, visitor: CurrentVisitor) -> JobState:
    """Tell how far a job is."""
    return JobState(**lab.jobs.find(visitor, id).to_dict())


@router.delete("/api/jobs/{id}")
async def stop(id: str, lab: TheLab, visitor: CurrentVisitor) -> JobState:
    """End a job; one that runs is stopped soon after."""
    found = lab.jobs.find(visitor, id)
    lab.jobs.stop(found)
    return JobState(**found.to_dict())
