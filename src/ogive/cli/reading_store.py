"""A store that is only read, which is not made by looking for it."""

from __future__ import annotations

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
    if place is None and path is not None and not path.exists():
        raise NoRunsYet
    return open_store(place, existing=True)
