"""Option values as the user typed them, read and checked; a refusal names the option."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Literal

from ogive.data.commas import between_commas
from ogive.data.task import TASKS, Task
from ogive.data.wording import listed, nearest
from ogive.text import InputError, Text

__all__ = [
    "assignments",
    "batch_rows",
    "chosen",
    "layer_sizes",
    "number_below_1",
    "numbers",
    "positive_number",
    "positive_numbers",
    "seconds",
    "separated",
    "share",
    "task_wanted",
    "whole",
]


def separated(values: Iterable[str] | None, option: str = "") -> list[str]:
    """Return the parts between the commas of all `values`; commas within brackets part nothing.

    A full-width comma, which an input method for Chinese gives, is one too. With the name of an
    option, a value of it with nothing in it is refused rather than taken as left out.
    """
    if option:
        _check_not_empty(option, values)
    return [part for value in values or () for part in between_commas(value) if part]


def whole(option: str, value: str, at_least: int) -> int:
    """Return the value of an option as a whole number."""
    text = value.strip().replace("_", "")
    number = int(text) if re.fullmatch(r"[+-]?\d+", text) else None
    if number is None or number < at_least:
        raise InputError(
            f"{option} must be a whole number of at least {at_least}. Got {value!r} instead.",
            f"{option} 必须是不小于 {at_least} 的整数，得到的却是“{value}”。",
        )
    return number


def batch_rows(option: str, value: str) -> int | Literal["auto"]:
    """Return the rows of a mini-batch, or "auto"."""
    return "auto" if value == "auto" else whole(option, value, 1)


def layer_sizes(option: str, value: str) -> tuple[int, ...]:
    """Return the widths of hidden layers, typed with commas between them."""
    parts = [part.strip() for part in re.split("[,，]", value.strip("()[] ")) if part.strip()]
    sizes = [int(part) if re.fullmatch(r"\d+", part) else 0 for part in parts]
    if not sizes or min(sizes) < 1:
        raise InputError(
            f"{option} must hold whole numbers of at least 1 with commas between them, "
            f"such as 64,32. Got {value!r} instead.",
            f"{option} 必须是用逗号分隔的正整数，例如 64,32；得到的却是“{value}”。",
        )
    return tuple(sizes)


def positive_number(option: str, value: str, *, or_zero: bool = False) -> float:
    """Return the value of an option as a positive (or non-negative) finite number."""
    number = _finite(value)
    if number is None or number < 0 or (number == 0 and not or_zero):
        sort = ("a number of at least 0", "不小于 0 的数") if or_zero else ("positive", "正数")
        raise InputError(
            f"{option} must be {sort[0]}. Got {value!r} instead.",
            f"{option} 必须是{sort[1]}，得到的却是“{value}”。",
        )
    return number


def seconds(option: str, value: str) -> float:
    """Return a duration typed with its units, such as 90s, 10m or 1h30m, in seconds."""
    found = re.fullmatch(
        r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?:in)?)?(?:(\d+(?:\.\d+)?)s)?",
        re.sub(r"\s", "", value).lower(),
    )
    parts = [float(part or 0) for part in found.groups()] if found else [0.0]
    total = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    if total <= 0:
        raise InputError(
            f"{option} must be a time with its unit, such as 90s, 10m or 1h30m. "
            f"Got {value!r} instead.",
            f"{option} 必须是带单位的时间，例如 90s、10m 或 1h30m；得到的却是“{value}”。",
        )
    return total


def share(option: str, value: str) -> float:
    """Return the value of an option as a number between 0 and 1."""
    number = _finite(value)
    if number is None or not 0 < number < 1:
        raise InputError(
            f"{option} must lie between 0 and 1. Got {value!r} instead.",
            f"{option} 必须介于 0 与 1 之间，得到的却是“{value}”。",
        )
    return number


def number_below_1(option: str, value: str) -> float:
    """Return the value of an option as a number from 0 to below 1."""
    number = _finite(value)
    if number is None or not 0 <= number < 1:
        raise InputError(
            f"{option} must be at least 0 and below 1. Got {value!r} instead.",
            f"{option} 必须不小于 0 且小于 1，得到的却是“{value}”。",
        )
    return number


def positive_numbers(option: str, values: Iterable[str] | None) -> list[float]:
    """Return the numbers of an option that takes several."""
    return [positive_number(option, value) for value in separated(values, option)]


def numbers(option: str, values: Iterable[str] | None, *, or_infinite: bool = False) -> list[float]:
    """Return the numbers of an option that takes several, with commas between them."""
    found = []
    for value in separated(values, option):
        number = _number(value)
        if number is None or not (or_infinite or math.isfinite(number)):
            raise InputError(
                f"{option} must hold numbers with commas between them. Got {value!r} instead.",
                f"{option} 必须是用逗号分隔的数，得到的却是“{value}”。",
            )
        found.append(number)
    return found


def assignments(option: str, values: Iterable[str] | None) -> dict[str, float]:
    """Return names and numbers of an option typed as NAME=X."""
    found: dict[str, float] = {}
    for text in separated(values, option):
        name, _, value = (part.strip() for part in text.partition("="))
        number = _number(value)
        if name.isidentifier() and not name.isascii():
            from ogive.activations.formula.characters import transcribed

            plain = transcribed(name) or "beta"
            raise InputError(
                f"{option}: names are typed in ASCII, such as {plain}. Got {name!r} instead.",
                f"{option}：名称用 ASCII 字符输入，例如 {plain}；得到的却是“{name}”。",
            )
        if not name.isidentifier() or number is None or not math.isfinite(number):
            raise InputError(
                f"{option} must be a name and a number, such as beta=1.5. Got {text!r} instead.",
                f"{option} 必须是名称和数，例如 beta=1.5；得到的却是“{text}”。",
            )
        if number == 0 and re.search("[1-9]", re.split("[eE]", value)[0]):
            raise InputError(
                f"{option} {name}={value} is too small for a number; give 0 or a larger one.",
                f"{option} {name}={value} 太小，无法表示；请给出 0 或更大的数。",
            )
        if name in found:
            raise InputError(
                f"{option} gives {name!r} twice, {found[name]:g} and {number:g}; give it once.",
                f"{option} 给出了两次 {name!r}：{found[name]:g} 和 {number:g}；请只给出一次。",
            )
        found[name] = number
    return found


def _check_not_empty(option: str, values: Iterable[str] | None) -> None:
    if any(not separated([value]) for value in values or ()):
        raise InputError(
            f"{option} is empty; give it a value or leave it out.",
            f"{option} 的值是空的；请给出一个值，或去掉这个选项。",
        )


def chosen(
    option: str, value: str, choices: Iterable[str], *, otherwise: Text | None = None
) -> str:
    """Return the value if it is one of the choices; `otherwise` tells what else it may be."""
    known = list(choices)
    if value in known:
        return value
    names, similar = listed(known, limit=len(known)), nearest(value, known)
    hint = (f"; did you mean {similar}?", f"；您是不是要用 {similar}？") if similar else (".", "。")
    more = ("", "") if otherwise is None else (f", {otherwise.en}", f"，{otherwise.zh}")
    raise InputError(
        f"{option} must be one of {names.en}{more[0]}. Got {value!r} instead{hint[0]}",
        f"{option} 只能是 {names.zh} 之一{more[1]}，得到的却是“{value}”{hint[1]}",
    )


def task_wanted(value: str) -> Task | None:
    """Return the value of --task, None for auto."""
    chosen("--task", value, ("auto", *TASKS))
    return next((task for task in TASKS if task == value), None)


def _finite(value: str) -> float | None:
    number = _number(value)
    return number if number is not None and math.isfinite(number) else None


def _number(value: str) -> float | None:
    try:
        return float(value.replace("\u2212", "-"))
    except ValueError:
        return None
