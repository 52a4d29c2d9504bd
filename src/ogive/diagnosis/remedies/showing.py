"""A trial as text, as plain data, as a data frame and as HTML."""

from __future__ import annotations

import math
from typing import Any

from ogive.diagnosis.remedies import wording
from ogive.diagnosis.remedies.fragment import trial_fragment
from ogive.diagnosis.remedies.record import Trial, TriedRemedy
from ogive.diagnosis.remedies.table import table_lines
from ogive.linear.summary.layout import wrapped
from ogive.text import Language, Text, default_language

__all__ = ["trial_dict", "trial_frame", "trial_html", "trial_rows", "trial_text"]

WIDTH = 100
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
    rows += [_cells(trial, one, language) for one in trial.remedies]
    if not any(one.appeared for one in trial.remedies):
        header, rows = header[:-1], [row[:-1] for row in rows]
    return header, rows


def _cells(trial: Trial, tried: TriedRemedy, language: Language) -> list[str]:
    return [
        wording.change(tried.remedy.parameters, language),
        ", ".join(tried.codes),
        wording.NOTHING
        if tried.verdict == "failed"
        else wording.number(float(tried.scores.mean())),
        wording.difference_cell(tried),
        wording.verdict(trial, tried, language),
        ", ".join(tried.cleared),
        ", ".join(tried.appeared),
    ]


def trial_text(trial: Trial, language: Language | None = None, width: int = WIDTH) -> str:
    """Return table, sentences and notes as lines.

    Parameters
    ----------
    trial : Trial
    language : {"en", "zh"}, optional
        The locale's unless given.
    width : int, default=100
        Cells of a line at most; the table leaves columns out where it needs more.
    """
    language = language or default_language()
    lines = wrapped(wording.title(trial, language), width)
    if trial.remedies:
        lines += ["", *table_lines(*trial_rows(trial, language), width), ""]
        for one in trial.remedies:
            lines += wrapped(f"- {wording.sentence(trial, one, language)}", width, "  ")
    lines.append("")
    for note in wording.notes(trial, language):
        lines += wrapped(note, width)
    return "\n".join(lines)


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
