"""Whether the lab is there."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from ogive import __version__
from ogive.text import Language
from ogive_lab.state import TheLab

__all__ = ["router"]

router = APIRouter()


class Health(BaseModel):
    """The lab's sign of life."""

    status: Literal["ok"]
    version: str
    language: Language | None
    """The language it was started with, if one was chosen."""


@router.get("/api/health")
async def health(lab: TheLab) -> Health:
    """Tell that the lab is there."""
    return Health(status="ok", version=__version__, language=lab.settings.language)
