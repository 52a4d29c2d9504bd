"""Value and derivative as a small SVG picture, for a notebook's cell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ogive.activations.sheet.sampling import Curve, sample, thinned, view

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["picture"]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 420, 240, 40, 12, 12, 24
# Of middling lightness, for white and for dark pages alike; the derivative is dashed as well.
COLOURS = ("#2f7ed8", "#d9730d")
GREY = "#8b929c"
TOLERANCE = 0.001


def picture(function: Activation, description: str, lower: float, upper: float) -> str:
    """Return an ``svg`` element that needs no style sheet, script or font from anywhere.

    Parameters
    ----------
    function : Activation
        What to draw; acts on single numbers.
    description : str
        What the picture shows, for those who do not see it.
    lower, upper : float
        The ends of the z axis.
    """
    curves = (sample(function, lower, upper), sample(function.derivative, lower, upper))
    low, high = view(curves)
    room = 0.04 * (high - low)
    frame = _Frame(lower, upper, low - room, high + room)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="11" '
        f'style="max-width: 100%">',
        f"<title>{_escaped(description)}</title>",
        *_axes(frame),
    ]
    for curve, colour, dash in zip(curves, COLOURS, ("", "5 3"), strict=True):
        parts += _drawn(curve, frame, colour, dash)
    return "".join([*parts, "</svg>"])


class _Frame:
    """From z and value to places in the picture."""

    def __init__(self, lower: float, upper: float, low: float, high: float) -> None:
        self.ends, self.values = (lower, upper), (low, high)

    def x(self, z: float) -> float:
        return LEFT + (z - self.ends[0]) / (self.ends[1] - self.ends[0]) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        share = (self.values[1] - value) / (self.values[1] - self.values[0])
        # Far outside is far enough: huge coordinates upset some viewers.
        return TOP + min(max(share, -1.0), 2.0) * (HEIGHT - TOP - BOTTOM)


def _axes(frame: _Frame) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for z in _ticks(*frame.ends, 11):
        x = frame.x(z)
        parts.append(_rule(x, TOP, x, bottom, z == 0))
        parts.append(_number(z, x, bottom + 15, "middle"))
    for value in _ticks(*frame.values, 7):
        y = frame.y(value)
        parts.append(_rule(LEFT, y, right, y, value == 0))
        parts.append(_number(value, LEFT - 6, y + 4, "end"))
    return parts


def _rule(x1: float, y1: float, x2: float, y2: float, axis: bool) -> str:
    strength = "0.8" if axis else "0.25"
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{GREY}" '
        f'stroke-opacity="{strength}"/>'
    )


def _number(value: float, x: float, y: float, anchor: str) -> str:
    text = f"{value:g}".replace("-", "\u2212")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{GREY}">{text}</text>'


def _drawn(curve: Curve, frame: _Frame, colour: str, dash: str) -> list[str]:
    low, high = frame.values
    parts = []
    for piece in curve.pieces:
        z, y = thinned(piece, TOLERANCE * (high - low))
        # A line may leave the frame and come back; what lies outside is cut off by runs.
        for run in _inside(z.tolist(), y.tolist(), low, high):
            points = " ".join(f"{frame.x(at):.1f},{frame.y(value):.1f}" for at, value in run)
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"'
                + (f' stroke-dasharray="{dash}"' if dash else "")
                + "/>"
            )
    for dot in curve.dots:
        if low <= dot.y <= high:
            fill = colour if dot.closed else "none"
            parts.append(
                f'<circle cx="{frame.x(dot.z):.1f}" cy="{frame.y(dot.y):.1f}" r="3" '
                f'fill="{fill}" stroke="{colour}" stroke-width="1.4"/>'
            )
    return parts


def _inside(
    zs: list[float], ys: list[float], low: float, high: float
) -> list[list[tuple[float, float]]]:
    """Return the runs of a line that lie between two values, cut where they leave."""
    runs: list[list[tuple[float, float]]] = []
    for z0, y0, z1, y1 in zip(zs, ys, zs[1:], ys[1:], strict=False):
        shares = [0.0, 1.0]
        if y0 != y1:
            crossings = sorted(((low - y0) / (y1 - y0), (high - y0) / (y1 - y0)))
            shares = [max(0.0, crossings[0]), min(1.0, crossings[1])]
        elif not low <= y0 <= high:
            continue
        if shares[0] > shares[1]:
            continue
        start, end = ((z0 + s * (z1 - z0), y0 + s * (y1 - y0)) for s in shares)
        if runs and shares[0] == 0 and runs[-1][-1] == start:
            runs[-1].append(end)
        else:
            runs.append([start, end])
    return runs


def _ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers from `low` to `high`, at most `most`."""
    exponent = math.floor(math.log10((high - low) / most))
    for step in (10.0**exponent * factor for factor in (1, 2, 5, 10, 20, 50)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            return [float(f"{k * step:.12g}") for k in range(first, last + 1)]
    return []


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
