"""A summary as plain data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import polars as pl

    from ogive.classification.summary.record import LogisticSummary

__all__ = ["summary_dict", "summary_frame"]

COEFFICIENTS = {
    "estimate": "estimates",
    "standard_error": "standard_errors",
    "z": "z",
    "p": "p",
    "low": "low",
    "high": "high",
    "odds_ratio": "odds_ratios",
    "odds_low": "odds_low",
    "odds_high": "odds_high",
}
OF_THE_FIT = (
    "level",
    "penalty",
    "n_samples",
    "n_observations",
    "model_degrees_of_freedom",
    "residual_degrees_of_freedom",
    "effective_degrees_of_freedom",
    "log_likelihood",
    "null_log_likelihood",
    "likelihood_ratio",
    "likelihood_ratio_p",
    "mcfadden",
    "nagelkerke",
    "aic",
    "bic",
)


def summary_frame(summary: LogisticSummary) -> pl.DataFrame:
    """Return one row for each class but the reference and each coefficient."""
    import polars as pl

    inference, terms, classes = summary.inference, summary.terms, summary.classes[1:].tolist()
    columns: dict[str, Any] = {
        "class": [one for one in classes for _ in terms],
        "term": list(terms) * len(classes),
    }
    columns |= {
        name: np.ascontiguousarray(getattr(inference, source)).reshape(-1)
        for name, source in COEFFICIENTS.items()
    }
    columns["estimable"] = np.tile(inference.estimable, len(classes))
    return pl.DataFrame(columns).with_columns(pl.col(*COEFFICIENTS).fill_nan(None))


def summary_dict(summary: LogisticSummary) -> dict[str, Any]:
    """Return everything, with None for what is not applicable."""
    inference = summary.inference
    return {
        **{name: _number(getattr(inference, name)) for name in OF_THE_FIT},
        "given_weights": inference.given,
        "fit_intercept": summary.fit_intercept,
        "reference": summary.classes[:1].tolist()[0],
        "equations": [
            {
                "class": label,
                "coefficients": [
                    {
                        "term": term,
                        **{
                            name: _number(getattr(inference, of)[i, j])
                            for name, of in COEFFICIENTS.items()
                        },
                        "estimable": bool(inference.estimable[j]),
                    }
                    for j, term in enumerate(summary.terms)
                ],
            }
            for i, label in enumerate(summary.classes[1:].tolist())
        ],
        "separation": summary.separation.to_dict(),
        "remarks": [{"code": remark.code, **remark.text._asdict()} for remark in summary.remarks],
    }


def _number(value: Any) -> float | int | None:
    plain = value.item() if isinstance(value, np.generic) else value
    number: float | int = plain
    return number if math.isfinite(number) else None
