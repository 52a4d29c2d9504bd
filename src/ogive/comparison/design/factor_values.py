"""The values of depth, width, learning rate and init, as given or as usual; wrong ones refused."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ogive.data.wording import listed, nearest
from ogive.network.initialisation import SCHEMES
from ogive.text import InputError

__all__ = ["READERS", "USUAL", "read_values", "refuse_repeated", "values_listed"]

MOST_LAYERS = 100
MOST_UNITS = 65_536

USUAL: dict[str, tuple[Any, ...]] = {
    "depth": (1, 2, 3, 4, 6),
    "width": (8, 16, 32, 64, 128),
    "init": SCHEMES,
    "learning_rate": (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03),
}
"""What is compared where a factor is named without values."""


def values_listed(factor: str, given: Any) -> list[Any]:
    """Return the values of a factor as a list; one that stands alone is a list of one.

    Raises
    ------
    InputError
        If there is none.
    """
    # A pipeline, and an ensemble once fitted, can be iterated over: they are models all the same.
    alone = isinstance(given, str | bytes | dict) or hasattr(given, "fit") or callable(given)
    found = [given] if alone or not np.iterable(given) else list(given)
    if not found or found == [""]:
        raise InputError(
            f"vary gives no value for {factor!r}; give at least one, or leave its values out for "
            "the usual ones.",
            f"vary 没有给出 {factor!r} 的值；请至少给出一个，或只写因素名以采用默认的值。",
        )
    return found


def read_values(factor: str, given: Any) -> list[Any]:
    """Return the checked values of a factor other than activation and model.

    Parameters
    ----------
    factor : {"depth", "width", "init", "learning_rate"}
    given : object
        A value or several, numbers as such or as they are typed.

    Raises
    ------
    InputError
        If one is impossible or repeated.
    """
    read = READERS[factor]
    values = [read(value) for value in values_listed(factor, given)]
    refuse_repeated(factor, [f"{v:g}" if isinstance(v, float) else str(v) for v in values])
    return values


def refuse_repeated(factor: str, labels: Sequence[str]) -> None:
    """Refuse a value that is there twice."""
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            raise InputError(
                f"vary gives {factor} {label!r} more than once; give each value only once.",
                f"vary 中 {factor} 的值 {label!r} 出现了不止一次；每个值只能给一次。",
            )
        seen.add(label)


def _whole(factor: str, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        number: Any = value
        if isinstance(value, str):
            typed = value.strip().replace("_", "")
            number = int(typed) if re.fullmatch(r"[+-]?\d{1,9}", typed) else None
        if isinstance(number, bool) or not isinstance(number, numbers.Integral):
            number = None
        if number is None or not 1 <= number <= most:
            none = number == 0 and factor == "depth"
            raise InputError(
                f"vary: {factor} must be a whole number from 1 to {most}. Got {value!r} instead"
                + (
                    "; models without a hidden layer are compared by varying 'model'."
                    if none
                    else "."
                ),
                f"vary：{factor} 必须是 1 到 {most} 的整数，得到的却是 {value!r}"
                + ("；要比较没有隐藏层的模型，请改变 'model'。" if none else "。"),
            )
        return int(number)

    return read


def _rate(value: Any) -> float:
    number: Any = value
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            number = None
    if isinstance(number, bool) or not isinstance(number, numbers.Real):
        number = None
    if number is None or not 0 < float(number) < math.inf:
        raise InputError(
            f"vary: learning_rate must be a positive number. Got {value!r} instead.",
            f"vary：learning_rate 必须是正数，得到的却是 {value!r}。",
        )
    return float(number)


def _scheme(value: Any) -> str:
    if isinstance(value, str) and value.strip() in SCHEMES:
        return value.strip()
    known = listed(SCHEMES, limit=len(SCHEMES))
    near = nearest(str(value), SCHEMES)
    raise InputError(
        f"vary: init {value!r} is not known."
        + (f" Did you mean {near!r}?" if near else "")
        + f" Choose among {known.en}.",
        f"vary：没有名为 {value!r} 的 init。"
        + (f"您是不是要用 {near!r}？" if near else "")
        + f"可选：{known.zh}。",
    )


READERS: dict[str, Callable[[Any], Any]] = {
    "depth": _whole("depth", MOST_LAYERS),
    "width": _whole("width", MOST_UNITS),
    "init": _scheme,
    "learning_rate": _rate,
}
