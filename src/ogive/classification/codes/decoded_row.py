"""How the answers of the two-class models lead to the class of one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import _num_samples

from ogive.classification.codes.code_book_checks import Code
from ogive.classification.codes.code_scores import scores_of
from ogive.text import InputError, Language

if TYPE_CHECKING:
    import polars as pl

    from ogive.classification.output_code import OutputCodeClassifier

__all__ = ["DecodedRow", "explain_row"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DecodedRow:
    """The decoding of one row.

    Attributes
    ----------
    classes : tuple of str
    code : ndarray of int8 of shape (n_classes, n_problems)
        The code book.
    confidence : ndarray of shape (n_problems,)
        What each model says: its decision value, probability or prediction.
    answers : ndarray of int8 of shape (n_problems,)
        The side each model predicts, 1 or -1.
    distances : ndarray of shape (n_classes,)
        From the answers to each code word: the number that differ, problems in which a class takes
        no part counting a half.
    scores : ndarray of shape (n_classes,)
        By which the class was chosen; the highest wins.
    decoding : str
        What the scores are.
    winner : int
        Position of the class chosen.
    corrected : tuple of int
        The problems whose answer differs from the winner's code word: wrong answers that were
        corrected, if the winner is right.
    true : int or None
        Position of the row's own class, if it was given.
    wrong : tuple of int or None
        The problems whose answer differs from the code word of the row's own class.
    """

    classes: tuple[str, ...]
    code: Code
    confidence: Array
    answers: NDArray[np.int8]
    distances: Array
    scores: Array
    decoding: str
    winner: int
    corrected: tuple[int, ...]
    true: int | None
    wrong: tuple[int, ...] | None

    @property
    def predicted(self) -> str:
        """Name of the class chosen."""
        return self.classes[self.winner]

    @property
    def ranking(self) -> NDArray[np.intp]:
        """Positions of the classes, the best first."""
        return np.argsort(-self.scores, kind="stable")

    def said(self, j: int) -> tuple[str, ...]:
        """Return the classes that the answer to problem `j` leaves possible."""
        side = np.flatnonzero(self.code[:, j] == self.answers[j])
        return tuple(self.classes[i] for i in side)

    def text(self, language: Language | None = None) -> str:
        """Return it as text for a terminal, in either language."""
        from ogive.classification.codes.decoded_wording import decoded_text

        return decoded_text(self, language)

    def html(self, language: Language | None = None) -> str:
        """Return it as a fragment of HTML that loads nothing."""
        from ogive.classification.codes.decoded_wording import decoded_html

        return decoded_html(self, language)

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of one row for each class: code word, distance, score."""
        import polars as pl

        return pl.DataFrame(
            {
                "class": list(self.classes),
                "code_word": self.code.astype(np.int64).tolist(),
                "distance": self.distances,
                "score": self.scores,
                "winner": np.arange(len(self.classes)) == self.winner,
            }
        )

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def explain_row(model: OutputCodeClassifier, x: Any, y: Any = None) -> DecodedRow:
    """Put the record together; see ``OutputCodeClassifier.explain_row``."""
    is_table = len(getattr(x, "shape", ())) == 2 or np.ndim(x) == 2
    row = x if is_table else np.reshape(x, (1, -1))
    if _num_samples(row) != 1:
        raise InputError(
            f"explain_row() explains one row; got {_num_samples(row)}. Give X[i], or X[i:i+1].",
            f"explain_row() 解释一行；得到了 {_num_samples(row)} 行。请给出 X[i] 或 X[i:i+1]。",
        )
    models, code = model.estimators_, model.code_book_
    answers = np.where(models.positive(row)[0], 1, -1).astype(np.int8)
    scores = scores_of(models, row, code, model.decoding_)[0]
    winner = int(np.argmax(scores))
    true = None if y is None else _position(model.classes_, y)
    return DecodedRow(
        classes=tuple(str(name) for name in model.classes_),
        code=code,
        confidence=models.confidences(row)[0],
        answers=answers,
        distances=(1 - answers * code.astype(np.float64)).sum(axis=1) / 2,
        scores=scores,
        decoding=model.decoding_,
        winner=winner,
        corrected=_against(answers, code[winner]),
        true=true,
        wrong=None if true is None else _against(answers, code[true]),
    )


def _position(classes: NDArray[Any], y: Any) -> int:
    found = np.flatnonzero(classes == y)
    if len(found) != 1:
        raise InputError(
            f"y={y!r} is none of the classes {classes.tolist()}.",
            f"y={y!r} 不是类别 {classes.tolist()} 之一。",
        )
    return int(found[0])


def _against(answers: NDArray[np.int8], word: NDArray[np.int8]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(answers * word < 0).tolist())
