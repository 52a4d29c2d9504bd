"""The properties of several functions in few words, to stand side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ogive.activations.facts.wording import EVERYWHERE, saturation_bounds
from ogive.activations.sheet.content import INIT, Sheet
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.activations.facts import Facts, Number, Range

__all__ = ["compared"]

_LABELS = {
    "output_range": Text("Output range", "输出范围"),
    "derivative_range": Text("Derivative range", "导数范围"),
    "monotonic": Text("Monotonicity", "单调性"),
    "zero_centered": Text("Zero-centred", "以零为中心"),
    "parity": Text("Symmetry", "奇偶性"),
    "convexity": Text("Curvature", "凹凸性"),
    "smoothness": Text("Smoothness", "光滑性"),
    "kinks": Text("Kinks at", "折点"),
    "lipschitz": Text("Lipschitz constant", "利普希茨常数"),
    "saturation": Text("Saturates (float32)", "饱和（float32）"),
    "bounded": Text("Bounded", "有界"),
    "cheap": Text("Cheap to compute", "计算量小"),
}
_WORDS = {
    "strictly increasing": Text("strictly rising", "严格递增"),
    "increasing": Text("rising", "递增"),
    "strictly decreasing": Text("strictly falling", "严格递减"),
    "decreasing": Text("falling", "递减"),
    "constant": Text("constant", "常数"),
    "not monotonic": Text("not monotonic", "不单调"),
    "odd": Text("odd", "奇"),
    "even": Text("even", "偶"),
    "convex": Text("convex", "凸"),
    "concave": Text("concave", "凹"),
    "linear": Text("linear", "线性"),
    "neither": Text("neither", "都不是"),
    "discontinuous": Text("jumps", "不连续"),
    True: Text("yes", "是"),
    False: Text("no", "否"),
}
_UNDECIDED = Text("undecided", "未判定")
_ERROR = Text("Error in ulp: value, slope", "误差（ulp）：值、导数")
_NOTHING = "–"  # has no meaning here, or there is none
_LONGEST = 16


def compared(sheets: Sequence[Sheet], language: Language) -> list[tuple[str, list[str]]]:
    """Return rows of a table with a column a function.

    Parameters
    ----------
    sheets : sequence of Sheet
    language : {"en", "zh"}

    Returns
    -------
    list of (label, texts)
        One text a sheet; "–" for what has no meaning for a function, or of which it has none. A
        row in which no function has anything is left out.
    """
    rows = [
        (label.to(language), [_cell(sheet.function.facts, field, language) for sheet in sheets])
        for field, label in _LABELS.items()
    ]
    rows.append((_ERROR.to(language), [_error(sheet) for sheet in sheets]))
    rows.append((INIT.to(language), [sheet.function.init for sheet in sheets]))
    return [row for row in rows if set(row[1]) != {_NOTHING}]


def _cell(facts: Facts, field: str, language: Language) -> str:
    if field in facts.not_applicable:
        return _NOTHING
    if field in facts.undecided:
        return _UNDECIDED.to(language)
    value = getattr(facts, field)
    if field in ("output_range", "derivative_range"):
        return _range(value)
    if field == "kinks":
        return ", ".join(_number(kink.at) for kink in value) or _NOTHING
    if field == "saturation":
        return _saturation(facts, language)
    if field == "lipschitz":
        return _number(value)
    return _WORDS[value].to(language) if value in _WORDS else str(value)


def _range(found: Range) -> str:
    return found.text if len(found.text) <= _LONGEST and found.exact else found.decimal


def _number(number: Number) -> str:
    short = number.exact and len(number.text) <= _LONGEST // 2
    return number.text if short else f"{number.value:.6g}"


def _saturation(facts: Facts, language: Language) -> str:
    sides = facts.saturation["float32"]
    if any(z is not None and math.isinf(z) for z in sides):
        return EVERYWHERE.to(language)
    return ", ".join(saturation_bounds(facts, sides)) or _NOTHING


def _error(sheet: Sheet) -> str:
    accuracy = sheet.accuracy
    if accuracy is None:
        return _NOTHING
    return f"{accuracy['value_ulp']:g}, {accuracy['derivative_ulp']:g}"
