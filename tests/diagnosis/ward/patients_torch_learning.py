"""PyTorch patients whose fault lies in data, start or training: OGV106 to OGV112."""

from __future__ import annotations

import numpy as np
import torch
import ward_evidence as evidence
from patients_torch_layers import TORCH, brought, start
from sklearn.linear_model import LogisticRegression
from torch import nn
from ward_modules import Net, held_out, mlp, tensors, train
from ward_tables import classes, noise, numbers, rare

patient = TORCH.patient


def _n_classes(rows):
    return int(rows.y.max()) + 1


def _loss_after(network, steps):
    """Losses of a copy before and after that many steps of plain descent on all rows."""
    from copy import deepcopy

    model = deepcopy(network.model)
    optimizer = type(network.options["optimizer"])(model.parameters(), lr=_rate(network))
    losses = []
    for _ in range(steps + 1):
        loss = network.loss(model(network.X), network.y)
        losses.append(float(loss.detach()))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return np.array(losses)


def _rate(network):
    return network.options["optimizer"].param_groups[0]["lr"]


def _steps_lead_nowhere(network):
    losses = _loss_after(network, 20)
    return abs(losses[-1] - losses[0]) < 1e-3 * losses[0]


def _steps_raise_the_loss(network):
    losses = _loss_after(network, 1)
    return losses[1] > 2 * losses[0]


@patient("OGV106", "too_small", evidence=_steps_lead_nowhere)
def optimizer_with_a_tiny_learning_rate(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "wine", "blobs"), draw)
    n_hidden = draw.depth(1, 4)
    model = mlp(
        [rows.X.shape[1], *[32] * n_hidden, _n_classes(rows)], draw.one_of(nn.ReLU, nn.GELU)
    )
    kind = draw.one_of(torch.optim.SGD, torch.optim.Adam)
    optimizer = kind(model.parameters(), lr=1e-6 if kind is torch.optim.SGD else 1e-7)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 3, draw)
    return brought(model, rows, [], optimizer=optimizer)


@patient("OGV106", "too_large", evidence=_steps_raise_the_loss)
def optimizer_with_a_huge_learning_rate(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "diabetes", "waves"), draw)
    n_hidden = draw.depth(1, 3)
    model = mlp([rows.X.shape[1], *[32] * n_hidden, 1], draw.one_of(nn.Tanh, nn.SiLU))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows, "number"), nn.MSELoss(), optimizer, 3, draw)
    optimizer = torch.optim.SGD(model.parameters(), lr=draw.between(100, 400))
    return brought(model, rows, [], kind="number", optimizer=optimizer)


def _scales_apart(network):
    X = network.X.numpy().reshape(len(network.X), -1)
    spread = X.std(0)
    spread = spread[spread > 0]
    far = np.abs(X.mean(0)).max() > 10 * spread.mean() or np.abs(X).max() > 100
    return spread.max() / spread.min() > 100 or far


@patient("OGV107", evidence=_scales_apart)
def images_as_bytes(draw):
    start(draw)
    rows = classes("digits", draw, n=400, scaled=False)
    factor = 255 / 16
    rows = rows._replace(X=rows.X * factor, X_held=rows.X_held * factor)
    n_hidden = draw.depth(1, 3)
    model = mlp([64, *[draw.one_of(32, 64)] * n_hidden, 10])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 3, draw)
    return brought(model, rows, [])


@patient("OGV107", evidence=_scales_apart)
def years_and_incomes_beside_shares(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "waves"), draw)

    def as_collected(X):
        X = X.copy()
        X[:, 0] = 1995 + 8 * X[:, 0]
        X[:, 1] = 5e4 + draw_income * X[:, 1]
        return X

    draw_income = draw.between(1e4, 1e6)
    rows = rows._replace(X=as_collected(rows.X), X_held=as_collected(rows.X_held))
    model = mlp([rows.X.shape[1], *[32] * draw.depth(1, 3), 1])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    train(model, *tensors(rows, "number"), nn.MSELoss(), optimizer, 4, draw)
    return brought(model, rows, [], kind="number")


def _badly_drawn(network):
    """All units of a layer are alike, or z of an inner layer has a size far from that of 1."""
    for module in network.model.modules():
        if isinstance(module, nn.Linear) and module.out_features > 1:
            W = module.weight.detach().numpy()
            if np.all(np.ptp(W, axis=0) < 1e-9):
                return True
            if not 0.1 < np.sqrt(np.mean(W**2) * W.shape[1]) < 4:
                return True
    return False


@patient("OGV108", evidence=_badly_drawn)
def constant_or_zero_initial_weights(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "wine", "iris"), draw)
    model = mlp([rows.X.shape[1], *[24] * draw.depth(1, 4), _n_classes(rows)])
    value = draw.one_of(0.0, 0.05, 0.5)
    for module in model:
        if isinstance(module, nn.Linear):
            nn.init.constant_(module.weight, value)
            nn.init.zeros_(module.bias)
    return brought(model, rows, [])


@patient("OGV108", evidence=_badly_drawn)
def normal_weights_of_a_fixed_width(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "blobs", "breast_cancer"), draw)
    activation = draw.one_of(nn.ReLU, nn.Tanh, nn.GELU)
    model = mlp([rows.X.shape[1], *[64] * draw.depth(2, 5), _n_classes(rows)], activation)
    deviation = draw.one_of(1.0, 0.005)
    for module in model:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=deviation)
    return brought(model, rows, [])


