"""Small estimators and a table for tests of training."""

from __future__ import annotations

from network_tables import features, target

import ogive

SMALL = {"hidden_layer_sizes": (8,), "batch_size": 16, "max_iter": 12, "learning_rate_init": 0.02}


def table(kind="multiclass"):
    X = features(160)
    y = target(kind, X)
    return X[:100], y[:100], (X[100:], y[100:])


def classifier(**parameters):
    return ogive.MLPClassifier(**{"random_state": 0, **SMALL, **parameters})


def regressor(**parameters):
    return ogive.MLPRegressor(**{"random_state": 0, **SMALL, **parameters})
