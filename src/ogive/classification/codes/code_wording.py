"""The quality of a code book as text and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.classification.showing import html_page, text_page
from ogive.linear.summary.layout import shown_name
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    from ogive.classification.codes.code_quality import CodeQuality

__all__ = ["quality_html", "quality_text"]

MOST_PAIRS = 5
TITLE = Text(
    "Code book of {classes} classes and {problems} two-class problem{s}",
    "{classes} 个类别、{problems} 个二分类问题的码本",
)
HEADER = (Text("", ""), Text("value", "值"))
ROWS = {
    "row_distance": Text("Least distance of two code words", "两个码字的最小距离"),
    "mean_row_distance": Text("Mean distance of two code words", "码字间的平均距离"),
    "errors_corrected": Text(
        "Wrong answers corrected, wherever they are", "可纠正的错误回答数（任意位置）"
    ),
    "column_distance": Text(
        "Least distance of two problems, or of one and the other's opposite",
        "两个问题（或其反面）的最小距离",
    ),
    "repeated_columns": Text("Problems that repeat another", "与其他问题重复的问题数"),
    "balance": Text("Smaller side's share of the classes, mean", "较小一侧占类别的比例，平均"),
    "least_balance": Text(
        "Smaller side's share of the classes, least", "较小一侧占类别的比例，最小"
    ),
    "take_part": Text("Share of classes that take part in a problem", "参与一个问题的类别比例"),
}
NOT_APPLICABLE = Text("n/a", "不适用")
CORRECTS_NONE = Text(
    "It corrects no error: one wrong answer can make another class win, or tie. {why}",
    "它不能纠正任何错误：一个错误的回答就可能让另一类胜出或并列。{why}",
)
DISTANCE_NEEDED = Text(
    "A least distance of 3 corrects one, of 5 two.",
    "最小距离为 3 可纠正一个错误，为 5 可纠正两个。",
)
DISTANCE_OF_ZEROS = Text(
    "A problem that leaves a class out counts a half in the distance, but its answer cannot be "
    "relied on to tell that class.",
    "某一类别不参与的问题在距离中按一半计，但它的回答不能用来识别该类别。",
)
REPAIRED = Text(
    "It was repaired: the one that scikit-learn draws with the same random_state has equal code "
    "words, problems that part no classes, or more repeated problems than need be.",
    "它经过修正：scikit-learn 用同一 random_state 抽取的码本里有相同的码字、"
    "不区分任何类别的问题，或本可避免的重复问题。",
)
CORRECTS = Text(
    "Up to {e} wrong answer{s} out of {problems} leave{v} Hamming decoding right, whichever they "
    "are.",
    "{problems} 个回答中任意错 {e} 个以内，汉明解码仍然正确。",
)
NEAREST = Text("Nearest: {pairs}{more}.", "最近的类别：{pairs}{more}。")
AND_MORE = Text(" and {n} more pairs", "，另有 {n} 对")
REPEATED = Text(
    "Problems that repeat another give the same answer again, and err together with it.",
    "重复的问题给出相同的回答，也会一同出错。",
)


def quality_text(quality: CodeQuality, language: Language | None = None) -> str:
    """Return the table as text."""
    language = language or default_language()
    return text_page(*_content(quality, language))


def quality_html(quality: CodeQuality, language: Language | None = None) -> str:
    """Return the table as a fragment of HTML."""
    language = language or default_language()
    return html_page(*_content(quality, language), language=language)


def _content(
    quality: CodeQuality, language: Language
) -> tuple[str, list[str], list[list[str]], list[str]]:
    title = TITLE.to(
        language,
        classes=quality.n_classes,
        problems=quality.n_problems,
        s="" if quality.n_problems == 1 else "s",
    )
    rows = [[label.to(language), _value(quality, name, language)] for name, label in ROWS.items()]
    return title, [cell.to(language) for cell in HEADER], rows, _notes(quality, language)


def _value(quality: CodeQuality, name: str, language: Language) -> str:
    value = getattr(quality, name)
    if value is None:
        return NOT_APPLICABLE.to(language)
    if name in ("balance", "least_balance", "take_part"):
        return f"{100 * value:.1f}%"
    return f"{value:.2f}" if name == "mean_row_distance" else f"{value:g}"


def _notes(quality: CodeQuality, language: Language) -> list[str]:
    errors = quality.errors_corrected
    why = DISTANCE_NEEDED if quality.take_part == 1 else DISTANCE_OF_ZEROS
    first = CORRECTS_NONE.to(language, why=why.to(language))
    if errors:
        first = CORRECTS.to(
            language,
            e=errors,
            s="" if errors == 1 else "s",
            v="s" if errors == 1 else "",
            problems=quality.n_problems,
        )
    pairs = [
        f"{shown_name(one)}–{shown_name(other)}"
        for one, other in quality.nearest_pairs[:MOST_PAIRS]
    ]
    rest = len(quality.nearest_pairs) - MOST_PAIRS
    more = AND_MORE.to(language, n=rest) if rest > 0 else ""
    joined = ("、" if language == "zh" else ", ").join(pairs)
    notes = [first, NEAREST.to(language, pairs=joined, more=more)]
    if quality.repeated_columns:
        notes.append(REPEATED.to(language))
    if quality.repaired:
        notes.append(REPAIRED.to(language))
    return notes
