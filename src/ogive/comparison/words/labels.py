"""How candidates are named where people read: in their language, and several in a sentence.

Data files, the store and Python have `Candidate.label`, which is the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ogive.comparison.words import formats
from ogive.network.initialisation import SCHEMES
from ogive.text import Language, Text

__all__ = [
    "close_up",
    "closed_up",
    "label_text",
    "listed_labels",
    "shown_label",
    "shown_value",
]

WORDS = {"depth": "深度", "width": "宽度", "init": "初始化", "learning rate": "学习率"}
"""What stands before a value of a factor, as `make_candidates` writes it."""

# Only what a factor could have written: a formula or a model's own name stays as it is.
NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
WRITTEN = (r"(depth|width) (\d+)", f"(init) ({'|'.join(SCHEMES)})", f"(learning rate) ({NUMBER})")
PART = re.compile(rf"(^|, )(?:{'|'.join(WRITTEN)})(?=, |$)")

HAN = r"[\u4e00-\u9fff]"
APART = re.compile(rf"(?<={HAN}) (?=(?:{'|'.join(WORDS.values())}) )")
COUNTED = re.compile(rf"(等 \d+ 个) (?={HAN})")


def label_text(label: str) -> Text:
    """Return a candidate's name in both languages.

    Parameters
    ----------
    label : str
        Such as ``"relu, depth 6"``.
    """

    def chinese(found: re.Match[str]) -> str:
        before, *groups = found.groups()
        word, value = (group for group in groups if group is not None)
        return f"{before}{WORDS[word]} {value}"

    return Text(label, PART.sub(chinese, label))


def shown_label(label: str, language: Language) -> str:
    """Return a candidate's name in a language."""
    return label_text(label).to(language)


def shown_value(label: str, vary: Sequence[str], language: Language) -> str:
    """Return a candidate's name for below a heading that names what alone is varied."""
    if len(vary) == 1:
        found = PART.fullmatch(label)
        word = vary[0].replace("_", " ")
        if found is not None and word in found.groups():
            return label.removeprefix(f"{word} ")
    return shown_label(label, language)


def closed_up(text: Text) -> Text:
    """Take out the spaces that set Latin names off, where a Chinese one stands after Chinese."""
    return Text(text.en, close_up(text.zh))


def close_up(written: str) -> str:
    """Do the same to one text; English has no such places."""
    return COUNTED.sub(r"\1", APART.sub("", written))


def listed_labels(
    labels: Iterable[str], *, last: str = "and", most: int = formats.MOST_NAMED
) -> Text:
    """Return names as they stand in a sentence: of very many the first and how many others.

    Labels of crossed factors hold commas themselves; such are set apart by semicolons.

    Parameters
    ----------
    labels : iterable of str
    last : str, default="and"
        What English has before the last; empty for a mere list.
    most : int
        As many are named in full.
    """
    names = [label_text(label) for label in labels]
    inner = any("," in name.en for name in names)
    en, zh = ("; ", "；") if inner else (", ", "、")
    n = len(names)
    if n > most:
        first = names[: most - 2]
        others = n - len(first)
        comma = en if last else " "
        return Text(
            f"{en.join(name.en for name in first)}{comma}and {others} others",
            f"{zh.join(name.zh for name in first)} 等 {n} 个",
        )
    whole_zh = zh.join(name.zh for name in names)
    if not last or n == 1:
        return Text(en.join(name.en for name in names), whole_zh)
    # Between names with commas a bare "and" would not tell where one ends.
    joint = f"{en}{last} " if inner and n > 2 else f" {last} "
    return Text(f"{en.join(name.en for name in names[:-1])}{joint}{names[-1].en}", whole_zh)
