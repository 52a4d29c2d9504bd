"""What is compared, by its name: activations, depths, models; candidates where several vary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ogive.text import Text

__all__ = ["FACTOR_NAMES", "PARAMETERS", "Subject", "parameter_title", "spaced", "subject_of"]


class Subject(NamedTuple):
    """The name of one of what is compared, and what it is."""

    one: Text
    meaning: Text


SUBJECTS = {
    "activation": Subject(
        Text("activation", "激活函数"),
        Text("The function between the layers.", "各层之间的函数。"),
    ),
    "depth": Subject(
        Text("depth", "深度"),
        Text("Number of hidden layers.", "隐藏层的层数。"),
    ),
    "width": Subject(
        Text("width", "宽度"),
        Text("Units of each hidden layer.", "每个隐藏层的单元数。"),
    ),
    "init": Subject(
        Text("initialisation", "初始化方法"),
        Text("How the initial weights were drawn.", "初始权重的抽取方法。"),
    ),
    "learning_rate": Subject(
        Text("learning rate", "学习率"),
        Text("Length of the steps of the training.", "训练时每一步的步长。"),
    ),
    "model": Subject(
        Text("model", "模型"),
        Text("The kind of model.", "模型的种类。"),
    ),
}
FACTOR_NAMES = {factor: subject.one for factor, subject in SUBJECTS.items()}
"""What may be varied, by its name for people."""

CANDIDATE = Subject(
    Text("candidate", "候选方案"),
    Text("One combination of all that was varied.", "所改变的各个因素的一种组合。"),
)

PARAMETERS = {
    "learning_rate_init": Text("learning rate", "学习率"),
}
"""Names for people of what the validation rows choose; others go by the estimator's name."""


def subject_of(vary: Sequence[str]) -> Subject:
    """Return the name of what is compared where these factors vary."""
    return SUBJECTS.get(vary[0], CANDIDATE) if len(vary) == 1 else CANDIDATE


def parameter_title(parameter: str) -> Text:
    """Return the name for people of what the validation rows choose."""
    return PARAMETERS.get(parameter, Text(parameter, parameter))


def spaced(zh: str) -> str:
    """Set a name with Latin letters at its ends off from the Chinese around it."""
    # What comes before the scripts of East Asia: R² ends in a letter that is not ASCII.
    before, after = (" " if end < "\u2e80" else "" for end in (zh[:1], zh[-1:]))
    return f"{before}{zh}{after}"
