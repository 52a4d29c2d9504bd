"""A warning from `fit` where there is nothing to converge to."""

from __future__ import annotations

import warnings
from typing import Any

from sklearn.exceptions import ConvergenceWarning

from ogive.classification.rows.given_rows import coefficients, counted
from ogive.classification.rows.rows import LabelledRows

__all__ = ["SeparationWarning", "warn_if_separated"]

MOST_ROWS = 200_000
MOST_UNKNOWNS = 500


class SeparationWarning(ConvergenceWarning):  # type: ignore[misc]
    """The classes are separated, and a fit without penalty has no finite solution."""


def warn_if_separated(model: Any, rows: LabelledRows | None = None, stacklevel: int = 4) -> bool:
    """Warn if the rows of a model fitted without penalty are separated; return whether they are.

    Parameters
    ----------
    model : LogisticRegression
        Fitted, with ``penalty_of(model) == 0``.
    rows : LabelledRows, optional
        By default those that the model keeps.
    stacklevel : int, default=4
        As for `warnings.warn`; 4 is who called a decorated `fit` that calls this.

    Notes
    -----
    For large tables only what costs no more than a few iterations of the fit is tried: quasi-
    complete separation may then pass without a warning. ``model.separation()`` decides it.
    """
    from ogive.classification.separation.record import separation_in

    rows = getattr(model, "_rows", None) if rows is None else rows
    if rows is None:
        return False
    rows = counted(rows.X, rows.label, rows.weight)
    coef, _ = coefficients(model)
    thorough = rows.X.shape[0] <= MOST_ROWS and coef.size <= MOST_UNKNOWNS
    found = separation_in(model, rows, thorough=thorough, time_limit=5.0)
    if found.finding is None or found.kind == "none":
        return False
    warnings.warn(
        f"{found.finding.code}: {found.finding.title.en} {found.finding.meaning.en} "
        f"{found.finding.remedy.en}",
        SeparationWarning,
        stacklevel=stacklevel,
    )
    return True
