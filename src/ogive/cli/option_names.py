"""What is said in Python's names, in those of the command line's options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from ogive.text import InputError, Text

__all__ = ["as_typed", "in_options"]

OPTIONS = {
    "n_splits": "--folds",
    "n_repeats": "--repeats",
    "max_iter": "--max-iter",
    "batch_size": "--batch-size",
    "random_state": "--seed",
    "n_jobs": "--jobs",
    "hidden_layer_sizes": "--hidden-layer-sizes",
    "learning_rates": "--learning-rate",
}
# These are words of prose, too, and names only where a sentence begins with them.
AT_THE_BEGINNING = {
    "activations": "--activation",
    "vary": "--vary",
    "scoring": "--scoring",
    "precision": "--precision",
    "budget": "--budget",
}
# What is within quotes was typed by the user: a column may have such a name.
_NAME = re.compile(rf"(?<![\w'\"“‘.-])(?:{'|'.join(OPTIONS)})(?![\w'\"”’])")
_FIRST = re.compile(rf"^(?:{'|'.join(AT_THE_BEGINNING)})(?=[ :：])")
_BOTH = re.compile("(?<=^--vary and )activations|(?<=^--vary 和 )activations")
_NO_VALUE = (
    re.compile(
        r"^formula (.+) needs a value for (.+), such as \S+=1\.0(?:, \S+=1\.0)*(; if .+)?\.$"
    ),
    re.compile(r"^公式 (.+) 还需要给出 (.+) 的值，例如 \S+?=1\.0(?:, \S+?=1\.0)*(；自变量.+)?。$"),
)


def as_typed(text: Text) -> Text:
    """Return a text with options in place of Python's parameters."""
    en, zh = _NO_VALUE
    return Text(
        _replaced(en.sub(r"--activation: \1 has \2 in it, which is no variable (that is z), "
                         r"constant or function; write a number there\3.", text.en)),
        _replaced(zh.sub(r"--activation：\1 中的 \2 既不是自变量（自变量是 z），也不是常数或函数；"
                         r"请在该处写一个数\3。", text.zh)),
    )  # fmt: skip


@contextmanager
def in_options() -> Iterator[None]:
    """Let what is refused within be told in options."""
    try:
        yield
    except InputError as error:
        told = as_typed(error.text)
        raise InputError(told.en, told.zh) from None


def _replaced(text: str) -> str:
    text = _FIRST.sub(lambda found: AT_THE_BEGINNING[found[0]], text)
    text = _BOTH.sub(AT_THE_BEGINNING["activations"], text)
    return _NAME.sub(lambda found: OPTIONS[found[0]], text)
