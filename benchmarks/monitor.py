"""What watching a training costs: with and without a monitor, alternately.

    python -m benchmarks.monitor [ROUNDS [WORD]]

With a word, only the cases that have it in their name. Each round trains the same model twice from
the same start, on one thread; the ratio of the two times is taken round by round, and its median
told. Time is that of the processor, which other work on the machine disturbs less.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np


def torch_mlp(width: int, depth: int, features: int = 64) -> Callable[[], Any]:
    from torch import nn

    def make() -> Any:
        parts = [nn.Linear(features, width), nn.ReLU()]
        for _ in range(depth - 1):
            parts += [nn.Linear(width, width), nn.ReLU()]
        return nn.Sequential(*parts, nn.Linear(width, 10))

    return make


def torch_cnn() -> Any:
    from torch import nn
    from torch.nn import functional as F

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
            self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
            self.fc1 = nn.Linear(64 * 7 * 7, 320)
            self.fc2 = nn.Linear(320, 10)

        def forward(self, x: Any) -> Any:
            x = F.max_pool2d(F.relu(self.conv1(x)), 2)
            x = F.max_pool2d(F.relu(self.conv2(x)), 2)
            return self.fc2(F.relu(self.fc1(x.flatten(1))))

    return Net()


def train_torch(make: Callable[[], Any], shape: tuple[int, ...], batch: int, epochs: int) -> Any:
    """Return a function that trains, watched or not, and returns the seconds it took."""
    import torch
    from torch.nn import functional as F

    from ogive.torch import Monitor

    random = torch.Generator().manual_seed(0)
    X = torch.randn(*shape, generator=random)
    y = torch.randint(0, 10, (shape[0],), generator=random)

    def run(watched: bool) -> tuple[float, int]:
        torch.manual_seed(0)
        model = make()
        optimizer = torch.optim.Adam(model.parameters())
        start = time.process_time()
        monitor = Monitor(model, optimizer) if watched else None
        for _ in range(epochs):
            for i in range(0, len(X), batch):
                optimizer.zero_grad()
                loss = F.cross_entropy(model(X[i : i + batch]), y[i : i + batch])
                loss.backward()
                optimizer.step()
            if monitor is not None:
                monitor.epoch(loss=loss)
        if monitor is not None:
            monitor.close()
        taken = time.process_time() - start
        return taken, 0 if monitor is None else monitor.n_measured

    return run


def train_ours(widths: tuple[int, ...], rows: int, features: int, epochs: int) -> Any:
    """Return a function that fits our MLPClassifier, watched or not."""
    from sklearn.exceptions import ConvergenceWarning

    import ogive

    random = np.random.default_rng(0)
    X = random.normal(size=(rows, features)).astype(np.float32)
    y = random.integers(0, 10, rows)

    def run(watched: bool) -> tuple[float, int]:
        import warnings

        model = ogive.MLPClassifier(
            widths, max_iter=epochs, random_state=0, monitor=watched, tol=0, n_iter_no_change=epochs
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            start = time.process_time()
            model.fit(X, y)
            return time.process_time() - start, epochs if watched else 0

    return run


def cases() -> dict[str, Any]:
    made = {
        "torch MLP 64-32-10, batch 32": train_torch(torch_mlp(32, 1), (3200, 64), 32, 15),
        "torch MLP 64-128-128-10, batch 64": train_torch(torch_mlp(128, 2), (6400, 64), 64, 12),
        "torch MLP, 1 million weights, batch 64": train_torch(torch_mlp(700, 3), (3200, 64), 64, 5),
        "torch CNN, 1 million weights, batch 64": train_torch(torch_cnn, (1280, 1, 28, 28), 64, 4),
    }
    import ogive

    if "monitor" in ogive.MLPClassifier().get_params():
        made["MLPClassifier (32,), 1797 x 64"] = train_ours((32,), 1797, 64, 100)
        made["MLPClassifier (100, 100), 1797 x 64"] = train_ours((100, 100), 1797, 64, 60)
        made["MLPClassifier (256, 128), 5000 x 784"] = train_ours((256, 128), 5000, 784, 4)
    return made


def main(rounds: int, word: str = "") -> None:
    import torch

    torch.set_num_threads(1)
    print(f"{'training':42} {'plain, s':>9} {'watched':>8} {'ratio':>6} {'quartiles':>14} {'n':>5}")
    for name, run in cases().items():
        if word not in name:
            continue
        run(True)
        plain, watched, ratios = [], [], []
        for number in range(rounds):
            order = (False, True) if number % 2 else (True, False)
            taken = {on: run(on) for on in order}
            plain.append(taken[False][0])
            watched.append(taken[True][0])
            ratios.append(taken[True][0] / taken[False][0])
        low, middle, high = statistics.quantiles(ratios, n=4)
        print(
            f"{name:42} {statistics.median(plain):9.3f} {statistics.median(watched):8.3f} "
            f"{middle:6.3f} {low:6.3f} {high:7.3f} {taken[True][1]:5}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11, *sys.argv[2:3])
