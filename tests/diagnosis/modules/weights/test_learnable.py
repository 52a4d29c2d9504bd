"""Which parameters steps can move, and the finding where they cannot."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402

import ogive  # noqa: E402
from ogive.diagnosis.modules.weights.learnable import learnable_of  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(64, 5, generator=RANDOM)
Y = torch.randint(0, 3, (64,), generator=RANDOM)


def made():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 3))


def sgd(*modules):
    return torch.optim.SGD([p for module in modules for p in module.parameters()], lr=0.01)


def steps_of(model, **more):
    found = ogive.diagnose(model, X, Y, loss=nn.CrossEntropyLoss(), **more)
    return [one for one in found.findings if one.code == "OGV106"]


def test_parameters_are_counted_by_what_holds_them():
    model = made()
    model[0].requires_grad_(False)
    facts = learnable_of(model, [sgd(model[4])])
    assert (facts.n_parameters, facts.n_learning, facts.n_held) == (6, 4, 2)
    assert facts.missing == ("2.weight", "2.bias") and facts.missing_weights


def test_several_optimizers_hold_together_and_none_is_unknown():
    model = made()
    assert learnable_of(model, [sgd(model[:2]), sgd(model[2:])]).n_held == 6
    assert learnable_of(model, []).n_held is None


def test_an_optimizer_of_another_model_is_an_issue():
    (finding,) = steps_of(made(), optimizer=sgd(made()))
    assert (finding.severity, finding.kind) == ("issue", "not_in_optimizer")
    assert "holds none of the model's 6" in finding.title.en


def test_an_optimizer_of_part_of_the_model_is_an_issue():
    model = made()
    finding, *_ = steps_of(model, optimizer=sgd(model[:2]))
    assert (finding.severity, finding.kind) == ("issue", "partly_in_optimizer")
    assert finding.title.en.startswith("4 of 6") and "2.weight, 2.bias" in finding.title.en


def test_the_whole_models_optimizer_is_none():
    model = made()
    assert all(one.kind != "partly_in_optimizer" for one in steps_of(model, optimizer=sgd(model)))


def test_a_frozen_model_is_an_issue_and_its_gradients_are_followed_all_the_same():
    (finding,) = steps_of(made().requires_grad_(False))
    assert (finding.severity, finding.kind) == ("issue", "frozen")
    frozen = ogive.diagnose(made().requires_grad_(False), X, Y, loss=nn.CrossEntropyLoss())
    free = ogive.diagnose(made(), X, Y, loss=nn.CrossEntropyLoss())
    errors = [layer.error_norm for layer in frozen.layers]
    assert errors == pytest.approx([layer.error_norm for layer in free.layers])
    assert np.isnan([layer.gradient_norm for layer in frozen.layers]).all()
    assert frozen.measurements.outputs.activation == "identity"


def test_a_frozen_module_may_write_into_what_it_is_given():
    model = nn.Sequential(nn.ReLU(inplace=True), nn.Linear(5, 3)).requires_grad_(False)
    given = X.clone()
    (finding,) = steps_of(model)
    assert finding.kind == "frozen"
    assert torch.equal(X, given)
