"""From the answers of the two-class models to scores of the classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit, logsumexp

from ogive.classification.codes.code_book_checks import Code
from ogive.classification.codes.code_quality import different_columns
from ogive.classification.codes.losses import LOSSES

__all__ = [
    "CERTAIN",
    "DECODINGS",
    "different_share",
    "euclidean_scores",
    "hamming_log_likelihoods",
    "hamming_scores",
    "log_likelihoods",
    "log_odds",
    "loss_scores",
]

Array = NDArray[np.float64]

DECODINGS = (
    "euclidean",
    "hamming",
    "loss",
    *(f"{name}_loss" for name in LOSSES),
    "probabilistic",
)
# An estimator that counts says 0 or 1 often, and is wrong at times: one bit must not be a veto.
CERTAIN = 1e-6
SMALLEST = 1e-300
LARGE = 300.0


def euclidean_scores(confidence: Array, target: Array) -> Array:
    """Return ``f @ t - |t|^2 / 2``, the larger the nearer the confidences f are to code word t.

    Parameters
    ----------
    confidence : ndarray of shape (n_samples, n_problems)
    target : ndarray of shape (n_classes, n_problems)
        The code book, on the scale of the confidences.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)
        Half of what the squared distance lacks to ``|f|^2``. Leaving that out, as it is common to
        all classes, keeps the digits of confidences far from the code book.
    """
    scores: Array = confidence @ target.T - (target**2).sum(axis=1) / 2
    return scores


def hamming_scores(positive: NDArray[np.bool_], code: Code) -> Array:
    """Return the number of answers that differ from each code word, as a negative number.

    Problems in which a class takes no part count a half.
    """
    answers = 2.0 * positive - 1.0
    scores: Array = (answers @ code.T.astype(np.float64) - code.shape[1]) / 2
    return scores


def loss_scores(margin: Array, code: Code, loss: str) -> Array:
    """Return the sum of losses against each code word, as a negative number.

    Parameters
    ----------
    margin : ndarray of shape (n_samples, n_problems)
        Positive for the positive side.
    code : ndarray of int8 of shape (n_classes, n_problems)
    loss : str
        One of `LOSSES`. For "exponential" it is the logarithm of the sum, which does not overflow.

    Notes
    -----
    ``sum over s of L(code[r, s] * f_s)`` (Allwein, Schapire and Singer, 2000); where a class takes
    no part, L(0).
    """
    positive, negative = (code > 0).astype(np.float64), (code < 0).astype(np.float64)
    absent = (code == 0).sum(axis=1).astype(np.float64)
    if loss == "exponential":
        most = np.abs(margin).max(axis=1, keepdims=True)
        sums = np.exp(-margin - most) @ positive.T + np.exp(margin - most) @ negative.T
        sums += absent * np.exp(-most)
        scores: Array = -np.log(np.maximum(sums, SMALLEST)) - most
        # Where margins are this large, small terms have vanished beside the largest.
        for i in np.flatnonzero(most[:, 0] > LARGE):
            scores[i] = -logsumexp(-code * margin[i], axis=1)
        return scores
    function = LOSSES[loss]
    scores = function(margin) @ positive.T + function(-margin) @ negative.T
    lost: Array = scores + absent * function(np.zeros(1))
    return -lost


def log_odds(probability: Array) -> Array:
    """Return the logarithm of the odds, finite at 0 and 1."""
    odds: Array = logit(np.clip(probability, CERTAIN, 1 - CERTAIN))
    return odds


def log_likelihoods(probability: Array, code: Code) -> Array:
    """Return the log-likelihood of each code word, its bits being taken as independent.

    Parameters
    ----------
    probability : ndarray of shape (n_samples, n_problems)
        Of the positive sides; taken as at least 1e-6 and at most 1 - 1e-6.
    code : ndarray of int8 of shape (n_classes, n_problems)

    Notes
    -----
    ``sum over s of log p_s`` or ``log (1 - p_s)``, and ``log (1 / 2)`` where a class takes no part.
    Problems that are equal or opposite to others are no evidence of their own: the sum is
    multiplied by the share of problems that are different.
    """
    p = np.clip(probability, CERTAIN, 1 - CERTAIN)
    scores = np.log(p) @ (code > 0).T.astype(np.float64)
    scores += np.log1p(-p) @ (code < 0).T.astype(np.float64)
    likelihoods: Array = scores - np.log(2.0) * (code == 0).sum(axis=1)
    return likelihoods * different_share(code)


def hamming_log_likelihoods(probability: Array, positive: NDArray[np.bool_], code: Code) -> Array:
    """Return the log-likelihood of each code word where all answers to a row are equally sure.

    Each is taken as right with the mean, over problems, of the probability of the side that was
    answered, so that a class is the more probable the fewer answers differ from its code word.
    """
    answered = np.where(positive, probability, 1 - probability).mean(axis=1)
    sure = log_odds(np.maximum(answered, 0.5))[:, None]
    return hamming_scores(positive, code) * sure * different_share(code)


def different_share(code: Code) -> float:
    """Return the share of columns that are not equal or opposite to one before them."""
    return float(len(different_columns(code)) / code.shape[1])
