"""The decoding of a row as text and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ogive.classification.showing import html_page, text_page
from ogive.linear.summary import numbers
from ogive.linear.summary.layout import shown_name
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    from ogive.classification.codes.decoded_row import DecodedRow

__all__ = [
    "DECODING_NAMES",
    "are_letters",
    "decoded_html",
    "decoded_text",
    "spelled",
    "written_word",
]

MOST_ROWS = 12
MOST_BITS = 24
MOST_NAMES = 4
MOST_SAID = 8

TITLE = Text(
    "The answers of {n} two-class models decoded: {winner}",
    "{n} 个二分类模型的回答解码为：{winner}",
)
ANSWERS = Text("answers", "回答")
HEADER = (
    Text("class", "类别"),
    Text("code word", "码字"),
    Text("bits that differ", "不同的位"),
    Text("score", "得分"),
)
SAID = Text("Answers: {answers}.", "回答：{answers}。")
ONE_SIDE = Text('"{names}"', "“{names}”")
SET = Text("{{{names}}}", "{{{names}}}")
LIST = Text(", ", "、")
SCORE = Text(
    "The score is {name}; the highest wins, the first of those where several have it.",
    "得分：{name}；最高者胜出，并列时取最前者。",
)
FEWEST = Text(
    "The class of the fewest bits that differ wins, the first of those where several have it.",
    "不同的位最少的类别胜出，并列时取最前者。",
)
ALL_AGREE = Text(
    "All answers agree with the code word of {winner}.", "所有回答都与 {winner} 的码字一致。"
)
TAKING_PART_AGREE = Text(
    "In all problems that {winner} takes part in, the answer agrees with its code word.",
    "在 {winner} 参与的所有问题中，回答都与它的码字一致。",
)
NO_PART = Text(
    "A point (·) stands where a class takes no part in a problem; it counts as half a bit that "
    "differs.",
    "点（·）表示该类别不参与这个问题，按半个不同的位计。",
)
CORRECTED = Text(
    "{which} differ{s} from the code word of {winner}, and did not decide.",
    "{which}与 {winner} 的码字不同，但没有改变结果。",
)
RIGHT = Text("The row is of class {true}: right.", "该行的真实类别是 {true}：正确。")
WRONG = Text(
    "The row is of class {true}: wrong. {which} should have been otherwise.",
    "该行的真实类别是 {true}：错误。{which}应当相反。",
)
WRONG_UNDECIDED = Text(
    "The row is of class {true}: wrong, although no answer differs from its code word.",
    "该行的真实类别是 {true}：错误，尽管没有回答与它的码字不同。",
)
MORE = Text(
    "{more} more classes are not shown; to_polars() holds them all.",
    "另有 {more} 个类别未显示；to_polars() 包含全部类别。",
)
DECODING_NAMES = {
    "euclidean": Text(
        "f·t − |t|²/2, larger the nearer the confidences f are to the code word t",
        "f·t − |t|²/2，置信度 f 离码字 t 越近就越大",
    ),
    "exponential_loss": Text(
        "minus the logarithm of the sum of exponential losses", "指数损失之和的对数的相反数"
    ),
    "hinge_loss": Text("minus the sum of hinge losses", "合页损失之和的相反数"),
    "logistic_loss": Text("minus the sum of logistic losses", "逻辑损失之和的相反数"),
    "squared_loss": Text("minus the sum of squared losses", "平方损失之和的相反数"),
    "squared_hinge_loss": Text("minus the sum of squared hinge losses", "平方合页损失之和的相反数"),
    "probabilistic": Text("the log-likelihood of the code word", "码字的对数似然"),
}


def decoded_text(row: DecodedRow, language: Language | None = None) -> str:
    """Return the table as text."""
    language = language or default_language()
    title, header, rows, notes = _content(row, language)
    return text_page(title, header, rows, notes)


def decoded_html(row: DecodedRow, language: Language | None = None) -> str:
    """Return the table as a fragment of HTML."""
    language = language or default_language()
    title, header, rows, notes = _content(row, language)
    return html_page(title, header, rows, notes, language=language)


def written_word(word: Sequence[int]) -> str:
    """Return bits as +, - and a point for no part, the first of many."""
    signs = "".join("+" if bit > 0 else "−" if bit < 0 else "·" for bit in word[:MOST_BITS])
    return signs if len(word) <= MOST_BITS else signs + "…"


def are_letters(names: Sequence[str]) -> bool:
    """Return whether names can be run together: digits would look like one number."""
    return all(len(name) == 1 and name.isalpha() for name in names)


def spelled(
    names: Sequence[str], language: Language, *, letters: bool, most: int = MOST_NAMES
) -> str:
    """Return the classes of one side: letters run together in quotes, other names as a set."""
    shown = [shown_name(name) for name in names[:most]]
    more = ["…"] if len(names) > most else []
    if letters:
        return ONE_SIDE.to(language, names="".join(shown + more))
    return SET.to(language, names=LIST.to(language).join(shown + more))


def _content(
    row: DecodedRow, language: Language
) -> tuple[str, list[str], list[list[str]], list[str]]:
    winner = shown_name(row.predicted)
    order = row.ranking[:MOST_ROWS]
    rows = [[ANSWERS.to(language), written_word(row.answers.tolist()), "", ""]]
    rows += [
        [
            shown_name(row.classes[i]),
            written_word(row.code[i].tolist()),
            f"{row.distances[i]:g}",
            numbers.significant(float(row.scores[i]), 4) if np.isfinite(row.scores[i]) else "−∞",
        ]
        for i in order
    ]
    title = TITLE.to(language, n=len(row.answers), winner=winner)
    notes = [*_notes(row, winner, language)]
    if len(row.classes) > MOST_ROWS:
        notes.append(MORE.to(language, more=len(row.classes) - MOST_ROWS))
    # By Hamming the score is the number of bits that differ, already there.
    width = len(HEADER) - (row.decoding == "hamming")
    header = [heading.to(language) for heading in HEADER[:width]]
    return title, header, [cells[:width] for cells in rows], notes


def _notes(row: DecodedRow, winner: str, language: Language) -> list[str]:
    notes = []
    if len(row.answers) <= MOST_SAID:
        letters = are_letters(row.classes)
        sides = [row.said(j) for j in range(len(row.answers))]
        said = [spelled(side, language, letters=letters) for side in sides]
        notes.append(SAID.to(language, answers=LIST.to(language).join(said)))
    if not row.code.all():
        notes.append(NO_PART.to(language))
    if row.decoding == "hamming":
        notes.append(FEWEST.to(language))
    else:
        notes.append(SCORE.to(language, name=DECODING_NAMES[row.decoding].to(language)))
    if row.corrected:
        which, s = _problems(row.corrected, language)
        notes.append(CORRECTED.to(language, which=which, s=s, winner=winner))
    else:
        agree = ALL_AGREE if row.code[row.winner].all() else TAKING_PART_AGREE
        notes.append(agree.to(language, winner=winner))
    if row.true is not None and row.wrong is not None:
        true = shown_name(row.classes[row.true])
        if row.true == row.winner:
            notes.append(RIGHT.to(language, true=true))
        elif row.wrong:
            notes.append(WRONG.to(language, true=true, which=_problems(row.wrong, language)[0]))
        else:
            notes.append(WRONG_UNDECIDED.to(language, true=true))
    return notes


def _problems(positions: tuple[int, ...], language: Language) -> tuple[str, str]:
    """Return which answers are meant, counted from 1, and the verb's ending in English."""
    shown = [str(j + 1) for j in positions[:MOST_SAID]]
    rest = "…" if len(positions) > MOST_SAID else ""
    if language == "zh":
        return f"第 {'、'.join(shown)}{rest} 个回答", ""
    if len(shown) == 1:
        return f"Answer {shown[0]}", "s"
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if not rest else ", ".join(shown) + rest
    return f"Answers {listed}", ""
