"""A summary as plain data."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.linear.residual_shape import ResidualShape

if TYPE_CHECKING:
    import polars as pl

    from ogive.linear.summary.record import Summary

__all__ = ["summary_dict", "summary_frame"]

COEFFICIENTS = {
    "estimate": "estimates",
    "standard_error": "standard_errors",
    "t": "t",
    "p": "p",
    "low": "low",
    "high": "high",
}
OF_THE_FIT = (
    "residual_standard_error",
    "r_squared",
    "adjusted_r_squared",
    "f",
    "f_p",
    "log_likelihood",
    "aic",
    "bic",
    "digits",
)


def summary_frame(summary: Summary) -> pl.DataFrame:
    """Return one row for each target and coefficient."""
    import polars as pl

    inference, terms, targets = summary.inference, summary.terms, summary.target_names
    columns: dict[str, Any] = {
        "target": [target for target in targets for _ in terms],
        "term": list(terms) * len(targets),
    }
    columns |= {
        name: np.ascontiguousarray(getattr(inference, source)).reshape(-1)
        for name, source in COEFFICIENTS.items()
    }
    columns["estimable"] = np.tile(inference.estimable, len(targets))
    return pl.DataFrame(columns).with_columns(pl.col(*COEFFICIENTS).fill_nan(None))


def summary_dict(summary: Summary) -> dict[str, Any]:
    """Return everything, with None for what is not applicable."""
    inference = summary.inference
    return {
        "n_samples": inference.n_samples,
        "fit_intercept": summary.fit_intercept,
        "solver": summary.solver,
        "weighted": summary.weighted,
        "covariance": inference.covariance,
        "level": inference.level,
        "model_degrees_of_freedom": inference.model_degrees_of_freedom,
        "residual_degrees_of_freedom": inference.residual_degrees_of_freedom,
        "condition_number": _number(inference.condition_number),
        "dependencies": [
            {
                "column": summary.feature_names[dependency.column],
                "combination": {
                    summary.terms[0] if other < 0 else summary.feature_names[other]: factor
                    for other, factor in dependency.combination.items()
                },
            }
            for dependency in summary.dependencies
        ],
        "targets": [_target(summary, i) for i in range(len(summary.target_names))],
    }


def _target(summary: Summary, i: int) -> dict[str, Any]:
    inference, shape = summary.inference, summary.residuals
    record: dict[str, Any] = {"target": summary.target_names[i]}
    record |= {name: _number(getattr(inference, name)[i]) for name in OF_THE_FIT}
    record["coefficients"] = [
        {
            "term": term,
            **{name: _number(getattr(inference, of)[i, j]) for name, of in COEFFICIENTS.items()},
            "estimable": bool(inference.estimable[j]),
        }
        for j, term in enumerate(summary.terms)
    ]
    record["residuals"] = None
    if shape is not None:
        record["residuals"] = {
            field.name: _number(getattr(shape, field.name)[i]) for field in fields(ResidualShape)
        }
    record["remarks"] = [
        {"code": remark.code, **remark.text._asdict()} for remark in inference.remarks[i]
    ]
    return record


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
