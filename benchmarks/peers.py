"""The same training, by each peer: whole fits of equal networks with equal hyper-parameters."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Fit = Callable[[int], float]


@dataclass(frozen=True)
class Work:
    """One row of the table."""

    name: str
    X: np.ndarray
    y: np.ndarray
    hidden: tuple[int, ...]
    batch: int
    epochs: int
    repeats: int

    def as_dtype(self, dtype: Any) -> Work:
        return Work(
            self.name,
            np.ascontiguousarray(self.X, dtype=dtype),
            self.y,
            self.hidden,
            self.batch,
            self.epochs,
            self.repeats,
        )

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "hidden_layer_sizes": self.hidden,
            "batch_size": self.batch,
            "max_iter": self.epochs,
            # Never stop early: every peer does the same number of steps.
            "n_iter_no_change": self.epochs + 1,
        }


def works() -> list[Work]:
    from sklearn.datasets import load_digits, load_iris

    digits = load_digits()
    iris = load_iris()
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(10, 784))
    y = rng.integers(0, 10, 20_000)
    X = 0.2 * centres[y] + rng.normal(size=(20_000, 784))
    scaled = (iris.data - iris.data.mean(0)) / iris.data.std(0)
    return [
        Work(
            "digits 1797×64, hidden 100, batch 200, 20 epochs",
            digits.data / 16,
            digits.target,
            (100,),
            200,
            20,
            9,
        ),
        Work(
            "digits 1797×64, hidden 100, batch 32, 20 epochs",
            digits.data / 16,
            digits.target,
            (100,),
            32,
            20,
            9,
        ),
        Work(
            "iris 150×4, hidden (8, 8), batch 32, 200 epochs",
            scaled,
            iris.target,
            (8, 8),
            32,
            200,
            9,
        ),
        Work("20,000×784, hidden (256, 128), batch 200, 1 epoch", X, y, (256, 128), 200, 1, 5),
    ]


def _estimator(kind: Any, work: Work) -> Fit:
    def fit(seed: int) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = kind(random_state=seed, **work.parameters).fit(work.X, work.y)
        return float(model.loss_)

    return fit


def ours(work: Work) -> Fit:
    from ogive import MLPClassifier

    return _estimator(MLPClassifier, work)


def scikit_learn(work: Work) -> Fit:
    from sklearn.neural_network import MLPClassifier

    return _estimator(MLPClassifier, work)


def pytorch(work: Work) -> Fit:
    import torch
    from torch import nn

    X = torch.from_numpy(work.X)
    y = torch.from_numpy(work.y.astype(np.int64))
    units = [work.X.shape[1], *work.hidden, int(work.y.max()) + 1]

    def fit(seed: int) -> float:
        torch.manual_seed(seed)
        layers: list[nn.Module] = []
        for fan_in, fan_out in zip(units, units[1:], strict=False):
            layers += [nn.Linear(fan_in, fan_out, dtype=X.dtype), nn.ReLU()]
        model = nn.Sequential(*layers[:-1])
        for layer in model:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        loss_of = nn.CrossEntropyLoss()
        n, total = len(X), 0.0
        for _ in range(work.epochs):
            order = torch.randperm(n)
            total = 0.0
            for start in range(0, n, work.batch):
                rows = order[start : start + work.batch]
                loss = loss_of(model(X[rows]), y[rows])
                # As in the others, the L2 penalty (alpha = 1e-4, over the batch's rows).
                loss = loss + sum(
                    (0.5e-4 / len(rows)) * (layer.weight**2).sum()
                    for layer in model
                    if isinstance(layer, nn.Linear)
                )
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                total += loss.detach() * len(rows)
        return float(total / n)

    return fit


def jax_jitted(work: Work) -> Callable[[bool], Fit]:
    """Return a maker of fits: the whole training is one compiled function (lax.scan)."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", work.X.dtype == np.float64)
    n_classes = int(work.y.max()) + 1
    units = [work.X.shape[1], *work.hidden, n_classes]
    n, batch = len(work.X), work.batch
    whole, rest = divmod(n, batch)

    def make(fresh: bool) -> Fit:
        def loss_of(weights: Any, xb: Any, yb: Any) -> Any:
            a = xb
            for i, (w, b) in enumerate(weights):
                a = a @ w + b
                if i + 1 < len(weights):
                    a = jax.nn.relu(a)
            penalty = sum((w * w).sum() for w, _ in weights) * (0.5e-4 / xb.shape[0])
            picked = jnp.take_along_axis(jax.nn.log_softmax(a), yb[:, None], axis=1)
            return -picked.mean() + penalty

        def step(state: Any, xb: Any, yb: Any) -> Any:
            weights, m, v, t = state
            loss, g = jax.value_and_grad(loss_of)(weights, xb, yb)
            t = t + 1
            m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, g)
            v = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, v, g)
            rate = 1e-3 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
            weights = jax.tree.map(
                lambda w, a, b: w - rate * a / (jnp.sqrt(b) + 1e-8), weights, m, v
            )
            return (weights, m, v, t), loss * xb.shape[0]

        def train(key: Any, X: Any, y: Any) -> Any:
            weights = []
            for fan_in, fan_out in zip(units, units[1:], strict=False):
                key, sub = jax.random.split(key)
                bound = float(np.sqrt(6 / (fan_in + fan_out)))
                shape = (fan_in, fan_out)
                w = jax.random.uniform(sub, shape, X.dtype, -bound, bound)
                weights.append((w, jnp.zeros(fan_out, X.dtype)))
            zeros = jax.tree.map(jnp.zeros_like, weights)
            state = (weights, zeros, zeros, jnp.zeros((), X.dtype))

            def epoch(state: Any, key: Any) -> Any:
                order = jax.random.permutation(key, n)

                def one(state: Any, rows: Any) -> Any:
                    return step(state, X[rows], y[rows])

                batches = order[: whole * batch].reshape(whole, batch)
                state, losses = jax.lax.scan(one, state, batches)
                total = losses.sum()
                if rest:
                    state, last = one(state, order[whole * batch :])
                    total = total + last
                return state, total / n

            state, losses = jax.lax.scan(epoch, state, jax.random.split(key, work.epochs))
            return state[0], losses[-1]

        compiled = jax.jit(train)
        X, y = jnp.asarray(work.X), jnp.asarray(work.y)

        def fit(seed: int) -> float:
            if fresh:
                jax.clear_caches()
            weights, loss = compiled(jax.random.key(seed), X, y)
            jax.block_until_ready(weights)
            return float(loss)

        return fit

    return make
