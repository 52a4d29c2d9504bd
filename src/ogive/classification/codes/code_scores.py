"""Asking the two-class models what a decoding needs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_regressor

from ogive.classification.codes.code_book_checks import Code
from ogive.classification.codes.decoding import (
    DECODINGS,
    euclidean_scores,
    hamming_log_likelihoods,
    hamming_scores,
    log_likelihoods,
    log_odds,
    loss_scores,
)
from ogive.classification.problems import BinaryModels
from ogive.text import InputError, quoted

__all__ = ["check_decoding", "check_estimator", "log_likelihoods_of", "scores_of"]

Array = NDArray[np.float64]


def scores_of(models: BinaryModels, X: Any, code: Code, decoding: str) -> Array:
    """Return the scores of the classes, of shape (n_samples, n_classes); the highest wins.

    Where classes take no part in some problems, "euclidean" squashes the confidences to between -1
    and 1: a model that is far off with rows such as it never saw would outvote all others.
    """
    if decoding == "hamming":
        return hamming_scores(models.positive(X), code)
    if decoding == "probabilistic":
        return log_likelihoods_of(models, X, code, decoding)
    confidence, between = models.confidences(X), _between_0_and_1(models[0])
    if decoding == "euclidean":
        target = code.astype(np.float64)
        if (code == 0).any():
            confidence = np.clip(confidence, 0, 1) if between else np.tanh(confidence / 2)
        return euclidean_scores(confidence, (target + 1) / 2 if between else target)
    if between:
        confidence = 2 * confidence - 1 if is_regressor(models[0]) else log_odds(confidence)
    return loss_scores(confidence, code, decoding.removesuffix("_loss"))


def log_likelihoods_of(models: BinaryModels, X: Any, code: Code, decoding: str) -> Array:
    """Return the log-likelihoods of the code words, as far as the decoding tells bits apart."""
    probabilities = models.probabilities(X)
    if decoding == "hamming":
        return hamming_log_likelihoods(probabilities, models.positive(X), code)
    return log_likelihoods(probabilities, code)


def _between_0_and_1(model: Any) -> bool:
    """Return whether confidences lie about 0 and 1, not about -1 and 1."""
    return is_regressor(model) or not hasattr(model, "decision_function")


def check_estimator(estimator: Any) -> None:
    """Refuse estimators that tell no confidence."""
    tells = any(hasattr(estimator, name) for name in ("decision_function", "predict_proba"))
    if tells or is_regressor(estimator):
        return
    raise InputError(
        f"estimator {type(estimator).__name__} has neither decision_function nor predict_proba and "
        "is no regressor: the answers need a confidence. Wrap it in CalibratedClassifierCV, or use "
        "another.",
        f"estimator {type(estimator).__name__} 既没有 decision_function 也没有 predict_proba，"
        "又不是回归器：回答需要置信度。请用 CalibratedClassifierCV 包装，或换一个估计器。",
    )


def check_decoding(decoding: Any, estimator: Any) -> None:
    """Refuse decodings that there are not, and those for which the estimator lacks something."""
    if decoding not in DECODINGS:
        raise InputError(
            f"decoding {quoted(str(decoding))} is unknown: use one of {', '.join(DECODINGS)}.",
            f"没有名为 {quoted(str(decoding))} 的 decoding：可用 {'、'.join(DECODINGS)}。",
        )
    if decoding == "probabilistic" and not hasattr(estimator, "predict_proba"):
        raise InputError(
            f"decoding='probabilistic' needs predict_proba, which {type(estimator).__name__} has "
            "not. Use 'loss' or 'euclidean', or an estimator with probabilities.",
            f"decoding='probabilistic' 需要 predict_proba，而 {type(estimator).__name__} 没有。"
            "请用 'loss' 或 'euclidean'，或使用带概率的估计器。",
        )
