"""A map of classes as a picture, its zones as hatching, and curves where a function is 0."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.plane import Box
from ogive.plots.theme import as_data

__all__ = ["crossings", "hatching", "picture", "png"]

Floats = NDArray[np.float64]
ALPHA = 72


def png(cells: NDArray[np.integer[Any]], colours: Sequence[str], alpha: int = ALPHA) -> bytes:
    """Return a PNG file of cells, the first row of which is the lowest, each a number of a colour.

    Parameters
    ----------
    cells : ndarray of int of shape (n_rows, n_columns)
        Numbers below 256.
    colours : sequence of str
        As ``#rrggbb``.
    alpha : int
        From 0, invisible, to 255.
    """
    n_rows, n_columns = cells.shape
    lines = np.zeros((n_rows, n_columns + 1), dtype=np.uint8)
    lines[:, 1:] = cells[::-1]
    palette = b"".join(bytes.fromhex(colour.lstrip("#")) for colour in colours)

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", n_columns, n_rows, 8, 3, 0, 0, 0)),
            chunk(b"PLTE", palette),
            chunk(b"tRNS", bytes([alpha]) * len(colours)),
            chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            chunk(b"IEND", b""),
        ]
    )


def picture(cells: NDArray[np.integer[Any]], colours: Sequence[str], size: int) -> Any:
    """Return a layer of the cells, as wide and high as `size` says in pixels."""
    url = "data:image/png;base64," + base64.b64encode(png(cells, colours)).decode()
    return (
        alt.Chart(as_data([{"url": url}]))
        .mark_image(
            x=0,
            y=0,
            align="left",
            baseline="top",
            width=size,
            height=size,
            aspect=False,
            smooth=False,
        )
        .encode(url="url:N")
    )


def hatching(zone: NDArray[np.bool_], box: Box, step: int, *, rising: bool) -> list[list[float]]:
    """Return strokes across a zone of cells, as x1, y1, x2, y2.

    Parameters
    ----------
    zone : ndarray of bool of shape (n, n)
        The first row is the lowest.
    box : Box
        What the cells fill.
    step : int
        Cells from one stroke to the next.
    rising : bool
        Whether strokes rise to the right.
    """
    n = len(zone)
    cells = zone if rising else zone[:, ::-1]
    strokes = []
    for offset in range(-n + 1, n, step):
        # The diagonal goes through the cells (row, column) = (k, k + offset).
        line = np.diagonal(cells, offset).astype(np.int8)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], line, [0]])))
        row, column = max(-offset, 0), max(offset, 0)
        for start, end in edges.reshape(-1, 2).tolist():
            strokes.append([column + start, row + start, column + end, row + end])
    if not strokes:
        return []
    places = np.array(strokes, dtype=np.float64) / n
    if not rising:
        places[:, [0, 2]] = 1 - places[:, [0, 2]]
    found: list[list[float]] = box.placed(places.reshape(-1, 2)).reshape(-1, 4).tolist()
    return found


def crossings(values: Floats, box: Box) -> list[list[float]]:
    """Return short strokes where values change their sign, as x1, y1, x2, y2: marching squares.

    Parameters
    ----------
    values : ndarray of shape (n, n)
        At the middles of n by n cells, the first row being the lowest.
    box : Box
        What the cells fill.
    """
    n = len(values)
    middles = (np.arange(n) + 0.5) / n
    strokes = []
    above = values > 0
    count = above.astype(np.int8)
    mixed = count[:-1, :-1] + count[1:, :-1] + count[:-1, 1:] + count[1:, 1:]
    for i, j in np.argwhere((mixed > 0) & (mixed < 4)).tolist():
        corners = [(i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)]
        cuts = []
        for (r1, c1), (r2, c2) in zip(corners, corners[1:] + corners[:1], strict=True):
            if above[r1, c1] != above[r2, c2]:
                part = values[r1, c1] / (values[r1, c1] - values[r2, c2])
                cuts.append(
                    (
                        middles[c1] + part * (middles[c2] - middles[c1]),
                        middles[r1] + part * (middles[r2] - middles[r1]),
                    )
                )
        strokes += [[*cuts[k], *cuts[k + 1]] for k in range(0, len(cuts), 2)]
    if not strokes:
        return []
    found: list[list[float]] = box.placed(np.array(strokes).reshape(-1, 2)).reshape(-1, 4).tolist()
    return found
