"""Reads what a visitor sent as a table, in a worker: a damaged file may take the process along."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ogive.text import InputError, Text
from ogive_lab.comparing.describing import describe_table
from ogive_lab.comparing.sources import Source, packed_table

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Bounds", "read_upload"]

LONGEST_NAME = 200
ROOM = 1536 * 2**20
"""Bytes that reading one file may take beyond what the process has: what is packed into a few
kilobytes can fill the memory of any machine."""


class Bounds(NamedTuple):
    """What a table may have at most."""

    rows: int
    columns: int
    bytes: int


def read_upload(
    raw: bytes, name: str, bounds: Bounds, report: Any = None, stopped: Any = None
) -> tuple[Source, dict[str, Any]]:
    """Return the table in a file, and what `describe_table` tells about it.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        Its name, whose end says how it is written.
    bounds : Bounds
    report, stopped : object
        As every job of a worker is given them.

    Raises
    ------
    InputError
        Where the file cannot be read or holds more than it may.
    """
    from ogive.data.reading import parse_table

    notices: list[Text] = []
    with _room(ROOM):
        _refuse_announced(raw, name, bounds)
        # Packed text may be ten times as large as its file; more is no table of this size.
        frame = parse_table(raw, name, notices, most_bytes=10 * bounds.bytes)
        _refuse(frame.height, frame.width, name, bounds)
        _refuse_long_names(frame, name)
    source = Source(name, packed_table(frame), tuple(notices))
    return source, describe_table(frame, name, notices)


def _refuse(rows: int, columns: int, name: str, bounds: Bounds) -> None:
    if rows > bounds.rows:
        raise InputError(
            f"{name} has {rows:,} rows, and the lab takes {bounds.rows:,}; give a part of them, or "
            "use 'ogive compare' on the command line.",
            f"{name} 有 {rows:,} 行，而实验室最多接受 {bounds.rows:,} 行；请只取其中一部分，"
            "或在命令行使用“ogive compare”。",
        )
    if columns > bounds.columns:
        raise InputError(
            f"{name} has {columns:,} columns, and the lab takes {bounds.columns:,}; leave some "
            "out, or use 'ogive compare' on the command line.",
            f"{name} 有 {columns:,} 列，而实验室最多接受 {bounds.columns:,} 列；请去掉一些，"
            "或在命令行使用“ogive compare”。",
        )


def _refuse_announced(raw: bytes, name: str, bounds: Bounds) -> None:
    """Refuse too large a table by what the head of its file says, before it is unpacked."""
    import polars as pl

    scans: dict[str, Callable[[Any], pl.LazyFrame]] = {
        ".parquet": pl.scan_parquet,
        ".arrow": pl.scan_ipc,
        ".feather": pl.scan_ipc,
        ".ipc": pl.scan_ipc,
    }
    scan = scans.get(Path(name).suffix.lower())
    if scan is None:
        return
    try:
        lazy = scan(io.BytesIO(raw))
        columns = len(lazy.collect_schema())
        rows = lazy.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        return  # why it cannot be read is told by who reads it
    _refuse(rows, columns, name, bounds)


def _refuse_long_names(frame: pl.DataFrame, name: str) -> None:
    longest = max(frame.columns, key=len)
    if len(longest) > LONGEST_NAME:
        raise InputError(
            f"{name} has a column whose name is {len(longest)} characters long; shorten it to at "
            f"most {LONGEST_NAME}.",
            f"{name} 中有一列的列名长达 {len(longest)} 个字符；请缩短到 {LONGEST_NAME} 个以内。",
        )


@contextmanager
def _room(more: int) -> Iterator[None]:
    """Let the process take so much more memory and no more, where the system can see to it."""
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    taken = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData"))
    wanted = taken * 1024 + more
    known = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([wanted, *known]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
