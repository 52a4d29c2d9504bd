"""What one visitor may ask for, said before it bites: numbers, their names and their checks."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from ogive.text import InputError, Text

__all__ = ["LIMIT_TEXTS", "Limits"]

MEGABYTE = 2**20


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of a lab; all of them hold for each visitor, except `memory`.

    Attributes
    ----------
    rows, columns : int
        Of an uploaded table.
    megabytes : float
        Size of an uploaded file.
    tables : int
        Uploaded tables that are kept at once; another one takes the place of the oldest.
    epochs : int
        Of a training that the server does.
    seconds : float
        That one comparison may take; then it ends with what it has.
    comparisons : int
        Running or waiting at once.
    workers : int
        Jobs of all visitors that run at once; by default the cores but one, at least one.
    memory : float
        Megabytes that the uploaded tables of all visitors may take together.
    idle : float
        Seconds without a sign of a visitor after which their tables are forgotten.
    patience : float
        Seconds without a sign of a visitor after which their jobs are stopped.
    """

    rows: int = 100_000
    columns: int = 500
    megabytes: float = 20.0
    tables: int = 4
    epochs: int = 500
    seconds: float = 600.0
    comparisons: int = 2
    workers: int = 0
    memory: float = 512.0
    idle: float = 7200.0
    patience: float = 300.0

    def __post_init__(self) -> None:
        kinds = get_type_hints(type(self))
        for field in fields(self):
            value = getattr(self, field.name)
            least = 0 if field.name == "workers" else 1 if kinds[field.name] is int else None
            _check(field.name, value, kinds[field.name], least)
        if not self.workers:
            object.__setattr__(self, "workers", max((os.cpu_count() or 2) - 1, 1))

    @property
    def upload_bytes(self) -> int:
        """Largest upload in bytes."""
        return int(self.megabytes * MEGABYTE)

    @property
    def memory_bytes(self) -> int:
        """What all uploaded tables may take together."""
        return int(self.memory * MEGABYTE)


def _check(name: str, value: Any, kind: type, least: int | None) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind is int and isinstance(value, int) and number and least is not None and value >= least:
        return
    if kind is float and number and 0 < value < float("inf"):
        return
    what = Text("a positive number", "正数")
    if kind is int:
        what = Text(f"a whole number of at least {least}", f"不小于 {least} 的整数")
    raise InputError(
        f"The limit {name} must be {what.en}. Got {value!r} instead.",
        f"限制 {name} 必须是{what.zh}，得到的却是 {value!r}。",
    )


LIMIT_TEXTS: dict[str, Text] = {
    "rows": Text("Rows of a table", "表格的行数"),
    "columns": Text("Columns of a table", "表格的列数"),
    "megabytes": Text("Size of an uploaded file, in megabytes", "上传文件的大小（MB）"),
    "tables": Text("Tables kept at once", "同时保留的表格数"),
    "epochs": Text("Epochs of a training", "训练的轮数"),
    "seconds": Text("Seconds for a comparison", "一次比较的时间（秒）"),
    "comparisons": Text("Comparisons at once", "同时进行的比较数"),
    "workers": Text("Jobs of all visitors that run at once", "所有访客同时运行的任务数"),
    "memory": Text("Memory for all uploaded tables, in megabytes", "所有上传表格的内存（MB）"),
    "idle": Text(
        "Seconds without a sign of you until your tables are forgotten",
        "多少秒没有动静后清除您的表格",
    ),
    "patience": Text(
        "Seconds without a sign of you until your jobs are stopped",
        "多少秒没有动静后停止您的任务",
    ),
}
