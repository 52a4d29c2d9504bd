"""What a fit left behind, as plain numbers: the fitted models themselves are not kept."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Fit", "FitResult"]

Floats = NDArray[np.float64]

_CURVES = ("loss_curve", "validation_loss_curve", "gradients", "dead_shares", "saturated_shares")


class Fit(NamedTuple):
    """One fit of the plan: a candidate with one of its choices on one split.

    Attributes
    ----------
    candidate, choice : int
        Place of the candidate in the settings, and of the choice in the candidate.
    repeat, fold : int
        The split.
    key : str
        Hash of data, settings, candidate, choice, split and seed: equal keys have equal results.
    """

    candidate: int
    choice: int
    repeat: int
    fold: int
    key: str


class FitResult(NamedTuple):
    """What one fit gave.

    Attributes
    ----------
    score, validation_score : float
        On the test fold and on the validation rows, higher is better; NaN where the model's
        outputs are not finite.
    validation_loss : float
        Of the weights kept; infinite where there is none.
    guess : float
        Score on the test fold of the guess that ignores X.
    seconds, predict_seconds : float
        Time of the fit, and of predicting one row of the test fold, on one thread.
    n_parameters : int
        Numbers learnt.
    n_iter, best_epoch : int
        Epochs (or iterations) made, and the epoch whose weights were kept.
    at_limit : bool
        Whether learning was still under way at the last epoch allowed.
    loss_curve, validation_loss_curve : ndarray of shape (n_iter,)
        Loss after each epoch; empty for models without epochs.
    gradients : ndarray of shape (n_layers,)
        Typical root mean square gradient of each layer while learning; empty likewise.
    dead_share, saturated_share : float
        Shares of all hidden units; NaN for models that have none.
    dead_shares, saturated_shares : ndarray of shape (n_hidden_layers,)
        Shares of the units of each hidden layer; empty likewise.
    """

    score: float
    validation_score: float
    validation_loss: float
    guess: float
    seconds: float
    predict_seconds: float
    n_parameters: int
    n_iter: int
    best_epoch: int
    at_limit: bool
    loss_curve: Floats
    validation_loss_curve: Floats
    gradients: Floats
    dead_share: float
    saturated_share: float
    dead_shares: Floats
    saturated_shares: Floats

    @property
    def usable(self) -> bool:
        """Whether it learnt anything: outputs are finite on validation rows and test fold."""
        return bool(np.isfinite(self.validation_score) and np.isfinite(self.score))

    def to_json(self) -> str:
        """Return the result as JSON that `from_json` reads back bit for bit.

        Curves are base64 of little-endian float64: to write them as decimals took most of the time
        that it costs to keep a fit.
        """
        plain = self._asdict()
        for name in _CURVES:
            plain[name] = b64encode(plain[name].astype("<f8", copy=False).tobytes()).decode()
        return json.dumps(plain, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> FitResult:
        """Return what `to_json` wrote, now or when it still wrote curves as lists."""
        plain: dict[str, Any] = json.loads(text)
        for name in _CURVES:
            curve = plain[name]
            if isinstance(curve, str):
                curve = np.frombuffer(b64decode(curve), "<f8")
            plain[name] = np.array(curve, dtype=np.float64)
        return cls(**plain)
