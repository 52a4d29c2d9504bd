"""A queue in which visitors take turns, however many things each of them has put into it."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Collection
from typing import Generic, TypeVar

__all__ = ["FairQueue"]

Item = TypeVar("Item")


class FairQueue(Generic[Item]):
    """Takes one thing of each visitor in turn, the things of one visitor in their order."""

    def __init__(self) -> None:
        self._rows: OrderedDict[str, deque[Item]] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, visitor: str, item: Item) -> None:
        """Add something of a visitor."""
        self._rows.setdefault(visitor, deque()).append(item)
        self._size += 1

    def take(self, running: Collection[str] = (), share: int | None = None) -> Item | None:
        """Return what is next and take it out.

        Parameters
        ----------
        running : collection of str
            Visitors of what runs now, each as often as they have something running.
        share : int, optional
            Visitors with so much running are passed over, as long as others could come. None if
            nobody else waits.
        """
        counts = {visitor: list(running).count(visitor) for visitor in self._rows}
        row = [visitor for visitor in self._rows if share is None or counts[visitor] < share]
        if not row:
            return None
        visitor = min(row, key=lambda one: counts[one])  # the first of those with the fewest
        item = self._rows[visitor].popleft()
        self._size -= 1
        self._rows.move_to_end(visitor)
        if not self._rows[visitor]:
            del self._rows[visitor]
        return item

    def remove(self, visitor: str, item: Item) -> None:
        """Take out something of a visitor, wherever it stands."""
        row = self._rows[visitor]
        row.remove(item)
        self._size -= 1
        if not row:
            del self._rows[visitor]

    def order(self) -> list[Item]:
        """Return everything in the order in which it will be taken, if nothing more is put in."""
        rows = [list(row) for row in self._rows.values()]
        longest = max(map(len, rows), default=0)
        return [row[i] for i in range(longest) for row in rows if i < len(row)]

    def drain(self) -> list[Item]:
        """Take out and return everything."""
        found = self.order()
        self._rows.clear()
        self._size = 0
        return found
