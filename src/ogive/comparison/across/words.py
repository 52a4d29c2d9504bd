"""What the data sets say together, in a few sentences that claim no more than they show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ogive.comparison.words import formats
from ogive.comparison.words.labels import closed_up, label_text, listed_labels
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.comparison.across.across import Across
    from ogive.comparison.across.rows import AcrossRow

__all__ = ["bounded", "least", "make_verdict"]


def make_verdict(across: Across) -> Text:
    """Say what can be told about the candidates, and what cannot with so few data sets."""
    rows = across.rows()
    n, k = len(across.names), len(rows)
    first = [row for row in rows if row.average_rank == rows[0].average_rank]
    best, place = listed_labels(row.label for row in first), f"{rows[0].average_rank:.2f}"
    have = Text("has", "") if len(first) == 1 else Text("share", "并列")
    sentences = [
        Text(
            f"Over {n} data sets {best.en} {have.en} the best average rank, {place} of {k}.",
            f"在 {n} 个数据集上，{best.zh} {have.zh}平均名次最好（{k} 个中平均第 {place}）。",
        )
    ]
    if k > 2:
        sentences.append(_friedman(across))
    sentences += _pairs(across, rows)
    return closed_up(Text(" ".join(s.en for s in sentences), "".join(s.zh for s in sentences)))


def _friedman(across: Across) -> Text:
    p = bounded([across.friedman.p])
    if across.friedman.p < across.alpha:
        return Text(
            f"That the {len(across.labels)} do not all do equally well is beyond chance "
            f"(Friedman's test, p {p}).",
            f"这 {len(across.labels)} 个候选并非一样好，已超出偶然（Friedman 检验，p {p}）。",
        )
    return Text(
        f"There is no evidence that the ranks of the {len(across.labels)} are anything but chance "
        f"(Friedman's test, p {p}).",
        f"没有证据表明这 {len(across.labels)} 个候选的名次不只是偶然（Friedman 检验，p {p}）。",
    )


def _pairs(across: Across, rows: Sequence[AcrossRow]) -> list[Text]:
    best, others = rows[0], rows[1:]
    n_pairs, name = len(across.pairs), label_text(best.label)
    after = Text(
        f"after Holm's correction for {n_pairs} pairs" if n_pairs > 1 else "signed-rank test",
        f"经 Holm 方法对 {n_pairs} 对校正后" if n_pairs > 1 else "符号秩检验",
    )
    if across.least_p_holm >= across.alpha:
        return [_too_few(across, n_pairs)]
    groups = {
        group: [row for row in others if row.group == group]
        for group in ("worse", "better", "equivalent", "level")
    }
    sentences = []
    for group, en, zh in (
        ("worse", "{best} does better than {names} ({p} {after})", "{best} 优于 {names}（{p}）"),
        (
            "better",
            "Yet where they differ most {names} does better than {best} ({p} {after})",
            "但在差异最大的数据集上，{names} 优于 {best}（{p}）",
        ),
        (
            "equivalent",
            "{best} and {names} are equivalent in practice",
            "{best} 与 {names} 实际等效",
        ),
        (
            "level",
            "There is no evidence of a difference between {best} and {names}",
            "没有证据表明 {best} 与 {names} 有差异",
        ),
    ):
        members = groups[group]
        if not members:
            continue
        names = listed_labels(row.label for row in members)
        p = f"p {bounded([row.p_holm for row in members])}"
        said_en = en.format(best=name.en, names=names.en, p=p, after=after.en)
        said_zh = zh.format(best=name.zh, names=names.zh, p=f"{after.zh} {p}")
        sentences.append(Text(f"{said_en}.", f"{said_zh}。"))
    return sentences


def _too_few(across: Across, n_pairs: int) -> Text:
    """Say that no pair could have been told apart, whatever the scores."""
    n, needed = len(across.names), across.data_sets_needed
    p, holm = least(across.least_p), least(across.least_p_holm)
    corrected = Text("", "")
    if n_pairs > 1:
        corrected = Text(
            f", {holm} once corrected for {n_pairs} pairs", f"，对 {n_pairs} 对校正后为 {holm}"
        )
    return Text(
        f"Which one does better than which cannot be told from {n} data sets: even where all of "
        f"them agree, the signed-rank test gives no p below {p}{corrected.en}. It takes at least "
        f"{needed}.",
        f"仅凭 {n} 个数据集分不出谁优于谁：即使所有数据集都一致，符号秩检验的 p 值也不会低于 {p}"
        f"{corrected.zh}。至少需要 {needed} 个。",
    )


def bounded(values: Sequence[float]) -> str:
    """Write "= 0.012", "≤ 0.012" for the largest of several, or "< 0.001"."""
    written = formats.p_value(max(values))
    if written.startswith("<"):
        return f"< {written[1:]}"
    return f"{'≤' if len(values) > 1 else '='} {written}"


def least(p: float) -> str:
    """Write a p-value below which there is none, to two digits however small."""
    return f"{p:.2g}" if p >= 1e-4 else f"{p:.1e}"
