"""Writes what a linear regression found, and whether to trust it, as one HTML file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.findings import Severity
from ogive.report.environment import describe_environment
from ogive.report.page import render_page, typographic, write_page
from ogive.report.regression_figures import make_figures
from ogive.report.regression_texts import TEXTS
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.linear import AssumptionReport, LinearRegression
    from ogive.linear.inference import Inference

__all__ = ["render_regression_report", "write_regression_report"]

MARKS: dict[Severity, str] = {"issue": "✕", "tip": "!", "passed": "✓", "not applicable": "–"}
CLASSES: dict[Severity, str] = {
    "issue": "issue",
    "tip": "tip",
    "passed": "passed",
    "not applicable": "none",
}
NO_MATTER = frozenset({"copy_X", "keep_rows", "n_jobs"})
STEPWISE = frozenset({"batch_size", "learning_rate", "max_iter", "shuffle", "random_state"})


def write_regression_report(
    model: LinearRegression,
    path: str | PathLike[str],
    language: Language = "en",
    **options: Any,
) -> None:
    """Write a report on a fitted regression as one HTML file that needs no connection.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    path : str or path-like
        The file; an older one is replaced once the new one is complete.
    language : {"en", "zh"}, default="en"
        Language of the report.
    **options
        Those of `render_regression_report`.

    Raises
    ------
    InputError
        Where the file cannot be written, and for bad options.
    """
    write_page(render_regression_report(model, language, **options), Path(path))


def render_regression_report(
    model: LinearRegression,
    language: Language = "en",
    *,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    target: int = 0,
    covariance: str = "nonrobust",
    level: float = 0.95,
    assumptions: AssumptionReport | None = None,
    data_name: str = "",
    facts: Sequence[tuple[Text, str]] = (),
    references: Mapping[str, str] | None = None,
    notices: Sequence[Text] = (),
    command: str = "",
    dates: Collection[str] = (),
) -> str:
    """Return a report on a fitted regression as HTML text.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    language : {"en", "zh"}, default="en"
        Language of the report.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none.
    target : int, default=0
        Which of several targets the figures are about.
    covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3"}, default="nonrobust"
        How to estimate standard errors.
    level : float, default=0.95
        Of intervals and bands.
    assumptions : AssumptionReport, optional
        What the checks found; by default ``model.check_assumptions()``.
    data_name : str, optional
        What the table is called.
    facts : sequence of tuple of Text and str, optional
        What else to say about the data, as names and values.
    references : mapping of str to str, optional
        The reference level of each column that stands for categories.
    notices : sequence of Text, optional
        Remarks on the data.
    command : str, optional
        The command that made the report.
    dates : collection of str, optional
        Features that count days since 1970 and are drawn as dates.

    Returns
    -------
    str
    """
    rows = {"X": X, "y": y, "sample_weight": sample_weight}
    summary = model.summary(**rows, covariance=covariance, level=level, language=language)
    found = model.check_assumptions(**rows) if assumptions is None else assumptions
    target_name = summary.target_names[target]
    descent = getattr(model, "descent_", None)
    told = [] if descent is None or descent.text is None else [descent.text]
    title = TEXTS["title_named" if data_name else "title"]
    return render_page(
        "ogive.report",
        "regression.html.j2",
        title=title.to(language, target=target_name, name=data_name),
        language=language,
        text={key: text.to(language) for key, text in TEXTS.items()},
        verdict=_verdict(summary.inference, target, target_name, found, language),
        cautions=[text.to(language) for text in (*told, *(one.title for one in found.issues))],
        notices=[notice.to(language) for notice in notices],
        summary=summary.html(language),
        conditions=_conditions(found, language),
        conditions_note=TEXTS["conditions_note"].to(language, level=found.significance or 0.05),
        figures=make_figures(model, language, rows, target, target_name, level, dates),
        data=_data(model, target, target_name, facts, references or {}, language),
        settings=[
            *_parameters(model),
            ("covariance", covariance),
            ("level", f"{level:g}"),
        ],
        environment=[
            (TEXTS[name].to(language) if name in TEXTS else name, value)
            for name, value in describe_environment().items()
        ],
        command=command,
        style=(files("ogive.report") / "assets" / "regression.css").read_text(encoding="utf-8"),
    )


def _parameters(model: LinearRegression) -> list[tuple[str, str]]:
    """Return the parameters of the model that its numbers depend on."""
    without = NO_MATTER if model.solver == "gd" else NO_MATTER | STEPWISE
    return [(name, str(v)) for name, v in model.get_params().items() if name not in without]


def _verdict(
    inference: Inference,
    target: int,
    target_name: str,
    found: AssumptionReport,
    language: Language,
) -> str:
    share = float(inference.r_squared[target])
    known = np.isfinite(share)
    first = TEXTS["explained" if known else "not_explained"].to(
        language, target=target_name, share=_percent(share, language) if known else ""
    )
    n = len(found.issues)
    second = TEXTS["trusted" if n == 0 else "one_issue" if n == 1 else "issues"].to(language, n=n)
    return first + second


def _percent(share: float, language: Language) -> str:
    """Return a share that is 100% only where it is exactly."""
    written = f"{100 * share:.1f}%"
    if written == "100.0%":
        return "100%" if share == 1 else TEXTS["nearly_all"].to(language)
    return f"{100 * share:.2g}%" if share < 0.001 else written


def _conditions(found: AssumptionReport, language: Language) -> list[dict[str, Any]]:
    from ogive.linear.assumptions.record import CONDITIONS, VERDICTS

    conditions = []
    for number, name in CONDITIONS.items():
        results = [one for one in found if one.condition == number]
        counts = Counter(one.severity for one in results)
        worst: Severity = next((v for v in MARKS if counts[v]), "not applicable")
        conditions.append(
            {
                "number": number,
                "name": name.to(language),
                "mark": MARKS[worst],
                "verdict": VERDICTS[worst].to(language),
                "kind": CLASSES[worst],
                "results": [
                    {
                        "code": one.code,
                        "mark": MARKS[one.severity],
                        "kind": CLASSES[one.severity],
                        "verdict": VERDICTS[one.severity].to(language),
                        "target": one.target,
                        "title": one.title.to(language),
                        "meaning": _typographic_words(one.meaning.to(language)),
                        "remedy": _typographic_words(one.remedy.to(language)),
                        "open": one.severity in ("issue", "tip"),
                    }
                    for one in results
                ],
            }
        )
    return conditions


def _typographic_words(text: str) -> str:
    """Set the minus signs of the numbers in a sentence as such."""
    words = text.split(" ")
    return " ".join(
        "\u2212" + word[1:] if word[:1] == "-" and word[1:2].isdigit() else word for word in words
    )


def _data(
    model: LinearRegression,
    target: int,
    target_name: str,
    facts: Sequence[tuple[Text, str]],
    references: Mapping[str, str],
    language: Language,
) -> list[tuple[str, str]]:
    solution = model.solution_
    described = [
        (TEXTS["rows"], f"{solution.n_samples:,}"),
        *facts,
        (TEXTS["features"], f"{solution.n_features:,}"),
        (TEXTS["target"], target_name),
    ]
    weighted = solution.sum_of_weights != solution.n_samples or solution.sum_of_log_weights != 0
    if weighted:
        described.append((TEXTS["weights"], TEXTS["weighted"].to(language)))
    if solution.fit_intercept:
        spread = np.sqrt(solution.total_sum_of_squares[target] / solution.sum_of_weights)
        moments = TEXTS["target_moments"].to(
            language, mean=f"{solution.target_means[target]:.5g}", deviation=f"{spread:.4g}"
        )
        described.append((TEXTS["target_values"], typographic(moments)))
    if references:
        separator = "；" if language == "zh" else "; "
        named = separator.join(
            TEXTS["reference"].to(language, column=column, level=level)
            for column, level in references.items()
        )
        described.append((TEXTS["references"], named))
    return [(name.to(language), value) for name, value in described]
