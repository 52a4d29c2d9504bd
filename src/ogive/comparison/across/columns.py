"""The columns of the table over several data sets, for terminal, report and Markdown alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ogive.comparison.across.rows import AcrossRow
from ogive.comparison.words import formats
from ogive.comparison.words.labels import shown_label
from ogive.text import Language, Text

__all__ = ["GROUPS", "AcrossColumn", "across_columns"]

GROUPS = {
    "best": Text("best average rank", "平均名次最好"),
    "equivalent": Text("equivalent in practice", "实际等效"),
    "level": Text("no evidence of a difference", "无差异证据"),
    "worse": Text("worse", "更差"),
    "better": Text("better where they differ most", "在差异最大处更好"),
}
"""What is said of each group of rows in comparison with the best average rank."""


@dataclass(frozen=True)
class AcrossColumn:
    """A column of the table.

    Attributes
    ----------
    key : str
        A field of `AcrossRow`, or "score" followed by a space and a data set's name.
    title, explanation : Text
        Heading, and what the numbers mean.
    write : callable
        Returns a row's cell, given the row and the language.
    sort_value : callable
        Returns what the column is sorted by, given the row.
    align : {"left", "right"}
        How the cells are set.
    """

    key: str
    title: Text
    explanation: Text
    write: Callable[[AcrossRow, Language], str]
    sort_value: Callable[[AcrossRow], float | str]
    align: Literal["left", "right"] = "right"


def across_columns(rows: Sequence[AcrossRow], score: Text) -> tuple[AcrossColumn, ...]:
    """Return the columns: name, average rank, evidence, then score and rank on each data set.

    Parameters
    ----------
    rows : sequence of AcrossRow
        The rows of the result.
    score : Text
        Name of the score.
    """
    columns = [
        AcrossColumn(
            "label",
            Text("Candidate", "候选"),
            Text("What is compared.", "所比较的对象。"),
            lambda row, language: shown_label(row.label, language),
            lambda row: row.label,
            "left",
        ),
        AcrossColumn(
            "average_rank",
            Text("Average rank", "平均名次"),
            Text(
                "Mean of the ranks on the data sets; 1 is the best. Ties share their mean rank.",
                "在各数据集上名次的平均；1 为最好。并列者取平均名次。",
            ),
            lambda row, _: f"{row.average_rank:.2f}",
            lambda row: row.average_rank,
        ),
        AcrossColumn(
            "n_first",
            Text("First on", "居首次数"),
            Text("Data sets on which none did better.", "没有别的候选更好的数据集个数。"),
            lambda row, _: str(row.n_first),
            lambda row: row.n_first,
        ),
        AcrossColumn(
            "p_holm",
            Text("p (Holm)", "p（Holm）"),
            Text(
                "Signed-rank test of the differences to the candidate with the best average rank, "
                "corrected after Holm for all pairs. Below 0.05 counts as evidence.",
                "与平均名次最好者之差的符号秩检验，已按 Holm 方法对所有两两比较校正。"
                "小于 0.05 视为有证据。",
            ),
            lambda row, _: formats.NOTHING if row.group == "best" else formats.p_value(row.p_holm),
            lambda row: 2.0 if row.group == "best" else row.p_holm,
        ),
    ]
    columns += [_of_data_set(name, rows, score) for name in rows[0].scores]
    return tuple(columns)


def _of_data_set(name: str, rows: Sequence[AcrossRow], score: Text) -> AcrossColumn:
    places = _places([row.scores[name] for row in rows])

    def write(row: AcrossRow, _: Language) -> str:
        return f"{formats.score(row.scores[name], places)} ({row.ranks[name]:g})"

    return AcrossColumn(
        f"score {name}",
        Text(name, name),
        Text(
            f"Mean {score.en} on the test folds of {name}, and the rank there.",
            f"{name} 各测试折上的平均{_spaced(score.zh)}，以及在该数据集上的名次。",
        ),
        write,
        lambda row: row.ranks[name],
    )


def _places(scores: Sequence[float]) -> int:
    """Return how many decimals tell these scores apart: two digits of their spread."""
    spread = float(np.ptp(scores))
    wanted = 1 - int(np.floor(np.log10(spread))) if spread > 0 else 3
    return min(max(wanted, 3 if max(np.abs(scores)) < 10 else 0), 6)


def _spaced(name: str) -> str:
    return f" {name}" if name[:1].isascii() else name
