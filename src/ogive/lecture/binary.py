"""Binary classification: three points and two lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.lessons.explanation import Explanation
from ogive.classification.logistic import LogisticRegression
from ogive.text import Language, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BinaryClassification", "binary_classification"]


@dataclass(frozen=True, repr=False)
class BinaryClassification:
    """The worked example of binary classification.

    Attributes
    ----------
    names : tuple of str
        Of the points: A, B and C.
    X : polars.DataFrame of shape (3, 2)
        Columns x1 and x2.
    y : ndarray of shape (3,)
        1 for A, 0 for B and C.
    lines : mapping of str to LogisticRegression
        "L1", which is wrong about C, and "L2", which is right about all.
    language : {"en", "zh"}
        Of the texts.
    """

    names: tuple[str, ...]
    X: pl.DataFrame
    y: NDArray[np.int64]
    lines: Mapping[str, LogisticRegression]
    language: Language

    def explain(self, line: str, language: Language | None = None) -> Explanation:
        """Return z, a, loss and dL/dz of each point under "L1" or "L2"."""
        return self.lines[line].explain(
            self.X, self.y, names=self.names, language=language or self.language
        )

    def text(self, language: Language | None = None) -> str:
        """Return the points, and both lines: where they run, and what they say of each point."""
        language = language or self.language
        points = zip(self.names, self.X.rows(), self.y, strict=True)
        parts = ["; ".join(f"{name} = ({x1:g}, {x2:g}), y = {y}" for name, (x1, x2), y in points)]
        for name, model in self.lines.items():
            where = model.decision_line(language=language)
            parts.append(f"{name}: {where.text()}\n{self.explain(name, language)}")
        return "\n\n".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return the points, and for each line its weights and what it says of each point."""
        told = {name: vars(self.explain(name)) for name in self.lines}
        return {
            "points": [
                {"name": name, **point, "label": int(label)}
                for name, point, label in zip(self.names, self.X.to_dicts(), self.y, strict=True)
            ],
            "lines": {
                name: {
                    "weights": model.coef_.ravel().tolist(),
                    "intercept": float(model.intercept_[0]),
                    **{key: told[name][key].tolist() for key in ("z", "a", "loss")},
                }
                for name, model in self.lines.items()
            },
        }

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()


def binary_classification(language: Language | None = None) -> BinaryClassification:
    """Return the points A = (2, 4), B = (2, 1) and C = (3, 3) and the lines L1 and L2.

    L1 is z = -x1 + 2 x2 - 2, L2 is z = -x1 + x2 - 1.

    Parameters
    ----------
    language : {"en", "zh"}, optional
        Of the texts; by default the locale's.

    Examples
    --------
    >>> from ogive.lecture import binary_classification
    >>> example = binary_classification()
    >>> example.explain("L1").loss.round(6)
    array([0.01815 , 0.126928, 1.313262])
    >>> example.explain("L2").loss.round(6)
    array([0.313262, 0.126928, 0.313262])
    """
    import polars as pl

    points = pl.DataFrame({"x1": [2.0, 2.0, 3.0], "x2": [4.0, 1.0, 3.0]})
    columns = points.columns
    lines = {
        "L1": LogisticRegression.from_weights([-1, 2], -2, feature_names=columns),
        "L2": LogisticRegression.from_weights([-1, 1], -1, feature_names=columns),
    }
    return BinaryClassification(
        ("A", "B", "C"), points, np.array([1, 0, 0]), lines, language or default_language()
    )
