"""What is logged of a comparison, as MLflow has it: parameters, tags and metrics."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.comparison.rows import Row
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.comparison.outcome import Outcome
    from ogive.comparison.result import Comparison

__all__ = [
    "candidate_metrics",
    "candidate_parameters",
    "identity_of",
    "metrics_of",
    "parameters_of",
    "split_metrics",
    "tags_of",
]

LONGEST = 500
"""Characters of a parameter: what every MLflow accepts."""
LONGEST_TAG = 5000

_TIMES = ("seconds", "predict_seconds")
_SCORES = ("score", "score_low", "score_high")
_DIFFERENCES = ("difference", "difference_low", "difference_high")
_NUMBERS = (
    "rank",
    "p_holm",
    "p_better",
    "p_equivalent",
    "p_worse",
    "chosen",
    "chosen_splits",
    "epochs",
    "n_parameters",
    "dead_share",
    "saturated_share",
    "gradient_ratio",
    "n_at_limit",
    "n_failed",
    "n_diverged",
    *_TIMES,
)


def identity_of(comparison: Comparison) -> str:
    """Return what a comparison is found again by: the same data and settings, the same identity.

    How many repeats were made is no part of it: a comparison that went on is still the same.
    """
    plain = comparison.to_dict()
    settings = {**plain["settings"], "rope": comparison.settings.rope}
    settings.pop("n_repeats", None)
    first = [outcomes[0].score for outcomes in comparison.outcomes]
    parts = [plain["task"], plain["data"], plain["data_name"], settings]
    text = json.dumps([*parts, comparison.guesses[0], first], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def parameters_of(comparison: Comparison) -> dict[str, str]:
    """Return the settings; what repeats were made is a metric, as it may grow."""
    settings = dict(comparison.to_dict()["settings"])
    for name in ("n_repeats", "candidates", "scoring", "rope"):
        settings.pop(name, None)
    data = comparison.data
    chosen: dict[str, Any] = {
        "task": comparison.task,
        "scoring": comparison.scoring,
        "candidates": list(comparison.settings.labels),
        "rope": "1 % of the scale"
        if comparison.settings.rope is None
        else comparison.settings.rope,
        "target": data.target,
        "n_rows": data.n_rows,
        "n_columns": data.n_columns,
        "n_missing": data.n_missing,
        **settings,
    }
    return {name: _cut(_written(value), LONGEST) for name, value in chosen.items()}


def tags_of(comparison: Comparison, language: Language = "en") -> dict[str, str]:
    """Return where the comparison comes from and what came out, in words."""
    sentences = [comparison.verdict, *comparison.reasons, *comparison.cautions]
    tags = {
        "ogive.identity": identity_of(comparison),
        "ogive.best": comparison.best,
        "ogive.command": comparison.command,
        "ogive.engine": comparison.engine,
        "mlflow.note.content": "\n\n".join(text.to(language) for text in sentences),
    }
    optional = {
        "ogive.data_fingerprint": comparison.fingerprint,
        "ogive.data_name": comparison.data_name,
        "ogive.stored_run": comparison.run,
    }
    tags |= {name: str(value) for name, value in optional.items() if value is not None}
    tags |= {
        f"ogive.environment.{name.replace(' ', '_')}": value
        for name, value in comparison.environment.items()
    }
    return {name: _cut(value, LONGEST_TAG) for name, value in tags.items() if value}


def metrics_of(comparison: Comparison) -> dict[str, float]:
    """Return the numbers of the whole comparison."""
    best, shown = comparison.rows()[0], comparison.score.shown
    found = {
        "best_score": shown(best.score),
        "guess_score": shown(float(np.mean(comparison.guesses))),
        "n_repeats": float(comparison.settings.n_repeats),
        "n_splits_made": float(len(comparison.guesses)),
        "rope_width": comparison.rope,
        "wall_seconds": comparison.seconds,
    }
    return _known(found)


def candidate_parameters(comparison: Comparison, label: str) -> dict[str, str]:
    """Return what one candidate is."""
    candidate = next(one for one in comparison.settings.candidates if one.label == label)
    chosen = {
        "candidate": label,
        "choices": [choice.value for choice in candidate.choices],
        "parameter": candidate.parameter,
        **{f"factor.{name}": value for name, value in candidate.factors.items()},
    }
    return {name: _cut(_written(value), LONGEST) for name, value in chosen.items() if value}


def candidate_metrics(comparison: Comparison, row: Row) -> dict[str, float]:
    """Return what the table tells of one candidate; scores as people read them, errors positive."""
    score, record = comparison.score, asdict(row)
    found = {name: float(record[name]) for name in _NUMBERS}
    found |= {name: score.shown(record[name]) for name in _SCORES}
    found |= {name: score.shown_difference(record[name]) for name in _DIFFERENCES}
    if not score.greater_is_better:  # the ends of an interval change places with the sign
        for name in ("score", "difference"):
            low, high = found[f"{name}_low"], found[f"{name}_high"]
            found[f"{name}_low"], found[f"{name}_high"] = high, low
    return _known(found)


def split_metrics(comparison: Comparison, outcome: Outcome) -> dict[str, float]:
    """Return what one candidate did on one split."""
    shown = comparison.score.shown
    found = {
        "split_score": shown(outcome.score),
        "split_validation_score": shown(outcome.validation_score),
        "split_seconds": outcome.seconds,
        "split_best_epoch": float(outcome.best_epoch),
    }
    return _known(found)


def _known(metrics: dict[str, float]) -> dict[str, float]:
    """Leave out what is not a finite number, which databases cannot keep."""
    return {name: value for name, value in metrics.items() if math.isfinite(value)}


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
