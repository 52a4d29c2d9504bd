"""Checks of the classes of a batch of rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.labels.labels import encode
from ogive.text import InputError

__all__ = ["refuse_unseen"]


def refuse_unseen(y: Any, classes: NDArray[Any]) -> None:
    """Check that a batch has no other classes than those of the first call of partial_fit.

    Raises
    ------
    InputError
        Where it has, and where classes are missing or of mixed type.
    """
    given = np.asarray(y) if hasattr(y, "dtype") else np.asarray(y, dtype=object)
    found = encode(given.ravel()).classes
    unseen = [label for label in found.tolist() if label not in set(classes.tolist())]
    if unseen:
        raise InputError(
            f"Mini-batch contains {found} while classes must be subset of {classes}: {unseen[0]!r} "
            "was not among the classes of the first call. Start anew, with all classes in "
            "partial_fit(X, y, classes).",
            f"这一批数据含有首次调用时未列出的类别 {unseen[0]!r}；已知类别为 {classes}。"
            "请重新开始，并在首次 partial_fit(X, y, classes) 中给出全部类别。",
        )
