"""A trial as text, as plain data, as a data frame and as HTML."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from ogive.diagnosis.remedies import wording
from ogive.diagnosis.remedies.fragment import trial_fragment
from ogive.diagnosis.remedies.record import Trial, TriedRemedy
from ogive.linear.summary.layout import pad, wrapped
from ogive.text import Language, Text, default_language

__all__ = ["trial_dict", "trial_frame", "trial_html", "trial_rows", "trial_text"]

WIDTH = 100
WIDEST_CHANGE = 30
HEADER = (
    Text("Change", "改动"),
    Text("For", "针对"),
    Text("Mean score", "平均得分"),
    Text("Difference [{percent} %]", "差值 [{percent}%]"),
    Text("Verdict", "结论"),
    Text("Gone", "已消除"),
    Text("New", "新出现"),
)
PATIENT = Text("none: the network as it is", "无：原网络")


def trial_rows(trial: Trial, language: Language) -> tuple[list[str], list[list[str]]]:
    """Return header and cells of the table, the patient first.

    The column of new findings is there only where there are any.
    """
    percent = f"{100 * trial.confidence:g}"
    header = [one.to(language, percent=percent) for one in HEADER]
    mean = float(trial.patient_scores.mean()) if trial.patient_scores.size else math.nan
    rows = [[PATIENT.to(language), "", wording.number(mean), "", "", "", ""]]
    rows += [_cells(one, language) for one in trial.remedies]
    if not any(one.appeared for one in trial.remedies):
        header, rows = header[:-1], [row[:-1] for row in rows]
    return header, rows


def _cells(tried: TriedRemedy, language: Language) -> list[str]:
    return [
        wording.change(tried.remedy.parameters, language),
        ", ".join(tried.codes),
        wording.NOTHING
        if tried.verdict == "failed"
        else wording.number(float(tried.scores.mean())),
        wording.difference_cell(tried),
        wording.VERDICTS[tried.verdict].to(language),
        ", ".join(tried.cleared),
        ", ".join(tried.appeared),
    ]


def trial_text(trial: Trial, language: Language | None = None) -> str:
    """Return table, sentences and notes as lines.

    Parameters
    ----------
    trial : Trial
    language : {"en", "zh"}, optional
        The locale's unless given.
    """
    language = language or default_language()
    lines = wrapped(wording.title(trial, language), WIDTH)
    if trial.remedies:
        lines += ["", *_table(*trial_rows(trial, language)), ""]
        for one in trial.remedies:
            lines += wrapped(f"- {wording.sentence(trial, one, language)}", WIDTH, "  ")
    lines.append("")
    for note in wording.notes(trial, language):
        lines += wrapped(note, WIDTH)
    return "\n".join(lines)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Set the table; changes and codes break into lines of their cell, numbers never."""
    broken = [[_in_lines(j, cell) for j, cell in enumerate(row)] for row in rows]
    widths = [
        max(cell_len(line) for cell in [[title], *(row[j] for row in broken)] for line in cell)
        for j, title in enumerate(header)
    ]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    lines = [rule, _line(header, widths), rule]
    for row in broken:
        height = max(map(len, row))
        filled = [[*cell, *[""] * (height - len(cell))] for cell in row]
        lines += [_line(cells, widths) for cells in zip(*filled, strict=True)]
    return [*lines, rule]


def _in_lines(column: int, cell: str) -> list[str]:
    if column == 0:
        return wrapped(cell, WIDEST_CHANGE) or [""]
    if column in (1, 5, 6):
        return cell.split(", ")
    return [cell]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    numbers = (2, 3)
    parts = [pad(cell, widths[j], right=j in numbers) for j, cell in enumerate(cells)]
    return "  ".join(parts).rstrip()


def trial_html(trial: Trial, language: Language) -> str:
    """Return the trial as a fragment of HTML, for notebooks and reports."""
    return trial_fragment(trial, language, *trial_rows(trial, language))


def trial_dict(trial: Trial, language: Language = "en") -> dict[str, Any]:
    """Return the trial as plain data that JSON takes; what is not known is None."""
    return {
        "score_name": trial.score_name,
        "patient_scores": trial.patient_scores.tolist(),
        "constant_score": _known(trial.constant_score),
        "n_patient_failed": trial.n_patient_failed,
        "n_seeds": trial.n_seeds,
        "n_rows": trial.n_rows,
        "n_left_out": trial.n_left_out,
        "n_train": trial.n_train,
        "n_test": trial.n_test,
        "confidence": trial.confidence,
        "seconds": trial.seconds,
        "remedies": [_remedy_dict(trial, one, language) for one in trial.remedies],
        "notes": wording.notes(trial, language),
    }


def _remedy_dict(trial: Trial, tried: TriedRemedy, language: Language) -> dict[str, Any]:
    return {
        "codes": list(tried.codes),
        "remedy": tried.remedy.to_dict(language),
        "scores": [_known(score) for score in tried.scores.tolist()],
        "difference": _known(tried.difference),
        "low": _known(tried.low),
        "high": _known(tried.high),
        "verdict": tried.verdict,
        "cleared": list(tried.cleared),
        "appeared": list(tried.appeared),
        "n_failed": tried.n_failed,
        "sentence": wording.sentence(trial, tried, language),
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def trial_frame(trial: Trial) -> Any:
    """Return one row a remedy as a polars DataFrame."""
    import polars as pl

    schema: dict[str, Any] = {
        "remedy": pl.String,
        "change": pl.String,
        "codes": pl.List(pl.String),
        "score": pl.Float64,
        "patient_score": pl.Float64,
        "difference": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "verdict": pl.String,
        "cleared": pl.List(pl.String),
        "appeared": pl.List(pl.String),
        "n_failed": pl.Int64,
    }
    mean = _known(float(trial.patient_scores.mean())) if trial.patient_scores.size else None
    rows = [
        (
            one.remedy.key,
            wording.change(one.remedy.parameters, "en"),
            list(one.codes),
            _known(float(one.scores.mean())),
            mean,
            _known(one.difference),
            _known(one.low),
            _known(one.high),
            one.verdict,
            list(one.cleared),
            list(one.appeared),
            one.n_failed,
        )
        for one in trial.remedies
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")
