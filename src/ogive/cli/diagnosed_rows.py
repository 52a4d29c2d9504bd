"""The rows that ``ogive diagnose`` looks at a network with, and those of them it did not learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.persistence import TableModel

__all__ = ["FEWEST_UNSEEN", "read_rows", "strange_rows_told", "unseen_rows"]

FEWEST_UNSEEN = 20
"""Rows not learnt from of which the mean loss tells something."""


def read_rows(
    trained: TableModel, data: str, notices: list[Text], *, labelled: bool = False
) -> tuple[Any, NDArray[Any] | None]:
    """Return features and targets of a table as the network takes them.

    Parameters
    ----------
    trained : TableModel
    data : str
        A file, or the name of a bundled data set.
    notices : list of Text
        Takes up what was left out, and what the model never met in training.
    labelled : bool, default=False
        Whether the target's column has to be there.

    Raises
    ------
    InputError
        For what cannot be read, does not fit the model, or lacks the target.
    """
    from ogive.data import load_table

    table = load_table(data, notices)
    if labelled and trained.target not in table.columns:
        raise InputError(
            f"--validation: {data} has no column {trained.target!r}, so that nothing can be "
            "compared; give rows with their targets.",
            f"--validation：{data} 中没有列“{trained.target}”，无法比较；请给出带目标值的行。",
        )
    if told := strange_rows_told(trained, table):
        notices.append(told)
    return trained.labelled_rows(table, notices)


def strange_rows_told(trained: TableModel, table: Any) -> Text | None:
    """Return a notice of rows that hold what the training never met, such as a new category."""
    strange, first = trained.strange_rows(table)
    if first is None:
        return None
    n, total = int(strange.sum()), len(strange)
    return Text(
        f"{n} of {total} rows hold a category, or lack a value, that no training row did; there "
        f"the network takes the category as none of those it knows. The first: {first.en}",
        f"{total} 行中有 {n} 行含有训练时从未出现的类别或缺失值；网络把这样的类别当作不属于任何"
        f"已知类别。其中第一处：{first.zh}",
    )


def unseen_rows(
    trained: TableModel, X: Any, y: NDArray[Any] | None, notices: list[Text]
) -> tuple[Any, NDArray[Any] | None] | None:
    """Return the rows that the network did not learn, to check for overfitting, or None.

    Fewer than 20 tell too little, and so do rows of one class; where training stopped early, its
    own validation curve is judged. A notice says what is compared, and what could not be.
    """
    if y is None or trained.estimator.early_stopping or len(set(y.tolist())) < 2:
        return None
    learnt = trained.learnt_rows(X, y)
    if learnt is None:
        notices.append(
            Text(
                "The model's file does not remember which rows it learnt, so that overfitting is "
                "not checked for; give rows that it did not learn by --validation FILE.",
                "模型文件没有记录它学过哪些行，因此没有检查过拟合；"
                "请用 --validation FILE 给出没有参与训练的行。",
            )
        )
        return None
    n_unseen = int((~learnt).sum())
    if n_unseen < FEWEST_UNSEEN:
        return None
    notices.append(
        Text(
            f"{n_unseen:,} of the {len(y):,} rows were not learnt from: the loss on them is "
            "compared with that of the training.",
            f"{len(y):,} 行中有 {n_unseen:,} 行没有参与训练：它们的损失会与训练的损失作比较。",
        )
    )
    return X[~learnt], y[~learnt]
