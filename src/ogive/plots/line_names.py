"""Where the names of lines stand on a map: beside their line, clear of other lines and of marks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["HEIGHT", "beside", "wide"]

Floats = NDArray[np.float64]
HEIGHT = 13.0
"""Of a name, in pixels."""
GAP = 3.0
"""Pixels between a line and its name."""
MARK = 3.0
"""Radius of a mark."""
STEP = 3.0
"""Pixels between the places of a line that a name should not cover."""
PLACES = 40
OVER_NAME, OVER_LINE, NEARER_TO_ANOTHER, OVER_MARK, INWARDS = 1000.0, 12.0, 15.0, 2.0, 0.01


def wide(text: str, size: float = 11.0) -> float:
    """Return about how many pixels a text takes in letters of a size."""
    return size * sum(0.58 if ord(c) < 0x2E80 else 1.05 for c in text)


def beside(names: Sequence[str], lines: Sequence[Floats], marks: Floats, size: float) -> Floats:
    """Return the middles of names, in pixels: array of shape (n_names, 2).

    Each name in turn takes the place along its line, on either side, that covers least: of names
    placed before, of lines, and of marks. Of equal places the one near the edge is taken.

    Parameters
    ----------
    names : sequence of str
    lines : sequence of ndarray of shape (n_strokes, 4)
        One for each name, as x1, y1, x2, y2 in pixels.
    marks : ndarray of shape (n_marks, 2)
        In pixels.
    size : float
        Pixels of the map along each side.
    """
    dots = [_dotted(line) for line in lines]
    taken: list[tuple[Floats, Floats]] = []
    for k, (name, line) in enumerate(zip(names, lines, strict=True)):
        half = np.array([wide(name) / 2, HEIGHT / 2])
        middles, apart = _candidates(line, half, size)
        strangers = np.concatenate([np.empty((0, 2)), *(d for i, d in enumerate(dots) if i != k)])
        costs = OVER_LINE * _covered(middles, half + 1, np.concatenate([dots[k], strangers]))
        costs += OVER_MARK * _covered(middles, half + MARK, marks)
        if len(strangers):
            away = np.linalg.norm(middles[:, None] - strangers, axis=2).min(axis=1)
            costs += NEARER_TO_ANOTHER * (away < 1.2 * apart)
        for middle, extent in taken:
            over = (np.abs(middles - middle) < half + extent + 2).all(axis=1)
            costs += OVER_NAME * over
        costs += INWARDS * np.minimum(middles, size - middles).min(axis=1)
        best = middles[int(np.argmin(costs))]
        taken.append((best, half))
    return np.array([middle for middle, _ in taken]).reshape(-1, 2)


def _dotted(line: Floats) -> Floats:
    """Return places all along a line."""
    found = []
    for x1, y1, x2, y2 in line:
        n = max(int(np.hypot(x2 - x1, y2 - y1) / STEP), 1) + 1
        found.append(np.column_stack([np.linspace(x1, x2, n), np.linspace(y1, y2, n)]))
    return np.concatenate(found)


def _candidates(line: Floats, half: Floats, size: float) -> tuple[Floats, Floats]:
    """Return middles on both sides of a line, and how far from the line each is."""
    middles, apart = [], []
    strokes = line[:: max(len(line) // PLACES, 1)]
    for x1, y1, x2, y2 in strokes:
        start, along = np.array([x1, y1]), np.array([x2 - x1, y2 - y1])
        normal = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-9)
        distance = float(np.abs(normal) @ half) + GAP
        parts = np.linspace(0.02, 0.98, max(PLACES // len(strokes), 1) + 1)[:, None]
        for side in (distance, -distance):
            middles.append(start + parts * along + side * normal)
            apart.append(np.full(len(parts), distance))
    found, far = np.concatenate(middles), np.concatenate(apart)
    inside = ((found >= half + 2) & (found <= size - half - 2)).all(axis=1)
    if not inside.any():
        return np.clip(found, half + 2, np.maximum(size - half - 2, half + 2)), far
    return found[inside], far[inside]


def _covered(middles: Floats, half: Floats, places: Floats) -> Floats:
    """Return how many places each name would cover."""
    inside = (np.abs(middles[:, None] - places) < half).all(axis=2)
    found: Floats = inside.sum(axis=1).astype(np.float64)
    return found
