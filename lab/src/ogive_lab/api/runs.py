"""The runs of the store: the visitor's history, with results, figures, reports and files."""

from __future__ import annotations

import re
from collections import OrderedDict
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from ogive.data.bundled import BUNDLED
from ogive.text import Language, Text
from ogive_lab.api.comparisons import most_of, shelf_of
from ogive_lab.api.tables import source_of
from ogive_lab.comparing.keeping import delete_run
from ogive_lab.comparing.planning import refuse_much
from ogive_lab.comparing.results import (
    about_run,
    export_run,
    figures_of,
    list_runs,
    report_of,
    show_run,
    wanted_of,
)
from ogive_lab.errors import Refusal
from ogive_lab.security import report_response
from ogive_lab.state import CurrentVisitor, Lab, TheLab
from ogive_lab.visitors import Visitor
from ogive_lab.worker import Function

__all__ = ["router"]

router = APIRouter()

SECONDS = 60.0
MOST_AT_ONCE = 6
MOST_REPORTS = 24

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]

GOING_ON = Text(
    "This run is going on in the lab; stop it first.", "该运行正在实验室中进行；请先停止它。"
)
USED_UP = Text(
    "This comparison has had its {seconds:g} seconds; compare less at once.",
    "这次比较已用完 {seconds:g} 秒；请减少一次比较的内容。",
)
WHICH_TABLE = Text(
    "Upload the table that this run was begun with ({name}), and continue with it.",
    "请上传该运行开始时所用的表格（{name}），再继续。",
)
FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}

_reports: OrderedDict[tuple[object, ...], bytes] = OrderedDict()


class OnTable(BaseModel):
    """The data to go on with; bundled ones need not be named."""

    model_config = ConfigDict(extra="forbid")
    table: Annotated[str, Field(min_length=1, max_length=64)] | None = None


async def _answer(lab: Lab, visitor: Visitor, request: Request, kind: str, work: Function) -> Any:
    job = lab.jobs.submit(visitor, kind, work, seconds=SECONDS, lane="quick", most=MOST_AT_ONCE)
    try:
        return await lab.jobs.answer(job, request)
    finally:
        job.result = None


def _refuse_going_on(lab: Lab, visitor: Visitor, number: int) -> None:
    if any(one.number == number and not one.over for one in lab.contests.of(visitor)):
        raise Refusal(409, *GOING_ON)


@router.get("/api/runs")
async def runs(request: Request, lab: TheLab, visitor: CurrentVisitor) -> list[dict[str, Any]]:
    """Tell the visitor's runs, the newest first."""
    work = partial(list_runs, shelf_of(lab, visitor))
    found: list[dict[str, Any]] = await _answer(lab, visitor, request, "runs", work)
    return found


@router.get("/api/runs/{number}")
async def run(
    number: Number, request: Request, lab: TheLab, visitor: CurrentVisitor
) -> dict[str, Any]:
    """Tell the result of a run."""
    work = partial(show_run, shelf_of(lab, visitor), number)
    found: dict[str, Any] = await _answer(lab, visitor, request, "run", work)
    return found


@router.delete("/api/runs/{number}", status_code=204)
async def delete(number: Number, request: Request, lab: TheLab, visitor: CurrentVisitor) -> None:
    """Delete a run from the store."""
    _refuse_going_on(lab, visitor, number)
    work = partial(delete_run, shelf_of(lab, visitor), number)
    await _answer(lab, visitor, request, "delete", work)
    lab.contests.say_changed(visitor)


@router.post("/api/runs/{number}/continue", status_code=201)
async def resume(
    number: Number, given: OnTable, request: Request, lab: TheLab, visitor: CurrentVisitor
) -> dict[str, Any]:
    """Go on with a run that was interrupted, on the data that it was begun with."""
    _refuse_going_on(lab, visitor, number)
    shelf = shelf_of(lab, visitor)
    about = await _answer(lab, visitor, request, "run", partial(about_run, shelf, number))
    most = lab.settings.limits.seconds
    if shelf.owner is not None and about["seconds"] >= most:
        raise Refusal(422, *(part.format(seconds=most) for part in USED_UP))
    table = given.table or (about["data"] if about["data"] in BUNDLED else None)
    if table is None:
        raise Refusal(422, *(part.format(name=about["data"] or "?") for part in WHICH_TABLE))
    source = source_of(visitor, table)
    work = partial(wanted_of, shelf, number, table)
    wanted = await _answer(lab, visitor, request, "run", work)
    refuse_much(wanted, most_of(lab))
    return lab.contests.begin(visitor, source, wanted, shelf, number).to_dict()


@router.get("/api/runs/{number}/figures")
async def figures(
    number: Number, request: Request, lab: TheLab, visitor: CurrentVisitor, language: Language
) -> list[dict[str, Any]]:
    """Give the figures of a run's report, as Vega-Lite specifications."""
    work = partial(figures_of, shelf_of(lab, visitor), number, language)
    found: list[dict[str, Any]] = await _answer(lab, visitor, request, "figures", work)
    return found


@router.get("/api/runs/{number}/report", response_class=HTMLResponse)
async def report(
    number: Number,
    request: Request,
    lab: TheLab,
    visitor: CurrentVisitor,
    language: Language,
    download: bool = False,
) -> HTMLResponse:
    """Give the report of a run, one file that needs nothing else."""
    shelf = shelf_of(lab, visitor)
    about = await _answer(lab, visitor, request, "run", partial(about_run, shelf, number))
    key = shelf, number, language, about["created"], about["state"], about["fits"]
    if key not in _reports:
        work = partial(report_of, shelf, number, language)
        _reports[key] = await _answer(lab, visitor, request, "report", work)
        if len(_reports) > MOST_REPORTS:
            _reports.popitem(last=False)
    _reports.move_to_end(key)
    name = _file_name(about["data"], number, "html") if download else None
    return report_response(_reports[key], file_name=name)


@router.get("/api/runs/{number}/export", response_class=Response)
async def export(
    number: Number,
    request: Request,
    lab: TheLab,
    visitor: CurrentVisitor,
    form: Literal["csv", "json"],
) -> Response:
    """Give the table of a run as CSV, or everything about it as JSON."""
    work = partial(export_run, shelf_of(lab, visitor), number, form)
    content: bytes = await _answer(lab, visitor, request, "export run", work)
    disposition = f'attachment; filename="{_file_name(None, number, form)}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-cache"}
    return Response(content, media_type=FORMS[form], headers=headers)


def _file_name(data: str | None, number: int, end: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", (data or "run").rpartition(".")[0] or data or "run")
    return f"ogive-{plain.strip('-') or 'run'}-{number}.{end}"
