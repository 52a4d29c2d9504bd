"""What the room of the line asks for: conditions, figures and intervals of a regression."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from ogive.text import Language
from ogive_lab.regressing import Figure, check_rows, draw_figure, predict_row
from ogive_lab.state import CurrentVisitor, TheLab

__all__ = ["PageTable", "router"]

router = APIRouter()

SECONDS = 20.0
MOST_ROWS = 20_000
MOST_FEATURES = 20

Number = Annotated[float, Field(allow_inf_nan=False)]


class PageColumn(BaseModel):
    """A column of numbers, null where a value is missing."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    values: list[Number | None] = Field(min_length=1, max_length=MOST_ROWS)


class PageTable(BaseModel):
    """The columns that a regression is made of."""

    model_config = ConfigDict(extra="forbid")

    features: list[PageColumn] = Field(min_length=1, max_length=MOST_FEATURES)
    target: PageColumn


class FigureAsked(PageTable):
    """Which figure of a regression, and in which language."""

    figure: Figure
    language: Language = "en"


class PredictionAsked(PageTable):
    """For which row the target is to be predicted."""

    at: list[Number] = Field(min_length=1, max_length=MOST_FEATURES)
    level: float = Field(default=0.95, gt=0, lt=1)


class TwoLanguages(BaseModel):
    """A text in both languages."""

    en: str
    zh: str


class ToldResult(BaseModel):
    """What one check found."""

    code: str
    condition: int
    target: str | None
    verdict: Literal["issue", "tip", "passed", "not applicable"]
    title: TwoLanguages
    meaning: TwoLanguages
    remedy: TwoLanguages
    numbers: dict[str, Any]


class ToldChecks(BaseModel):
    """The findings in the order of the four conditions, and the summary of the fit."""

    rows: int
    left_out: int
    findings: list[ToldResult]
    summary: dict[str, Any] | None


class ToldPrediction(BaseModel):
    """A prediction with the intervals of the mean and of a single new row."""

    prediction: float | None
    mean_low: float | None
    mean_high: float | None
    row_low: float | None
    row_high: float | None


@router.post("/api/linear/checks")
async def checks(
    table: PageTable, lab: TheLab, visitor: CurrentVisitor, request: Request
) -> ToldChecks:
    """Judge the four conditions of a regression on the rows of a page."""
    work = partial(check_rows, table.model_dump())
    job = lab.jobs.submit(
        visitor, "linear checks", work, seconds=SECONDS, lane="quick", instead=True
    )
    told: dict[str, Any] = await lab.jobs.answer(job, request)
    return ToldChecks(**told)


@router.post("/api/linear/figures")
async def figures(
    asked: FigureAsked, lab: TheLab, visitor: CurrentVisitor, request: Request
) -> dict[str, Any]:
    """Return a figure of the library as a Vega-Lite specification."""
    table = asked.model_dump(include={"features", "target"})
    work = partial(draw_figure, table, asked.figure, asked.language)
    job = lab.jobs.submit(
        visitor, "linear figure", work, seconds=SECONDS, lane="quick", instead=True
    )
    drawn: dict[str, Any] = await lab.jobs.answer(job, request)
    return drawn


@router.post("/api/linear/predictions")
async def predictions(
    asked: PredictionAsked, lab: TheLab, visitor: CurrentVisitor, request: Request
) -> ToldPrediction:
    """Predict the target of one row, with intervals."""
    table = asked.model_dump(include={"features", "target"})
    work = partial(predict_row, table, asked.at, asked.level)
    job = lab.jobs.submit(
        visitor, "linear prediction", work, seconds=SECONDS, lane="quick", instead=True
    )
    told: dict[str, Any] = await lab.jobs.answer(job, request)
    return ToldPrediction(**told)
