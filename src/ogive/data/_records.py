"""Finds records of delimited text that are broken: of another width, or never closed."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["RaggedRecord", "first_ragged_record", "unclosed_quotation"]

NEWLINE, QUOTE, RETURN = b'\n"\r'
BLOCK = 1 << 24


class RaggedRecord(NamedTuple):
    """Where a record has the wrong width (line counted from 1), and how many fields it has."""

    line: int
    found: int


def first_ragged_record(raw: bytes, separator: str, width: int) -> RaggedRecord | None:
    """Return the first record that is neither blank nor `width` fields wide, or None.

    Bytes are counted by NumPy, which passes over a large file about thirty times as fast as
    the csv module; that one is asked only where quotation marks may have misled the count.
    """
    ragged = _by_counting(np.frombuffer(raw, dtype=np.uint8), ord(separator), width)
    if ragged is not None and b'"' in raw:
        return _by_reading(raw, separator, width)
    return ragged


def _by_counting(data: NDArray[np.uint8], separator: int, width: int) -> RaggedRecord | None:
    block = BLOCK
    start = 0  # first byte of the record under way
    line = 1
    while start < data.size:
        part = data[start : start + block]
        last = start + part.size == data.size
        outside = _outside_quotes(part)
        ends = np.flatnonzero((part == NEWLINE) & outside)
        if last and (ends.size == 0 or ends[-1] != part.size - 1):
            ends = np.append(ends, part.size)
        if ends.size == 0:  # one record longer than a block
            block *= 2
            continue
        separators = np.flatnonzero((part == separator) & outside)
        fields = np.diff(np.searchsorted(separators, ends), prepend=0) + 1
        starts = np.concatenate(([0], ends[:-1] + 1))
        text_ends = ends - (part[np.maximum(ends - 1, 0)] == RETURN)
        wrong = np.flatnonzero((fields != width) & (text_ends > starts))
        if wrong.size:
            first = wrong[0]
            before = np.count_nonzero(part[: starts[first]] == NEWLINE)
            return RaggedRecord(line + int(before), int(fields[first]))
        consumed = min(int(ends[-1]) + 1, part.size)
        line += int(np.count_nonzero(part[:consumed] == NEWLINE))
        start += consumed
    return None


def _outside_quotes(part: NDArray[np.uint8]) -> NDArray[np.bool_]:
    quotes = part == QUOTE
    if not quotes.any():
        return np.ones(part.size, dtype=np.bool_)
    return ~np.logical_xor.accumulate(quotes)


def _by_reading(raw: bytes, separator: str, width: int) -> RaggedRecord | None:
    reader = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), delimiter=separator)
    line = 1
    for record in reader:
        if record and len(record) != width:
            return RaggedRecord(line, len(record))
        line = reader.line_num + 1
    return None


def unclosed_quotation(raw: bytes, separator: str) -> int | None:
    """Return the line of the record whose quotation mark is never closed, or None."""
    text = io.StringIO(raw.decode("utf-8"), newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return line
    return None
