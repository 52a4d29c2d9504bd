"""Diagnoses whose findings name remedies of a test's choice, and small tables."""

from __future__ import annotations

import numpy as np
from sklearn.utils.validation import _num_samples

import ogive
from ogive.diagnosis.diagnosis import Diagnosis
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

SAID = Text("Said.", "说明。")
QUICK = {"batch_size": 32, "max_iter": 15, "learning_rate_init": 0.01, "random_state": 0}


def remedy(**parameters):
    key = "+".join(parameters)
    return Remedy(key, Text(f"Set {key}.", f"设置 {key}。"), parameters)


def finding(code, *remedies, severity="issue"):
    named = tuple(remedy(**one) if isinstance(one, dict) else one for one in remedies)
    return DiagnosisFinding(code, severity, SAID, SAID, SAID, remedies=named)


def diagnosed(model, X, y, *findings, framework="ogive"):
    measured = Measurements(
        framework, type(model).__name__, "unknown", _num_samples(X), True, (), None, None
    )
    return Diagnosis(list(findings), measured, Thresholds(), model, (X, y))


def three_classes(n=120, seed=0):
    """Return rows of three classes around centres that a straight line does not separate."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 3
    centres = np.array([[0, 0, 0, 0], [2, 2, 0, 1], [-2, -2, 1, 0]], dtype=float)
    return centres[y] + rng.normal(size=(n, 4)), y


def curve(n=120, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    return X, np.sin(X[:, 0]) + 0.5 * X[:, 1] ** 2 + 0.1 * rng.normal(size=n)


def classifier(**parameters):
    return ogive.MLPClassifier(**{"hidden_layer_sizes": (8,), **QUICK, **parameters})


def regressor(**parameters):
    return ogive.MLPRegressor(**{"hidden_layer_sizes": (8,), **QUICK, **parameters})
