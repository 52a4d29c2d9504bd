"""Reads a table from a file into a Polars frame, and says plainly why one cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ogive.data.delimited import read_delimited
from ogive.data.trial import breaks_its_reader
from ogive.data.wording import listed, nearest
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["EXTENSIONS", "parse_table", "read_table"]


Notices = list[Text] | None


def _read_parquet(raw: bytes, label: str, notices: Notices) -> pl.DataFrame:
    import polars as pl

    return _read_binary(pl.read_parquet, raw, label, "Parquet")


def _read_arrow(raw: bytes, label: str, notices: Notices) -> pl.DataFrame:
    import polars as pl

    if breaks_its_reader(raw):
        raise _damaged(label, "Arrow")
    read = pl.read_ipc if raw.startswith(b"ARROW1") else pl.read_ipc_stream
    return _read_binary(read, raw, label, "Arrow")


def _read_json_lines(raw: bytes, label: str, notices: Notices) -> pl.DataFrame:
    import polars as pl

    def read(source: io.BytesIO) -> pl.DataFrame:
        return pl.read_ndjson(source, infer_schema_length=None)

    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return _read_binary(read, raw, label, "JSON Lines")
    except InputError:
        line = _first_line_without_object(raw)
        if line is None:
            raise
        raise InputError(
            f'{label}, line {line} is not a JSON object such as {{"age": 41}}; mend that line.',
            f'{label} 第 {line} 行不是 {{"age": 41}} 这样的 JSON 对象；请修正该行。',
        ) from None


def _first_line_without_object(raw: bytes) -> int | None:
    for number, line in enumerate(raw.splitlines(), start=1):
        try:
            if line.strip() and not isinstance(json.loads(line), dict):
                return number
        except ValueError:
            return number
    return None


def _read_binary(
    read: Callable[[io.BytesIO], pl.DataFrame], raw: bytes, label: str, kind: str
) -> pl.DataFrame:
    import polars as pl

    # Polars panics at some of what is damaged.
    panic = pl.exceptions.PanicException
    damaged = (pl.exceptions.PolarsError, panic, OSError, RuntimeError, ValueError)
    try:
        return read(io.BytesIO(raw))
    except pl.exceptions.DuplicateError:
        raise InputError(
            f"{label} uses a column name more than once; give every column its own.",
            f"{label} 中有重复的列名；请让每一列的名称各不相同。",
        ) from None
    except damaged:
        raise _damaged(label, kind) from None


def _damaged(label: str, kind: str) -> InputError:
    return InputError(
        f"{label} is damaged or is not in {kind} format; write the file anew.",
        f"{label} 已损坏，或不是 {kind} 格式；请重新生成该文件。",
    )


_READERS: dict[str, Callable[[bytes, str, Notices], pl.DataFrame]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_delimited,
    ".parquet": _read_parquet,
    ".feather": _read_arrow,
    ".arrow": _read_arrow,
    ".ipc": _read_arrow,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
}
EXTENSIONS = tuple(_READERS)
"""The file name extensions understood; each may be followed by ``.gz``."""


def read_table(path: str | PathLike[str], notices: list[Text] | None = None) -> pl.DataFrame:
    """Read a table from a file.

    Parameters
    ----------
    path : str or path-like
        A file whose name ends in .csv, .tsv, .txt, .parquet, .feather, .arrow, .ipc, .jsonl or
        .ndjson, or in one of these followed by .gz.
    notices : list of Text, optional
        Takes up what the user should know of how the file was read: that its text is in GB18030
        rather than UTF-8.

    Returns
    -------
    polars.DataFrame
        At least one row and one column.

    Raises
    ------
    InputError
        Where the file cannot be read; the message says why and what to do.
    """
    path = Path(path)
    _refuse_missing(path)
    _reader_for(path)  # before the file is read
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.",
            f"无法读取 {path}：{error.strerror}。",
        ) from None
    return parse_table(raw, path.name, notices)


def parse_table(
    raw: bytes, name: str, notices: list[Text] | None = None, *, most_bytes: int | None = None
) -> pl.DataFrame:
    """Read a table from the bytes of a file.

    Parameters
    ----------
    raw : bytes
        The whole file.
    name : str
        Its name, without folders: the end says how the file is written, as for `read_table`.
    notices : list of Text, optional
        As for `read_table`.
    most_bytes : int, optional
        How large a file may be once it is unpacked.

    Returns
    -------
    polars.DataFrame
        At least one row and one column.

    Raises
    ------
    InputError
        Where the bytes cannot be read; the message says why and what to do.
    """
    reader = _reader_for(Path(name))
    frame = reader(_unpacked(raw, name, most_bytes), name, notices)
    if frame.width == 0 or frame.height == 0:
        raise InputError(
            f"{name} holds no rows of data; a table needs at least one row.",
            f"{name} 中没有数据行；表格至少需要一行数据。",
        )
    return frame


def _refuse_missing(path: Path) -> None:
    if path.is_dir():
        raise InputError(
            f"{path} is a folder; give one file inside it.",
            f"{path} 是文件夹；请指定其中的一个文件。",
        )
    if not path.exists():
        raise _not_found(path)


def _reader_for(path: Path) -> Callable[[bytes, str, Notices], pl.DataFrame]:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    extension = suffixes[-1] if suffixes else ""
    if extension not in _READERS:
        known = listed(EXTENSIONS, limit=len(EXTENSIONS))
        raise InputError(
            f"{path.name} cannot be read: the name must end in one of {known.en} "
            "(or these with .gz); export the table as CSV, for example.",
            f"无法读取 {path.name}：文件名须以 {known.zh} 之一结尾（也可再加 .gz）；"
            "例如可将表格导出为 CSV。",
        )
    return _READERS[extension]


def _not_found(path: Path) -> InputError:
    folder = path.parent
    if not folder.is_dir():
        return InputError(
            f"{path} is not found: the folder {folder} does not exist.",
            f"找不到 {path}：文件夹 {folder} 不存在。",
        )
    tables = [file.name for file in folder.iterdir() if _looks_like_table(file)]
    similar = nearest(path.name, sorted(tables))
    if similar is not None:
        return InputError(
            f"{path} is not found; did you mean {folder / similar}?",
            f"找不到 {path}；您是不是要找 {folder / similar}？",
        )
    return InputError(
        f"{path} is not found; check the name and the folder.",
        f"找不到 {path}；请检查文件名和所在文件夹。",
    )


def _looks_like_table(path: Path) -> bool:
    return any(suffix.lower() in _READERS for suffix in path.suffixes[-2:])


def _unpacked(raw: bytes, name: str, most: int | None) -> bytes:
    if name.lower().endswith(".gz"):
        try:
            with gzip.open(io.BytesIO(raw)) as packed:
                raw = packed.read(-1 if most is None else most + 1)
        except (OSError, EOFError, zlib.error):
            raise InputError(
                f"{name} is damaged or is not gzip-compressed.",
                f"{name} 已损坏，或不是 gzip 压缩文件。",
            ) from None
    if most is not None and len(raw) > most:
        size = f"{most / 2**20:.3g} MB"
        raise InputError(
            f"{name} is larger than {size} once it is unpacked; give fewer rows or columns.",
            f"{name} 解压后超过 {size}；请减少行或列。",
        )
    if not raw:
        raise InputError(
            f"{name} is empty; a table needs named columns and at least one row.",
            f"{name} 是空文件；表格需要列名和至少一行数据。",
        )
    return raw
