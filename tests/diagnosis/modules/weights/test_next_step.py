"""The settings of a PyTorch optimizer, and whether its next step overshoots."""

from __future__ import annotations

import copy
import math

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import ogive.torch  # noqa: E402
from ogive.diagnosis.modules.weights import steps  # noqa: E402
from ogive.diagnosis.modules.weights.steps import (  # noqa: E402
    settings_of,
    step_curvature,
)
from ogive.text import InputError  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(40, 5, generator=RANDOM, dtype=torch.float64) * torch.tensor([1, 2, 3, 1, 0.5])
Y = torch.randn(40, 1, generator=RANDOM, dtype=torch.float64)
HESSIAN = 2 * X.T @ X / len(X)


def linear(dtype=torch.float64):
    torch.manual_seed(1)
    return nn.Linear(5, 1, bias=False).to(dtype)


def squared(run):
    return F.mse_loss(run(X), Y)


def curvature_along_gradient(model):
    gradient = torch.autograd.grad(squared(model), model.weight)[0][0]
    return float(gradient @ HESSIAN @ gradient / (gradient @ gradient))


def sgd(model, lr, **more):
    return torch.optim.SGD(model.parameters(), lr=lr, **more)


@pytest.mark.parametrize("lr", [1e-9, 0.01, 0.3, 5.0])
def test_of_gradient_descent_it_is_learning_rate_times_curvature(lr):
    model = linear()
    expected = lr * curvature_along_gradient(model)
    assert step_curvature(model, sgd(model, lr), squared) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("times_the_limit", "rises"), [(0.99, False), (1.01, True)])
def test_from_2_on_the_step_makes_the_loss_larger(times_the_limit, rises):
    model = linear()
    optimizer = sgd(model, times_the_limit * 2 / curvature_along_gradient(model))
    assert (step_curvature(model, optimizer, squared) > 2) is rises
    before = squared(model)
    before.backward()
    optimizer.step()
    assert bool(squared(model) > before) is rises


@pytest.mark.parametrize(
    ("more", "limit"),
    [
        ({"momentum": 0.9}, 2 * 1.9),
        ({"momentum": 0.9, "nesterov": True}, 2 * 1.9 / 2.8),
        ({"momentum": 0.5, "dampening": 0.5}, 2 * 1.5 / 0.5),
    ],
)
def test_momentum_diverges_where_it_is_said_to(more, limit):
    """The largest eigenvalue alone: along its eigenvector the told limit is the true one."""
    values, vectors = torch.linalg.eigh(HESSIAN)
    largest, vector = float(values[-1]), vectors[:, -1]
    solution = torch.linalg.solve(HESSIAN, 2 * X.T @ Y[:, 0] / len(X))
    for share in (0.97, 1.03):
        model = linear()
        with torch.no_grad():
            model.weight[0] = solution + vector
        optimizer = sgd(model, share * limit / largest, **more)
        assert step_curvature(model, optimizer, squared) == pytest.approx(2 * share, rel=1e-6)
        for _ in range(400):
            optimizer.zero_grad()
            squared(model).backward()
            optimizer.step()
        distance = float((model.weight.detach()[0] - solution).norm())
        assert distance < 1 if share < 1 else distance > 1


def test_of_adam_it_follows_the_scaled_gradient():
    model = linear()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    gradient = torch.autograd.grad(squared(model), model.weight)[0][0]
    step = -0.02 * gradient.sign()
    ratio = float(step @ HESSIAN @ step / -(gradient @ step))
    expected = ratio * 0.1 / 1.9
    assert step_curvature(model, optimizer, squared) == pytest.approx(expected, rel=1e-5)


def test_the_state_of_adam_counts():
    model = linear()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    fresh = step_curvature(model, optimizer, squared)
    for _ in range(10):
        optimizer.zero_grad()
        (100 * squared(model)).backward()
        optimizer.step()
    assert step_curvature(model, optimizer, squared) < fresh / 2


