"""Which classes stand on which side of each two-class problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Problems"]


@dataclass(frozen=True)
class Problems:
    """Two-class problems over the classes of one target, as a compressed sparse code book.

    Problem ``j`` concerns the classes ``members[starts[j]:starts[j + 1]]``, whose rows are positive
    (1) or negative (-1) by ``sides`` of the same positions; rows of other classes take no part.

    Attributes
    ----------
    n_classes : int
    starts : ndarray of shape (n_problems + 1,), int64
    members : ndarray of int32
    sides : ndarray of int8
    """

    n_classes: int
    starts: NDArray[np.int64]
    members: NDArray[np.int32]
    sides: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, j: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """Return the classes of a problem and their sides."""
        part = slice(self.starts[j], self.starts[j + 1])
        return self.members[part], self.sides[part]

    @classmethod
    def pairs(cls, n_classes: int) -> Problems:
        """Each class against each other: (0, 1), (0, 2), …, the later one being positive."""
        first, second = np.triu_indices(n_classes, 1)
        members = np.column_stack([first, second]).astype(np.int32).ravel()
        sides = np.tile(np.array([-1, 1], dtype=np.int8), len(first))
        return cls(n_classes, np.arange(0, len(members) + 1, 2, dtype=np.int64), members, sides)

    @classmethod
    def code_book(cls, code: NDArray[np.int8]) -> Problems:
        """One problem for each column of a code book of shape (n_classes, n_problems)."""
        problem, member = np.nonzero(code.T)
        starts = np.zeros(code.shape[1] + 1, dtype=np.int64)
        np.cumsum(np.bincount(problem, minlength=code.shape[1]), out=starts[1:])
        return cls(code.shape[0], starts, member.astype(np.int32), code.T[problem, member])

    @classmethod
    def against_rest(cls, n_classes: int) -> Problems:
        """Each class against all others."""
        # Written down, since a code book of all classes takes eight bytes more for each member.
        starts = np.arange(n_classes + 1, dtype=np.int64) * n_classes
        members = np.tile(np.arange(n_classes, dtype=np.int32), n_classes)
        sides = np.full(n_classes**2, -1, dtype=np.int8)
        sides[:: n_classes + 1] = 1
        return cls(n_classes, starts, members, sides)
