"""Splits a table into features and target, and leaves out the columns that cannot help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.data.columns import infinite_value, kind_of, numbers_of
from ogive.data.frames import as_frame
from ogive.data.task import Task, infer_task, target_values
from ogive.data.wording import listed, nearest_first
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["LabelledTable", "select_target", "useless_columns", "useless_notices"]

ROW_NUMBER_NAMES = frozenset({"", "index", "id", "row", "unnamed: 0", "column_1", "编号", "序号"})
MOSTLY = 0.9
"""Share of numbers from which a text column is reported as numbers with something else in it."""


@dataclass(frozen=True)
class LabelledTable:
    """Labelled rows, ready to be prepared and learned from.

    Attributes
    ----------
    features : polars.DataFrame
        The columns to predict from.
    target : ndarray of shape (n_rows,)
        What to predict: classes, or float64 numbers for a regression.
    target_name : str
        Name of the target's column.
    task : {"classification", "regression"}
        What the target asks for.
    left_out : tuple of str
        Columns of the table that are in neither.
    notices : tuple of Text
        What was left out, and what looks odd; for the user to read.
    useless : mapping of str to tuple of str
        Those of `left_out` that cannot help, by the reason: "empty", "constant", "identifier" or
        "counter".
    """

    features: pl.DataFrame
    target: NDArray[Any]
    target_name: str
    task: Task
    left_out: tuple[str, ...]
    notices: tuple[Text, ...]
    useless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def select_target(
    table: Any, target: str, *, task: Task | None = None, ignore: Sequence[str] = ()
) -> LabelledTable:
    """Split a table into features and target.

    Rows without a target are left out, and so are columns without any value, columns with the
    same value in every row, columns of text that is different in every row (identifiers), and
    unnamed or so-called "id" columns that merely count the rows. Each is told by a notice.

    Parameters
    ----------
    table : data frame
        Polars, pandas, or what else narwhals knows.
    target : str
        Name of the column to predict.
    task : {"classification", "regression"}, optional
        By default what `infer_task` finds.
    ignore : sequence of str
        Columns to leave out.
    """
    frame = as_frame(table)
    _check_names(frame, target, ignore)
    _refuse_infinite(frame[target])
    notices: list[Text] = []
    labelled = _with_target_only(frame, target, notices)
    labels = labelled[target]
    chosen_task = task or infer_task(labels)
    values = target_values(labels, chosen_task)
    features = labelled.drop(target, *ignore)
    useless = useless_columns(features)
    notices.extend(useless_notices(useless))
    features = features.drop([name for names in useless.values() for name in names])
    if features.width == 0:
        raise InputError(
            f"No column is left to predict {target!r} from: the others are ignored, empty, "
            "constant, or different in every row; add columns that say something.",
            f"没有可用来预测“{target}”的列：其余各列要么被忽略，要么为空、恒定不变，"
            "或每行都不相同；请添加有信息的列。",
        )
    for name in features.columns:  # of the whole table, so that row numbers are the user's
        _refuse_unusable(frame[name])
        _refuse_infinite(frame[name])
    notices.extend(_mixed_columns(frame.select(features.columns)))
    left_out = tuple(name for name in frame.columns if name not in {target, *features.columns})
    return LabelledTable(features, values, target, chosen_task, left_out, tuple(notices), useless)


def _check_names(frame: pl.DataFrame, target: str, ignore: Sequence[str]) -> None:
    for name in (target, *ignore):
        if name not in frame.columns:
            names = listed(nearest_first(name, frame.columns))
            raise InputError(
                f"The table has no column {name!r}; its columns are: {names.en}.",
                f"表格中没有列“{name}”；现有的列：{names.zh}。",
            )
    if target in ignore:
        raise InputError(
            f"Column {target!r} is the target and cannot be ignored; choose one of the two.",
            f"列“{target}”是目标列，不能同时忽略；请二选一。",
        )


def _with_target_only(frame: pl.DataFrame, target: str, notices: list[Text]) -> pl.DataFrame:
    import polars as pl

    missing = frame[target].is_null()
    if frame[target].dtype.is_float():
        missing = missing | frame[target].is_nan().fill_null(False)
    n_missing = int(missing.sum())
    if n_missing == frame.height or frame[target].dtype == pl.Null:
        raise InputError(
            f"The target {target!r} has no value in any row; choose another column.",
            f"目标列“{target}”没有任何值；请另选一列。",
        )
    if n_missing == 0:
        return frame
    rows = "row" if n_missing == 1 else "rows"
    notices.append(
        Text(
            f"Left out {n_missing} {rows} without a value in the target {target!r}.",
            f"已去掉目标列“{target}”缺失的 {n_missing} 行。",
        )
    )
    return frame.filter(~missing)


REASONS = {
    "empty": Text("without any value", "没有任何值的列"),
    "constant": Text("with the same value in every row", "每行都相同的列"),
    "identifier": Text("with different text in every row", "每行文本都不同的列"),
    "counter": Text("that only count the rows", "仅为行号的列"),
}


def useless_columns(features: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the columns that cannot help to predict anything, by the reason."""
    found: dict[str, list[str]] = {}
    for column in features.get_columns():
        reason = _uselessness(column)
        if reason is not None:
            found.setdefault(reason, []).append(column.name)
    return {reason: tuple(found[reason]) for reason in REASONS if reason in found}


