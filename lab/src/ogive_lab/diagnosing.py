"""A network that a page has trained, diagnosed by the library; runs in a worker process."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.text import InputError, Text
from ogive_lab.worker import Report

if TYPE_CHECKING:
    from ogive.diagnosis import DiagnosisFinding
    from ogive.network.base import BaseMLP

__all__ = ["diagnose_network"]


def diagnose_network(
    network: Mapping[str, Any], report: Report, stopped: Callable[[], bool]
) -> dict[str, Any]:
    """Diagnose a network given by its weights.

    Parameters
    ----------
    network : mapping
        What `ogive_lab.api.networks.PageNetwork` holds.
    report, stopped : callable
        As jobs are given them; a diagnosis is made in one go.

    Returns
    -------
    dict
        ``findings``, in the order of the library, each with its texts in both languages.

    Raises
    ------
    InputError
        If the numbers do not fit together.
    """
    from ogive import diagnose

    X, y = _rows(network, "X", "y")
    held = _rows(network, "X_validation", "y_validation") if network["X_validation"] else None
    estimator = _rebuilt(network, X, y)
    found = diagnose(estimator, X, y, validation_data=held).findings
    return {"findings": [_told(one) for one in found]}


def _rows(network: Mapping[str, Any], name: str, target: str) -> tuple[Any, Any]:
    rows, y = _matrix(network[name], name), np.asarray(network[target])
    if len(y) != len(rows):
        raise InputError(
            f"{name} has {len(rows)} rows, but there are {len(y)} targets for them.",
            f"{name} 有 {len(rows)} 行，目标值却有 {len(y)} 个。",
        )
    classes = network["estimator"] == "MLPClassifier"
    return rows, y.astype(np.int64) if classes else y


def _rebuilt(network: Mapping[str, Any], X: Any, y: Any) -> BaseMLP:
    """Return a fitted estimator with the page's weights and course."""
    import ogive
    from ogive.activations import activation

    coefs = [_matrix(one, "coefs") for one in network["coefs"]]
    intercepts = [np.asarray(one, np.float64) for one in network["intercepts"]]
    kind: Any = getattr(ogive, network["estimator"])
    functions = [activation(one["name"], **one["parameters"]) for one in network["activations"]]
    estimator: Any = kind(
        hidden_layer_sizes=tuple(len(one) for one in intercepts[:-1]),
        activation=functions,
        max_iter=1,
        **network["parameters"],
    )
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # one epoch, whose weights are not used
        estimator.fit(X, y)
    _check_shapes(coefs, intercepts, estimator)
    estimator.coefs_, estimator.intercepts_ = coefs, intercepts
    # What the solver was left with belongs to the epoch just fitted, not to these weights.
    for name in ("_core", "_optimizer"):
        estimator.__dict__.pop(name, None)
    epochs = network["epochs"]
    estimator.max_iter = max(epochs, 1)
    estimator.n_iter_ = estimator.best_iter_ = epochs
    estimator.loss_curve_ = list(network["loss_curve"])
    estimator.loss_ = estimator.loss_curve_[-1] if estimator.loss_curve_ else float("nan")
    estimator.validation_loss_curve_ = list(network["validation_loss_curve"]) or None
    estimator.validation_scores_ = list(network["validation_scores"]) or None
    estimator.converged_ = False
    estimator.nonfinite_ = _nonfinite(network["nonfinite"], len(coefs), epochs)
    fitted: BaseMLP = estimator
    return fitted


def _nonfinite(met: bool, n_layers: int, epochs: int) -> Any:
    from ogive.network.history import NonFinite

    return NonFinite(epochs + 1, n_layers) if met else None


def _matrix(given: Any, name: str) -> Any:
    try:
        matrix = np.asarray(given, np.float64)
    except ValueError:
        matrix = np.empty(0)
    if matrix.ndim != 2 or not matrix.size:
        raise InputError(f"{name} must hold rows of equal length.", f"{name} 必须由等长的行组成。")
    return matrix


def _check_shapes(coefs: Sequence[Any], intercepts: Sequence[Any], estimator: Any) -> None:
    got = [one.shape for one in coefs], [len(one) for one in intercepts]
    wanted = [one.shape for one in estimator.coefs_], [len(one) for one in estimator.intercepts_]
    if got != wanted:
        raise InputError(
            f"the weights have the shapes {got[0]}, where rows, layers and classes ask for "
            f"{wanted[0]}.",
            f"权重的形状为 {got[0]}，而按数据、层和类别应为 {wanted[0]}。",
        )


def _told(finding: DiagnosisFinding) -> dict[str, Any]:
    from ogive.diagnosis.finding import CODES

    return {
        "code": finding.code,
        "name": _both(CODES[finding.code]),
        "severity": finding.severity,
        "kind": finding.kind,
        "layer": finding.layer,
        "title": _both(finding.title),
        "meaning": _both(finding.meaning),
        "remedy": _both(finding.remedy),
        "remedies": [
            {"key": one.key, "text": _both(one.text), "effect": one.effect and _both(one.effect)}
            for one in finding.remedies
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
