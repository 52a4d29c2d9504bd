"""Which activation a PyTorch model applies last."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import ogive.torch  # noqa: E402
from ogive.diagnosis.modules.losses.last_activation import last_activation  # noqa: E402


def outputs(*after, n=3):
    return nn.Sequential(nn.Linear(4, n), *after)(torch.randn(5, 4))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (nn.Softmax(dim=1), "softmax"),
        (nn.LogSoftmax(dim=1), "log_softmax"),
        (nn.Sigmoid(), "logistic"),
        (nn.ReLU(), "relu"),
        (nn.ReLU(inplace=True), "relu"),
        (nn.Tanh(), "tanh"),
        (nn.Softplus(), "softplus"),
        (nn.Identity(), "identity"),
        (nn.BatchNorm1d(3), "identity"),
    ],
)
def test_a_last_module_is_told(module, name):
    assert last_activation(outputs(module)) == name


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda z: F.softmax(z, dim=1), "softmax"),
        (lambda z: z.softmax(-1), "softmax"),
        (lambda z: F.log_softmax(z, dim=1), "log_softmax"),
        (torch.sigmoid, "logistic"),
        (lambda z: z.relu(), "relu"),
        (lambda z: torch.relu_(z), "relu"),
        (torch.tanh, "tanh"),
        (lambda z: torch.sigmoid(z).squeeze(1), "logistic"),
        (lambda z: torch.sigmoid(z[:, 0]), "logistic"),
        (lambda z: torch.sigmoid(z)[:, 0].reshape(-1, 1).double(), "logistic"),
        (lambda z: z.flatten(1), "identity"),
    ],
)
def test_a_last_function_is_told_through_changes_of_shape(function, name):
    z = outputs(n=1)
    assert last_activation(function(z)) == name


def test_layers_without_an_activation_are_identity():
    x = torch.randn(2, 3, 8, 8)
    assert last_activation(nn.Conv2d(3, 4, 3)(x)) == "identity"
    assert last_activation(nn.Linear(8, 2)(x)) == "identity"
    assert last_activation(nn.AdaptiveAvgPool2d(1)(nn.Conv2d(3, 4, 3)(x))) == "identity"


def test_a_residual_sum_of_affine_maps_is_identity():
    z = outputs()
    assert last_activation(z + nn.Linear(3, 3)(z)) == "identity"


def test_a_sum_with_an_activation_is_not_said_to_be_one():
    z = outputs()
    assert last_activation(z + torch.relu(z)) == "unknown"


def test_a_scaled_activation_is_unknown():
    assert last_activation(10 * torch.tanh(outputs())) == "unknown"


def test_an_activation_of_ours_is_told_by_its_module():
    module = ogive.torch.Activation("sigmoid")
    assert last_activation(outputs(module), module) == "logistic"


def test_without_a_graph_nothing_is_known():
    with torch.no_grad():
        assert last_activation(outputs(nn.Softmax(dim=1))) == "unknown"


def test_backward_hooks_of_the_user_do_not_hide_it():
    module = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))
    module.register_full_backward_hook(lambda *_: None)
    x = torch.randn(5, 4, requires_grad=True)
    assert last_activation(module(x)) == "softmax"
