"""Whether whole numbers are names of classes or quantities."""

from __future__ import annotations

__all__ = ["MOST_CLASSES", "ROWS_PER_CLASS", "are_classes"]

MOST_CLASSES = 20
ROWS_PER_CLASS = 5


def are_classes(n_values: int, n_rows: int) -> bool:
    """Return whether so many different whole numbers in so many rows are taken for classes.

    Two always are; otherwise there are at most 20 of them, and at least 5 rows for each on average.
    """
    return n_values <= 2 or (n_values <= MOST_CLASSES and n_values * ROWS_PER_CLASS <= n_rows)
