"""A monitor sees that zero_grad was forgotten, and takes nothing else for it."""

from __future__ import annotations

import copy
import pickle

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import ogive  # noqa: E402
from ogive.torch import Monitor  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(96, 6, generator=RANDOM)
Y = (X[:, 0] > 0).long()


def made(n_outputs=2):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, n_outputs))


def watched(step, every=3, steps=20):
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with Monitor(model, optimizer, every=every) as monitor:
        for i in range(steps):
            step(i, model, optimizer)
        monitor.epoch()
    return model, optimizer, monitor


def backward(model):
    F.cross_entropy(model(X), Y).backward()


def forgotten(i, model, optimizer):
    backward(model)
    optimizer.step()


def reset_before_forward(i, model, optimizer):
    optimizer.zero_grad()
    forgotten(i, model, optimizer)


def reset_before_backward(i, model, optimizer):
    loss = F.cross_entropy(model(X), Y)
    optimizer.zero_grad(set_to_none=False)
    loss.backward()
    optimizer.step()


def reset_after_step(i, model, optimizer):
    forgotten(i, model, optimizer)
    model.zero_grad()


def accumulated(i, model, optimizer):
    backward(model)
    if i % 4 == 3:
        optimizer.step()
        optimizer.zero_grad()


def after_anothers_backward(i, model, optimizer):
    # As of a discriminator, through which the generator's loss passes first.
    backward(model)
    reset_before_forward(i, model, optimizer)


def diagnosed_in_between(i, model, optimizer):
    optimizer.zero_grad()
    forgotten(i, model, optimizer)
    ogive.diagnose(model, X, Y, loss=nn.CrossEntropyLoss())


@pytest.mark.parametrize("every", [1, 3])
def test_a_forgotten_reset_is_seen_and_named(every):
    model, optimizer, monitor = watched(forgotten, every)
    assert monitor.gradients_kept is True
    found = ogive.diagnose(model, X, Y, optimizer=optimizer, monitor=monitor)
    (finding,) = [one for one in found.findings if one.code == "OGV106"]
    assert (finding.severity, finding.kind) == ("issue", "gradients_kept")
    assert "zero_grad()" in finding.remedy.en


@pytest.mark.parametrize("every", [1, 3])
@pytest.mark.parametrize(
    "step",
    [
        reset_before_forward,
        reset_before_backward,
        reset_after_step,
        accumulated,
        after_anothers_backward,
        diagnosed_in_between,
    ],
)
def test_gradients_that_are_reset_are_not_taken_for_kept(step, every):
    assert watched(step, every)[2].gradients_kept is False


def test_without_an_optimizer_nothing_is_known():
    model = made()
    monitor = Monitor(model, every=1)
    backward(model)
    assert monitor.gradients_kept is None


def test_closing_between_two_steps_leaves_no_hook():
    model, optimizer, _ = watched(forgotten, every=1, steps=1)
    assert not optimizer._optimizer_step_pre_hooks
    assert not any(p._backward_hooks for p in model.parameters())


def test_a_copy_made_between_two_steps_is_not_looked_at():
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    monitor = Monitor(model, optimizer, every=1)
    reset_before_forward(0, model, optimizer)
    copied, its_optimizer = copy.deepcopy((model, optimizer))
    forgotten(1, copied, its_optimizer)
    assert monitor.gradients_kept is None
    pickle.loads(pickle.dumps(copied))
