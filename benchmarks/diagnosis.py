"""What a diagnosis costs: one diagnosed pass over data against one plain pass, and its memory.

Both do a forward and a backward pass of a PyTorch model of a million parameters over the same
batches, in turn in one process; the figure is the median over rounds of the ratio. Peak memory is
that of a process of its own, for data that are made a batch at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

MOST = 1.3
BATCH = 256


def mlp() -> Any:
    """1.0 million parameters on 784 inputs."""
    import torch

    torch.manual_seed(0)
    return torch.nn.Sequential(
        torch.nn.Linear(784, 784),
        torch.nn.ReLU(),
        torch.nn.Linear(784, 400),
        torch.nn.ReLU(),
        torch.nn.Linear(400, 160),
        torch.nn.ReLU(),
        torch.nn.Linear(160, 10),
    )


def cnn() -> Any:
    """1.0 million parameters on images of 3 x 32 x 32, in the manner of tutorials."""
    import torch
    from torch.nn import functional as F

    class Small(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv1 = torch.nn.Conv2d(3, 32, 3, padding=1)
            self.conv2 = torch.nn.Conv2d(32, 64, 3, padding=1)
            self.conv3 = torch.nn.Conv2d(64, 128, 3, padding=1)
            self.pool = torch.nn.MaxPool2d(2)
            self.fc1 = torch.nn.Linear(128 * 4 * 4, 440)
            self.fc2 = torch.nn.Linear(440, 10)

        def forward(self, x: Any) -> Any:
            x = self.pool(F.relu(self.conv1(x)))
            x = self.pool(F.relu(self.conv2(x)))
            x = self.pool(F.relu(self.conv3(x)))
            return self.fc2(F.relu(self.fc1(x.flatten(1))))

    torch.manual_seed(0)
    return Small()


MODELS: dict[str, tuple[Callable[[], Any], tuple[int, ...], int]] = {
    "mlp": (mlp, (784,), 235),
    "cnn": (cnn, (3, 32, 32), 12),
}


def batches(shape: tuple[int, ...], n: int, size: int = BATCH) -> Iterator[tuple[Any, Any]]:
    """Yield batches of one kind, made when asked for."""
    import torch

    random = torch.Generator().manual_seed(0)
    for _ in range(n):
        X = torch.randn(size, *shape, generator=random)
        yield X, torch.randint(0, 10, (size,), generator=random)


def plain_pass(model: Any, data: Any) -> None:
    import torch

    loss = torch.nn.CrossEntropyLoss()
    for X, y in data:
        model.zero_grad(set_to_none=True)
        loss(model(X), y).backward()


def cost(name: str, rounds: int = 7) -> dict[str, float]:
    """Return the median ratio of a diagnosed pass to a plain one."""
    import torch

    from ogive.diagnosis.modules.probe import measure_module

    make, shape, n = MODELS[name]
    model = make()
    data = list(batches(shape, n))
    loss = torch.nn.CrossEntropyLoss()
    plain_pass(model, data[:3])
    measure_module(model, data[:3], loss=loss)
    ratios, seconds, plains, busy = [], [], [], []
    for _ in range(rounds):
        start, busy_start = time.perf_counter(), time.process_time()
        plain_pass(model, data)
        plains.append(time.perf_counter() - start)
        busy_plain = time.process_time() - busy_start
        start, busy_start = time.perf_counter(), time.process_time()
        measure_module(model, data, loss=loss)
        seconds.append(time.perf_counter() - start)
        busy.append((time.process_time() - busy_start) / busy_plain)
        ratios.append(seconds[-1] / plains[-1])
    low, high = np.quantile(ratios, (0.25, 0.75))
    return {
        "parameters": sum(p.numel() for p in model.parameters()),
        "rows": n * BATCH,
        "ratio": float(np.median(ratios)),
        "ratio_of_processor_time": float(np.median(busy)),
        "quartile_low": float(low),
        "quartile_high": float(high),
        "plain_seconds": float(np.median(plains)),
        "diagnosed_seconds": float(np.median(seconds)),
    }


_MEMORY = """
import resource, sys
from benchmarks.diagnosis import MODELS, batches
from ogive.diagnosis.modules.probe import measure_module
make, shape, n = MODELS[sys.argv[1]]
model = make()
measure_module(model, batches(shape, 2))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
measure_module(model, batches(shape, n * int(sys.argv[2])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, before / 1024)
"""


def memory(name: str) -> dict[str, float]:
    """Return the peak memory in MiB for data of one length, and of ten times that."""
    found = {}
    for times in (1, 10):
        done = subprocess.run(
            [sys.executable, "-c", _MEMORY, name, str(times)],
            check=True,
            capture_output=True,
            text=True,
        )
        peak, start = map(float, done.stdout.split())
        found[f"peak_{times}x"] = peak
        found["peak_of_two_batches"] = start
    found["growth"] = found["peak_10x"] - found["peak_1x"]
    return found


def measure_diagnosis() -> dict[str, Any]:
    results: dict[str, Any] = {}
    for name in MODELS:
        results[name] = {**cost(name), **memory(name)}
        told = "reached" if results[name]["ratio"] <= MOST else "missed"
        results[name]["goal"] = f"<= {MOST}: {told}"
        print(f"{name}: {results[name]}", file=sys.stderr, flush=True)
    return results


if __name__ == "__main__":
    print(json.dumps(measure_diagnosis(), indent=1))
