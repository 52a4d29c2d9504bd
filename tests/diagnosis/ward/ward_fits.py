"""Networks of ours, trained quietly: that a patient does not converge is no news here."""

from __future__ import annotations

import warnings

from sklearn.exceptions import ConvergenceWarning
from ward_case import Network

import ogive


def quietly(model, X, y, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(X, y, **options)


def classifier(rows, hidden=(32,), activation="relu", draw=None, watched=False, **parameters):
    """Return a classifier trained on the rows, watched on the held-out ones if asked for."""
    model = ogive.MLPClassifier(
        hidden, activation, random_state=draw.seed % 1000, **{"batch_size": 32, **parameters}
    )
    return trained(model, rows, watched)


def regressor(rows, hidden=(32,), activation="relu", draw=None, watched=False, **parameters):
    model = ogive.MLPRegressor(
        hidden_layer_sizes=hidden,
        activation=activation,
        random_state=draw.seed % 1000,
        **{"batch_size": 32, **parameters},
    )
    return trained(model, rows, watched)


def trained(model, rows, watched):
    held = {"validation_data": (rows.X_held, rows.y_held)} if watched else {}
    return quietly(model, rows.X, rows.y, **held)


def at_start(rows, hidden, activation, draw, **parameters):
    """Return a classifier as initialised: a step of no length is the only one taken."""
    model = classifier(
        rows, hidden, activation, draw, max_iter=1, learning_rate_init=1e-12, **parameters
    )
    return model.set_params(learning_rate_init=0.001, max_iter=200)


def brought(model, rows, functions=None, **options):
    """Return the network as it is brought: with the rows it learnt from, the others held back."""
    if functions is None:
        functions = model.activation
    if isinstance(functions, str):
        functions = (functions,) * (len(model.coefs_) - 1)
    return Network(model, rows.X, rows.y, options, tuple(functions), rows.X_held, rows.y_held)
