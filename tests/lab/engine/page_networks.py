"""The same network for the library and for the page."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from ogive import MLPClassifier, MLPRegressor

_NAMES = {
    "learning_rate_init": "learningRateInit",
    "learning_rate": "learningRate",
    "nesterovs_momentum": "nesterovsMomentum",
    "batch_size": "batchSize",
    "random_state": "seed",
    "max_iter": "maxIter",
    "n_iter_no_change": "nIterNoChange",
    "weight_decay": "weightDecay",
    "power_t": "powerT",
    "beta_1": "beta1",
    "beta_2": "beta2",
}
_DEFAULTS = {
    "solver": "adam",
    "learningRateInit": 0.001,
    "learningRate": "constant",
    "momentum": 0.9,
    "nesterovsMomentum": True,
    "alpha": 1e-4,
    "batchSize": 200,
    "dropout": 0.0,
    "shuffle": True,
    "seed": 0,
    "init": "glorot_uniform",
}


def rows(task, n=60, features=2, seed=1):
    """Return X and y of a small problem: "binary", "multiclass" or "squared_error"."""
    random = np.random.RandomState(seed)
    X = random.normal(size=(n, features))
    wave = X[:, 0] * X[:, 1] + 0.3 * np.sin(3 * X[:, 0])
    if task == "squared_error":
        return X, wave
    classes = 2 if task == "binary" else 3
    return X, np.digitize(wave, np.quantile(wave, np.arange(1, classes) / classes)).astype(float)


def page_spec(task, X, hidden, activations, **parameters):
    """Return the page's description of a network; `parameters` have the library's names."""
    outputs = 3 if task == "multiclass" else 1
    given = {_NAMES.get(name, name): value for name, value in parameters.items()}
    functions = [{"name": one} if isinstance(one, str) else one for one in activations]
    units = [X.shape[1], *hidden, outputs]
    return {**_DEFAULTS, "units": units, "activations": functions, "loss": task, **given}


def create(engine, task, X, y, hidden, activations, validation=(), **parameters):
    """Make the network in the page and return its number."""
    spec = page_spec(task, X, hidden, activations, **parameters)
    held = np.asarray(validation, dtype=np.int32)
    data = {"X": X.ravel(), "columns": X.shape[1], "y": y, "validation": held}
    return engine.call("networks.create", spec, data)


def fitted(task, X, y, hidden, activation, validation=(), **parameters):
    """Return the library's network, trained without an end of its own."""
    kind = MLPRegressor if task == "squared_error" else MLPClassifier
    parameters = {"tol": 0.0, "n_iter_no_change": np.inf, **parameters}
    model = kind(hidden_layer_sizes=hidden, activation=activation, **parameters)
    held = np.asarray(validation, dtype=int)
    train = np.setdiff1d(np.arange(len(X)), held)
    aside = (X[held], y[held]) if len(held) else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(X[train], y[train], validation_data=aside)


def difference(weights, model):
    """Return the largest difference of weights, relative to the largest weight of its layer."""
    worst = 0.0
    pairs = [
        *zip(weights["coefs"], model.coefs_, strict=True),
        *zip(weights["intercepts"], model.intercepts_, strict=True),
        *zip(weights["slopes"], model.negative_slopes_, strict=True),
    ]
    for page, library in pairs:
        if library.size:
            error = np.abs(page - library.ravel()).max()
            worst = max(worst, error / max(np.abs(library).max(), 1e-3))
    return worst
