"""Steps of the solvers against PyTorch's, and against NumPy's where the two differ."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import features, target

import ogive

pytestmark = [
    pytest.mark.slow,  # PyTorch does not import under a sanitizer
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
]

RATE, EPOCHS, N_ROWS = 0.02, 5, 30


def train_by_torch(model, make_optimizer, X, y, scheduler=None):
    """Repeat `model`'s training: it was fitted without shuffling, in batches of 10."""
    torch = pytest.importorskip("torch")
    start = ogive.MLPRegressor(
        **{**model.get_params(), "max_iter": 1, "learning_rate_init": 1e-300}
    )
    start.fit(X, y)
    coefs, intercepts = (
        [torch.from_numpy(w).clone().requires_grad_() for w in part]
        for part in (start.coefs_, start.intercepts_)
    )
    optimizer = make_optimizer(torch, coefs, intercepts)
    losses = []
    for epoch in range(EPOCHS):
        if scheduler is not None:
            for group in optimizer.param_groups:
                group["lr"] = scheduler(epoch)
        total = 0.0
        for first in range(0, N_ROWS, 10):
            rows = slice(first, first + 10)
            z = torch.from_numpy(X[rows])
            z = torch.tanh(z @ coefs[0] + intercepts[0]) @ coefs[1] + intercepts[1]
            loss = 0.5 * ((z[:, 0] - torch.from_numpy(y[rows])) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() / 3
        losses.append(total)
    return [w.detach().numpy() for w in [*coefs, *intercepts]], losses


def check(parameters, make_optimizer, scheduler=None, rtol=1e-9):
    X = features(N_ROWS, 4)
    y = target("number", features(N_ROWS))
    model = ogive.MLPRegressor(
        hidden_layer_sizes=(6,),
        activation="tanh",
        alpha=0.0,
        batch_size=10,
        shuffle=False,
        max_iter=EPOCHS,
        learning_rate_init=RATE,
        random_state=4,
        **parameters,
    ).fit(X, y)
    expected, losses = train_by_torch(model, make_optimizer, X, y, scheduler)
    np.testing.assert_allclose(model.loss_curve_, losses, rtol=rtol)
    for mine, other in zip([*model.coefs_, *model.intercepts_], expected, strict=True):
        np.testing.assert_allclose(mine, other, rtol=rtol, atol=rtol)


def test_descent_steps_are_pytorch_s():
    check(
        {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False},
        lambda torch, w, b: torch.optim.SGD([*w, *b], lr=RATE),
    )


def test_momentum_steps_are_pytorch_s():
    check(
        {"solver": "sgd", "momentum": 0.9, "nesterovs_momentum": False},
        lambda torch, w, b: torch.optim.SGD([*w, *b], lr=RATE, momentum=0.9),
    )


def test_nesterov_steps_are_pytorch_s():
    check(
        {"solver": "sgd", "momentum": 0.8, "nesterovs_momentum": True},
        lambda torch, w, b: torch.optim.SGD([*w, *b], lr=RATE, momentum=0.8, nesterov=True),
    )


def test_adam_steps_are_pytorch_s_up_to_where_epsilon_is_added():
    check(
        {"solver": "adam", "epsilon": 1e-15},
        lambda torch, w, b: torch.optim.Adam([*w, *b], lr=RATE, eps=1e-15),
    )


def adamw(torch, w, b):
    groups = [{"params": w, "weight_decay": 0.3}, {"params": b, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=RATE, eps=1e-15)


def test_adamw_steps_are_pytorch_s():
    check({"solver": "adamw", "weight_decay": 0.3, "epsilon": 1e-15}, adamw)


# With momentum and a rate that changes, scikit-learn and PyTorch differ: the former's velocity
# carries the rates of earlier steps. Ours is scikit-learn's.
@pytest.mark.parametrize("solver", ["sgd", "adamw"])
def test_cosine_steps_are_pytorch_s(solver):
    make = {"sgd": lambda torch, w, b: torch.optim.SGD([*w, *b], lr=RATE), "adamw": adamw}[solver]
    check(
        {
            "solver": solver,
            "momentum": 0.0,
            "weight_decay": 0.3,
            "epsilon": 1e-15,
            "learning_rate": "cosine",
        },
        make,
        scheduler=lambda epoch: RATE * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS)),
    )
