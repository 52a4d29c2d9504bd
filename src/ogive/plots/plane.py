"""Lines and half-planes within a rectangle of two features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError

__all__ = ["Box", "Plane2", "two_features"]

Floats = NDArray[np.float64]
Plane2 = tuple[float, float, float]
"""w1, w2 and b of ``z = w1 x1 + w2 x2 + b``."""
UNIT: tuple[Plane2, ...] = ((1, 0, 0), (-1, 0, 1), (0, 1, 0), (0, -1, 1))


@dataclass(frozen=True)
class Box:
    """The rectangle that a chart shows.

    Attributes
    ----------
    x, y : tuple of float
        Ends of the axes.
    """

    x: tuple[float, float]
    y: tuple[float, float]

    @classmethod
    def around(cls, X: Floats, room: float = 0.08) -> Box:
        """Return a box with some room around all points."""
        from ogive.plots.scatter import domain

        return cls(domain(X[:, 0], room=room), domain(X[:, 1], room=room))

    def grid(self, n: int) -> Floats:
        """Return the middles of n by n cells, the lowest row of them first: (n * n, 2)."""
        middles = (np.arange(n) + 0.5) / n
        xs = self.x[0] + (self.x[1] - self.x[0]) * middles
        ys = self.y[0] + (self.y[1] - self.y[0]) * middles
        return np.column_stack([np.tile(xs, n), np.repeat(ys, n)])

    def scaled(self, z: Plane2) -> Plane2:
        """Return z as a function of places from 0 to 1 along both axes."""
        w1, w2, b = z
        (left, right), (low, high) = self.x, self.y
        return w1 * (right - left), w2 * (high - low), b + w1 * left + w2 * low

    def placed(self, points: Floats) -> Floats:
        """Return places from 0 to 1 along both axes as values of the features."""
        start = np.array([self.x[0], self.y[0]])
        span = np.array([self.x[1] - self.x[0], self.y[1] - self.y[0]])
        return np.asarray(start + span * points)

    def chord(self, z: Plane2, within: Sequence[Plane2] = ()) -> Floats | None:
        """Return the two ends of the line z = 0 in the box, or None where it does not cross it.

        With `within`, only the part where all of these are not negative.
        """
        w1, w2, b = self.scaled(z)
        size = np.hypot(w1, w2)
        if not size > 0 or not np.isfinite(size):
            return None
        normal = np.array([w1, w2]) / size
        centre = np.array([0.5, 0.5])
        foot = centre - (normal @ centre + b / size) * normal
        along = np.array([-normal[1], normal[0]])
        start, end = -np.inf, np.inf
        for a1, a2, c in (*UNIT, *map(self.scaled, within)):
            rise, at = a1 * along[0] + a2 * along[1], a1 * foot[0] + a2 * foot[1] + c
            if abs(rise) <= 1e-12 * (abs(a1) + abs(a2)):
                if at < -1e-12:
                    return None
            elif rise > 0:
                start = max(start, -at / rise)
            else:
                end = min(end, -at / rise)
        if not end - start > 1e-9:
            return None
        return self.placed(np.array([foot + start * along, foot + end * along]))

    def half(self, z: Plane2) -> Floats:
        """Return the corners of the part of the box where z is not negative."""
        w1, w2, b = self.scaled(z)
        corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
        found = []
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
            at, then = w1 * x1 + w2 * y1 + b, w1 * x2 + w2 * y2 + b
            if at >= 0:
                found.append((x1, y1))
            if (at < 0) != (then < 0):
                part = at / (at - then)
                found.append((x1 + part * (x2 - x1), y1 + part * (y2 - y1)))
        return self.placed(np.array(found).reshape(-1, 2))


def two_features(X: Any) -> tuple[Floats, tuple[str, str]]:
    """Return checked rows of two features, and the names of the features.

    Raises
    ------
    InputError
        Where there are other than two features, no rows, or values that are not finite numbers.
    """
    names = [str(name) for name in getattr(X, "columns", ["x0", "x1"])]
    try:
        values = np.asarray(X, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(
            "X must hold two columns of numbers; turn text and dates into numbers first.",
            "X 必须是两列数字；请先把文字和日期转换为数字。",
        ) from None
    if values.ndim != 2 or values.shape[1] != 2 or not len(values):
        raise InputError(
            f"X must have rows of two features for a map; its shape is {values.shape}. Choose two "
            "columns.",
            f"画图时 X 必须是两个特征的数据；它的形状是 {values.shape}。请选出两列。",
        )
    bad = ~np.isfinite(values)
    if bad.any():
        row, column = (int(place[0]) for place in np.nonzero(bad))
        raise InputError(
            f"X is {values[row, column]} in row {row}, column {names[column]}; leave out such rows "
            "or fill them.",
            f"X 第 {row} 行 {names[column]} 列的值是 {values[row, column]}；请去掉或填补这样的行。",
        )
    return values, (names[0], names[1])
