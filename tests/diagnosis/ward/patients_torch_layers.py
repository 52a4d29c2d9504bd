"""PyTorch patients whose fault sits in their layers: OGV101 to OGV105."""

from __future__ import annotations

import numpy as np
import torch
import ward_evidence as evidence
from torch import nn
from ward_case import Network, Register
from ward_modules import DigitsCNN, LogFeatures, Net, held_out, mlp, tensors, train
from ward_tables import classes, numbers

TORCH = Register("torch")
patient = TORCH.patient
NAMES = {
    nn.ReLU: "relu",
    nn.Tanh: "tanh",
    nn.Sigmoid: "sigmoid",
    nn.LeakyReLU: "leaky_relu",
    nn.Hardtanh: "hardtanh",
    nn.ELU: "elu",
    nn.SELU: "selu",
    nn.GELU: "gelu",
    nn.SiLU: "silu",
    nn.Softplus: "softplus",
    nn.Softsign: "softsign",
    nn.Identity: "identity",
}


def brought(model, rows, functions, loss=None, kind="class", **options):
    """Return the module as it is brought: in evaluation mode, its loss told where it is special."""
    if loss is not None:
        options["loss"] = loss
    loss = loss or {"class": nn.CrossEntropyLoss, "number": nn.MSELoss}[kind]()
    X, y = tensors(rows, kind)
    return Network(model.eval(), X, y, options, tuple(functions), *held_out(rows, kind), loss)


def start(draw):
    torch.manual_seed(draw.seed)


@patient("OGV101", "dead", evidence=evidence.dead)
def descent_by_far_too_large_steps(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "blobs"), draw)
    n_hidden = draw.depth(2, 3)
    n_out = int(rows.y.max()) + 1
    model = mlp([rows.X.shape[1], *[draw.one_of(32, 64)] * n_hidden, n_out])
    optimizer = torch.optim.SGD(model.parameters(), lr=draw.between(0.25, 0.5), momentum=0.9)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 6, draw)
    return brought(model, rows, ["relu"] * n_hidden)


@patient("OGV101", "dead", evidence=evidence.dead)
def functional_relus_with_buried_biases(draw):
    start(draw)
    rows = classes(draw.one_of("wine", "digits"), draw)
    model = Net(rows.X.shape[1], draw.one_of(32, 64), int(rows.y.max()) + 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 8, draw)
    layer = draw.one_of(model.fc1, model.fc2)
    with torch.no_grad():
        layer.bias[draw.some_of(layer.out_features)] = -1000.0
    return brought(model, rows, ["relu", "relu"])


@patient("OGV101", "dead", evidence=evidence.dead)
def channels_of_a_cnn_switched_off(draw):
    start(draw)
    model, rows = small_cnn(draw)
    layer = draw.one_of(model.conv1, model.conv2)
    with torch.no_grad():
        layer.bias[draw.some_of(layer.out_channels)] -= 1000.0
    return brought(model, rows, ["relu", "relu"])


def small_cnn(draw, epochs=3):
    rows = classes("digits", draw, n=400, scaled=False)
    rows = rows._replace(
        X=(rows.X / 16).reshape(-1, 1, 8, 8), X_held=(rows.X_held / 16).reshape(-1, 1, 8, 8)
    )
    model = DigitsCNN(draw.one_of(6, 8, 12))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    return train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, epochs, draw), rows


@patient("OGV101", "silent", evidence=evidence.silent)
def units_just_below_zero_on_the_rows_shown(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "diabetes"), draw)
    model = mlp([rows.X.shape[1], draw.one_of(24, 40), 16, 1])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows, "number"), nn.MSELoss(), optimizer, 6, draw)
    # Shown are the rows that leave the units asleep; a tenth of the others would wake them.
    first = model[0]
    some = draw.some_of(first.out_features)
    with torch.no_grad():
        z = first(tensors(rows)[0])[:, some].numpy()
        first.bias[some] -= torch.tensor(np.quantile(z, 0.9, axis=0))
    asleep = (z <= np.quantile(z, 0.9, axis=0)).all(1)
    network = brought(model, rows, ["relu", "relu"], kind="number")
    network.X, network.y, network.other_rows = network.X[asleep], network.y[asleep], network.X
    return network


@patient("OGV101", "saturated", evidence=evidence.pinned)
def units_of_a_module_pinned_by_their_biases(draw):
    start(draw)
    rows = classes(draw.one_of("wine", "breast_cancer"), draw)
    activation = draw.one_of(nn.Tanh, nn.Sigmoid)
    n_hidden = draw.depth(1, 4)
    model = mlp([rows.X.shape[1], *[20] * n_hidden, int(rows.y.max()) + 1], activation)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 8, draw)
    layer = model[2 * draw.depth(0, n_hidden - 1)]
    some = draw.some_of(20)
    with torch.no_grad():
        layer.weight[some] *= 0.5
        layer.bias[some] += draw.one_of(-1, 1) * (6.0 if activation is nn.Tanh else 10.0)
    return brought(model, rows, [NAMES[activation]] * n_hidden)


@patient("OGV101", "constant", evidence=evidence.constant)
def rows_of_weights_pruned_to_zero(draw):
    start(draw)
    rows = classes(draw.one_of("wine", "iris", "blobs"), draw)
    activation = draw.one_of(nn.Tanh, nn.GELU, nn.SiLU, nn.ELU)
    model = mlp([rows.X.shape[1], 24, 16, int(rows.y.max()) + 1], activation)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 8, draw)
    layer = draw.one_of(model[0], model[2])
    with torch.no_grad():
        layer.weight[draw.some_of(layer.out_features)] = 0.0
    return brought(model, rows, [NAMES[activation]] * 2)


