"""What the rows of a classification problem show before any model: findings OGV303 to OGV307."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.classification.inference import class_finding_texts as texts
from ogive.classification.labels.labels import checked_labels
from ogive.classification.rows.given_rows import (
    Array,
    feature_names,
    rows_of,
    weights,
    weights_are_given,
)
from ogive.classification.rows.rows import LabelledRows
from ogive.findings import Finding
from ogive.text import Language, Text

__all__ = ["ClassFinding", "check_classes", "findings_of"]

FEW = 10
"""Rows of a class for each feature below which its coefficients are hardly determined; Peduzzi and
others (1996) found 10 to be enough."""
IMBALANCE = 20.0
"""Rows of the largest class for each of the smallest from which accuracy misleads."""


@dataclass(frozen=True, slots=True)
class ClassFinding(Finding):
    """One finding, with the numbers that it was formed from.

    Attributes
    ----------
    code, severity, title, meaning, remedy
        As for `Finding`.
    numbers : dict
        Plain numbers, labels and lists.
    """

    numbers: dict[str, Any] = field(default_factory=dict)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return it as plain data, its texts in `language`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "title": self.title.to(language),
            "meaning": self.meaning.to(language),
            "remedy": self.remedy.to(language),
            "numbers": dict(self.numbers),
        }


def check_classes(X: Any, y: Any, sample_weight: Any = None) -> list[ClassFinding]:
    """Return what rows and classes show before any model is fitted.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
        Finite numbers.
    y : array-like of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), optional

    Returns
    -------
    list of ClassFinding
        OGV303 for identical rows of different classes, OGV304 for classes of one row, OGV305 for
        classes of few rows, OGV306 for classes of very different size; empty where there is none.

    Raises
    ------
    InputError
        For labels that cannot be, and where there is only one class.

    Examples
    --------
    >>> from ogive.classification.inference.class_findings import check_classes
    >>> found = check_classes([[0.0], [0], [0], [1]], ["a", "a", "b", "b"])
    >>> found[0].code, found[0].numbers["best_accuracy"]
    ('OGV303', 0.75)
    """
    from sklearn.utils.validation import check_array

    X = check_array(X, accept_sparse="csr", dtype=(np.float64, np.float32))
    labels = checked_labels(y, X.shape[0])
    weight = None if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
    rows = LabelledRows(X, labels.index, weight)
    if weight is not None and np.any(weight <= 0):
        used = weight > 0
        rows = LabelledRows(X[used], labels.index[used], weight[used])
    return list(_of_rows(rows, labels.classes))


def findings_of(
    model: Any, X: Any = None, y: Any = None, sample_weight: Any = None
) -> list[Finding]:
    """Return all findings on a model and its rows; see ``LogisticRegression.findings``."""
    from ogive.classification.separation.record import separation_in

    rows = rows_of(model, X, y, sample_weight)
    found: list[Finding] = []
    separated = separation_in(model, rows).finding
    if separated is not None:
        found.append(separated)
    few = texts.FEW
    if not weights_are_given(model):
        few = texts.FEW_UNPENALISED if _unpenalised(model) else texts.FEW_PENALISED
    found += _of_rows(rows, model.classes_, few)
    found += _of_columns(model, rows)
    if not getattr(model, "converged_", True) and not weights_are_given(model):
        found.append(
            _filled("OGV308", "issue", texts.NOT_CONVERGED, norm=f"{model.gradient_norm_:.1e}")
        )
    order = {"issue": 0, "tip": 1}
    return sorted(found, key=lambda one: (order.get(one.severity, 2), one.code))


def _of_rows(
    rows: LabelledRows, classes: NDArray[Any], of_few: tuple[Text, Text, Text] = texts.FEW
) -> Iterator[ClassFinding]:
    plain = [one.item() if isinstance(one, np.generic) else one for one in classes]
    contradiction = _contradiction(rows, len(plain))
    if contradiction is not None:
        yield contradiction
    counts = np.bincount(rows.label, minlength=len(plain))
    single = [plain[k] for k in np.flatnonzero(counts == 1)]
    if single:
        yield _filled(
            "OGV304",
            "issue",
            texts.SINGLE,
            {"classes": single},
            classes=_listed(single),
            s="" if len(single) == 1 else "es",
            have="has" if len(single) == 1 else "have",
        )
    needed = FEW * rows.X.shape[1]
    few = np.flatnonzero((counts > 1) & (counts < needed))
    if few.size:
        least = int(few[np.argmin(counts[few])])
        yield _filled(
            "OGV305",
            "tip",
            of_few,
            {"classes": {str(plain[k]): int(counts[k]) for k in few}, "needed": needed},
            label=repr(plain[least]),
            n=int(counts[least]),
            p=rows.X.shape[1],
            s="" if rows.X.shape[1] == 1 else "s",
            many=few.size,
            have="has" if few.size == 1 else "have",
            needed=needed,
        )
    sums = np.bincount(rows.label, weights=weights(rows), minlength=len(plain))
    if sums.min() > 0 and sums.max() >= IMBALANCE * sums.min():
        large, small = int(np.argmax(sums)), int(np.argmin(sums))
        share = float(sums[large] / sums.sum())
        yield _filled(
            "OGV306",
            "tip",
            texts.IMBALANCE,
            {"largest": plain[large], "smallest": plain[small], "share_of_largest": share},
            large=repr(plain[large]),
            small=repr(plain[small]),
            ratio=f"{sums[large] / sums[small]:.3g}",
            share=f"{100 * share:.3g}",
        )


def _contradiction(rows: LabelledRows, n_classes: int) -> ClassFinding | None:
    group = _identical(rows.X)
    sums: Array = np.zeros((int(group.max()) + 1, n_classes))
    np.add.at(sums, (group, rows.label), weights(rows))
    mixed = np.count_nonzero(sums, axis=1) > 1
    if not mixed.any():
        return None
    best = float(sums.max(axis=1).sum() / sums.sum())
    concerned = np.flatnonzero(mixed[group])
    first = int(concerned[0])
    other = int(
        next(
            i for i in concerned if group[i] == group[first] and rows.label[i] != rows.label[first]
        )
    )
    return _filled(
        "OGV303",
        "tip",
        texts.CONTRADICTION,
        {
            "n_rows": len(concerned),
            "n_groups": int(mixed.sum()),
            "best_accuracy": best,
            "example": [first, other],
        },
        rows=f"{len(concerned):,}",
        groups=f"{int(mixed.sum()):,}",
        s="" if mixed.sum() == 1 else "s",
        first=first,
        other=other,
        best=texts.percent(best),
    )


def _identical(X: Any) -> NDArray[np.intp]:
    """Return the number of the group of identical rows that each row belongs to."""
    if sparse.issparse(X):
        thin = X.copy()
        thin.eliminate_zeros()
        thin.sort_indices()
        known: dict[tuple[bytes, bytes], int] = {}
        numbers = []
        for a, b in zip(thin.indptr[:-1], thin.indptr[1:], strict=True):
            row = (thin.indices[a:b].tobytes(), thin.data[a:b].tobytes())
            numbers.append(known.setdefault(row, len(known)))
        return np.array(numbers, dtype=np.intp)
    dense = np.ascontiguousarray(X) + 0.0  # -0.0 becomes 0.0
    whole = dense.view(np.dtype((np.void, dense.dtype.itemsize * dense.shape[1]))).ravel()
    group = np.unique(whole, return_inverse=True)[1]
    return np.asarray(group, dtype=np.intp)


def _of_columns(model: Any, rows: LabelledRows) -> list[ClassFinding]:
    from ogive.classification.inference.inference import MOST_UNKNOWNS, columns_of
    from ogive.linear.summary.notes import dependency_text

    p = rows.X.shape[1]
    if p * max(len(model.classes_) - 1, 1) > MOST_UNKNOWNS:
        return []
    columns = columns_of(rows, bool(model.fit_intercept))
    if columns.rank == columns.n_features or not columns.dependencies:
        return []
    names = feature_names(model)
    first = min(columns.dependencies, key=lambda one: one.column)
    own = Text(dependency_text(first, names, "en"), dependency_text(first, names, "zh"))
    n = columns.n_features - columns.rank
    found = _filled(
        "OGV307",
        "issue" if _unpenalised(model) else "tip",
        texts.DEPENDENT,
        {"columns": [names[one.column] for one in columns.dependencies]},
        example=own,
        n=n,
        s="" if n == 1 else "s",
        depend="depends" if n == 1 else "depend",
    )
    return [found]


def _unpenalised(model: Any) -> bool:
    from ogive.classification.solvers.logistic_solvers import penalty_of

    return penalty_of(model) == 0


def _listed(labels: Sequence[Any]) -> Text:
    shown = [repr(label) for label in labels[:5]] + ["…"] * (len(labels) > 5)
    return Text(", ".join(shown), "、".join(shown))


def _filled(
    code: str,
    severity: Any,
    three: tuple[Text, Text, Text],
    numbers: dict[str, Any] | None = None,
    **values: Any,
) -> ClassFinding:
    def of(text: Text) -> Text:
        both = []
        languages: tuple[Language, ...] = ("en", "zh")
        for language in languages:
            own = {k: v.to(language) if isinstance(v, Text) else v for k, v in values.items()}
            both.append(text.to(language, **own))
        return Text(*both)

    title, meaning, remedy = map(of, three)
    return ClassFinding(code, severity, title, meaning, remedy, numbers or {})
