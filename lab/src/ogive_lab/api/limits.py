"""What a visitor may ask for, so that the page can say so before it bites."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter
from pydantic import BaseModel

from ogive_lab.limits import LIMIT_TEXTS
from ogive_lab.state import TheLab

__all__ = ["router"]

router = APIRouter()


class Limit(BaseModel):
    """One limit and its name in both languages."""

    value: float
    en: str
    zh: str


@router.get("/api/limits")
async def limits(lab: TheLab) -> dict[str, Limit]:
    """Tell all limits."""
    values = asdict(lab.settings.limits)
    return {
        name: Limit(value=values[name], en=text.en, zh=text.zh)
        for name, text in LIMIT_TEXTS.items()
    }
