"""Healthy PyTorch models: as good tutorials build and train them, and some not yet trained."""

from __future__ import annotations

import numpy as np
import torch
from patients_torch_layers import NAMES, brought, small_cnn, start
from torch import nn
from ward_case import Register
from ward_evidence import sound
from ward_modules import Autoencoder, Net, ResidualMLP, mlp, tensors, train
from ward_tables import classes, numbers

HEALTHY_TORCH = Register("torch")
healthy = HEALTHY_TORCH.healthy


def _n_classes(rows):
    return int(rows.y.max()) + 1


def _adam(model, lr=0.003, **options):
    return torch.optim.Adam(model.parameters(), lr=lr, **options)


@healthy(sound)
def sequential_of_relus(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "blobs"), draw)
    model = mlp([rows.X.shape[1], *[draw.one_of(32, 64)] * draw.depth(1, 3), _n_classes(rows)])
    optimizer = _adam(model)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 15, draw)
    return brought(model, rows, [], optimizer=optimizer)


@healthy(sound)
def class_with_functional_relus(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "breast_cancer", "wine"), draw)
    model = Net(rows.X.shape[1], draw.one_of(32, 64), _n_classes(rows))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 15, draw, batch_size=16)
    return brought(model, rows, [], optimizer=optimizer)


@healthy(sound)
def cnn_on_digits(draw):
    start(draw)
    model, rows = small_cnn(draw, epochs=6)
    return brought(model, rows, [])


@healthy(sound)
def batch_normalised(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "breast_cancer"), draw)
    sizes = [rows.X.shape[1], *[32] * draw.depth(2, 4), _n_classes(rows)]
    model = mlp(sizes, draw.one_of(nn.ReLU, nn.Tanh, nn.GELU), norm=True)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), _adam(model), 6, draw)
    return brought(model, rows, [])


@healthy(sound)
def residual_blocks(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "blobs", "wine"), draw)
    activation = draw.one_of(nn.GELU, nn.ReLU, nn.SiLU)
    model = ResidualMLP(rows.X.shape[1], 32, draw.depth(2, 5), _n_classes(rows), activation)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 8, draw)
    return brought(model, rows, [], optimizer=optimizer)


@healthy(sound)
def regression_by_tanh(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "waves"), draw)
    model = mlp([rows.X.shape[1], 32, 32, 1], draw.one_of(nn.Tanh, nn.SiLU))
    loss = draw.one_of(nn.MSELoss, nn.SmoothL1Loss)()
    optimizer = _adam(model, 0.005)
    train(model, *tensors(rows, "number"), loss, optimizer, 30, draw)
    return brought(model, rows, [], loss, kind="number", optimizer=optimizer)


@healthy(sound)
def two_classes_by_one_logit(draw):
    start(draw)
    rows = classes(draw.one_of("breast_cancer", "moons"), draw)
    model = mlp([rows.X.shape[1], draw.one_of(16, 32), 1], draw.one_of(nn.ReLU, nn.ELU))
    loss = nn.BCEWithLogitsLoss()
    train(model, *tensors(rows, "binary"), loss, _adam(model, 0.005), 25, draw)
    return brought(model, rows, [], loss, kind="binary")


@healthy(sound)
def probabilities_and_bce(draw):
    start(draw)
    rows = classes("breast_cancer", draw)
    model = nn.Sequential(*mlp([30, draw.one_of(16, 24), 1]), nn.Sigmoid())
    loss = nn.BCELoss()
    train(model, *tensors(rows, "binary"), loss, _adam(model), 20, draw)
    return brought(model, rows, [], loss, kind="binary")


@healthy(sound)
def log_softmax_and_nll(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "wine"), draw)
    body = mlp([rows.X.shape[1], 32, _n_classes(rows)], draw.one_of(nn.ReLU, nn.Tanh))
    model = nn.Sequential(*body, nn.LogSoftmax(dim=1))
    loss = nn.NLLLoss()
    train(model, *tensors(rows), loss, _adam(model), 15, draw)
    return brought(model, rows, [], loss)


@healthy(sound)
def dropout_and_weight_decay(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "blobs"), draw)
    model = nn.Sequential(
        nn.Linear(rows.X.shape[1], 64), nn.ReLU(), nn.Dropout(0.3), nn.Linear(64, _n_classes(rows))
    )
    optimizer = _adam(model, 0.003, weight_decay=1e-4)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 20, draw)
    return brought(model, rows, [], optimizer=optimizer)


def _initialised(model, activation):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            if activation is nn.Tanh:
                nn.init.xavier_uniform_(module.weight, nn.init.calculate_gain("tanh"))
            elif activation is nn.SELU:
                nn.init.kaiming_normal_(module.weight, nonlinearity="linear")
            else:
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)
    return model


@healthy(sound)
def untrained_and_well_initialised(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "blobs", "breast_cancer"), draw)
    activation = draw.one_of(nn.ReLU, nn.Tanh, nn.SELU)
    n_hidden = draw.depth(2, 5)
    model = mlp([rows.X.shape[1], *[48] * n_hidden, _n_classes(rows)], activation)
    network = brought(_initialised(model, activation), rows, [NAMES[activation]] * n_hidden)
    network.trained = False
    return network


@healthy(sound)
def untrained_as_pytorch_makes_it(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "diabetes"), draw)
    model = mlp([rows.X.shape[1], 64, 32, 1], draw.one_of(nn.ReLU, nn.Tanh, nn.GELU))
    network = brought(model, rows, [], kind="number", optimizer=_adam(model, 0.001))
    network.trained = False
    return network


@healthy(sound)
def untrained_residual_network(draw):
    start(draw)
    rows = classes("digits", draw)
    network = brought(ResidualMLP(64, draw.one_of(32, 48), draw.depth(3, 6), 10), rows, [])
    network.trained = False
    return network


@healthy(sound)
def autoencoder_of_digits(draw):
    start(draw)
    rows = classes("digits", draw, n=400, scaled=False)
    rows = rows._replace(
        X=(rows.X / 16).astype(np.float32), X_held=(rows.X_held / 16).astype(np.float32)
    )
    model = Autoencoder(64, 48, draw.one_of(8, 16))
    rows = rows._replace(y=rows.X, y_held=rows.X_held)
    X = torch.tensor(rows.X)
    train(model, X, X, nn.MSELoss(), _adam(model), 12, draw)
    network = brought(model, rows, [], nn.MSELoss(), kind="number")
    network.y, network.other_targets = X, torch.tensor(rows.X_held)
    return network
