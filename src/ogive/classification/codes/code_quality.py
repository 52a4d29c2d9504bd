"""How well a code book tells classes apart, and how many wrong answers it forgives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.codes.code_book_checks import Code, check_code_book, separated_names
from ogive.text import Language

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "CodeQuality",
    "code_quality",
    "column_separations",
    "different_columns",
    "row_distances",
]

# The table of all pairs of columns takes their square: 400 MB at this many.
MOST_COLUMNS = 10_000


@dataclass(frozen=True)
class CodeQuality:
    """What can be said of a code book before anything is fitted.

    Attributes
    ----------
    classes : tuple of str
    n_problems : int
    row_distance : float
        Least distance of two code words: the number of problems that answer differently for the
        two classes; one in which only one of them, or neither, takes part counts a half.
    mean_row_distance : float
    errors_corrected : int
        So many wrong answers, whichever they are, leave Hamming decoding right. Where every class
        takes part in every problem, ``(row_distance - 1) // 2``.
    nearest_pairs : tuple of tuple of str
        The pairs of classes at `row_distance`.
    column_distance : int or None
        The least number of classes that would have to change for two problems to become the same
        or opposite: 0 where two are the same already, and err together. None for a single problem,
        and for more than 10,000.
    repeated_columns : int or None
        Problems that are the same as, or opposite to, one before them.
    balance : float
        The mean, over problems, of the smaller side's share of the classes that take part.
    least_balance : float
        Of the least balanced problem.
    take_part : float
        Share of entries that are not 0.
    distances : ndarray of shape (n_classes, n_classes)
        Of all pairs of code words.
    repaired : bool, default=False
        Whether a random code book is not the one that scikit-learn draws with the same seed, as
        `OutputCodeClassifier` has it in `code_repaired_`.
    """

    classes: tuple[str, ...]
    n_problems: int
    row_distance: float
    mean_row_distance: float
    errors_corrected: int
    nearest_pairs: tuple[tuple[str, str], ...]
    column_distance: int | None
    repeated_columns: int | None
    balance: float
    least_balance: float
    take_part: float
    distances: NDArray[np.float64]
    repaired: bool = False

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return len(self.classes)

    def text(self, language: Language | None = None) -> str:
        """Return it as text for a terminal, in either language."""
        from ogive.classification.codes.code_wording import quality_text

        return quality_text(self, language)

    def html(self, language: Language | None = None) -> str:
        """Return it as a fragment of HTML that loads nothing."""
        from ogive.classification.codes.code_wording import quality_html

        return quality_html(self, language)

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of one row for each pair of classes and its distance."""
        import polars as pl

        i, j = np.triu_indices(self.n_classes, 1)
        names = np.array(self.classes, dtype=object)
        return pl.DataFrame(
            {
                "class": names[i].tolist(),
                "other": names[j].tolist(),
                "distance": self.distances[i, j],
                "nearest": self.distances[i, j] == self.row_distance,
            }
        )

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def code_quality(code_book: Any, classes: Sequence[Any] | None = None) -> CodeQuality:
    """Judge a code book.

    Parameters
    ----------
    code_book : array-like of shape (n_classes, n_problems), or sequence of str
        As `OutputCodeClassifier` takes it. Strings need `classes`.
    classes : sequence of shape (n_classes,), optional
        Names for the rows; by default their positions.

    Returns
    -------
    CodeQuality

    Raises
    ------
    InputError
        For a code book that cannot tell the classes apart.

    Notes
    -----
    Row and column separation are Dietterich and Bakiri's (1995, "Solving multiclass learning
    problems via error-correcting output codes"); the distance with halves is that of Allwein,
    Schapire and Singer (2000, "Reducing multiclass to binary").

    Examples
    --------
    >>> from ogive.classification.codes.code_quality import code_quality
    >>> quality = code_quality(["AB|CD", "AC|BD"], classes="ABCD")
    >>> quality.row_distance, quality.errors_corrected
    (1.0, 0)
    """
    if classes is None:
        classes = _positions(code_book)
    code = check_code_book(code_book, list(classes))
    return quality_of(code, [str(name) for name in classes])


