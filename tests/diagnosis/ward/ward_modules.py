"""PyTorch models in the manner of public tutorials, and the loop that trains them."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(1)


def mlp(sizes, activation=nn.ReLU, norm=False):
    """Return Linear, activation, …, Linear as nn.Sequential."""
    layers = []
    for fan_in, fan_out in zip(sizes[:-2], sizes[1:-1], strict=True):
        layers.append(nn.Linear(fan_in, fan_out))
        if norm:
            layers.append(nn.BatchNorm1d(fan_out))
        layers.append(activation())
    return nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))


class Net(nn.Module):
    """Three linear layers with F.relu between, as in the quick starts."""

    def __init__(self, n_in, width, n_out):
        super().__init__()
        self.fc1 = nn.Linear(n_in, width)
        self.fc2 = nn.Linear(width, width // 2)
        self.fc3 = nn.Linear(width // 2, n_out)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


class DigitsCNN(nn.Module):
    """A small CNN on 8×8 images."""

    def __init__(self, channels=8, n_out=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, 2 * channels, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(2 * channels * 2 * 2, n_out)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        return self.fc(torch.flatten(x, 1))


class ResidualBlock(nn.Module):
    def __init__(self, width, activation):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, width)
        self.activation = activation()
        self.down = nn.Linear(width, width)

    def forward(self, x):
        return x + self.down(self.activation(self.up(self.norm(x))))


class ResidualMLP(nn.Module):
    def __init__(self, n_in, width, n_blocks, n_out, activation=nn.GELU):
        super().__init__()
        self.stem = nn.Linear(n_in, width)
        self.blocks = nn.Sequential(*(ResidualBlock(width, activation) for _ in range(n_blocks)))
        self.head = nn.Linear(width, n_out)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)))


class Autoencoder(nn.Module):
    def __init__(self, n_in, width, code):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(n_in, width), nn.GELU(), nn.Linear(width, code))
        self.decoder = nn.Sequential(nn.Linear(code, width), nn.GELU(), nn.Linear(width, n_in))

    def forward(self, x):
        return self.decoder(self.encoder(x))


class LogFeatures(nn.Module):
    """Takes the logarithm of its inputs, which is -inf at 0 and undefined below."""

    def forward(self, x):
        return torch.log(x)


def tensors(rows, kind="class"):
    """Return X as float32, y as the loss wants it: 'class', 'binary' (n, 1) or 'number' (n, 1)."""
    X = torch.tensor(rows.X, dtype=torch.float32)
    y = torch.tensor(rows.y)
    if kind == "class":
        return X, y.long()
    return X, y.float().reshape(-1, 1)


def held_out(rows, kind="class"):
    return tensors(rows._replace(X=rows.X_held, y=rows.y_held), kind)


def train(model, X, y, loss_fn, optimizer, epochs, draw, batch_size=32):
    """Train as every tutorial does."""
    shuffler = torch.Generator().manual_seed(draw.seed)
    loader = DataLoader(TensorDataset(X, y), batch_size, shuffle=True, generator=shuffler)
    model.train()
    for _ in range(epochs):
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            loss.backward()
            optimizer.step()
    model.eval()
    return model
