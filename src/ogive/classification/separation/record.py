"""The record of a search for separation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.rows.given_rows import Array, coefficients, feature_names, rows_of
from ogive.classification.rows.rows import LabelledRows
from ogive.classification.separation.search import Kind, search
from ogive.findings import Finding
from ogive.text import Language, default_language

__all__ = ["Separation", "separation_in", "separation_of"]


@dataclass(frozen=True, repr=False)
class Separation:
    """Whether a direction separates the classes; prints as text.

    Attributes
    ----------
    kind : {"none", "quasi", "complete", "unknown"}
        Complete: a direction sets each row strictly apart from the classes it does not have.
        Quasi: a direction does so for some rows and leaves others on the boundary. Unknown: the
        search was given up.
    columns : tuple of str
        Those with a weight in the direction, of which there are few: among all directions one of
        least L1 norm, in standard deviations, is taken (of up to 200 coefficients).
    alone : tuple of str
        Columns each of which separates two classes completely by itself.
    coef : ndarray of shape (1 or n_classes, n_features), or None
    intercept : ndarray of shape (1 or n_classes,), or None
        The direction, in the shape of the model's own: adding any multiple of it to a fit makes the
        unpenalised loss smaller.
    n_separated, n_samples : int
        Rows that the direction sets strictly apart from some other class, and all of them.
    pairs : tuple of tuple of two
        Classes that have rows strictly apart from each other.
    penalised : bool
        Whether the model has a penalty, which keeps its coefficients finite.
    classes : ndarray of shape (n_classes,)
    feature_names : tuple of str
    language : {"en", "zh"}
        Of the text.
    """

    kind: Kind
    columns: tuple[str, ...]
    alone: tuple[str, ...]
    coef: Array | None
    intercept: Array | None
    n_separated: int
    n_samples: int
    pairs: tuple[tuple[Any, Any], ...]
    penalised: bool
    classes: NDArray[Any]
    feature_names: tuple[str, ...]
    language: Language

    @property
    def finding(self) -> Finding | None:
        """What it means and what to do, OGV301 or OGV302; None where nothing is separated."""
        from ogive.classification.separation.texts import finding_of

        return finding_of(self)

    def text(self, language: Language | None = None) -> str:
        """Return it in words."""
        from ogive.classification.separation.texts import separation_text

        return separation_text(self, language or self.language)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        finding = self.finding
        return {
            "kind": self.kind,
            "columns": list(self.columns),
            "alone": list(self.alone),
            "coef": None if self.coef is None else self.coef.tolist(),
            "intercept": None if self.intercept is None else self.intercept.tolist(),
            "n_separated": self.n_separated,
            "n_samples": self.n_samples,
            "pairs": [list(pair) for pair in self.pairs],
            "penalised": self.penalised,
            "finding": None if finding is None else finding.code,
        }

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()


def separation_of(
    model: Any,
    X: Any = None,
    y: Any = None,
    *,
    language: Language | None = None,
) -> Separation:
    """Search for separation in the rows of a model; see ``LogisticRegression.separation``."""
    return separation_in(model, rows_of(model, X, y), language=language)


def separation_in(
    model: Any,
    rows: LabelledRows,
    *,
    thorough: bool = True,
    time_limit: float = 20.0,
    language: Language | None = None,
) -> Separation:
    """Search for separation in checked rows."""
    from ogive.classification.solvers.logistic_solvers import penalty_of

    classes, names = model.classes_, feature_names(model)
    found = search(
        rows,
        len(classes),
        model.fit_intercept,
        coefficients(model),
        thorough=thorough,
        time_limit=time_limit,
    )
    columns: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    if found.coef is not None:
        used = np.ptp(np.vstack([np.zeros_like(found.coef[:1]), found.coef]), axis=0) > 0
        columns = tuple(name for name, one in zip(names, used, strict=True) if one)
        if found.kind == "complete" and len(classes) == 2 and model.fit_intercept:
            alone = tuple(names[j] for j in _alone(rows))
    separated = found.separated
    return Separation(
        kind=found.kind,
        columns=columns,
        alone=alone,
        coef=found.coef,
        intercept=found.intercept,
        n_separated=0 if separated is None else int(separated.any(axis=1).sum()),
        n_samples=len(rows.label),
        pairs=() if separated is None else _pairs(separated, rows.label, classes),
        penalised=penalty_of(model) > 0,
        classes=classes,
        feature_names=names,
        language=language or default_language(),
    )


def _alone(rows: LabelledRows) -> list[int]:
    """Return the columns whose ranges in the two classes do not meet."""
    if len(np.unique(rows.label)) < 2:
        return []
    low = [rows.X[rows.label == k].min(axis=0) for k in (0, 1)]
    high = [rows.X[rows.label == k].max(axis=0) for k in (0, 1)]
    ends = [np.asarray(e.toarray() if hasattr(e, "toarray") else e).ravel() for e in low + high]
    apart = (ends[2] < ends[1]) | (ends[3] < ends[0])
    return np.flatnonzero(apart).tolist()


def _pairs(
    separated: NDArray[np.bool_], label: NDArray[np.int32], classes: NDArray[Any]
) -> tuple[tuple[Any, Any], ...]:
    row, place = np.nonzero(separated)
    own = label[row]
    other = place + (place >= own)
    both = np.column_stack([np.minimum(own, other), np.maximum(own, other)])
    return tuple(
        (_plain(classes[i]), _plain(classes[j])) for i, j in np.unique(both, axis=0).tolist()
    )


def _plain(label: Any) -> Any:
    return label.item() if isinstance(label, np.generic) else label