def _positions(code_book: Any) -> Sequence[Any]:
    if not all(isinstance(item, str) for item in code_book):
        return range(len(code_book))
    sides = [side.strip() for item in code_book for side in item.split("|")]
    separated = any(mark in side for side in sides for mark in " ,，、")
    return (
        sorted({name for side in sides for name in separated_names(side)})
        if separated
        else sorted(set("".join(sides)))
    )


def quality_of(code: Code, names: Sequence[str], repaired: bool = False) -> CodeQuality:
    """Judge a code book that was checked."""
    n, p = code.shape
    distances = row_distances(code)
    i, j = np.triu_indices(n, 1)
    pairs = distances[i, j]
    least = float(pairs.min())
    nearest = np.flatnonzero(pairs == least)
    separation = column_separations(code) if 1 < p <= MOST_COLUMNS else None
    positive, negative = (code > 0).sum(axis=0), (code < 0).sum(axis=0)
    share = np.minimum(positive, negative) / (positive + negative)
    return CodeQuality(
        classes=tuple(names),
        n_problems=p,
        row_distance=least,
        mean_row_distance=float(pairs.mean()),
        errors_corrected=_errors_corrected(code),
        nearest_pairs=tuple((names[i[k]], names[j[k]]) for k in nearest),
        column_distance=None if separation is None else int(separation.min()),
        repeated_columns=p - len(different_columns(code)) if p <= MOST_COLUMNS else None,
        balance=float(share.mean()),
        least_balance=float(share.min()),
        take_part=float((code != 0).mean()),
        distances=distances,
        repaired=repaired,
    )


def row_distances(code: Code) -> NDArray[np.float64]:
    """Return the distance of all pairs of code words, ``sum((1 - u * v) / 2)``."""
    signs = code.astype(np.float32)
    distances: NDArray[np.float64] = (signs @ signs.T).astype(np.float64)
    distances *= -0.5
    distances += code.shape[1] / 2
    np.fill_diagonal(distances, 0.0)
    return distances


def column_separations(code: Code) -> NDArray[np.int64]:
    """Return for each column how many classes part it from the most alike, or opposite, other."""
    signs = code.astype(np.float32)
    alike = signs.T @ signs
    separation = np.abs(alike, out=alike)
    if code.all():
        separation *= -0.5
        separation += len(code) / 2
    else:
        part = np.abs(signs)
        both = part.T @ part
        # Where only one of two takes part, they differ whichever way the sides are called.
        alone = part.sum(axis=0)[:, None] + part.sum(axis=0)[None, :] - 2 * both
        separation = (both - separation) / 2 + alone
    np.fill_diagonal(separation, code.shape[0] + 1)
    found: NDArray[np.int64] = separation.min(axis=1).astype(np.int64)
    return found


def _errors_corrected(code: Code) -> int:
    """Return how many wrong answers leave every class nearer to its own word than any other is."""
    signs = code.astype(np.float32)
    part = np.abs(signs)
    both = part @ part.T
    opposed = (both - signs @ signs.T) / 2
    # A class has half a point more than the other where only it takes part, and the other, at
    # worst, half a point more where only that one does.
    alone = part.sum(axis=1)[:, None] - both
    margin = opposed + (alone - alone.T) / 2
    np.fill_diagonal(margin, np.inf)
    # Each wrong answer takes at most 2 from the margin, which has to stay positive.
    return max(math.ceil(float(margin.min()) / 2) - 1, 0)


def different_columns(code: Code) -> Code:
    """Return the kinds of columns there are, equal and opposite ones taken once, as rows."""
    turned = np.ascontiguousarray(code.T)
    first = turned[np.arange(len(turned)), (turned != 0).argmax(axis=1)]
    kinds: Code = np.unique(turned * first[:, None], axis=0)
    return kinds
