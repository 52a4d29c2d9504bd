"""Whether a patient has its fault, by arithmetic of the ward's own: NumPy and plain autograd."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import erf, expit
from sklearn.linear_model import LogisticRegression, Ridge

LIMIT = 0.05
"""Up to this share of its greatest value a slope is one of saturation."""


def _gelu(z):
    cdf = (1 + erf(z / np.sqrt(2))) / 2
    return z * cdf, cdf + z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)


def _selu(z):
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    low = np.exp(np.minimum(z, 0))
    return scale * np.where(z > 0, z, alpha * (low - 1)), scale * np.where(z > 0, 1, alpha * low)


FUNCTIONS = {
    "identity": (lambda z: (z, np.ones_like(z)), 1.0),
    "relu": (lambda z: (np.maximum(z, 0), (z > 0) * 1.0), 1.0),
    "leaky_relu": (lambda z: (np.where(z > 0, z, 0.01 * z), np.where(z > 0, 1, 0.01)), 1.0),
    "tanh": (lambda z: (np.tanh(z), 1 / np.cosh(np.clip(z, -300, 300)) ** 2), 1.0),
    "sigmoid": (lambda z: (expit(z), expit(z) * expit(-z)), 0.25),
    "hardtanh": (lambda z: (np.clip(z, -1, 1), (np.abs(z) < 1) * 1.0), 1.0),
    "softsign": (lambda z: (z / (1 + abs(z)), 1 / (1 + abs(z)) ** 2), 1.0),
    "softplus": (lambda z: (np.logaddexp(0, z), expit(z)), 1.0),
    "elu": (
        lambda z: (np.where(z > 0, z, np.expm1(np.minimum(z, 0))), np.exp(np.minimum(z, 0))),
        1,
    ),
    "selu": (_selu, 1.7581),
    "gelu": (_gelu, 1.1289),
    "silu": (
        lambda z: (z * expit(z), expit(z) * (1 + z * expit(-z))),
        1.0998,
    ),
}


class Hidden(NamedTuple):
    """A hidden layer on all rows: z, f(z), |f'(z)| as a share of its greatest, dLoss/dz."""

    z: np.ndarray
    a: np.ndarray
    slope: np.ndarray
    error: np.ndarray | None


def layers_of(network, X=None):
    """Return the hidden layers of a network, measured on X (its own rows, errors too, if None)."""
    own = X is None
    X = network.X if own else X
    y = network.y if own else None
    if hasattr(network.model, "coefs_"):
        return _of_ours(network.model, np.asarray(X, float), y, network.functions)
    return _of_module(network, X, y)


def _of_ours(model, X, y, functions):
    a, found = X, []
    with np.errstate(all="ignore"):
        for W, b, name in zip(model.coefs_, model.intercepts_, functions, strict=False):
            of, greatest = FUNCTIONS[name]
            z = a @ W + b
            a, slope = of(z)
            found.append(Hidden(z, a, np.abs(slope) / greatest, None))
        if y is None:
            return found
        out = a @ model.coefs_[-1] + model.intercepts_[-1]
        if not hasattr(model, "classes_"):
            error = out - np.reshape(y, out.shape)
        elif out.shape[1] == 1:
            error = expit(out) - (np.asarray(y) == model.classes_[-1])[:, None]
        else:
            p = np.exp(out - out.max(axis=1, keepdims=True))
            error = p / p.sum(axis=1, keepdims=True) - (np.asarray(y)[:, None] == model.classes_)
        for n in range(len(found) - 1, -1, -1):
            slope = FUNCTIONS[functions[n]][0](found[n].z)[1]
            error = (error @ model.coefs_[n + 1].T) * slope
            found[n] = found[n]._replace(error=error)
    return found


def _of_module(network, X, y):
    import torch
    from torch import nn

    kept = []
    affine = [m for m in network.model.modules() if isinstance(m, nn.Linear | nn.Conv2d)]

    def keep(module, inputs, output):
        output.retain_grad()
        kept.append(output)

    # The last affine layer is the output's.
    handles = [m.register_forward_hook(keep) for m in affine[: len(network.functions)]]
    out = network.model(torch.as_tensor(X, dtype=torch.float32))
    if y is not None and network.loss is not None:
        network.loss(out, torch.as_tensor(y)).backward()
    for handle in handles:
        handle.remove()
    found = []
    for z, name in zip(kept, network.functions, strict=True):
        of, greatest = FUNCTIONS[name]
        flat = _as_rows(z)
        a, slope = of(flat)
        error = None if z.grad is None else _as_rows(z.grad)
        found.append(Hidden(flat, a, np.abs(slope) / greatest, error))
    network.model.zero_grad(set_to_none=True)
    return found


