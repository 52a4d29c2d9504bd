"""The rows of the table: what is said of each candidate over all data sets."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ogive.comparison.across.pairs import AcrossPair
from ogive.comparison.across.ranks import Floats

__all__ = ["AcrossRow", "Group", "make_rows"]

Group = Literal["best", "equivalent", "level", "worse", "better"]


@dataclass(frozen=True)
class AcrossRow:
    """One candidate on all data sets.

    Attributes
    ----------
    rank : int
        Its place by average rank.
    label : str
        Its name.
    average_rank : float
        Mean of its ranks on the data sets, 1 for the best on each.
    n_first : int
        Data sets on which none did better.
    p_holm : float
        Signed-rank test against the candidate of the best average rank, corrected after Holm for
        all pairs; NaN for that candidate itself.
    group : {"best", "equivalent", "level", "worse", "better"}
        In comparison with the candidate of the best average rank: equivalent in practice, without
        evidence of a difference, or worse; "better" is one that loses more often but by little.
    scores, ranks : mapping of str to float
        Mean score as people read it, and rank, on each data set.
    """

    rank: int
    label: str
    average_rank: float
    n_first: int
    p_holm: float
    group: Group
    scores: Mapping[str, float]
    ranks: Mapping[str, float]


def make_rows(
    names: Sequence[str],
    labels: Sequence[str],
    shown: Floats,
    ranks: Floats,
    pairs: Sequence[AcrossPair],
) -> list[AcrossRow]:
    """Summarise the candidates, given by ascending average rank.

    Parameters
    ----------
    names, labels : sequence of str
        Data sets and candidates.
    shown, ranks : ndarray of shape (n_data_sets, n_candidates)
        Scores as people read them, and ranks.
    pairs : sequence of AcrossPair
        All pairs.
    """
    with_best = {pair.second: pair for pair in pairs if pair.first == labels[0]}
    groups: dict[str, Group] = {"better": "worse", "worse": "better", "no_evidence": "level"}
    rows = []
    for i, label in enumerate(labels):
        pair = with_best.get(label)
        rows.append(
            AcrossRow(
                rank=i + 1,
                label=label,
                average_rank=float(ranks[:, i].mean()),
                n_first=int((ranks[:, i] == ranks.min(axis=1)).sum()),
                p_holm=math.nan if pair is None else pair.p_holm,
                group="best" if pair is None else groups.get(pair.verdict, "equivalent"),
                scores=dict(zip(names, shown[:, i].tolist(), strict=True)),
                ranks=dict(zip(names, ranks[:, i].tolist(), strict=True)),
            )
        )
    return rows
