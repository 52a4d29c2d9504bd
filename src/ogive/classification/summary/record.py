"""The record behind a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.inference.inference import LogisticInference, infer
from ogive.classification.rows.given_rows import feature_names, rows_of
from ogive.classification.separation import Separation
from ogive.classification.separation.record import separation_in
from ogive.linear.anova import CONSTANT
from ogive.linear.inference import check_level
from ogive.linear.remarks import Remark
from ogive.text import LANGUAGES, InputError, Language, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["LogisticSummary", "summarise"]


@dataclass(frozen=True, repr=False)
class LogisticSummary:
    """All statistics of a fitted logistic regression; printing it shows them as text.

    Attributes
    ----------
    inference : LogisticInference
        Coefficients with their errors and tests, and how good the fit is.
    separation : Separation
        Whether the classes are separated.
    feature_names : tuple of str
    classes : ndarray of shape (n_classes,)
        The first one is the reference, with which the others are compared.
    fit_intercept : bool
    weighted, class_weighted : bool
        Whether rows have weights, and whether some of these are of the classes.
    language : {"en", "zh"}
        Of text and HTML.
    """

    inference: LogisticInference
    separation: Separation
    feature_names: tuple[str, ...]
    classes: NDArray[Any]
    fit_intercept: bool
    weighted: bool
    class_weighted: bool
    language: Language

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the coefficients, ``(Intercept)`` first where there is a constant."""
        return ((CONSTANT,) if self.fit_intercept else ()) + self.feature_names

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What has to be known to read it rightly, and why statistics are missing."""
        from ogive.classification.summary.notes import remarks_on

        return remarks_on(self)

    def text(self, language: Language | None = None, *, all: bool = False) -> str:
        """Return it as text for a terminal, in either language.

        Of more than 6 classes the first are in it, and of more than 60 coefficients those with the
        largest absolute z; with ``all=True`` it holds all of them.
        """
        from ogive.classification.summary.showing import summary_text

        return summary_text(self, language or self.language, all)

    def html(self, language: Language | None = None, *, all: bool = False) -> str:
        """Return it as a fragment of HTML that suits light and dark pages and loads nothing.

        It is shortened as `text` is.
        """
        from ogive.classification.summary.showing import summary_html

        return summary_html(self, language or self.language, all)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON; what is not applicable is None."""
        from ogive.classification.summary.data import summary_dict

        return summary_dict(self)

    def to_polars(self) -> pl.DataFrame:
        """Return one row for each class but the reference and each coefficient."""
        from ogive.classification.summary.data import summary_frame

        return summary_frame(self)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def summarise(
    model: Any,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    level: float = 0.95,
    language: Language | None = None,
) -> LogisticSummary:
    """Compute the summary of a fitted model; see ``LogisticRegression.summary``."""
    if language is not None and language not in LANGUAGES:
        raise InputError(
            f"language must be 'en' or 'zh'. Got {language!r} instead.",
            f"language 只能是 'en' 或 'zh'，得到的却是 {language!r}。",
        )
    check_level(level)
    rows = rows_of(model, X, y, sample_weight)
    separation = separation_in(model, rows, language=language)
    return LogisticSummary(
        inference=infer(model, rows, level, separation.kind in ("quasi", "complete")),
        separation=separation,
        feature_names=feature_names(model),
        classes=np.asarray(model.classes_),
        fit_intercept=bool(model.fit_intercept),
        weighted=rows.weight is not None,
        class_weighted=model.class_weight is not None,
        language=language or default_language(),
    )