def _as_rows(z):
    array = z.detach().numpy().astype(float)
    return (
        array.reshape(array.shape[0], -1)
        if array.ndim == 2
        else np.moveaxis(array, 1, -1).reshape(-1, array.shape[1])
    )


def dead(network):
    """A tenth of a layer passes no gradient, neither on the rows shown nor on others like them."""
    shown = layers_of(network)
    others = layers_of(network, network.other_rows)
    return any(
        np.all(np.isfinite(one.z))
        and np.mean((one.slope.max(0) < 1e-6) & (two.slope.max(0) < 1e-6)) > 0.1
        for one, two in zip(shown, others, strict=True)
    )


def silent(network):
    """A tenth of a layer passes no gradient on the rows shown, and does on others."""
    shown = layers_of(network)
    others = layers_of(network, network.other_rows)
    return any(
        np.mean((one.slope.max(0) < 1e-6) & (two.slope.max(0) > 0.5)) > 0.1
        for one, two in zip(shown, others, strict=True)
    )


def pinned(network):
    """Some unit is saturated on 99 % of the rows, shown or not, but is not without any slope."""
    found = False
    for one, two in zip(layers_of(network), layers_of(network, network.other_rows), strict=True):
        slope = np.concatenate([one.slope, two.slope])
        found |= bool(np.any((slope <= LIMIT).mean(0) >= 0.99))
    return found


def constant(network):
    """Some unit answers the same to all rows, though its function is not flat there."""
    return any(
        np.any((np.ptp(layer.a, axis=0) < 1e-6) & (layer.slope.max(0) > LIMIT))
        for layer in layers_of(network)
    )


def duplicate(network):
    """Two units that vary answer alike to every row."""
    for layer in layers_of(network):
        a = layer.a[:, layer.a.std(0) > 1e-3]
        apart = np.abs(a[:, :, None] - a[:, None, :]).max(0)
        if np.any(apart + np.eye(a.shape[1]) < 1e-6):
            return True
    return False


def error_ratio(network):
    norms = [np.sqrt(np.mean(np.sum(h.error**2, axis=1))) for h in layers_of(network)]
    return norms[0] / norms[-1]


def vanishing(network):
    """At the first hidden layer less than a thousandth is left of the last one's gradient."""
    return error_ratio(network) < 1e-3


def exploding(network):
    """At the first hidden layer the gradient is over a hundred times the last one's."""
    return error_ratio(network) > 100


def saturated(network):
    """In some layer more than half of all values lie where the function is flat."""
    return any((layer.slope <= LIMIT).mean() > 0.5 for layer in layers_of(network))


def sound(network):
    """Hardly a unit is dead, and on rows not shown the model is as good as its kind can be.

    A few ReLUs die in most trainings: under a tenth of a layer is let pass.

    Ours scores there as a linear model does, or better; a module's loss is clearly below that of
    the best constant answer, unless it is not trained yet.
    """
    if network.functions:
        shown = layers_of(network)
        if any(np.mean(layer.slope.max(0) < 1e-6) >= 0.1 for layer in shown):
            return False
    X, y = network.other_rows, network.other_targets
    if hasattr(network.model, "coefs_"):
        kind = LogisticRegression(max_iter=1000) if hasattr(network.model, "classes_") else Ridge()
        reference = kind.fit(network.X, network.y).score(X, y)
        return bool(network.model.score(X, y) >= reference - 0.1)
    if not network.trained:
        return True
    import torch

    with torch.no_grad():
        out = network.model(X)
        loss = float(network.loss(out, y))
        if not y.is_floating_point():
            shares = torch.bincount(network.y) / len(network.y)
            constant = torch.log(shares).expand_as(out)
        elif "BCE" in type(network.loss).__name__:
            share = network.y.mean()
            told = share if type(network.loss).__name__ == "BCELoss" else torch.logit(share)
            constant = told.expand_as(out)
        else:
            constant = network.y.mean(0, keepdim=True).expand_as(out)
        return loss < 0.8 * float(network.loss(constant, y))


def linear(network):
    """A linear map of the inputs explains 99.9 % of the variance of the model's answers."""
    if hasattr(network.model, "coefs_"):
        a = layers_of(network, network.X)[-1].a
        out = a @ network.model.coefs_[-1] + network.model.intercepts_[-1]
        X = np.asarray(network.X, float)
    else:
        import torch

        with torch.no_grad():
            out = network.model(torch.as_tensor(network.X)).double().numpy()
        X = network.X.double().numpy()
    design = np.column_stack([(X - X.mean(0)) / np.maximum(X.std(0), 1e-300), np.ones(len(X))])
    rest = out - design @ np.linalg.lstsq(design, out, rcond=None)[0]
    return bool(np.all(rest.std(0) <= 1e-3**0.5 * np.maximum(out.std(0), 1e-300)))
