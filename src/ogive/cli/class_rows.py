"""Which rows and columns of a table a model of classes is fitted to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ogive.data import LabelledTable, infer_task, select_target
from ogive.data.columns import kind_of
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from ogive.data.task import Task

__all__ = ["class_table"]

FEWEST_ROWS = 3


def class_table(
    table: pl.DataFrame,
    target: str,
    model: str,
    *,
    task: Task | None,
    ignore: Sequence[str],
    notices: Sequence[Text] = (),
) -> LabelledTable:
    """Choose columns and rows; whole numbers are classes, as the model asks for such.

    Parameters
    ----------
    table : polars.DataFrame
        The table as it was read.
    target : str
        Name of the column to predict.
    model : str
        As ``--model`` names it.
    task : {"classification"} or None
        What the user says of the target.
    ignore : sequence of str
        Columns to leave out.
    notices : sequence of Text
        What is to be said before.

    Raises
    ------
    InputError
        Where the target is a quantity, or has too many or too few classes for the model.
    """
    named = table[target] if target in table.columns else None
    if named is not None and len(named.drop_nulls()) == 0:
        named = None  # which is refused below
    quantity = named is not None and task is None and infer_task(named.drop_nulls()) == "regression"
    if quantity and named is not None and not _whole(named):
        values = named.drop_nulls().n_unique()
        raise InputError(
            f"The target {target!r} holds {values} different numbers, and --model {model} predicts "
            "classes; use --model linear, or add --task classification to take each number as a "
            "class.",
            f"目标列“{target}”有 {values} 种不同的数值，而 --model {model} 预测的是类别；"
            "请使用 --model linear，或加上 --task classification，把每个数值当作一个类别。",
        )
    labelled = select_target(table, target, task="classification", ignore=ignore)
    classes, counts = np.unique(labelled.target, return_counts=True)
    if quantity and counts.min() < FEWEST_ROWS:
        rare = int((counts < FEWEST_ROWS).sum())
        raise InputError(
            f"The target {target!r} holds {len(classes)} different numbers, {rare} of them in "
            f"fewer than {FEWEST_ROWS} rows, too few for a class; use --model linear.",
            f"目标列“{target}”有 {len(classes)} 种不同的数值，其中 {rare} 种不足 {FEWEST_ROWS} 行，"
            "不足以作为类别；请使用 --model linear。",
        )
    if model == "logistic" and len(classes) > 2:
        named_classes = listed([str(one) for one in classes], limit=4)
        raise InputError(
            f"--model logistic tells two classes apart, and the target {target!r} has "
            f"{len(classes)}: {named_classes.en}; use --model softmax for the probabilities of "
            "all of them, or ovo, ovr or ecoc, which ask many logistic regressions.",
            f"--model logistic 只区分两个类别，而目标列“{target}”有 {len(classes)} 个："
            f"{named_classes.zh}；请使用 --model softmax（给出所有类别的概率），"
            "或 ovo、ovr、ecoc（由多个逻辑回归共同判断）。",
        )
    said = [*notices, *labelled.notices]
    if model != "logistic" and len(classes) == 2:
        said.append(WITH_TWO[model])
    said += _quantities(labelled, quantity=quantity, n_classes=len(classes))
    said += _gaps(labelled)
    return LabelledTable(
        labelled.features,
        labelled.target,
        labelled.target_name,
        labelled.task,
        labelled.left_out,
        tuple(said),
        labelled.useless,
    )


WITH_TWO = {
    "softmax": Text(
        "With two classes softmax is logistic regression: the same model as --model logistic.",
        "只有两个类别时，softmax 就是逻辑回归：与 --model logistic 是同一个模型。",
    ),
    "ovo": Text(
        "With two classes there is one pair, and one-vs-one is its one model.",
        "只有两个类别时只有一对，一对一就是这一个模型。",
    ),
    "ovr": Text(
        "With two classes one-vs-rest is one model: the rest of one class is the other.",
        "只有两个类别时，一对其余就是一个模型：一个类别的“其余”就是另一个类别。",
    ),
    "ecoc": Text(
        "With two classes there is one way to part them, and a code corrects nothing.",
        "只有两个类别时只有一种分法，输出码没有纠错的余地。",
    ),
}


def _whole(column: pl.Series) -> bool:
    """Return whether the column holds whole numbers only, or no numbers at all."""
    if kind_of(column) != "number" or column.dtype.is_integer():
        return True
    return bool((column.drop_nulls().drop_nans() % 1 == 0).all())


def _quantities(labelled: LabelledTable, *, quantity: bool, n_classes: int) -> list[Text]:
    if not quantity:
        return []
    name = labelled.target_name
    return [
        Text(
            f"The {n_classes} different numbers of the target {name!r} are taken as classes.",
            f"目标列“{name}”的 {n_classes} 种不同的数值被当作类别。",
        )
    ]


def _gaps(labelled: LabelledTable) -> list[Text]:
    """Return a notice on missing values, and what is done about them."""
    from ogive.cli.linear_rows import absent

    counts = {one.name: int(absent(one).sum()) for one in labelled.features.get_columns()}
    some = [name for name, count in counts.items() if count]
    if not some:
        return []
    total, which = sum(counts.values()), listed(some)
    values = "value is" if total == 1 else "values are"
    return [
        Text(
            f"{total} {values} missing in {which.en}: numbers are replaced by the column's median "
            "and flagged by a column of their own, and a missing category is a level.",
            f"{which.zh} 中缺失 {total} 个值：数值以该列的中位数代替，并另加一列作标记；"
            "缺失的类别自成一个水平。",
        )
    ]
