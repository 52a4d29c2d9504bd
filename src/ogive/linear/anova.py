"""Analysis of variance: what each column adds to what the others explain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import linalg, stats

from ogive.linear.covariance import coefficient_deviations, covariance_root
from ogive.linear.design import Design, Positions, orthonormalizer, scales, triangular_root
from ogive.linear.given_rows import GivenRows, feature_names, find_rows, target_names
from ogive.linear.inference import is_constant, is_perfect
from ogive.linear.one_thread import on_one_thread
from ogive.linear.solution import Array, Solution
from ogive.linear.target_scale import refuse_beyond_squares
from ogive.linear.terms import Term, terms_of

if TYPE_CHECKING:
    import polars as pl

    from ogive.linear.regression import LinearRegression

__all__ = ["CONSTANT", "Anova", "AnovaTable", "anova_of"]

CONSTANT = "(Intercept)"
# Up to this condition number the coefficients alone give sums of squares to eight digits.
ENOUGH_DIGITS = 1e5


@dataclass(frozen=True)
class AnovaTable:
    """One table of analysis of variance, for all targets.

    Attributes
    ----------
    terms : tuple of str
        What the rows of the table are about; the last are the residuals, or residuals and total.
    degrees_of_freedom : ndarray of int of shape (n_terms,)
        Coefficients that the term adds; 0 for one that depends on the others.
    sum_of_squares, mean_square, f, p : ndarray of shape (n_targets, n_terms)
        NaN where there is nothing to test.
    """

    terms: tuple[str, ...]
    degrees_of_freedom: Positions
    sum_of_squares: Array
    mean_square: Array
    f: Array
    p: Array


@dataclass(frozen=True)
class Anova:
    """Analysis of variance of a fit.

    Attributes
    ----------
    overall : AnovaTable
        All columns together ("regression"), "residual" and "total".
    sequential : AnovaTable or None
        What each term adds to those before it (type I); its sums of squares add up to that of the
        regression. None where neither rows nor the digits of the inverse are at hand for it.
    partial : AnovaTable
        What each term adds to all others (type III); for one column F is the square of its t.
    target_names : tuple of str
        Names of the targets.
    """

    overall: AnovaTable
    sequential: AnovaTable | None
    partial: AnovaTable
    target_names: tuple[str, ...]

    def tables(self) -> dict[str, AnovaTable]:
        """Return the tables there are, by name."""
        named = {
            "overall": self.overall,
            "sequential": self.sequential,
            "partial": self.partial,
        }
        return {name: table for name, table in named.items() if table is not None}

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of a row for each table, target and term."""
        import polars as pl

        frames = [_frame(name, table, self.target_names) for name, table in self.tables().items()]
        return pl.concat(frames)

    def __str__(self) -> str:
        from ogive.linear.summary.anova import anova_text

        return anova_text(self)

    def _repr_html_(self) -> str:
        from ogive.linear.summary.anova import anova_html

        return anova_html(self)


@on_one_thread
def anova_of(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    terms: Mapping[str, Any] | None = None,
) -> Anova:
    """Compute the tables.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none. Only the sequential table of badly
        conditioned columns, and terms of dependent columns, need them.
    terms : mapping of str to sequence of str or int, optional
        Columns to test together, by the name of the term, for example those of one categorical
        feature. Any other column is a term of its own.

    Raises
    ------
    InputError
        For columns in `terms` that there are not, for rows that are not those of the fit, and for
        targets whose squares overflow or vanish.

    Notes
    -----
    Types I and III as in SAS and in statsmodels' ``anova_lm`` (Searle, 1971, *Linear Models*;
    Speed, Hocking and Hackney, 1978). Weighted fits have weighted sums of squares.
    """
    solution = model.solution_
    refuse_beyond_squares(solution, target_names(model))
    given = find_rows(model, X, y, sample_weight)
    chosen = terms_of(feature_names(model), terms)
    tests = _Tests(solution, model.positive)
    return Anova(
        overall=_overall(solution, tests),
        sequential=_sequential(solution, chosen, given, tests),
        partial=_partial(solution, chosen, given, tests),
        target_names=target_names(model),
    )


class _Tests:
    """Turns sums of squares into tables."""

    def __init__(self, solution: Solution, constrained: bool) -> None:
        self.free = solution.residual_degrees_of_freedom
        self.residual = solution.residual_sum_of_squares
        meaningless = is_perfect(solution) | is_constant(solution) | constrained
        variance = self.residual / self.free if self.free > 0 else np.full_like(self.residual, 0.0)
        usable = ~meaningless & (variance > 0)
        self.variance = np.where(usable, variance, np.nan)[:, None]

    def table(
        self, names: tuple[str, ...], degrees: Positions, squares: Array, total: Array | None = None
    ) -> AnovaTable:
        """Add the residuals (and the total), mean squares, F and p."""
        divisors = np.where(degrees > 0, degrees, 1)
        mean = np.where(degrees > 0, squares / divisors, np.nan)
        f = mean / self.variance
        p = stats.f.sf(f, divisors, self.free) if self.free > 0 else np.full_like(f, np.nan)
        blank = np.full((len(squares), 1), np.nan)
        free = max(self.free, 0)
        left = self.residual[:, None]
        columns = [squares, left]
        means = [mean, left / free if free else blank]
        ends: tuple[str, ...] = ("residual",)
        freedom = [free]
        if total is not None:
            columns.append(total[:, None])
            means.append(blank)
            ends, freedom = ("residual", "total"), [free, free + int(degrees.sum())]
        pad = [blank] * len(ends)
        return AnovaTable(
            (*names, *ends),
            np.concatenate([degrees, np.array(freedom, dtype=np.intp)]),
            np.hstack(columns),
            np.hstack(means),
            np.hstack([f, *pad]),
            np.hstack([p, *pad]),
        )


