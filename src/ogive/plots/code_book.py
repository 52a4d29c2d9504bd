"""A code book as a grid: which classes stand on which side of each two-class problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.grid import bars, cell_size, cells, note
from ogive.plots.theme import finish
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.classification.codes.decoded_row import DecodedRow

__all__ = ["code_book"]

PROBLEM = Text("Two-class problem", "二分类问题")
CLASS = Text("Class", "类别")
SIDES = (
    Text("+1, positive side", "+1，正类一侧"),
    Text("−1, negative side", "−1，负类一侧"),
    Text("0, takes no part", "0，不参与"),
)
SIDE = Text("side", "所在一侧")
ANSWERS = Text("answers", "回答")
DISTANCE = Text("Distance to the answers", "与回答的距离")
NEAREST = Text(
    "Least distance of two code words: {distance} ({pairs}). Errors corrected: {errors}.",
    "码字间最小距离：{distance}（{pairs}）。可纠正错误：{errors} 个。",
)
PAIR = Text("{a} and {b}", "{a} 与 {b}")
JOIN = Text(", ", "、")
FRAMED = Text("Framed: the nearest pair of code words.", "红框：距离最近的一对码字。")
DECODED = Text(
    "Decided: {winner}. Framed: answers that differ from its code word ({wrong} of {all}).",
    "判定：{winner}。红框：与其码字不同的回答（{all} 个中有 {wrong} 个）。",
)
MOST_CLASSES, MOST_PROBLEMS = 60, 120
SIDE_PIXELS = 480


def code_book(
    code: Any,
    *,
    classes: Sequence[Any] | None = None,
    language: Language = "en",
) -> alt.TopLevelMixin:
    """Draw a code book, with the two code words that are nearest framed.

    Parameters
    ----------
    code : OutputCodeClassifier, DecodedRow, array-like or sequence of str
        A fitted classifier; or one row decoded by its ``explain_row``, of which the answers stand
        above the code words and the distances beside them; or a code book as the classifier takes
        it, such as ``["AB|CD", "AC|BD"]``.
    classes : sequence of shape (n_classes,), optional
        Names of the rows, where a code book is given as a table; by default their positions.
    language : {"en", "zh"}, default="en"
        Language of the titles.

    Raises
    ------
    InputError
        For a code book that cannot tell the classes apart, and for more than 60 classes or 120
        problems.
    """
    from ogive.classification.codes.code_quality import quality_of
    from ogive.classification.codes.decoded_row import DecodedRow

    row = code if isinstance(code, DecodedRow) else None
    book, names = _book(code, classes)
    if len(names) > MOST_CLASSES or book.shape[1] > MOST_PROBLEMS:
        raise InputError(
            f"A code book of {len(names)} classes and {book.shape[1]} problems has no room; up to "
            f"{MOST_CLASSES} and {MOST_PROBLEMS} have. Give some of its rows and columns.",
            f"{len(names)} 个类别、{book.shape[1]} 个问题的码本放不下；最多 {MOST_CLASSES} 个类别、"
            f"{MOST_PROBLEMS} 个问题。请只给出其中一部分行和列。",
        )
    quality = quality_of(book, names)
    pairs = [PAIR.to(language, a=a, b=b) for a, b in quality.nearest_pairs[:3]]
    if len(quality.nearest_pairs) > 3:
        pairs.append("…")
    said = [
        NEAREST.to(
            language,
            distance=f"{quality.row_distance:g}",
            pairs=JOIN.to(language).join(pairs),
            errors=quality.errors_corrected,
        )
    ]
    if row is None:
        said.append(FRAMED.to(language))
        framed = np.zeros(book.shape, dtype=np.bool_)
        framed[[names.index(name) for name in quality.nearest_pairs[0]]] = True
    else:
        differ = (book[row.winner] != 0) & (book[row.winner] != row.answers)
        said.append(
            DECODED.to(
                language, winner=names[row.winner], wrong=int(differ.sum()), all=book.shape[1]
            )
        )
        framed = np.zeros((len(names) + 1, book.shape[1]), dtype=np.bool_)
        framed[0] = differ
        book = np.vstack([row.answers, book])
    rows = names if row is None else [f"— {ANSWERS.to(language)} —", *names]
    chart = _grid(book, rows, framed, language, answered=row is not None)
    if row is not None:
        chart = alt.hconcat(chart, _distances(row, rows, names, language), spacing=12)
    return finish(chart.properties(title=note(said)))


def _book(code: Any, classes: Sequence[Any] | None) -> tuple[NDArray[np.int8], list[str]]:
    from ogive.classification.codes.code_book_checks import check_code_book
    from ogive.classification.codes.code_quality import code_quality
    from ogive.classification.codes.decoded_row import DecodedRow

    if isinstance(code, DecodedRow):
        return code.code, groups.shown_labels(code.classes)
    if hasattr(code, "fit"):
        if not hasattr(code, "code_book_"):
            raise InputError(
                f"{type(code).__name__} has no code book yet; fit it first.",
                f"{type(code).__name__} 还没有码本；请先拟合。",
            )
        return check_code_book(code.code_book_, code.classes_), groups.shown_labels(
            list(code.classes_)
        )
    names = list(classes) if classes is not None else list(code_quality(code).classes)
    return check_code_book(code, names), groups.shown_labels(names)


def _grid(
    book: NDArray[np.int8],
    rows: list[str],
    framed: NDArray[np.bool_],
    language: Language,
    *,
    answered: bool,
) -> Any:
    columns = [f"f{j + 1}" for j in range(book.shape[1])]
    kinds = [side.to(language) for side in SIDES]
    if not (book == 0).any():
        kinds = kinds[:2]
    records = [
        {
            "row": rows[i],
            "column": columns[j],
            "kind": kinds[{1: 0, -1: 1, 0: 2}[int(book[i, j])]],
            "text": {1: "+1", -1: "−1", 0: "0"}[int(book[i, j])],
            "framed": bool(framed[i, j]),
        }
        for i in range(book.shape[0])
        for j in range(book.shape[1])
    ]
    return cells(
        records,
        rows,
        columns,
        (PROBLEM.to(language), CLASS.to(language)),
        kinds,
        (
            cell_size(len(columns), SIDE_PIXELS - (80 if answered else 0), 52),
            cell_size(len(rows), SIDE_PIXELS, 32),
        ),
        [
            alt.Tooltip("row:N", title=CLASS.to(language)),
            alt.Tooltip("column:N", title=PROBLEM.to(language)),
            alt.Tooltip("kind:N", title=SIDE.to(language)),
        ],
    )


def _distances(row: DecodedRow, rows: list[str], names: list[str], language: Language) -> Any:
    records = [
        {"row": name, "value": float(d), "text": f"{d:g}", "best": i == row.winner}
        for i, (name, d) in enumerate(zip(names, row.distances, strict=True))
    ]
    title = DISTANCE.to(language)
    tooltip = [
        alt.Tooltip("row:N", title=CLASS.to(language)),
        alt.Tooltip("value:Q", title=title),
    ]
    return bars(records, rows, title, cell_size(len(rows), SIDE_PIXELS, 32), tooltip)
