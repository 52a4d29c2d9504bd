"""Who beats whom: the votes of one sample among all pairs of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from ogive.plots import groups
from ogive.plots.grid import bars, cell_size, cells, note
from ogive.plots.theme import finish
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.classification.pairs.vote_table import VoteTable

__all__ = ["vote_table"]

ROW = Text("Class", "类别")
COLUMN = Text("Against", "对手")
WINS = Text("wins the duel", "胜")
LOSES = Text("loses it", "负")
ITSELF = Text("itself", "自身")
OUTCOME = Text("outcome", "结果")
CONFIDENCE = Text("confidence for the row's class", "对该行类别的置信度")
VOTES = Text("Votes", "票数")
SUM = Text("sum of confidences", "置信度之和")
NUMBERS = Text(
    "Numbers: confidence for the class of the row, against that of the column.",
    "数字：相对于该列类别，对该行类别的置信度。",
)
WON = Text("{winner} wins every duel.", "{winner} 全胜。")
CYCLE = Text(
    "No class wins every duel: {classes} beat one another in a circle (framed). Decided: {winner}.",
    "没有类别全胜：{classes} 互有胜负，形成循环（红框）。判定：{winner}。",
)
JOIN = Text(", ", "、")
MOST = 40
SIDE = 390


def vote_table(table: VoteTable, *, language: Language = "en") -> alt.TopLevelMixin:
    """Draw the duels of all pairs of classes for one sample, and the votes they add up to.

    Parameters
    ----------
    table : VoteTable
        What ``OneVsOneClassifier.vote_table`` returns.
    language : {"en", "zh"}, default="en"
        Language of the titles.

    Raises
    ------
    InputError
        For anything else, and for more than 40 classes.
    """
    from ogive.classification.pairs.cycles import top_classes
    from ogive.classification.pairs.vote_table import VoteTable

    if not isinstance(table, VoteTable):
        raise InputError(
            "vote_table draws what OneVsOneClassifier.vote_table(x) returns. Got "
            f"{type(table).__name__} instead.",
            f"vote_table 画的是 OneVsOneClassifier.vote_table(x) 的结果。得到的却是 "
            f"{type(table).__name__}。",
        )
    n = len(table.classes)
    if n > MOST:
        raise InputError(
            f"{n} classes have no room in one table of votes; up to {MOST} have. Print the table, "
            "or fit fewer classes.",
            f"{n} 个类别在一张投票表中放不下；最多 {MOST} 个。请打印该表，或减少类别。",
        )
    names = groups.shown_labels(list(table.classes))
    circle = np.flatnonzero(top_classes(table.votes[None])[0])
    winner = int(np.flatnonzero(table.classes == table.winner)[0])
    if len(circle) > 1:
        listed = JOIN.to(language).join(names[i] for i in circle)
        first = CYCLE.to(language, classes=listed, winner=names[winner])
    else:
        first = WON.to(language, winner=names[winner])
    records = _records(table, names, set(circle.tolist()) if len(circle) > 1 else set(), language)
    size = cell_size(n, SIDE, 62), cell_size(n, SIDE, 34)
    kinds = [WINS.to(language), LOSES.to(language), ITSELF.to(language)]
    duels = cells(
        records,
        names,
        names,
        (COLUMN.to(language), ROW.to(language)),
        kinds,
        size,
        [
            alt.Tooltip("row:N", title=ROW.to(language)),
            alt.Tooltip("column:N", title=COLUMN.to(language)),
            alt.Tooltip("kind:N", title=OUTCOME.to(language)),
            alt.Tooltip("confidence:Q", title=CONFIDENCE.to(language), format="+.5~g"),
        ],
        in_legend=2,
    )
    totals = [
        {
            "row": names[i],
            "value": int(table.votes[i]),
            "text": f"{table.votes[i]}  (Σ {_signed(float(table.confidences[i]))})",
            "sum": float(f"{table.confidences[i]:.6g}"),
            "best": i == winner,
        }
        for i in range(n)
    ]
    tooltip = [
        alt.Tooltip("row:N", title=ROW.to(language)),
        alt.Tooltip("value:Q", title=VOTES.to(language)),
        alt.Tooltip("sum:Q", title=SUM.to(language), format="+.5~g"),
    ]
    title = f"{VOTES.to(language)} (Σ {SUM.to(language)})"
    beside = bars(totals, names, title, size[1], tooltip)
    chart = alt.hconcat(duels, beside, spacing=14).properties(
        title=note([first, NUMBERS.to(language)])
    )
    return finish(chart)


def _records(
    table: VoteTable, names: list[str], circle: set[int], language: Language
) -> list[dict[str, Any]]:
    # Of probabilities and of predictions of regressors, a half is what separates the two classes.
    half = 0.0 if np.array_equal(table.positive, table.confidence > 0) else 0.5
    records: list[dict[str, Any]] = [
        {
            "row": name,
            "column": name,
            "kind": ITSELF.to(language),
            "text": "",
            "framed": False,
            "confidence": None,
        }
        for name in names
    ]
    for (a, b), later, value in zip(
        table.pairs.tolist(), table.positive.tolist(), table.confidence.tolist(), strict=True
    ):
        for own, other, wins, sure in (
            (b, a, later, value),
            (a, b, not later, 2 * half - value),
        ):
            records.append(
                {
                    "row": names[own],
                    "column": names[other],
                    "kind": (WINS if wins else LOSES).to(language),
                    "text": _signed(sure) if half == 0 else f"{sure:.2f}",
                    "framed": own in circle and other in circle and wins,
                    "confidence": float(f"{sure:.6g}"),
                }
            )
    return records


def _signed(value: float) -> str:
    text = f"{value:+.2f}" if abs(value) < 100 else f"{value:+.3g}"
    return text.replace("-", "−")
