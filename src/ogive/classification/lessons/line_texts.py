"""A decision line in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.linear.summary import numbers
from ogive.linear.summary.layout import shown_name
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.lessons.line import DecisionLine

__all__ = ["line_text"]

SIDES = {
    "above": Text(
        "{line}: positives ({positive}) above the line, negatives ({negative}) below.",
        "{line}：正类（{positive}）在直线上方，负类（{negative}）在下方。",
    ),
    "below": Text(
        "{line}: positives ({positive}) below the line, negatives ({negative}) above.",
        "{line}：正类（{positive}）在直线下方，负类（{negative}）在上方。",
    ),
    "right": Text(
        "{line}: positives ({positive}) right of the vertical line, negatives ({negative}) left.",
        "{line}：正类（{positive}）在竖线右侧，负类（{negative}）在左侧。",
    ),
    "left": Text(
        "{line}: positives ({positive}) left of the vertical line, negatives ({negative}) right.",
        "{line}：正类（{positive}）在竖线左侧，负类（{negative}）在右侧。",
    ),
    "everywhere": Text(
        "No line: {x} and {y} have weight 0, and {positive} is the more probable everywhere.",
        "没有直线：{x} 和 {y} 的权重为 0，处处都是 {positive} 更可能。",
    ),
    "nowhere": Text(
        "No line: {x} and {y} have weight 0, and {positive} is more probable than {negative} "
        "nowhere.",
        "没有直线：{x} 和 {y} 的权重为 0，{positive} 在任何地方都不比 {negative} 更可能。",
    ),
}
HELD = Text(" ({held})", "（{held}）")


def line_text(line: DecisionLine, language: Language) -> str:
    """Return the equation and the side of the positive class."""
    x, y = (shown_name(name) for name in line.features)
    if line.vertical:
        equation = f"{x} = {_number(line.at)}"
    else:
        slope = _number(line.slope)
        size = "" if slope in ("1", "-1") else f"{slope.lstrip('-')} "
        rise = "" if slope == "0" else f"{'-' * slope.startswith('-')}{size}{x}"
        constant = _number(line.intercept)
        if not rise:
            equation = f"{y} = {constant}"
        elif constant == "0":
            equation = f"{y} = {rise}"
        else:
            sign = "-" if constant.startswith("-") else "+"
            equation = f"{y} = {rise} {sign} {constant.lstrip('-')}"
    if line.held:
        values = ", ".join(
            f"{shown_name(name)} = {_number(value)}" for name, value in line.held.items()
        )
        equation += HELD.to(language, held=values)
    return SIDES[line.positive_side].to(
        language,
        line=equation,
        x=x,
        y=y,
        positive=shown_name(str(line.positive)),
        negative=shown_name(str(line.negative)),
    )


def _number(value: float) -> str:
    written = numbers.significant(value, 4)
    return written.rstrip("0").rstrip(".") if "." in written and "e" not in written else written
