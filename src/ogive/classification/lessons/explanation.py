"""What a logistic regression computes for each row, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logsumexp, softmax

from ogive.classification.rows.given_rows import Array, class_index, logits
from ogive.text import InputError, Language, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Explanation", "explain_rows"]


@dataclass(frozen=True, repr=False)
class Explanation:
    """The forward computation, the loss and its derivative, row by row; prints as a table.

    With two classes, z, a and dz have shape (n_samples,) and belong to the positive class, which is
    the second of `classes`; with more they have shape (n_samples, n_classes).

    Attributes
    ----------
    classes : ndarray of shape (n_classes,)
    names : tuple of str
        Of the rows.
    prediction : ndarray of shape (n_samples,)
        The class predicted.
    z : ndarray
        ``x @ w + b``.
    a : ndarray
        The probability, ``1 / (1 + exp(-z))`` or softmax.
    y : ndarray of shape (n_samples,), or None
        The class a row has. Where none was given, this and what follows from it is None.
    loss : ndarray of shape (n_samples,), or None
        ``-ln`` of the probability of the row's class. It is computed from z, so that it is right
        where a is rounded to 0 or 1.
    dz : ndarray, or None
        Derivative of the loss by z: ``a - y``, y being 1 for the row's class and otherwise 0.
    right : ndarray of bool of shape (n_samples,), or None
        Whether the prediction is the row's class.
    language : {"en", "zh"}
        Of text and HTML.
    """

    classes: NDArray[Any]
    names: tuple[str, ...]
    prediction: NDArray[Any]
    z: Array
    a: Array
    y: NDArray[Any] | None
    loss: Array | None
    dz: Array | None
    right: NDArray[np.bool_] | None
    language: Language

    @property
    def mean_loss(self) -> float | None:
        """Mean of the losses; None without y."""
        return None if self.loss is None else float(self.loss.mean())

    @property
    def accuracy(self) -> float | None:
        """Share of rows that are right; None without y."""
        return None if self.right is None else float(self.right.mean())

    def text(self, language: Language | None = None) -> str:
        """Return it as a table for a terminal; of many rows only the first are in it."""
        from ogive.classification.lessons.explanation_texts import explanation_text

        return explanation_text(self, language or self.language)

    def html(self, language: Language | None = None) -> str:
        """Return it as a fragment of HTML that suits light and dark pages and loads nothing."""
        from ogive.classification.lessons.explanation_texts import explanation_html

        return explanation_html(self, language or self.language)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        columns = self._columns()
        return {
            "classes": self.classes.tolist(),
            "mean_loss": self.mean_loss,
            "accuracy": self.accuracy,
            "rows": [
                {"name": name, **{key: values[i] for key, values in columns.items()}}
                for i, name in enumerate(self.names)
            ],
        }

    def to_polars(self) -> pl.DataFrame:
        """Return one row for each row; with more than two classes z, a and dz are lists."""
        import polars as pl

        return pl.DataFrame({"name": list(self.names), **self._columns()}, strict=False)

    def _columns(self) -> dict[str, list[Any]]:
        names = ("y", "z", "a", "loss", "dz", "prediction", "right")
        held = {name: getattr(self, name) for name in names}
        return {name: values.tolist() for name, values in held.items() if values is not None}

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def explain_rows(
    model: Any,
    X: Any,
    y: Any = None,
    *,
    names: Sequence[str] | None = None,
    language: Language | None = None,
) -> Explanation:
    """Compute the explanation of rows; see ``LogisticRegression.explain``."""
    from sklearn.utils.validation import check_consistent_length, column_or_1d

    from ogive.classification.rows.checking import checked_features

    X = checked_features(model, X)
    n = X.shape[0]
    label = None
    if y is not None:
        y = column_or_1d(y)
        check_consistent_length(X, y)
        label = class_index(model.classes_, y)
    if names is not None and len(names) != n:
        raise InputError(
            f"names has {len(names)} names for {n} rows. Give one for each.",
            f"names 有 {len(names)} 个名称，而数据有 {n} 行。请每行给一个。",
        )
    z = logits(model, X)
    two = len(model.classes_) == 2
    predicted = (z[:, 0] > 0).astype(np.intp) if two else np.argmax(z, axis=1)
    loss = dz = None
    if label is not None:
        loss, dz = _two(z[:, 0], label) if two else _many(z, label)
    return Explanation(
        classes=model.classes_,
        names=tuple(str(i) for i in range(n)) if names is None else tuple(map(str, names)),
        prediction=model.classes_[predicted],
        z=z[:, 0] if two else z,
        a=expit(z[:, 0]) if two else softmax(z, axis=1),
        y=None if label is None else model.classes_[label],
        loss=loss,
        dz=dz,
        right=None if label is None else predicted == label,
        language=language or default_language(),
    )


def _two(z: Array, label: NDArray[np.int32]) -> tuple[Array, Array]:
    """Return the loss and its derivative, each right to its last digits for any z."""
    sign = 2.0 * label - 1.0
    loss: Array = np.logaddexp(0.0, -sign * z)
    return loss, -sign * expit(-sign * z)


def _many(z: Array, label: NDArray[np.int32]) -> tuple[Array, Array]:
    rows = np.arange(len(z))
    others = z - z[rows, label][:, None]
    others[rows, label] = -np.inf
    # How much the other classes weigh beside the row's own, in logarithms.
    against = logsumexp(others, axis=1)
    loss: Array = np.logaddexp(0.0, against)
    dz: Array = softmax(z, axis=1)
    dz[rows, label] = -expit(against)
    return loss, dz
