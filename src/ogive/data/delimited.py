"""Tables as delimited text: separator, encoding and shape are checked before Polars reads them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from ogive.data._records import first_ragged_record, unclosed_quotation
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MISSING", "read_delimited"]

MISSING = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?")
"""What a cell of a text file may hold to say that the value is missing."""

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_LINES = 30
ORDINARY = 0.9
"""Share of characters of GB2312 from which bytes that are not UTF-8 are taken for Chinese."""


def read_delimited(raw: bytes, label: str, notices: list[Text] | None = None) -> pl.DataFrame:
    """Read CSV, TSV and the like.

    The separator (comma, semicolon, tab or bar) is found from the first lines. Cells are stripped
    of surrounding blanks, lines without any value are left out, dates in ISO form become dates,
    and a decimal comma is understood where the separator is a semicolon. The text is UTF-8, or else
    Chinese in GBK or GB18030.

    Parameters
    ----------
    raw : bytes
        The whole file.
    label : str
        The file's name, for messages.
    notices : list of Text, optional
        Takes up what the user should know of how the file was read.
    """
    import polars as pl

    raw = _checked_text(raw, label, [] if notices is None else notices)
    sample = raw[: 1 << 16].decode("utf-8", errors="ignore").splitlines()[:SAMPLE_LINES]
    separator = _separator(sample)
    try:
        names = _column_names(raw, separator, label)
        _refuse_ragged(raw, separator, len(names), label)
        frame = _parsed(raw, separator)
    except (csv.Error, pl.exceptions.PolarsError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise InputError(
            f"{label} cannot be read as a table of delimited text: {reason}.",
            f"{label} 无法作为分隔文本表格读取：{reason}。",
        ) from None
    frame.columns = names
    frame = _without_void_rows(_tidied(frame, decimal_comma=separator == ";"))
    if frame.height == 0:
        raise InputError(
            f"{label} has a header and no rows of data; add at least one row below the header.",
            f"{label} 只有表头，没有数据行；请在表头下至少添加一行数据。",
        )
    return frame


def _checked_text(raw: bytes, label: str, notices: list[Text]) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(
            f"{label} is saved as UTF-16; save the file as UTF-8 and try again.",
            f"{label} 是 UTF-16 编码；请将文件另存为 UTF-8 后重试。",
        )
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        chinese = _chinese_text(raw)
        if chinese is not None:
            notices.append(
                Text(
                    f"{label} is not UTF-8 and was read as GB18030 (GBK).",
                    f"{label} 不是 UTF-8 编码，已按 GB18030（GBK）读取。",
                )
            )
            return _checked_text(chinese.encode("utf-8"), label, notices)
        line = raw.count(b"\n", 0, error.start) + 1
        value = raw[error.start]
        raise InputError(
            f"{label}, line {line}: byte 0x{value:02X} (offset {error.start}) is not UTF-8; "
            "save the file as UTF-8 and try again.",
            f"{label} 第 {line} 行的字节 0x{value:02X}（偏移 {error.start}）不是 UTF-8 编码；"
            "请将文件另存为 UTF-8 后重试。",
        ) from None
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    if not raw.strip():
        raise InputError(
            f"{label} is empty; a table needs a header line with column names and rows below it.",
            f"{label} 是空文件；表格需要一行列名作为表头，下面是数据行。",
        )
    return raw


def _chinese_text(raw: bytes) -> str | None:
    """Return the text of bytes that are GB18030, or None where they rather are something else.

    Many bytes of Latin-1 happen to be pairs of GB18030 too, but then of rare characters.
    """
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text[: 1 << 20] if character > "\x7f"]
    ordinary = "".join(foreign).encode("gb2312", errors="ignore")
    return text if len(ordinary) >= 2 * ORDINARY * len(foreign) else None


def _separator(sample: list[str]) -> str:
    """Return the separator that cuts the first lines most evenly, into the most fields."""

    def evenness(separator: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(sample, delimiter=separator) if row]
        width, times = Counter(widths).most_common(1)[0]
        return (times / len(widths), width) if width > 1 else (0.0, 0)

    return max(SEPARATORS, key=evenness)


def _column_names(raw: bytes, separator: str, label: str) -> list[str]:
    lines = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline="")
    header = next(row for row in csv.reader(lines, delimiter=separator) if row)
    names = [name.strip() or f"column_{i}" for i, name in enumerate(header, start=1)]
    repeated = [name for name, times in Counter(names).items() if times > 1]
    if repeated:
        which = listed(repeated)
        raise InputError(
            f"{label} uses a column name more than once: {which.en}; give every column its own.",
            f"{label} 中有重复的列名：{which.zh}；请让每一列的名称各不相同。",
        )
    return names


def _refuse_ragged(raw: bytes, separator: str, width: int, label: str) -> None:
    if raw.count(b'"') % 2:
        line = unclosed_quotation(raw, separator)
        if line is not None:
            raise InputError(
                f"{label}, line {line}: a quotation mark is opened there and never closed; "
                "mend that line.",
                f"{label} 第 {line} 行的引号没有闭合；请修正该行。",
            )
    ragged = first_ragged_record(raw, separator, width)
    if ragged is not None:
        fields = "field" if ragged.found == 1 else "fields"
        raise InputError(
            f"{label}, line {ragged.line}: {ragged.found} {fields} where the header has {width}; "
            "mend that line (a value that contains the separator needs quotation marks).",
            f"{label} 第 {ragged.line} 行有 {ragged.found} 个字段，而表头有 {width} 个；"
            "请修正该行（值中若含分隔符，需要用引号括起来）。",
        )


def _parsed(raw: bytes, separator: str) -> pl.DataFrame:
    import polars as pl

    def parse(data: bytes, inferred_rows: int | None) -> pl.DataFrame:
        return pl.read_csv(
            io.BytesIO(data),
            separator=separator,
            null_values=list(MISSING),
            infer_schema_length=inferred_rows,
            try_parse_dates=True,
        )

    # Inferring types from every row takes Polars thirty times as long as reading them, so that is
    # left for tables whose first rows mislead. A lone quotation mark inside a value comes last:
    # Polars refuses it, Python's reader takes it literally.
    for inferred_rows in (10_000, None):
        try:
            return parse(raw, inferred_rows)
        except pl.exceptions.PolarsError:
            pass
    return parse(_quoted_properly(raw, separator), None)


def _quoted_properly(raw: bytes, separator: str) -> bytes:
    text = io.StringIO()
    rows = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), delimiter=separator)
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode("utf-8")


def _tidied(frame: pl.DataFrame, *, decimal_comma: bool) -> pl.DataFrame:
    """Strip the text columns; those that then hold only numbers become numbers."""
    import polars as pl

    tidied = []
    for column in frame.select(pl.col(pl.String)).get_columns():
        stripped = column.str.strip_chars()
        stripped = stripped.set(stripped.is_in(MISSING), None)
        numbers = stripped
        if decimal_comma:
            numbers = stripped.str.replace(r"^([+-]?\d*),(\d+)$", "$1.$2")
        for dtype in (pl.Int64, pl.Float64):
            cast = numbers.cast(dtype, strict=False)
            if cast.null_count() == stripped.null_count() < len(stripped):
                stripped = cast
                break
        tidied.append(stripped)
    return frame.with_columns(tidied)


def _without_void_rows(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return frame.filter(~pl.all_horizontal(pl.all().is_null())) if frame.width > 1 else frame
