"""Which single-layer network a data set and its target ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from sklearn.utils.validation import _num_samples

from ogive.classification.labels.target_kinds import TASKS, Target, kind_of_target
from ogive.classification.lessons.single_layer_table import (
    HEADER,
    SingleLayerTable,
    TableRow,
    single_layer_table,
)
from ogive.classification.showing import html_page, text_page
from ogive.text import InputError, Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["SingleLayer", "single_layer", "single_layer_table"]

TITLE = Text(
    "{rows} rows, {variables} {noun}: the single-layer network for this target",
    "{rows} 行、{variables} 个变量：适合该目标的单层网络",
)
EQUATION = Text(
    "{each}z = {sum}: {weights} weights and {biases} bias{es}, {total} numbers to learn.",
    "{each}z = {sum}：{weights} 个权重和 {biases} 个偏置，共 {total} 个待学习的数。",
)
EACH = Text("For each output ", "每个输出各有 ")
ONE_IS_MANY = Text(
    "With one variable it is the same row of the table, with one weight for each output.",
    "只有一个变量时仍属表中同一行，只是每个输出只有一个权重。",
)
BUILDS = Text("build() gives {model}.", "build() 返回 {model}。")


@dataclass(frozen=True)
class SingleLayer:
    """A row of the table for one data set, and the model that it stands for.

    Attributes
    ----------
    row : TableRow
    target : Target
        What y holds, and why it is taken for that.
    n_samples, n_features : int
    """

    row: TableRow
    target: Target
    n_samples: int
    n_features: int

    @property
    def n_outputs(self) -> int:
        """Number of outputs of the layer."""
        return self.target.n_outputs

    @property
    def n_weights(self) -> int:
        """Weights and biases, all of which are learned."""
        return (self.n_features + 1) * self.n_outputs

    def build(self, **parameters: Any) -> Any:
        """Return the network, not yet fitted.

        Parameters
        ----------
        **parameters : dict
            Of `LinearRegression` or `LogisticRegression`.
        """
        if self.row.classification_function.en == "none":
            from ogive.linear import LinearRegression

            return LinearRegression(**parameters)
        from ogive.classification.logistic import LogisticRegression

        if self.row.key != "multilabel":
            return LogisticRegression(**parameters)
        from ogive.classification.one_vs_rest import OneVsRestClassifier

        return OneVsRestClassifier(LogisticRegression(**parameters))

    def to_polars(self, language: Language | None = None) -> pl.DataFrame:
        """Return a data frame of one row."""
        import polars as pl

        counts = {"n_features": self.n_features, "n_outputs": self.n_outputs}
        frame = SingleLayerTable((self.row,)).to_polars(language)
        return frame.with_columns(pl.lit(value).alias(name) for name, value in counts.items())

    def text(self, language: Language | None = None) -> str:
        """Return the row with an explanation."""
        return text_page(*self._content(language or default_language()), words=True)

    def html(self, language: Language | None = None) -> str:
        """Return the row with an explanation as a fragment of HTML."""
        language = language or default_language()
        return html_page(*self._content(language), language=language, words=True)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def _content(self, language: Language) -> tuple[str, list[str], list[list[str]], list[str]]:
        noun = "variable" if self.n_features == 1 else "variables"
        title = TITLE.to(language, rows=self.n_samples, variables=self.n_features, noun=noun)
        header = [text.to(language) for text in HEADER]
        return title, header, [self.row.cells(language)], self._notes(language)

    def _notes(self, language: Language) -> list[str]:
        notes = [self.target.why.to(language), self._equation(language)]
        if self.n_features == 1 and self.row.key != "simple_regression":
            notes.append(ONE_IS_MANY.to(language))
        if self.target.remark is not None:
            notes.append(self.target.remark.to(language))
        return [*notes, BUILDS.to(language, model=self.row.model)]

    def _equation(self, language: Language) -> str:
        if self.n_features <= 3:
            terms = [f"x{j} w{j}" for j in range(1, self.n_features + 1)]
        else:
            terms = ["x1 w1", "…", f"x{self.n_features} w{self.n_features}"]
        several = self.n_outputs > 1
        return EQUATION.to(
            language,
            each=EACH.to(language) if several else "",
            sum=" + ".join([*terms, "b"]),
            weights=self.n_features * self.n_outputs,
            biases=self.n_outputs,
            es="es" if several else "",
            total=self.n_weights,
        )


def single_layer(X: Any, y: Any, *, task: str = "auto") -> SingleLayer:
    """Say which row of the table of single-layer networks applies, and build that network.

    Parameters
    ----------
    X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
        Numbers: each column has one weight for each output.
    y : array-like of shape (n_samples,) or (n_samples, n_targets)
        Numbers, classes, several targets of numbers, or a matrix of labels of 0 and 1.
    task : {"auto", "regression", "classification"}, default="auto"
        What y is. By itself, text and truth values are classes, and so are whole numbers where
        there are two different ones, or at most 20 with at least 5 rows for each on average; a
        matrix of nothing but 0 and 1 holds labels; all else are quantities.

    Returns
    -------
    SingleLayer

    Raises
    ------
    InputError
        Where X is no table or has columns that are no numbers, its length is not that of y, there
        is no such task, and where y has missing values, only one class, or several columns of
        classes.

    Examples
    --------
    >>> from ogive.lecture import single_layer
    >>> layer = single_layer([[2, 4], [2, 1], [3, 3]], [1, 0, 0])
    >>> layer.row.key, layer.n_outputs, layer.n_weights
    ('binary', 1, 3)
    """
    if task not in TASKS:
        raise InputError(
            f"task must be one of {', '.join(TASKS)}. Got {task!r} instead.",
            f"task 只能是 {'、'.join(TASKS)} 之一，得到的却是 {task!r}。",
        )
    shape = X.shape if hasattr(X, "shape") else np.asarray(X).shape
    if len(shape) != 2 or 0 in shape:
        raise InputError(
            f"X must be a table with rows and columns. Got the shape {tuple(shape)} instead. One "
            "variable is one column: X.reshape(-1, 1).",
            f"X 须为有行有列的表格，得到的形状却是 {tuple(shape)}。"
            "单变量就是一列：X.reshape(-1, 1)。",
        )
    _refuse_text(X)
    n_samples, n_features = _num_samples(X), int(shape[1])
    target = kind_of_target(y, task)
    if target.n_samples != n_samples:
        raise InputError(
            f"X has {n_samples} rows and y has {target.n_samples}; each row needs its target.",
            f"X 有 {n_samples} 行，而 y 有 {target.n_samples} 行；每一行都需要目标值。",
        )
    key = target.kind
    if key == "numbers":
        key = "simple_regression" if n_features == 1 else "multiple_regression"
    return SingleLayer(single_layer_table()[key], target, n_samples, n_features)


def _refuse_text(X: Any) -> None:
    """Refuse columns that are no numbers: how many weights they need depends on their encoding."""
    if sparse.issparse(X):
        return
    names = getattr(X, "columns", None)
    table = X if names is not None else np.asarray(X)
    if names is None and table.dtype.kind in "biuf":
        return
    names = list(range(table.shape[1])) if names is None else list(names)
    for j, name in enumerate(names):
        column = np.asarray(table[name] if hasattr(table, "columns") else table[:, j])
        try:
            if column.dtype.kind in "Mm":
                raise TypeError
            column.astype(np.float64)
        except (TypeError, ValueError):
            value = next((one for one in column if not _is_number(one)), None)
            shown = getattr(value, "item", lambda value=value: value)()
            raise InputError(
                f"The column {name!r} of X holds {shown!r}, which is no number; how many weights "
                "it needs depends on how it is encoded. Encode it first, for example with "
                "sklearn.preprocessing.OneHotEncoder, or leave it out.",
                f"X 的列 {name!r} 含有 {shown!r}，不是数字；它需要多少个权重取决于如何编码。"
                "请先编码，例如用 sklearn.preprocessing.OneHotEncoder，或去掉该列。",
            ) from None


def _is_number(value: Any) -> bool:
    try:
        float(np.nan if value is None else value)
    except (TypeError, ValueError):
        return False
    return not isinstance(value, np.datetime64 | np.timedelta64)
