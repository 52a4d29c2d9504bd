"""Which rows of a table a linear regression is fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ogive.data import LabelledTable, infer_task, select_target
from ogive.data.columns import kind_of
from ogive.data.selection import useless_columns, useless_notices
from ogive.data.task import target_values
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from ogive.data.task import Task

__all__ = ["RegressionTable", "absent", "regression_table"]


@dataclass(frozen=True)
class RegressionTable:
    """A table as it was given, and what of it the regression is fitted to.

    Attributes
    ----------
    given : polars.DataFrame
        The columns that were not ignored, the target among them, in all rows.
    labelled : LabelledTable
        What is fitted.
    missing : {"drop", "indicator"}
        What was done about missing values of the features.
    """

    given: pl.DataFrame
    labelled: LabelledTable
    missing: str


def regression_table(
    table: pl.DataFrame,
    target: str,
    *,
    task: Task | None,
    ignore: Sequence[str],
    missing: str,
    notices: Sequence[Text] = (),
) -> RegressionTable:
    """Choose the columns and rows to fit; a target of numbers is never taken for classes.

    Parameters
    ----------
    table : polars.DataFrame
        The table as it was read.
    target : str
        Name of the column to predict.
    task : {"regression"} or None
        What the user says of the target.
    ignore : sequence of str
        Columns to leave out.
    missing : {"drop", "indicator"}
        Whether rows that lack a value are left out.
    notices : sequence of Text
        What is to be said before.
    """
    numeric = target in table.columns and kind_of(table[target]) == "number"
    labelled = select_target(table, target, task="regression" if numeric else task, ignore=ignore)
    said = [*notices, *labelled.notices]
    if numeric and task is None and infer_task(table[target].drop_nulls()) == "classification":
        said.append(
            Text(
                f"The target {target!r} has only {len(set(labelled.target.tolist()))} different "
                "values; they are taken as quantities, not as classes.",
                f"目标列“{target}”只有 {len(set(labelled.target.tolist()))} 种取值；"
                "这里当作数量，而不是类别。",
            )
        )
    if missing == "drop":
        labelled = _complete(labelled, said)
    return RegressionTable(table.drop(ignore), _saying(labelled, said), missing)


def absent(column: pl.Series) -> pl.Series:
    """Return which values of a column are missing."""
    return (column.fill_nan(None) if column.dtype.is_float() else column).is_null()


def _saying(labelled: LabelledTable, notices: Sequence[Text]) -> LabelledTable:
    return LabelledTable(
        labelled.features,
        labelled.target,
        labelled.target_name,
        labelled.task,
        labelled.left_out,
        tuple(notices),
        labelled.useless,
    )


def _complete(labelled: LabelledTable, notices: list[Text]) -> LabelledTable:
    """Leave out the rows that lack a value, and the columns that then say nothing."""
    import polars as pl

    gaps = [absent(column) for column in labelled.features.get_columns()]
    incomplete = pl.select(pl.any_horizontal(gaps)).to_series()
    n, n_rows = int(incomplete.sum()), labelled.features.height
    if n == 0:
        return labelled
    columns = listed([gap.name for gap in gaps if gap.any()])
    if n == n_rows:
        raise InputError(
            f"Every row lacks a value in one of the columns {columns.en}; leave columns out by "
            "--ignore, or keep the rows by --missing indicator.",
            f"每一行都至少缺一个值，涉及的列：{columns.zh}；请用 --ignore 去掉某些列，"
            "或用 --missing indicator 保留这些行。",
        )
    notices.append(
        Text(
            f"Left out {n} of {n_rows} rows without a value in {columns.en} (--missing indicator "
            "keeps them); row numbers in the results count the rows that are left.",
            f"已去掉 {n_rows} 行中有缺失值的 {n} 行，缺失所在的列：{columns.zh}"
            "（--missing indicator 会保留它们）；结果中的行号按剩下的行计。",
        )
    )
    kept = labelled.features.filter(~incomplete)
    target = labelled.target[(~incomplete).to_numpy()]
    if labelled.task == "regression":
        target = target_values(pl.Series(labelled.target_name, target), "regression")
    useless = useless_columns(kept)
    notices.extend(useless_notices(useless))
    names = [name for found in useless.values() for name in found]
    if len(names) == kept.width:
        raise InputError(
            f"The {n_rows - n} rows without missing values leave no column to predict "
            f"{labelled.target_name!r} from; leave columns out by --ignore, or keep the rows by "
            "--missing indicator.",
            f"没有缺失值的 {n_rows - n} 行中，没有可用来预测“{labelled.target_name}”的列；"
            "请用 --ignore 去掉某些列，或用 --missing indicator 保留这些行。",
        )
    return LabelledTable(
        kept.drop(names),
        target,
        labelled.target_name,
        labelled.task,
        (*labelled.left_out, *names),
        labelled.notices,
        {
            reason: (*labelled.useless.get(reason, ()), *useless.get(reason, ()))
            for reason in {**labelled.useless, **useless}
        },
    )