@patient("OGV101", "duplicate", evidence=evidence.duplicate)
def module_widened_by_copied_rows(draw):
    start(draw)
    rows = classes(draw.one_of("wine", "iris", "breast_cancer"), draw)
    activation = draw.one_of(nn.ReLU, nn.Tanh)
    model = mlp([rows.X.shape[1], 24, int(rows.y.max()) + 1], activation)
    with torch.no_grad():
        model[0].weight[12:] = model[0].weight[:12]
        model[0].bias[12:] = model[0].bias[:12]
        model[2].weight[:, 12:] = model[2].weight[:, :12]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 15, draw)
    return brought(model, rows, [NAMES[activation]])


@patient("OGV102", evidence=evidence.vanishing)
def ten_sigmoid_layers(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "wine", "blobs"), draw)
    n_hidden = draw.depth(8, 10)
    model = mlp([rows.X.shape[1], *[32] * n_hidden, int(rows.y.max()) + 1], nn.Sigmoid)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 3, draw)
    return brought(model, rows, ["sigmoid"] * n_hidden)


@patient("OGV102", evidence=evidence.vanishing)
def deep_relus_as_pytorch_initialises_them(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "diabetes", "waves"), draw)
    n_hidden = draw.depth(10, 14)
    activation = draw.one_of(nn.ReLU, nn.LeakyReLU)
    model = mlp([rows.X.shape[1], *[48] * n_hidden, 1], activation)
    return brought(model, rows, [NAMES[activation]] * n_hidden, kind="number")


@patient("OGV103", evidence=evidence.exploding)
def weights_drawn_from_the_standard_normal(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "waves"), draw)
    n_hidden = draw.depth(5, 8)
    model = mlp([rows.X.shape[1], *[draw.one_of(32, 64)] * n_hidden, 1])
    for module in model:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight)
            nn.init.zeros_(module.bias)
    return brought(model, rows, ["relu"] * n_hidden, kind="number")


@patient("OGV103", evidence=evidence.exploding)
def orthogonal_weights_of_too_large_gain(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "breast_cancer"), draw)
    n_hidden = draw.depth(6, 9)
    activation = draw.one_of(nn.LeakyReLU, nn.ELU)
    model = mlp([rows.X.shape[1], *[40] * n_hidden, int(rows.y.max()) + 1], activation)
    for module in model:
        if isinstance(module, nn.Linear):
            nn.init.orthogonal_(module.weight, gain=5.0)
    return brought(model, rows, [NAMES[activation]] * n_hidden)


@patient("OGV104", evidence=evidence.saturated)
def tanh_with_standard_normal_weights(draw):
    start(draw)
    rows = classes(draw.one_of("digits", "breast_cancer"), draw)
    n_hidden = draw.depth(1, 4)
    model = mlp([rows.X.shape[1], *[48] * n_hidden, int(rows.y.max()) + 1], nn.Tanh)
    for module in model:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=1.0)
    return brought(model, rows, ["tanh"] * n_hidden)


@patient("OGV104", evidence=evidence.saturated)
def pixels_up_to_255_into_squashing_units(draw):
    start(draw)
    rows = classes("digits", draw, scaled=False)
    rows = rows._replace(X=rows.X * (255 / 16), X_held=rows.X_held * (255 / 16))
    activation = draw.one_of(nn.Tanh, nn.Hardtanh, nn.Sigmoid)
    n_hidden = draw.depth(1, 3)
    model = mlp([64, *[draw.one_of(32, 48)] * n_hidden, 10], activation)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    train(model, *tensors(rows), nn.CrossEntropyLoss(), optimizer, 3, draw)
    return brought(model, rows, [NAMES[activation]] * n_hidden)


def _meets_nonfinite(network):
    """Some loss of the rows is infinite or not a number."""
    with torch.no_grad():
        return not bool(torch.isfinite(network.loss(network.model(network.X), network.y)))


@patient("OGV105", evidence=_meets_nonfinite)
def one_row_with_a_missing_value(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "diabetes"), draw)
    model = mlp([rows.X.shape[1], *[24] * draw.depth(1, 3), 1])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train(model, *tensors(rows, "number"), nn.MSELoss(), optimizer, 5, draw)
    rows.X[draw.depth(0, len(rows.X) - 1), 2] = np.nan
    return brought(model, rows, [], kind="number")


@patient("OGV105", evidence=_meets_nonfinite)
def logarithm_of_standardised_features(draw):
    start(draw)
    rows = classes(draw.one_of("wine", "iris"), draw)
    n_out = int(rows.y.max()) + 1
    model = nn.Sequential(LogFeatures(), mlp([rows.X.shape[1], 16, n_out], nn.Tanh))
    return brought(model, rows, [])


@patient("OGV105", evidence=_meets_nonfinite)
def descent_that_ran_to_nan(draw):
    start(draw)
    rows = numbers(draw.one_of("friedman", "waves"), draw)
    model = mlp([rows.X.shape[1], *[32] * draw.depth(2, 4), 1], draw.one_of(nn.ReLU, nn.ELU))
    optimizer = torch.optim.SGD(model.parameters(), lr=draw.between(30, 100))
    train(model, *tensors(rows, "number"), nn.MSELoss(), optimizer, 6, draw)
    return brought(model, rows, [], kind="number")