@patient("OGV109", evidence=evidence.linear)
def linear_layers_with_nothing_between(draw):
    start(draw)
    rows = numbers(draw.one_of("diabetes", "friedman"), draw)
    n_hidden = draw.depth(1, 4)
    kind = draw.one_of("bare", "identity")
    model = mlp([rows.X.shape[1], *[24] * n_hidden, 1], nn.Identity)
    if kind == "bare":
        model = nn.Sequential(*(m for m in model if isinstance(m, nn.Linear)))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows, "number"), nn.MSELoss(), optimizer, 5, draw)
    return brought(model, rows, [], kind="number")


@patient("OGV109", evidence=evidence.linear)
def relus_that_are_always_on(draw):
    start(draw)
    rows = numbers(draw.one_of("diabetes", "friedman", "waves"), draw)
    n_hidden = draw.depth(1, 3)
    activation = draw.one_of(nn.ReLU, nn.SiLU)
    model = mlp([rows.X.shape[1], *[24] * n_hidden, 1], activation)
    with torch.no_grad():
        for module in model[:-1]:
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight, gain=0.5)
                module.bias += 30.0
    return brought(model, rows, [], kind="number")


def _softmaxed_twice(network):
    with torch.no_grad():
        out = network.model(network.X)
    return bool((out >= 0).all() and (out <= 1).all())


@patient("OGV110", evidence=_softmaxed_twice)
def softmax_before_cross_entropy(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "wine", "iris"), draw)
    body = mlp([rows.X.shape[1], *[32] * draw.depth(1, 3), _n_classes(rows)])
    model = nn.Sequential(*body, nn.Softmax(dim=1))
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    train(model, *tensors(rows), loss, optimizer, 5, draw)
    return brought(model, rows, [], loss)


@patient("OGV110", evidence=_softmaxed_twice)
def sigmoid_before_bce_with_logits(draw):
    start(draw)
    rows = classes(draw.one_of("breast_cancer", "moons"), draw)
    body = mlp([rows.X.shape[1], *[24] * draw.depth(1, 3), 1])
    model = nn.Sequential(*body, nn.Sigmoid())
    loss = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    train(model, *tensors(rows, "binary"), loss, optimizer, 5, draw)
    return brought(model, rows, [], loss, kind="binary")


def _targets_out_of_reach(network):
    """Many targets lie outside of what the last layer can answer."""
    with torch.no_grad():
        far = network.model[-1](torch.tensor([-1e6, 1e6]))
    return bool(((network.y < far[0] - 0.1) | (network.y > far[1] + 0.1)).float().mean() > 0.2)


@patient("OGV110", evidence=_targets_out_of_reach)
def last_layer_that_cannot_reach_the_targets(draw):
    start(draw)
    rows = numbers(draw.one_of("diabetes", "friedman", "waves"), draw)
    last = draw.one_of(nn.ReLU, nn.Sigmoid, nn.Tanh)
    if last is nn.Tanh:
        rows = rows._replace(y=rows.y * 30, y_held=rows.y_held * 30)
    body = mlp([rows.X.shape[1], *[32] * draw.depth(1, 3), 1])
    model = nn.Sequential(*body, last())
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows, "number"), nn.MSELoss(), optimizer, 5, draw)
    return brought(model, rows, [], kind="number", loss=nn.MSELoss())


def _accuracy(model, X, y):
    with torch.no_grad():
        out = model(X)
    told = out.argmax(1) if out.shape[1] > 1 else (out > 0).long()
    return float((told == y).float().mean())


def _learnt_by_heart(network):
    held = network.options["validation_data"]
    return _accuracy(network.model, network.X, network.y) > _accuracy(network.model, *held) + 0.2


@patient("OGV111", "overfitting", evidence=_learnt_by_heart)
def module_that_learnt_noise_by_heart(draw):
    start(draw)
    rows = noise(draw, 60, draw.one_of(10, 20), draw.one_of(2, 3))
    model = Net(rows.X.shape[1], draw.one_of(200, 300), _n_classes(rows))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 60, draw, batch_size=20)
    return brought(model, rows, [], validation_data=held_out(rows))


def _far_from_a_linear_model(network):
    X = network.X.numpy()
    linear = LogisticRegression(max_iter=500).fit(X, network.y)
    return _accuracy(network.model, network.X, network.y) < linear.score(X, network.y) - 0.1


@patient("OGV111", "underfitting", evidence=_far_from_a_linear_model)
def module_stopped_after_one_slow_epoch(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "wine", "blobs"), draw)
    activation = draw.one_of(nn.ReLU, nn.Tanh)
    model = mlp([rows.X.shape[1], *[32] * draw.depth(2, 4), _n_classes(rows)], activation)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.005)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 1, draw)
    return brought(model, rows, [], validation_data=held_out(rows))


def _rare_class_never_told(network):
    rarest = network.y.reshape(-1) == 1
    with torch.no_grad():
        out = network.model(network.X)
    told = out.argmax(1) == 1 if out.shape[1] > 1 else out.reshape(-1) > 0
    return float(rarest.float().mean()) < 0.05 and float(told[rarest].float().mean()) < 0.2


@patient("OGV112", evidence=_rare_class_never_told)
def rare_class_and_plain_cross_entropy(draw):
    start(draw)
    rows = rare(draw, 600, draw.one_of(0.01, 0.02))
    activation = draw.one_of(nn.ReLU, nn.Tanh)
    model = mlp([8, *[draw.one_of(8, 16)] * draw.depth(1, 2), 2], activation)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 8, draw)
    return brought(model, rows, [])


@patient("OGV112", evidence=_rare_class_never_told)
def rare_class_and_one_logit(draw):
    start(draw)
    rows = rare(draw, 600, draw.one_of(0.01, 0.015))
    model = mlp([8, draw.one_of(8, 16), 1], draw.one_of(nn.ReLU, nn.SiLU))
    loss = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows, "binary"), loss, optimizer, 8, draw)
    return brought(model, rows, [], loss, kind="binary")
