"""How two-class models decide among many classes, apart from the models themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.classification.codes.code_book_checks import check_code_book
from ogive.classification.codes.decoding import DECODINGS, different_share
from ogive.classification.problems import Problems
from ogive.text import InputError

__all__ = ["Inside", "Reduction"]

# The code book of their pairs, in the float64 of some exports, takes 1 GB.
MOST_CLASSES = 640

Inside = Literal["logistic", "least_squares"]
Kind = Literal["one_vs_one", "one_vs_rest", "output_code"]


@dataclass(frozen=True)
class Reduction:
    """What is done with the outputs z of linear two-class models.

    Made by `pairs`, `against_rest` and `code_words`, which check what they are given.

    Attributes
    ----------
    kind : {"one_vs_one", "one_vs_rest", "output_code"}
    decision : str
        "vote" or "elimination" of pairs; "largest" z, or "each" for labels of their own, of one
        against the rest; the decoding of code words, "loss" being told by the name of the loss.
    code_book : ndarray of int8 of shape (n_classes, n_problems)
        1 and -1 for the classes on the two sides of each model, 0 for those that take no part.
    inside : {"logistic", "least_squares"}
        Whether z are log odds, for the positive side above 0, or predictions of 0 and 1, for it
        above 1/2.
    """

    kind: Kind
    decision: str
    code_book: NDArray[np.int8]
    inside: Inside

    @classmethod
    def pairs(cls, n_classes: int, decision: str, inside: Inside) -> Reduction:
        """Return that of a model for each pair (0, 1), (0, 2), ..., (1, 2), ....

        Raises
        ------
        InputError
            For another decision than "vote" and "elimination", and for more classes than a table
            of all pairs can be kept of.
        """
        _check(decision, ("vote", "elimination"), "decision")
        if n_classes > MOST_CLASSES:
            raise InputError(
                f"{n_classes} classes have too many pairs to be exported: at most {MOST_CLASSES} "
                "classes can be.",
                f"{n_classes} 个类别的类别对太多，无法导出：最多 {MOST_CLASSES} 个类别。",
            )
        members = Problems.pairs(n_classes).members.reshape(-1, 2)
        code = np.zeros((n_classes, len(members)), dtype=np.int8)
        code[members[:, 0], np.arange(len(members))] = -1
        code[members[:, 1], np.arange(len(members))] = 1
        return cls("one_vs_one", decision, code, inside)

    @classmethod
    def against_rest(
        cls, n_classes: int, inside: Inside, *, labels_apart: bool = False
    ) -> Reduction:
        """Return that of a model for each class; two classes have one model, for the second."""
        if n_classes == 2 and not labels_apart:
            return cls("one_vs_rest", "largest", np.array([[-1], [1]], dtype=np.int8), inside)
        code = 2 * np.eye(n_classes, dtype=np.int8) - 1
        return cls("one_vs_rest", "each" if labels_apart else "largest", code, inside)

    @classmethod
    def code_words(cls, code_book: Any, classes: Any, decoding: str, inside: Inside) -> Reduction:
        """Return that of a model for each column of a code book.

        Raises
        ------
        InputError
            For a code book that cannot tell the classes apart, an unknown decoding, and one that
            needs probabilities where there are none.
        """
        _check(decoding, DECODINGS, "decoding")
        if decoding == "loss":
            decoding = "logistic_loss" if inside == "logistic" else "squared_loss"
        if decoding == "probabilistic" and inside != "logistic":
            raise InputError(
                "decoding='probabilistic' needs probabilities, which linear regressions do not "
                "have. Use 'loss' or 'euclidean'.",
                "decoding='probabilistic' 需要概率，而线性回归没有概率。"
                "请用 'loss' 或 'euclidean'。",
            )
        return cls("output_code", decoding, check_code_book(code_book, classes), inside)

    @property
    def name(self) -> str:
        """Name of the estimator that decides so."""
        return {
            "one_vs_one": "OneVsOneClassifier",
            "one_vs_rest": "OneVsRestClassifier",
            "output_code": "OutputCodeClassifier",
        }[self.kind]

    @property
    def n_problems(self) -> int:
        """Number of two-class models."""
        return int(self.code_book.shape[1])

    @property
    def threshold(self) -> float:
        """What z is above where a model is for its positive side."""
        return 0.0 if self.inside == "logistic" else 0.5

    @property
    def has_probabilities(self) -> bool:
        """Whether exports tell probabilities: not of regressions, nor coupled ones of pairs."""
        return self.inside == "logistic" and self.kind != "one_vs_one"

    @property
    def n_absent(self) -> NDArray[np.int64]:
        """Of each class, in how many problems it takes no part."""
        absent: NDArray[np.int64] = (self.code_book == 0).sum(axis=1)
        return absent

    @property
    def targets(self) -> NDArray[np.float64]:
        """The code book on the scale of the confidences."""
        code = self.code_book.astype(np.float64)
        return code if self.inside == "logistic" else (code + 1) / 2

    @property
    def share(self) -> float:
        """By which log-likelihoods are multiplied: problems that are equal count once."""
        return different_share(self.code_book)


def _check(given: Any, known: tuple[str, ...], name: str) -> None:
    if given not in known:
        raise InputError(
            f"{name}={given!r} is unknown: use one of {', '.join(known)}.",
            f"没有 {name}={given!r}：可用 {'、'.join(known)}。",
        )
