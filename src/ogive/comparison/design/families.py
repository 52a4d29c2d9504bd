"""The families of models that can be compared: their names, tasks, and what each may choose."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from ogive.comparison.design.candidates import Choice
from ogive.comparison.design.settings import Task
from ogive.text import Text

__all__ = ["FAMILIES", "NOTHING_TO_CHOOSE", "STRENGTHS", "Family", "usual_models"]

NOTHING_TO_CHOOSE = (Choice("", math.nan),)

STRENGTHS = (0.01, 0.1, 1.0, 10.0, 100.0)
"""Inverse strengths of the penalty, C, among which the validation rows choose. Where they score
alike the first is taken: the strongest penalty."""

_CLASSES: tuple[Task, ...] = ("classification",)
_BY_C = tuple(Choice("C", strength) for strength in STRENGTHS)


class Family(NamedTuple):
    """A kind of model that goes by a name.

    Attributes
    ----------
    title : Text
        What it is.
    tasks : tuple of {"classification", "regression"}
        What it is for.
    choices : tuple of Choice
        Empty for networks, whose learning rates the user gives.
    """

    title: Text
    tasks: tuple[Task, ...]
    choices: tuple[Choice, ...]


FAMILIES: Mapping[str, Family] = {
    "linear": Family(Text("least squares", "最小二乘"), ("regression",), NOTHING_TO_CHOOSE),
    "logistic": Family(
        Text("logistic regression, softmax for many classes", "logistic 回归（多类时为 softmax）"),
        _CLASSES,
        _BY_C,
    ),
    "ovo": Family(
        Text("one-vs-one of logistic regressions", "logistic 回归的一对一"), _CLASSES, _BY_C
    ),
    "ovr": Family(
        Text("one-vs-rest of logistic regressions", "logistic 回归的一对其余"), _CLASSES, _BY_C
    ),
    "ecoc": Family(
        Text("output codes of logistic regressions", "logistic 回归的输出码（多对多）"),
        _CLASSES,
        _BY_C,
    ),
    "mlp": Family(Text("network", "网络"), ("classification", "regression"), ()),
}
"""By name, the simpler ones first."""

ALIASES: Mapping[str, str] = {"network": "mlp", "softmax": "logistic"}
"""Names that ``ogive fit`` has for them."""


def usual_models(task: Task, n_classes: int | None = None) -> tuple[str, ...]:
    """Return the families that suit a task; reductions to two classes only where there are more."""
    if n_classes == 2:
        return ("logistic", "mlp")
    return tuple(name for name, family in FAMILIES.items() if task in family.tasks)