def test_each_group_steps_by_its_own_rate():
    model = nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 1)).double()
    groups = [{"params": model[0].parameters(), "lr": 0.0}, {"params": model[2].parameters()}]
    frozen = copy.deepcopy(model)
    for p in frozen[0].parameters():
        p.requires_grad_(False)
    one = step_curvature(model, torch.optim.SGD(groups, lr=0.1), squared)
    other = step_curvature(frozen, torch.optim.SGD(frozen[2].parameters(), lr=0.1), squared)
    assert one == pytest.approx(other, rel=1e-9)


def test_differences_of_gradients_agree_with_the_second_derivative():
    torch.manual_seed(0)
    theirs = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 1)).double()
    ours = nn.Sequential(theirs[0], ogive.torch.Activation("tanh"), theirs[2])
    exact = step_curvature(theirs, sgd(theirs, 1e-6), squared)
    assert step_curvature(ours, sgd(ours, 1e-6), squared) == pytest.approx(exact, rel=1e-4)


def test_long_and_short_steps_agree_on_a_quadratic_loss(monkeypatch):
    model = linear()
    by_losses = step_curvature(model, sgd(model, 0.3), squared)
    monkeypatch.setattr(steps, "SHORT", math.inf)
    assert step_curvature(model, sgd(model, 0.3), squared) == pytest.approx(by_losses, rel=1e-9)


def state_of(model, optimizer):
    return copy.deepcopy(
        (
            model.state_dict(),
            optimizer.state_dict(),
            [p.grad for p in model.parameters()],
            torch.get_rng_state(),
            model.training,
        )
    )


def same(one, other):
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def test_nothing_is_changed():
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Linear(5, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(), nn.Linear(8, 1)
    ).double()
    optimizer = torch.optim.Adam(model.parameters())
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3)
    steps_seen = []
    optimizer.register_step_post_hook(lambda *_: steps_seen.append(1))
    squared(model).backward()
    optimizer.step()
    before = state_of(model, optimizer)
    step_curvature(model, optimizer, squared)
    assert same(before, state_of(model, optimizer))
    assert steps_seen == [1]
    assert scheduler.get_last_lr() == [1e-3]


def test_dropout_drops_the_same_units_along_the_step():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(5, 8), nn.Dropout(), nn.Linear(8, 1)).double()
    told = {step_curvature(model, sgd(model, 0.05), squared) for _ in range(3)}
    assert len(told) == 1


def test_a_step_into_overflow_is_infinite():
    model = nn.Linear(5, 1).float()
    optimizer = sgd(model, 1e30)
    told = step_curvature(model, optimizer, lambda run: F.mse_loss(run(X.float()), Y.float()))
    assert told == math.inf


def test_where_the_gradient_is_0_nothing_is_told():
    model = linear()
    assert math.isnan(step_curvature(model, sgd(model, 0.1), lambda run: 0 * run(X).sum()))


def test_an_optimizer_that_needs_a_closure_is_not_told_of():
    model = linear()
    assert math.isnan(step_curvature(model, torch.optim.LBFGS(model.parameters()), squared))


def test_settings_are_those_of_the_largest_step():
    model = nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 1))
    groups = [
        {"params": model[0].parameters(), "lr": 0.1, "weight_decay": 0.5},
        {"params": model[1].parameters(), "lr": 0.01},
    ]
    told = settings_of(torch.optim.SGD(groups, lr=0.2, momentum=0.9))
    assert (told.solver, told.learning_rate, told.momentum, told.alpha) == ("SGD", 0.1, 0.9, 0.5)


def test_settings_of_adam_name_its_first_beta():
    told = settings_of(torch.optim.AdamW(linear().parameters(), lr=3e-4, betas=(0.8, 0.99)))
    assert (told.solver, told.learning_rate, told.momentum) == ("AdamW", 3e-4, 0.8)


def test_what_is_no_optimizer_is_refused():
    with pytest.raises(InputError, match="optimizer must be one of torch.optim"):
        settings_of("adam")
