"""Says which candidate it is that goes wrong, and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ogive.text import InputError

__all__ = ["naming"]


@contextmanager
def naming(label: str, repeat: int, fold: int) -> Iterator[None]:
    """Tell of what goes wrong within which candidate it is, and on which fold.

    Raises
    ------
    InputError
        Whatever error there is.
    """
    try:
        yield
    except Exception as error:
        reason = error.text if isinstance(error, InputError) else None
        kind = type(error).__name__
        en, zh = (f"{kind}: {error}",) * 2 if reason is None else reason
        raise InputError(
            f"{label!r} failed on fold {fold + 1} of repeat {repeat + 1}: {en.rstrip('.')}. Leave "
            "it out, change it, or prepare the data so that it can take them.",
            f"{label!r} 在第 {repeat + 1} 次重复的第 {fold + 1} 折上失败：{zh.rstrip('。.')}。"
            "请去掉它、修改它，或把数据整理成它能接受的形式。",
        ) from error