def useless_notices(useless: Mapping[str, tuple[str, ...]]) -> list[Text]:
    """Return a notice on the columns left out for each reason."""
    notices = []
    for reason, names in useless.items():
        which, why = listed(names), REASONS[reason].en
        if len(names) == 1:
            why = why.replace("that only count", "that only counts")
        columns = "column" if len(names) == 1 else "columns"
        notices.append(
            Text(
                f"Left out the {columns} {why}: {which.en}.",
                f"已去掉{REASONS[reason].zh}：{which.zh}。",
            )
        )
    return notices


def _uselessness(column: pl.Series) -> str | None:
    import polars as pl

    kind = kind_of(column)
    if kind is None:
        return None
    if column.dtype.is_float():
        column = column.fill_nan(None)
    present = column.drop_nulls()
    if len(present) == 0:
        return "empty"
    n_values = present.n_unique()
    if n_values == 1 and len(present) == len(column):
        return "constant"
    if n_values < len(column) or len(column) < 3:
        return None
    if column.dtype in (pl.String, pl.Categorical):
        return "identifier"
    if column.dtype.is_integer() and column.name.strip().lower() in ROW_NUMBER_NAMES:
        counts = column.diff().drop_nulls()
        return "counter" if bool((counts == 1).all()) and column[0] in (0, 1) else None
    return None


def _refuse_unusable(column: pl.Series) -> None:
    if kind_of(column) is None:
        raise InputError(
            f"Column {column.name!r} holds {column.dtype} values, which cannot be learned "
            "from; leave the column out or turn it into numbers or text.",
            f"列“{column.name}”的类型是 {column.dtype}，无法从中学习；"
            "请去掉该列，或将其转换为数字或文本。",
        )


def _refuse_infinite(column: pl.Series) -> None:
    if column.dtype.is_float():
        error = infinite_value(column.name, numbers_of(column))
        if error is not None:
            raise error


def _mixed_columns(features: pl.DataFrame) -> list[Text]:
    """Return notices on text columns that are nearly all numbers: a slip of the pen, perhaps."""
    import polars as pl

    notices = []
    for column in features.select(pl.col(pl.String)).get_columns():
        numbers = column.cast(pl.Float64, strict=False)
        share = 1 - numbers.null_count() / max(len(column), 1)
        odd = np.flatnonzero((numbers.is_null() & column.is_not_null()).to_numpy())
        if share >= MOSTLY and odd.size:
            value, row = column[int(odd[0])], int(odd[0]) + 1
            notices.append(
                Text(
                    f"Column {column.name!r} is taken as text because of {value!r} in row {row}; "
                    "its other values are numbers.",
                    f"列“{column.name}”被当作文本，因为第 {row} 行是“{value}”，而其他值多为数字。",
                )
            )
    return notices