def _overall(solution: Solution, tests: _Tests) -> AnovaTable:
    total = solution.total_sum_of_squares
    explained = np.maximum(total - solution.residual_sum_of_squares, 0.0)[:, None]
    degrees = np.array([solution.rank], dtype=np.intp)
    return tests.table(("regression",), degrees, explained, total)


def _sequential(
    solution: Solution, terms: list[Term], given: GivenRows | None, tests: _Tests
) -> AnovaTable | None:
    added = _added_in_order(solution, [term.columns for term in terms], given)
    if added is None:
        return None
    return tests.table(tuple(term.name for term in terms), *added)


def _added_in_order(
    solution: Solution, groups: list[Positions], given: GivenRows | None
) -> tuple[Positions, Array] | None:
    """Return how many coefficients, and what sum of squares, each group adds to those before."""
    order = np.concatenate([*groups, np.zeros(0, np.intp)])
    owner = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    if given is not None:
        design = Design(given.rows, solution)
        factor, kept = orthonormalizer(design, order)
        along = np.zeros((factor.shape[1], len(solution.intercept)))
        for block in design.blocks():
            target = np.asarray(given.rows.y[block.rows], dtype=np.float64) - solution.target_means
            basis = block.columns[:, order] @ factor
            along += basis.T @ (target * block.root_weight[:, None])
    else:
        root = triangular_root(solution, order)
        if root is None or solution.condition_number > ENOUGH_DIGITS:
            return None
        kept = np.arange(len(order))
        scaled = solution.coef * scales(solution)
        along = linalg.solve_triangular(root, scaled[:, order].T)
    degrees = np.bincount(owner[kept], minlength=len(groups)).astype(np.intp)
    squares = np.zeros((len(solution.intercept), len(groups)))
    np.add.at(squares.T, owner[kept], along * along)
    return degrees, squares


def _partial(
    solution: Solution, terms: list[Term], given: GivenRows | None, tests: _Tests
) -> AnovaTable:
    deviations = coefficient_deviations(solution)
    names, degrees, squares = [], [], []
    if solution.fit_intercept:
        names.append(CONSTANT)
        degrees.append(int(np.isfinite(deviations[0])))
        squares.append(_by_itself(solution.intercept, deviations[0]))
        deviations = deviations[1:]
    for term in terms:
        names.append(term.name)
        count, added = _added_last(solution, term.columns, deviations, given)
        degrees.append(count)
        squares.append(added)
    stacked = np.array(squares, dtype=np.float64).reshape(-1, len(solution.intercept)).T
    return tests.table(tuple(names), np.array(degrees, dtype=np.intp), stacked)


def _by_itself(coefficient: Array, deviation: float) -> Array:
    if not np.isfinite(deviation):
        return np.zeros(len(coefficient))
    squares: Array = (coefficient / deviation) ** 2
    return squares


def _added_last(
    solution: Solution, columns: Positions, deviations: Array, given: GivenRows | None
) -> tuple[int, Array]:
    missing = np.full(len(solution.intercept), np.nan)
    if solution.inverse is None:
        return len(columns), missing
    if len(columns) == 1:
        column = int(columns[0])
        known = bool(np.isfinite(deviations[column]))
        return int(known), _by_itself(solution.coef[:, column], float(deviations[column]))
    root = covariance_root(solution)
    if root is not None and solution.estimable[columns].all():
        left, sizes, _ = np.linalg.svd(root.factor[columns], full_matrices=False)
        along = (solution.coef[:, columns] * scales(solution)[columns]) @ left / sizes
        return len(columns), (along * along).sum(axis=1)
    if given is None:
        return len(columns), missing
    others = np.setdiff1d(np.arange(solution.n_features), columns)
    added = _added_in_order(solution, [others, columns], given)
    assert added is not None
    return int(added[0][1]), added[1][:, 1]


def _frame(name: str, table: AnovaTable, targets: tuple[str, ...]) -> pl.DataFrame:
    import polars as pl

    count, width = len(targets), len(table.terms)
    return pl.DataFrame(
        {
            "table": [name] * (count * width),
            "target": np.repeat(np.array(targets, dtype=object), width).tolist(),
            "term": list(table.terms) * count,
            "degrees_of_freedom": np.tile(table.degrees_of_freedom, count).astype(np.int64),
            "sum_of_squares": table.sum_of_squares.reshape(-1),
            "mean_square": table.mean_square.reshape(-1),
            "f": table.f.reshape(-1),
            "p": table.p.reshape(-1),
        }
    )
