"""Tables: what is bundled, what a visitor has uploaded, and what is in them."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from ogive.data.bundled import BUNDLED
from ogive.text import Text
from ogive_lab.comparing.describing import describe_source
from ogive_lab.comparing.sources import Source
from ogive_lab.comparing.uploads import Bounds, read_upload
from ogive_lab.errors import Refusal
from ogive_lab.jobs import DIED
from ogive_lab.state import CurrentVisitor, Lab, TheLab
from ogive_lab.visitors import Kept, Visitor

__all__ = ["router", "source_of"]

router = APIRouter()

SECONDS = 60.0
MOST_AT_ONCE = 2
LONGEST_NAME = 120

DAMAGED = Text(
    "{name} is damaged, or holds far more than its size tells; write the file anew, or export the "
    "table as CSV.",
    "{name} 已损坏，或其内容远超文件大小；请重新生成该文件，或将表格导出为 CSV。",
)
NO_NAME = Text(
    "The file has no name; its end, such as .csv, says how it is written.",
    "文件没有名称；文件名的结尾（如 .csv）说明其格式。",
)

_descriptions: dict[str, dict[str, Any]] = {}


def source_of(visitor: Visitor, id: str) -> Source:
    """Return the bundled data set of this name, or the visitor's table of this id.

    Raises
    ------
    Refusal
        With status 404 if it is neither.
    """
    if id in BUNDLED:
        return Source(id)
    source = visitor.table(id).value[0]
    assert isinstance(source, Source)
    return source


@router.get("/api/tables")
async def tables(visitor: CurrentVisitor) -> dict[str, Any]:
    """Tell what is bundled, and which tables the visitor has uploaded, the newest first."""
    own = [{"id": kept.id, "name": kept.name} for kept in reversed(visitor.tables.values())]
    return {"bundled": list(BUNDLED), "own": own}


@router.post("/api/tables", status_code=201)
async def upload(
    request: Request,
    lab: TheLab,
    visitor: CurrentVisitor,
    name: Annotated[str, Query(max_length=1000)],
) -> dict[str, Any]:
    """Take a file in, whose bytes are the body, and tell what is in it.

    It stays in memory, for this visitor alone, until others take its place or the visitor has
    been away for long.
    """
    called = _plain(name)
    raw = await request.body()
    limits = lab.settings.limits
    bounds = Bounds(limits.rows, limits.columns, limits.upload_bytes)
    work = partial(read_upload, raw, called, bounds)
    job = lab.jobs.submit(visitor, "upload", work, seconds=SECONDS, lane="quick", most=MOST_AT_ONCE)
    source, description = await _read(lab, job, request, called)
    kept = lab.visitors.keep(visitor, called, (source, description), len(source.packed or b""))
    return {"id": kept.id, "bundled": False, **description}


@router.get("/api/tables/{id}")
async def table(id: str, request: Request, lab: TheLab, visitor: CurrentVisitor) -> dict[str, Any]:
    """Tell what is in a table."""
    if id not in BUNDLED:
        return {"id": id, "bundled": False, **visitor.table(id).value[1]}
    if id not in _descriptions:
        work = partial(describe_source, Source(id))
        job = lab.jobs.submit(visitor, "table", work, seconds=SECONDS, lane="quick", most=6)
        _descriptions[id] = await lab.jobs.answer(job, request)
    return {"id": id, "bundled": True, **_descriptions[id]}


@router.delete("/api/tables/{id}", status_code=204)
async def forget(id: str, visitor: CurrentVisitor) -> None:
    """Forget a table of the visitor."""
    kept: Kept = visitor.table(id)
    del visitor.tables[kept.id]


async def _read(lab: Lab, job: Any, request: Request, name: str) -> tuple[Source, dict[str, Any]]:
    try:
        found: tuple[Source, dict[str, Any]] = await lab.jobs.answer(job, request)
    except Refusal:
        if job.error != DIED:
            raise
        raise Refusal(422, *(part.format(name=name) for part in DAMAGED)) from None
    job.result = None  # or a whole table would stay with the job
    return found


def _plain(name: str) -> str:
    """Return a file's name without folders and what cannot be seen, its end kept."""
    shown = "".join(one for one in PurePath(name.replace("\\", "/")).name if one.isprintable())
    shown = shown.strip()
    if not shown:
        raise Refusal(422, *NO_NAME)
    return shown if len(shown) <= LONGEST_NAME else shown[-LONGEST_NAME:]
