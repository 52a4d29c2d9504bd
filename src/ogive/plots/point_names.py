"""Where the names of points stand: beside their point, clear of other points and names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

from ogive.plots.line_names import wide

__all__ = ["HEIGHT", "LINE", "NARROWEST", "SIDES", "place_names"]

HEIGHT = 320
# Names are placed for the narrowest plot in use; on a wider one they only lie farther apart.
NARROWEST = 250
LINE = 15
SIZE = 12.0

SIDES: tuple[tuple[str, Literal["left", "right"], int], ...] = (
    ("right", "left", 9),
    ("left", "right", -9),
)
"""The side of the point, the alignment of a name there, and its distance in pixels."""


def place_names(
    records: Sequence[dict[str, Any]],
    x_domain: tuple[float, float],
    y_domain: tuple[float, float],
    line: Sequence[tuple[float, float]] = (),
) -> list[dict[str, Any]]:
    """Put each name at the nearest place beside its point where it covers nothing else.

    Parameters
    ----------
    records : sequence of dict
        ``x`` and ``y`` on linear axes with these domains, and ``label``, empty for no name.
    x_domain, y_domain : tuple of float
        Ends of the axes.
    line : sequence of (float, float), optional
        Corners of a line of level and upright strokes that no name should cross.

    Returns
    -------
    list of dict
        The records with ``side``, whether the name ``moved`` up or down, and ``label_y``.
    """
    to_x = NARROWEST / (x_domain[1] - x_domain[0])
    to_y = HEIGHT / (y_domain[1] - y_domain[0])
    spots = [((r["x"] - x_domain[0]) * to_x, (y_domain[1] - r["y"]) * to_y) for r in records]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots]
    corners = [((x - x_domain[0]) * to_x, (y_domain[1] - y) * to_y) for x, y in line]
    for (x1, y1), (x2, y2) in pairwise(corners):
        taken.append((min(x1, x2), min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1))
    shifts = sorted((step * LINE for step in range(-20, 21)), key=abs)
    placed = []
    for record, (x, y) in zip(records, spots, strict=True):
        if not record["label"]:
            placed.append({**record, "side": "", "moved": False, "label_y": record["y"]})
            continue
        length = wide(record["label"], SIZE)
        best = (math.inf, 0, "right")
        for shift in shifts:
            middle = y + shift
            if not LINE / 2 <= middle <= HEIGHT - LINE / 2:
                continue
            for side, left in (("right", x + 9), ("left", x - 9 - length)):
                if left < 0 or left + length > NARROWEST:
                    continue
                box = (left, middle - LINE / 2, left + length, middle + LINE / 2)
                overlaps = sum(_overlap(box, other) for other in taken)
                if (overlaps, 0, "") < (best[0], 0, ""):
                    best = (overlaps, shift, side)
            if best[0] == 0:
                break
        _, shift, side = best
        left = x + 9 if side == "right" else x - 9 - length
        taken.append((left, y + shift - LINE / 2, left + length, y + shift + LINE / 2))
        label_y = record["y"] - shift / to_y
        placed.append({**record, "side": side, "moved": shift != 0, "label_y": label_y})
    return placed


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    return max(across, 0) * max(down, 0)
