"""What one-vs-rest classifiers say together: exactly one yes, all rest, or several yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.showing import html_page, text_page
from ogive.text import InputError, Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Regions", "regions_of"]

MOST_PAIRS = 3

TITLE = Text(
    "One-vs-rest: the answers of {classes} classes for {rows} rows",
    "一对其余：{classes} 个类别对 {rows} 行的回答",
)
NAMES = {
    "one": Text("exactly one yes", "恰好一个“是”"),
    "none": Text("all say rest", "都说“其余”"),
    "several": Text("two or more yes", "两个以上“是”"),
    "all": Text("all rows", "全部"),
}
HEADER = (
    Text("region", "区域"),
    Text("rows", "行数"),
    Text("share", "占比"),
    Text("right", "判对"),
    Text("right, share", "正确率"),
)
CLEAR = Text(
    "Every row has exactly one yes: the answers contradict each other nowhere.",
    "每一行都恰好有一个“是”：各分类器的回答没有矛盾。",
)
AMBIGUOUS = Text(
    "Where no classifier says yes, or more than one does, the answers alone name no class. The one "
    "with the highest confidence is taken, and of equal ones the first.",
    "如果没有分类器说“是”，或不止一个说“是”，仅凭回答无法确定类别。"
    "此时取置信度最高的类别，并列时取排在前面的。",
)
COMPARED = Text(
    "Here such rows are wrong more often. Many of them lie where classes meet, and confidences of "
    "classifiers that were trained apart need not be comparable.",
    "在这里，这些行判错的比例更高：其中许多位于类别交界处，而且各分类器是分别训练的，"
    "置信度不一定可比。",
)
TOGETHER = Text("Said yes together most often: {pairs}.", "最常同时说“是”：{pairs}。")
PAIR = Text("{a} and {b} ({rows})", "{a} 与 {b}（{rows} 行）")


@dataclass(frozen=True, eq=False)
class Regions:
    """The answers of one-vs-rest classifiers, row by row, and how often each kind occurs.

    Attributes
    ----------
    classes : ndarray of shape (n_classes,)
    yes : ndarray of bool of shape (n_samples, n_classes)
        Which classifiers say that the row is of their class; of two classes there is only one
        classifier, which is taken to answer for both.
    predicted : ndarray of shape (n_samples,)
        The class that is decided for.
    right : ndarray of bool of shape (n_samples,), or None
        Whether that is the class of the row, where y was given.
    """

    classes: NDArray[Any]
    yes: NDArray[np.bool_]
    predicted: NDArray[Any]
    right: NDArray[np.bool_] | None = None

    @property
    def n_yes(self) -> NDArray[np.int64]:
        """Number of classifiers that say yes, by row."""
        return np.asarray(self.yes.sum(axis=1), dtype=np.int64)

    @property
    def all_rest(self) -> NDArray[np.bool_]:
        """Rows that no classifier takes for its class."""
        return np.asarray(self.n_yes == 0)

    @property
    def two_or_more(self) -> NDArray[np.bool_]:
        """Rows that several classifiers take for their class."""
        return np.asarray(self.n_yes > 1)

    @property
    def ambiguous(self) -> NDArray[np.bool_]:
        """Rows of either of these two kinds."""
        return np.asarray(self.n_yes != 1)

    def masks(self) -> dict[str, NDArray[np.bool_]]:
        """Return the rows of each region: "one", "none", "several"."""
        return {"one": ~self.ambiguous, "none": self.all_rest, "several": self.two_or_more}

    def count(self, region: str) -> int:
        """Return the number of rows of a region."""
        return int(self.masks()[region].sum())

    def share(self, region: str) -> float:
        """Return the share of rows in a region, NaN where there are no rows at all."""
        return self.count(region) / len(self.yes) if len(self.yes) else float("nan")

    def accuracy(self, region: str) -> float:
        """Return how often the decision is right in a region, NaN where that is unknown."""
        mask = self.masks()[region]
        if self.right is None or not mask.any():
            return float("nan")
        return float(self.right[mask].mean())

    def pairs(self) -> list[tuple[Any, Any, int]]:
        """Return classes that are said yes to together, with the number of rows, most first."""
        several = self.yes[self.two_or_more].astype(np.int64)
        together = np.triu(several.T @ several, 1)
        found = [(self.classes[i], self.classes[j], int(together[i, j]))
                 for i, j in np.argwhere(together)]  # fmt: skip
        return sorted(found, key=lambda pair: -pair[2])

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of one row for each region; unknown accuracies are null."""
        import polars as pl

        names = list(self.masks())
        frame = pl.DataFrame(
            {
                "region": names,
                "rows": [self.count(name) for name in names],
                "share": [self.share(name) for name in names],
                "accuracy": [self.accuracy(name) for name in names],
            }
        )
        return frame.with_columns(pl.col("share", "accuracy").fill_nan(None))

    def text(self, language: Language | None = None) -> str:
        """Return the regions as a table with an explanation."""
        return text_page(*self._content(language or default_language()))

    def html(self, language: Language | None = None) -> str:
        """Return the regions as a fragment of HTML."""
        language = language or default_language()
        return html_page(*self._content(language), language=language)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def _content(self, language: Language) -> tuple[str, list[str], list[list[str]], list[str]]:
        n_columns = 3 if self.right is None else 5
        rows = [self._row(name, mask, language) for name, mask in self.masks().items()]
        rows.append(self._row("all", np.ones(len(self.yes), dtype=np.bool_), language))
        return (
            TITLE.to(language, classes=len(self.classes), rows=len(self.yes)),
            [title.to(language) for title in HEADER[:n_columns]],
            rows,
            self._notes(language),
        )

    def _row(self, name: str, mask: NDArray[np.bool_], language: Language) -> list[str]:
        count = int(mask.sum())
        cells = [NAMES[name].to(language), str(count), _percent(count, len(self.yes))]
        if self.right is not None:
            right = int(self.right[mask].sum())
            cells += [str(right), _percent(right, count)]
        return cells

    def _notes(self, language: Language) -> list[str]:
        if not self.ambiguous.any():
            return [CLEAR.to(language)]
        notes = [AMBIGUOUS.to(language)]
        if self.right is not None and self.count("one"):
            wrong = 1 - float(self.right[self.ambiguous].mean())
            if wrong > 1 - self.accuracy("one"):
                notes.append(COMPARED.to(language))
        if pairs := self.pairs()[:MOST_PAIRS]:
            named = [PAIR.to(language, a=a, b=b, rows=rows) for a, b, rows in pairs]
            notes.append(TOGETHER.to(language, pairs=_joined(named, language)))
        return notes


