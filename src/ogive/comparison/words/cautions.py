"""What to keep in mind with a result: where the settings, not the activation, held it back."""

from __future__ import annotations

from collections.abc import Sequence

from ogive.comparison.design.settings import Settings
from ogive.comparison.rows import Row
from ogive.text import Text

__all__ = ["find_cautions"]


def find_cautions(rows: Sequence[Row], settings: Settings, n_splits: int) -> list[Text]:
    """Name the activations that the settings may have kept from doing better."""
    cautions = []
    # Where no gradient passes no setting helps, and where all diverged the verdict says so.
    rows = [row for row in rows if not row.dead_share > 0.99 and row.n_failed < n_splits]
    slow = [row for row in rows if row.n_at_limit > n_splits / 2]
    if slow:
        names = _names(slow)
        cautions.append(
            Text(
                f"Still learning after {settings.max_iter} epochs in most splits: {names.en}. A "
                "larger max_iter may raise the score.",
                f"在多数划分中，训练 {settings.max_iter} 轮后仍在进步：{names.zh}。"
                "增大 max_iter 可能会提高得分。",
            )
        )
    rates = settings.learning_rates
    # A rate that was compared, or a penalty, was not chosen among these.
    choosing = {
        candidate.label
        for candidate in settings.candidates
        if candidate.is_network and len(candidate.choices) > 1
    }
    if len(rates) > 1:
        edges = (
            (rates[0], Text("smallest", "最小"), Text("smaller", "更小")),
            (rates[-1], Text("largest", "最大"), Text("larger", "更大")),
        )
        for rate, edge, beyond in edges:
            held = [
                row
                for row in rows
                if row.label in choosing
                and row.chosen == rate
                and row.chosen_splits > 0.9 * n_splits
            ]
            if held:
                names = _names(held)
                cautions.append(
                    Text(
                        f"Did best at the {edge.en} learning rate, {rate:g}, in nearly all splits: "
                        f"{names.en}. A {beyond.en} one may suit better.",
                        f"在几乎所有划分中以{edge.zh}的学习率 {rate:g} 最好：{names.zh}。"
                        f"{beyond.zh}的学习率也许更合适。",
                    )
                )
    return cautions


def _names(rows: Sequence[Row]) -> Text:
    names = [row.label for row in rows]
    inner = any("," in name for name in names)
    return Text(("; " if inner else ", ").join(names), ("；" if inner else "、").join(names))
