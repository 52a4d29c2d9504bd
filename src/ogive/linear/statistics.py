"""The statistics of a fitted linear regression, each computed when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sklearn.utils.validation import check_is_fitted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ogive.linear.anova import Anova
    from ogive.linear.assumptions import AssumptionReport
    from ogive.linear.influence import Influence
    from ogive.linear.summary import Summary
    from ogive.text import Language

__all__ = ["RegressionStatistics"]


class RegressionStatistics:
    """Methods of `LinearRegression` that tell how far to trust it."""

    @property
    def _fitted(self) -> Any:
        check_is_fitted(self)
        return self

    def summary(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        covariance: str = "nonrobust",
        level: float = 0.95,
        language: Language | None = None,
    ) -> Summary:
        """Return all statistics of the fit, to print, to show in a notebook, or as data.

        Parameters
        ----------
        X, y, sample_weight : array-like, optional
            The rows of the fit, for a model that keeps none: one that was pickled, copied by
            `copy.deepcopy` or loaded, and one with ``keep_rows=False``. Without any rows the
            summary leaves out what needs residuals.
        covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3"}, default="nonrobust"
            How to estimate standard errors; the others hold for errors of unequal variance.
        level : float, default=0.95
            Of the confidence intervals.
        language : {"en", "zh"}, optional
            Of the texts; by default the locale's.

        Returns
        -------
        Summary
            Its conventions are those of statsmodels' summary, save for what `Inference` notes.

        Raises
        ------
        InputError
            For bad arguments, for rows that are not those of the fit, and for a robust covariance
            without rows.
        """
        from ogive.linear.summary import summarise

        return summarise(
            self._fitted, X, y, sample_weight, covariance=covariance, level=level, language=language
        )

    def covariance(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        covariance: str = "nonrobust",
    ) -> NDArray[np.float64]:
        """Return the covariance matrix of the coefficients.

        Parameters
        ----------
        X, y, sample_weight : array-like, optional
            The rows of the fit, for a model that keeps none; the robust kinds need them.
        covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3"}, default="nonrobust"
            As for `summary`, of whose standard errors the diagonal holds the squares.

        Returns
        -------
        ndarray of shape (n_targets, n_terms, n_terms)
            The constant first, if there is one, then the features; for one target too it has three
            dimensions. NaN where `summary` has no standard errors.

        Raises
        ------
        InputError
            For another covariance, for rows that are not those of the fit, for a robust covariance
            without rows, and for targets whose squares overflow or vanish.

        Examples
        --------
        The variance of a difference of two coefficients:

        >>> import numpy as np
        >>> from ogive import LinearRegression
        >>> X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
        >>> model = LinearRegression().fit(X, [1.0, 2, 4, 4])
        >>> between = np.array([0.0, 1, -1])
        >>> round(float(between @ model.covariance()[0] @ between), 12)
        0.5
        """
        from ogive.linear.covariance_matrix import covariance_of

        return covariance_of(self._fitted, X, y, sample_weight, covariance=covariance)

    def influence(self, X: Any = None, y: Any = None, sample_weight: Any = None) -> Influence:
        """Return leverage, studentised residuals, Cook's distance and DFFITS of each row.

        Parameters
        ----------
        X, y, sample_weight : array-like, optional
            The rows of the fit, for a model that keeps none.

        Returns
        -------
        Influence

        Raises
        ------
        InputError
            Where there are no rows, or others than those of the fit.
        """
        from ogive.linear.influence import influence_of

        return influence_of(self._fitted, X, y, sample_weight)

    def anova(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        terms: Mapping[str, Any] | None = None,
    ) -> Anova:
        """Return the analysis of variance: of all columns, of each in turn, of each given the rest.

        Parameters
        ----------
        X, y, sample_weight : array-like, optional
            The rows of the fit, for a model that keeps none; most tables do without.
        terms : mapping of str to sequence of str or int, optional
            Columns to test together, by the name of the term; each other column is a term.

        Returns
        -------
        Anova

        Raises
        ------
        InputError
            For columns that there are not, and for rows that are not those of the fit.
        """
        from ogive.linear.anova import anova_of

        return anova_of(self._fitted, X, y, sample_weight, terms=terms)

    def check_assumptions(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        significance: float = 0.05,
        order: Any = None,
        **thresholds: float,
    ) -> AssumptionReport:
        """Check the four conditions under which the regression can be trusted.

        They are: (1) significant and strong effects; (2) a real linear relation, by the residuals:
        straightness, equal variance, independence, normality, outliers and influential rows; (3)
        columns that exclude one another; (4) complete data. Tests of the second condition made at
        once on a target are corrected for their number after Holm.

        Parameters
        ----------
        X, y, sample_weight : array-like, optional
            The rows of the fit, for a model that keeps none. What cannot be checked without them is
            reported as not applicable.
        significance : float, default=0.05
            Level of all tests.
        order : bool or array-like of shape (n_samples,), optional
            What the independence of errors is tested along. True: the rows are in order, of time
            for instance; an array: sort by it; False: the rows have no order, and it is not tested.
            By default it is tested as the rows stand, and never more than a tip.
        **thresholds
            Any of `ogive.linear.Thresholds`, such as ``vif_issue=5``.

        Returns
        -------
        AssumptionReport
            A sequence of results; prints as text.

        Raises
        ------
        InputError
            For rows that are not those of the fit, and for thresholds and orders that cannot be.

        Examples
        --------
        >>> import numpy as np
        >>> from ogive import LinearRegression
        >>> x = np.linspace(0, 10, 50)
        >>> noise = np.random.default_rng(0).normal(size=50)
        >>> report = LinearRegression().fit(x[:, None], x + x**2 + noise).check_assumptions()
        >>> report.passed
        False
        >>> report.issues[0].title.en
        'The effect of a column is curved.'
        """
        from ogive.linear.assumptions import check_assumptions
        from ogive.linear.given_rows import target_names
        from ogive.linear.target_scale import refuse_beyond_squares

        refuse_beyond_squares(self._fitted.solution_, target_names(self._fitted))
        return check_assumptions(
            self._fitted,
            X,
            y,
            sample_weight,
            significance=significance,
            order=order,
            **thresholds,
        )
