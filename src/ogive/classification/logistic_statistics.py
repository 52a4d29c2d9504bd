"""What a fitted logistic regression tells of itself, each computed when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils.validation import check_is_fitted

if TYPE_CHECKING:
    from ogive.classification.lessons.explanation import Explanation
    from ogive.classification.lessons.line import DecisionLine, DecisionLines
    from ogive.classification.separation import Separation
    from ogive.classification.summary import LogisticSummary
    from ogive.findings import Finding
    from ogive.text import Language

__all__ = ["LogisticStatistics"]


class LogisticStatistics:
    """The methods of LogisticRegression that explain it."""

    @property
    def _fitted(self) -> Any:
        check_is_fitted(self)
        return self

    @classmethod
    def from_weights(
        cls,
        coef: Any,
        intercept: Any = 0.0,
        classes: Any = (0, 1),
        *,
        feature_names: Sequence[str] | None = None,
        **parameters: Any,
    ) -> Any:
        """Return a model with given weights in place of fitted ones.

        Parameters
        ----------
        coef : array-like of shape (n_features,), (1, n_features) or (n_classes, n_features)
            One row for two classes, of the second one; otherwise one for each class.
        intercept : float or array-like of shape (1,) or (n_classes,), default=0.0
        classes : array-like of shape (n_classes,), default=(0, 1)
            In ascending order.
        feature_names : sequence of str, optional
        **parameters
            Of the model; without any, ``C=inf``.

        Raises
        ------
        InputError
            Where shapes do not suit each other, and for numbers that are not finite.

        Examples
        --------
        >>> from ogive import LogisticRegression
        >>> line = LogisticRegression.from_weights([-1, 2], -2)
        >>> line.decision_function([[3, 3]])
        array([1.])
        """
        from ogive.classification.lessons.given_weights import set_weights

        model = cls(**{"C": np.inf, **parameters})
        return set_weights(model, coef, intercept, classes, feature_names)

    def summary(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        level: float = 0.95,
        language: Language | None = None,
    ) -> LogisticSummary:
        """Return all statistics of the fit, to print, to show in a notebook, or as data.

        Parameters
        ----------
        X, y, sample_weight : array-like, optional
            The rows of the fit, for a model that keeps none: one that was pickled or loaded, and
            one with ``keep_rows=False``.
        level : float, default=0.95
            Of the confidence intervals.
        language : {"en", "zh"}, optional
            Of the texts; by default the locale's.

        Returns
        -------
        LogisticSummary
            Without a penalty (``C=np.inf``) its numbers are those of statsmodels' Logit and
            MNLogit. For more than two classes each is compared with the first one.

        Raises
        ------
        InputError
            For bad arguments, and where there are no rows.

        Notes
        -----
        With a penalty the coefficients are shrunk, which the remarks say; see `LogisticInference`
        for what the standard errors then are. Where the classes are separated there are none.
        Nor are there any for weights that were given, unless they are the maximum for these rows.
        """
        from ogive.classification.summary import summarise

        return summarise(self._fitted, X, y, sample_weight, level=level, language=language)

    def separation(
        self, X: Any = None, y: Any = None, *, language: Language | None = None
    ) -> Separation:
        """Tell whether the classes are separated, so that there is no fit without a penalty.

        Parameters
        ----------
        X, y : array-like, optional
            The rows of the fit, for a model that keeps none.
        language : {"en", "zh"}, optional
            Of the text; by default the locale's.

        Returns
        -------
        Separation

        Raises
        ------
        InputError
            Where there are no rows, or labels that the model does not know.

        Notes
        -----
        Complete and quasi-complete separation are those of Albert and Anderson (1984), decided by
        linear programming as by Konis (2007). Where classes clearly overlap, a cheaper proof of
        that is found first.

        Examples
        --------
        >>> from ogive import LogisticRegression
        >>> model = LogisticRegression().fit([[0.0], [1], [2], [3]], [0, 0, 1, 1])
        >>> found = model.separation()
        >>> found.kind, found.columns
        ('complete', ('x0',))
        """
        from ogive.classification.separation import separation_of

        return separation_of(self._fitted, X, y, language=language)

    def findings(self, X: Any = None, y: Any = None, sample_weight: Any = None) -> list[Finding]:
        """Return what spoils the fit or is worth knowing about its rows, issues first.

        Parameters
        ----------
        X, y, sample_weight : array-like, optional
            The rows of the fit, for a model that keeps none.

        Returns
        -------
        list of Finding
            OGV301 and OGV302 separated classes, OGV303 identical rows of different classes, OGV304
            a class of one row, OGV305 classes of few rows, OGV306 classes of very different size,
            OGV307 dependent columns, OGV308 a solver that has not converged.

        Raises
        ------
        InputError
            Where there are no rows.

        Examples
        --------
        >>> from ogive import LogisticRegression
        >>> model = LogisticRegression().fit([[0.0], [0], [0], [1]], ["a", "a", "b", "b"])
        >>> [finding.code for finding in model.findings()]
        ['OGV302', 'OGV303', 'OGV305']
        """
        from ogive.classification.inference.class_findings import findings_of

        return findings_of(self._fitted, X, y, sample_weight)

    def explain(
        self,
        X: Any,
        y: Any = None,
        *,
        names: Sequence[str] | None = None,
        language: Language | None = None,
    ) -> Explanation:
        """Return z, a and the prediction for each row; with y also loss, dL/dz and whether right.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), optional
            The class of each row.
        names : sequence of str, optional
            Of the rows; by default their positions.
        language : {"en", "zh"}, optional
            Of the texts; by default the locale's.

        Returns
        -------
        Explanation
            Prints as a table.

        Raises
        ------
        InputError
            For a label that the model does not know.
        NotFittedError
            Before the fit.

        Examples
        --------
        >>> from ogive import LogisticRegression
        >>> line = LogisticRegression.from_weights([-1, 2], -2)
        >>> line.explain([[2, 4], [2, 1], [3, 3]], [1, 0, 0]).loss.round(6)
        array([0.01815 , 0.126928, 1.313262])
        """
        from ogive.classification.lessons.explanation import explain_rows

        return explain_rows(self._fitted, X, y, names=names, language=language)

    def decision_line(
        self,
        features: Sequence[Any] | None = None,
        *,
        at: Mapping[Any, float] | None = None,
        language: Language | None = None,
    ) -> DecisionLine | DecisionLines:
        """Return the line on which two classes are equally probable, and which side is positive.

        Parameters
        ----------
        features : sequence of two str or int, optional
            Names or positions of the horizontal and the vertical feature; needed where the model
            has more than two.
        at : mapping of str or int to float, optional
            A value for each of the other features.
        language : {"en", "zh"}, optional
            Of the text; by default the locale's.

        Returns
        -------
        DecisionLine or DecisionLines
            With more than two classes one line for each pair, of which the later class is the
            positive one.

        Raises
        ------
        InputError
            For a model of one feature, for features that there are not, and where a value is
            missing in `at`.

        Examples
        --------
        >>> from ogive import LogisticRegression
        >>> line = LogisticRegression.from_weights([-1, 2], -2).decision_line()
        >>> line.slope, line.intercept, line.positive_side
        (0.5, 1.0, 'above')
        """
        from ogive.classification.lessons.line import decision_lines

        return decision_lines(self._fitted, features, at=at, language=language)
