"""Numbers and lists as they stand in the texts of findings."""

from __future__ import annotations

from collections.abc import Sequence

from ogive.text import Text

__all__ = ["counted", "feature_name", "listed", "percent", "short"]


def short(value: float) -> str:
    """Return a number with three digits, in plain notation where that is not long."""
    if value == 0 or 1e-3 <= abs(value) < 1e3:
        return f"{value:.3g}"
    if 1e3 <= abs(value) < 1e6:
        return f"{value:,.0f}"
    return f"{value:.2e}"


def percent(share: float) -> str:
    """Return a share in per cent, with a decimal where it is near 0 or 1."""
    return f"{share:.1%}" if 0 < min(share, 1 - share) < 0.095 else f"{share:.0%}"


def counted(n: float, noun: str) -> str:
    """Return a number with an English noun, in the singular for 1."""
    return f"{short(n) if n % 1 else f'{n:,.0f}'} {noun if n == 1 else f'{noun}s'}"


def listed(parts: Sequence[Text | str]) -> Text:
    """Return the parts as one text, joined as the language does."""
    both = [part if isinstance(part, Text) else Text(part, part) for part in parts]
    return Text(", ".join(part.en for part in both), "、".join(part.zh for part in both))


def feature_name(names: tuple[str, ...] | None, at: int) -> Text:
    """Return a feature's own name, or its number counted from 1."""
    if names is not None:
        return Text(str(names[at]), str(names[at]))
    return Text(f"feature {at + 1}", f"第 {at + 1} 个特征")