def regions_of(
    blocks: Iterable[NDArray[np.float64]], limit: float, classes: NDArray[Any], y: Any = None
) -> Regions:
    """Sort rows by the answers.

    Parameters
    ----------
    blocks : iterable of ndarray of shape (n_rows, n_classes), or (n_rows, 1) for two classes
        Confidences, so many rows at a time.
    limit : float
        Above it a classifier says yes.
    classes : ndarray of shape (n_classes,)
    y : array-like of shape (n_samples,), optional
        A class that `classes` has not is never right.

    Raises
    ------
    InputError
        Where y is not of the length of the rows.
    """
    answers = [_answers(confidences, limit) for confidences in blocks]
    yes = np.concatenate([said for said, _ in answers])
    predicted = classes[np.concatenate([chosen for _, chosen in answers])]
    if y is None:
        return Regions(classes, yes, predicted)
    given = np.asarray(y)
    if given.shape != predicted.shape:
        raise InputError(
            f"y has the shape {given.shape}, where one class for each of the {len(predicted)} rows "
            "of X is expected.",
            f"y 的形状为 {given.shape}；X 有 {len(predicted)} 行，每行需要一个类别。",
        )
    return Regions(classes, yes, predicted, np.asarray(given == predicted, dtype=np.bool_))


def _answers(
    confidences: NDArray[np.float64], limit: float
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    yes = confidences > limit
    if yes.shape[1] > 1:
        return yes, np.argmax(confidences, axis=1)
    return np.column_stack([~yes, yes]), yes[:, 0].astype(np.intp)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _joined(parts: Sequence[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)
