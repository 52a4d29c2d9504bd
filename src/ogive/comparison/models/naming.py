"""Says which candidate it is that goes wrong, and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ogive.text import InputError

__all__ = ["Reason", "naming"]


class Reason(InputError):
    """Why a model failed, as a clause to which `naming` adds which model it was."""


@contextmanager
def naming(
    label: str, repeat: int, fold: int, *, let_pass: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Tell of what goes wrong within which candidate it is, and on which fold.

    Parameters
    ----------
    label : str
        Of the candidate.
    repeat, fold : int
        Counted from 0.
    let_pass : tuple of exception types
        Errors that say enough themselves.

    Raises
    ------
    InputError
        Whatever other error there is.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, let_pass) and not isinstance(error, Reason):
            raise
        reason = error.text if isinstance(error, InputError) else None
        en, zh = (f"{type(error).__name__}: {error}",) * 2 if reason is None else reason
        raise InputError(
            f"{label!r} failed on repeat {repeat + 1}, fold {fold + 1}: {_open(en)}. Leave it "
            "out, change it, or prepare the data so that it can take them.",
            f"{label!r} 在第 {repeat + 1} 次重复的第 {fold + 1} 折上失败：{_open(zh)}。"
            "请去掉它、修改它，或把数据整理成它能接受的形式。",
        ) from error


def _open(sentence: str) -> str:
    """Return a sentence on one line and without its full stop."""
    return " ".join(sentence.split()).rstrip(".。 ")
