"""A store that is only read, which is not made by looking for it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.comparison.store import Store

__all__ = ["NoRunsYet", "store_to_read"]


class NoRunsYet(InputError):
    """Nothing was ever compared with the usual store."""

    def __init__(self) -> None:
        super().__init__(
            "There are no runs yet; 'ogive compare' makes them.",
            "还没有运行；“ogive compare”会产生运行。",
        )


def store_to_read(place: str | None) -> Store:
    """Open the store that is there.

    Parameters
    ----------
    place : str or None
        What was typed after ``--store``.

    Raises
    ------
    NoRunsYet
        If the usual store does not exist.
    InputError
        If that of `place` does not.
    """
    from ogive.comparison.store import open_store
    from ogive.comparison.store.locating import locate

    path = locate(place).path
    if path is None or path.exists():
        return open_store(place)
    if place is None:
        raise NoRunsYet
    raise InputError(
        f"--store {place}: there is no such file; see whether its name is right. 'ogive compare "
        f"… --store {shlex.quote(place)}' would make it.",
        f"--store {place}：没有这个文件；请检查名称是否正确。"
        f"用“ogive compare … --store {shlex.quote(place)}”可以新建它。",
    )
