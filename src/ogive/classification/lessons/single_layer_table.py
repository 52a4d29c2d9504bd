"""The table of single-layer networks: which function at the end makes them do what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from ogive.classification.showing import html_page, text_page
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["HEADER", "SingleLayerTable", "TableRow", "single_layer_table"]

NONE = Text("none", "无")
ONE_VARIABLE = Text("one variable", "单变量")
MANY_VARIABLES = Text("many variables", "多变量")
ONE, MANY = Text("one", "一个"), Text("many", "多个")
SINGLE_LAYER = Text("single layer", "单层")


@dataclass(frozen=True)
class TableRow:
    """One kind of single-layer network.

    Attributes
    ----------
    key : str
    input, output, activation, classification_function, does : Text
        The columns of the table.
    model : str
        The class that is such a network, as it is written in Python.
    in_lecture : bool
        Whether the lecture's table has it.
    """

    key: str
    input: Text
    output: Text
    activation: Text
    classification_function: Text
    does: Text
    model: str
    in_lecture: bool

    def cells(self, language: Language) -> list[str]:
        """Return the row in words, beginning with the network."""
        parts = (
            SINGLE_LAYER,
            self.input,
            self.output,
            self.activation,
            self.classification_function,
            self.does,
        )
        return [part.to(language) for part in parts]


HEADER = (
    Text("network", "网络"),
    Text("input", "输入"),
    Text("output", "输出"),
    Text("activation", "激活函数"),
    Text("classification function", "分类函数"),
    Text("does", "功能"),
)
TITLE = Text("Single-layer networks", "单层网络")
NOTES = (
    Text(
        "Activations stand between layers, and a single layer has no other to be followed by: what "
        "it can do is set by its outputs and by the function after them.",
        "激活函数位于层与层之间，而单层网络后面没有别的层：它能做什么，由输出个数和输出后的函数决定。",
    ),
    Text(
        "A network of several layers ends in the same way, with activations between the layers "
        "before.",
        "多层网络的末层与此相同，只是前面各层之间加上激活函数。",
    ),
)
ROWS = (
    TableRow(
        "simple_regression",
        ONE_VARIABLE,
        ONE,
        NONE,
        NONE,
        Text("linear regression", "线性回归"),
        "LinearRegression()",
        True,
    ),
    TableRow(
        "multiple_regression",
        MANY_VARIABLES,
        ONE,
        NONE,
        NONE,
        Text("linear regression", "线性回归"),
        "LinearRegression()",
        True,
    ),
    TableRow(
        "binary",
        MANY_VARIABLES,
        ONE,
        NONE,
        Text("two-class (logistic)", "二分类函数（logistic）"),
        Text("binary classification", "二分类"),
        "LogisticRegression()",
        True,
    ),
    TableRow(
        "multiclass",
        MANY_VARIABLES,
        MANY,
        NONE,
        Text("multi-class (softmax)", "多分类函数（softmax）"),
        Text("multi-class classification", "多分类"),
        "LogisticRegression()",
        True,
    ),
    TableRow(
        "several_targets",
        MANY_VARIABLES,
        MANY,
        NONE,
        NONE,
        Text("regression of several targets", "多目标线性回归"),
        "LinearRegression()",
        False,
    ),
    TableRow(
        "multilabel",
        MANY_VARIABLES,
        MANY,
        NONE,
        Text("two-class (logistic) each", "每个输出各用二分类函数（logistic）"),
        Text("multi-label classification", "多标签分类"),
        "OneVsRestClassifier(LogisticRegression())",
        False,
    ),
)


@dataclass(frozen=True)
class SingleLayerTable(Sequence[TableRow]):
    """Rows of the table, by position or by key; printing it shows them as text.

    Attributes
    ----------
    rows : tuple of TableRow
    """

    rows: tuple[TableRow, ...]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> TableRow: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TableRow, ...]: ...
    @overload
    def __getitem__(self, index: str) -> TableRow: ...
    def __getitem__(self, index: int | slice | str) -> TableRow | tuple[TableRow, ...]:
        if isinstance(index, str):
            return {row.key: row for row in self.rows}[index]
        return self.rows[index]

    def to_polars(self, language: Language | None = None) -> pl.DataFrame:
        """Return a data frame of a row for each network."""
        import polars as pl

        language = language or default_language()
        names = [title.en.replace(" ", "_") for title in HEADER]
        records = []
        for row in self.rows:
            cells = dict(zip(names, row.cells(language), strict=True))
            records.append(
                {"key": row.key, **cells, "model": row.model, "in_lecture": row.in_lecture}
            )
        return pl.DataFrame(records)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return the rows as plain data."""
        return {"rows": self.to_polars(language).to_dicts()}

    def text(self, language: Language | None = None) -> str:
        """Return the table with what it says about activations."""
        return text_page(*self._content(language or default_language()), words=True)

    def html(self, language: Language | None = None) -> str:
        """Return the table as a fragment of HTML."""
        language = language or default_language()
        return html_page(*self._content(language), language=language, words=True)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def _content(self, language: Language) -> tuple[str, list[str], list[list[str]], list[str]]:
        header = [title.to(language) for title in HEADER]
        rows = [row.cells(language) for row in self.rows]
        return TITLE.to(language), header, rows, [note.to(language) for note in NOTES]


def single_layer_table(*, lecture_only: bool = False) -> SingleLayerTable:
    """Return the table of single-layer networks.

    Parameters
    ----------
    lecture_only : bool, default=False
        Whether to leave out the two rows that the lecture's table has not: several targets, and
        several labels.
    """
    return SingleLayerTable(tuple(row for row in ROWS if row.in_lecture or not lecture_only))
