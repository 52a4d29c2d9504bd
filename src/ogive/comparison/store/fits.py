"""Reading results of fits, and who refers to them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, func, literal, select

from ogive.comparison.records import FitResult
from ogive.comparison.store.schema import fits, run_fits
from ogive.comparison.store.writing import inserting

__all__ = ["count_known", "count_referred", "delete_orphans", "read_results", "refer"]

# Keys in one statement; SQLite's older versions allow 999 values.
MANY = 500


def read_results(connection: Connection, keys: Sequence[str]) -> dict[str, FitResult]:
    """Return the results that are there, by key."""
    found = {}
    for some in _portions(keys):
        wanted = select(fits.c.key, fits.c.result).where(fits.c.key.in_(some))
        for key, text in connection.execute(wanted):
            # One that an older version wrote with other fields is as good as none.
            with contextlib.suppress(KeyError, TypeError, ValueError):
                found[key] = FitResult.from_json(text)
    return found


def count_known(connection: Connection, keys: Sequence[str]) -> int:
    """Count the keys that have a result."""
    return sum(
        len(connection.execute(select(fits.c.key).where(fits.c.key.in_(some))).all())
        for some in _portions(keys)
    )


def count_referred(connection: Connection, run: int) -> int:
    """Count the fits that a run refers to."""
    mine = select(func.count()).select_from(run_fits).where(run_fits.c.run == run)
    return int(connection.execute(mine).scalar_one())


def refer(connection: Connection, run: int, keys: Sequence[str]) -> None:
    """Let a run refer to those of the fits that are there."""
    for some in _portions(keys):
        found = select(literal(run), fits.c.key).where(fits.c.key.in_(some)).order_by(fits.c.key)
        statement = inserting(connection, run_fits).from_select(["run", "key"], found)
        connection.execute(statement.on_conflict_do_nothing())


def delete_orphans(connection: Connection) -> int:
    """Delete the fits that no run refers to, and return how many there were."""
    referred = select(run_fits.c.key).where(run_fits.c.key == fits.c.key)
    return connection.execute(delete(fits).where(~referred.exists())).rowcount


def _portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + MANY] for start in range(0, len(keys), MANY))
