"""The core's gradients against central differences and against PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
from core_networks import LOSSES, make_network, make_table
from network_tables import features
from scipy import sparse

from ogive.activations import activations

ALPHA = 0.3
UNITS = {0: (), 1: (7,), 2: (7, 5), 3: (6, 9, 4)}
JUMPS = ("step", "sign", "hardshrink", "thresholded_relu")
SMOOTH = [name for name in activations("elementwise") if name not in JUMPS]
FEW = ("relu", "silu", "tanh")
IN_TORCH = (
    "identity", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "elu", "selu", "gelu", "silu",
    "mish",
)  # fmt: skip


def objective(network, table, loss, n_outputs, at):
    """The loss whose gradient the core returns: squared errors are summed over outputs."""
    network.set_flat_weights(at)
    data, penalty, gradient = network.loss_and_gradient(table.data, ALPHA)
    return data * (n_outputs if loss == "squared_error" else 1) + penalty, gradient


def central_differences(network, table, loss, n_outputs, at, step=1e-6):
    slopes = np.empty_like(at)
    for i in range(at.size):
        for sign in (1, -1):
            moved = at.copy()
            moved[i] += sign * step
            value, _ = objective(network, table, loss, n_outputs, moved)
            slopes[i] = value if sign == 1 else (slopes[i] - value) / (2 * step)
    return slopes


@pytest.mark.parametrize(
    ("activation", "loss", "depth"),
    [
        *((activation, "log_loss", 2) for activation in SMOOTH),
        *((activation, loss, depth) for activation in FEW for loss in LOSSES for depth in UNITS),
    ],
)
def test_gradients_are_those_of_central_differences(activation, loss, depth):
    n_outputs = 1 if loss == "poisson" else 3
    X = features(11, 4, seed=depth)
    network = make_network(
        (4, *UNITS[depth], n_outputs), [activation] * depth, loss, seed=depth + 1
    )
    table, *_ = make_table(X, loss, n_outputs, weighted=depth % 2 == 0)
    at = network.flat_weights()
    _, gradient = objective(network, table, loss, n_outputs, at)
    expected = central_differences(network, table, loss, n_outputs, at)
    np.testing.assert_allclose(gradient, expected, rtol=2e-6, atol=2e-8)


@pytest.mark.parametrize("loss", LOSSES)
def test_sparse_rows_have_the_gradient_of_dense_ones(loss):
    X = features(40, 9)
    X[np.abs(X) < 1] = 0
    X[3] = 0
    network = make_network((9, 6, 2), ["tanh"], loss)
    dense, target, _ = make_table(X, loss, 2)
    other, *_ = make_table(sparse.csr_array(X), loss, 2)
    first = network.loss_and_gradient(dense.data, ALPHA)
    second = network.loss_and_gradient(other.data, ALPHA)
    assert second[:2] == pytest.approx(first[:2], rel=1e-13)
    np.testing.assert_allclose(second[2], first[2], rtol=1e-12, atol=1e-14)


def test_more_rows_than_a_chunk_give_the_mean_over_all():
    X = features(2500, 3)
    network = make_network((3, 8, 2), ["silu"], "squared_error")
    table, target, _ = make_table(X, "squared_error", 2)
    data, penalty, gradient = network.loss_and_gradient(table.data, 0.0)
    outputs = network.outputs(table.data)
    assert data == pytest.approx(0.5 * np.mean((outputs - target) ** 2), rel=1e-12)
    assert penalty == 0
    parts = []
    for rows in (slice(0, 1000), slice(1000, 2500)):
        from ogive.network.engine import build_table

        part = build_table(np.ascontiguousarray(X[rows]), np.ascontiguousarray(target[rows]))
        parts.append(network.loss_and_gradient(part.data, 0.0)[2] * (rows.stop - rows.start))
    np.testing.assert_allclose(gradient, sum(parts) / 2500, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("scale", [1.0, 40.0, 1e4])
@pytest.mark.parametrize("loss", ["log_loss", "binary_log_loss"])
def test_losses_keep_their_digits_where_probabilities_are_0_or_1(loss, scale):
    X = features(30, 3)
    network = make_network((3, 4), [], loss, scale=scale)
    table, target, _ = make_table(X, loss, 4)
    z = X @ network.weights()[0][0] + network.weights()[1][0]
    if loss == "log_loss":
        expected = np.logaddexp.reduce(z, axis=1) - z[np.arange(30), target]
    else:
        expected = (np.logaddexp(0, z) - target * z).sum(axis=1)
    data, *_ = network.loss_and_gradient(table.data, 0.0)
    assert data == pytest.approx(expected.mean(), rel=1e-12)


def torch_function(name):
    from torch.nn import functional

    return {
        "identity": lambda z: z,
        "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
        "sigmoid": lambda z: z.sigmoid(),
        "tanh": lambda z: z.tanh(),
    }.get(name) or getattr(functional, name)


def torch_loss(torch, loss, z, target):
    from torch.nn import functional

    if loss == "log_loss":
        return functional.cross_entropy(
            z, torch.from_numpy(target.astype(np.int64)), reduction="none"
        )
    y = torch.from_numpy(target)
    if loss == "binary_log_loss":
        return functional.binary_cross_entropy_with_logits(z, y, reduction="none").sum(1)
    if loss == "poisson":
        constant = torch.xlogy(y, y) - y
        return (z.exp() - y * z + constant).sum(1)
    return 0.5 * ((z - y) ** 2).sum(1)


@pytest.mark.slow  # PyTorch does not import under a sanitizer
@pytest.mark.parametrize("activation", IN_TORCH)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("depth", UNITS)
def test_gradients_are_those_of_pytorch(activation, loss, depth):
    torch = pytest.importorskip("torch")
    n_outputs = 1 if loss == "poisson" else 3
    X = features(13, 4, seed=depth)
    network = make_network(
        (4, *UNITS[depth], n_outputs), [activation] * depth, loss, seed=depth + 5
    )
    table, target, weight = make_table(X, loss, n_outputs, weighted=depth % 2 == 1)
    data, penalty, gradient = network.loss_and_gradient(table.data, ALPHA)

    coefs, intercepts = (
        [torch.from_numpy(w).clone().requires_grad_() for w in part]
        for part in network.weights()[:2]
    )
    z = torch.from_numpy(X)
    for layer, (w, b) in enumerate(zip(coefs, intercepts, strict=True)):
        z = z @ w + b
        if layer < depth:
            z = torch_function(activation)(z)
    each = torch_loss(torch, loss, z, target)
    row_weight = (
        torch.ones(len(X), dtype=each.dtype) if weight is None else torch.from_numpy(weight)
    )
    total = row_weight.sum()
    mean = (row_weight * each).sum() / total
    squares = sum((w**2).sum() for w in coefs)
    (mean + 0.5 * ALPHA * squares / total).backward()
    expected = np.concatenate([w.grad.numpy().ravel() for w in [*coefs, *intercepts]])
    outputs_in_mean = n_outputs if loss == "squared_error" else 1
    assert data == pytest.approx(mean.item() / outputs_in_mean, rel=1e-11)
    assert penalty == pytest.approx((0.5 * ALPHA * squares / total).item(), rel=1e-12)
    np.testing.assert_allclose(gradient, expected, rtol=1e-9, atol=1e-12)
