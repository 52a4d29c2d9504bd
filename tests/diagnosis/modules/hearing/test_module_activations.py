"""Activations are found however a user writes them."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

import ogive  # noqa: E402
import ogive.torch  # noqa: E402
from ogive.diagnosis.modules.probe import measure_module  # noqa: E402

nn, F = torch.nn, torch.nn.functional


class Between(nn.Module):
    """Two layers with any function between them."""

    def __init__(self, function, width=12):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(5, width), nn.Linear(width, 2)
        self.function = function

    def forward(self, x):
        return self.fc2(self.function(self.fc1(x)))


@pytest.fixture
def rows():
    generator = torch.Generator().manual_seed(1)
    return torch.randn(60, 5, generator=generator) * 2, torch.randn(60, 2, generator=generator)


def check(model, rows, function):
    """Return the only hidden layer, having checked its numbers against autograd's."""
    torch.manual_seed(0)
    layer, output = measure_module(model, *rows).layers
    z = model.fc1(rows[0]).detach().requires_grad_()
    a = function(z.clone())
    (slope,) = torch.autograd.grad(a.sum(), z)
    assert layer.role == "hidden"
    assert output.name == "fc2"
    np.testing.assert_allclose(layer.units.z_mean, z.detach().double().mean(0), atol=1e-5)
    np.testing.assert_allclose(layer.units.a_mean, a.detach().double().mean(0), atol=1e-5)
    square = slope.double().square().mean(0)
    np.testing.assert_allclose(layer.units.slope_square_mean, square, rtol=1e-3, atol=1e-5)
    assert layer.error_norm > 0
    return layer


FUNCTIONS = {
    "F.relu": (F.relu, "relu", {}),
    "torch.relu": (torch.relu, "relu", {}),
    "method": (lambda x: x.relu(), "relu", {}),
    "in place": (lambda x: F.relu(x, inplace=True), "relu", {}),
    "relu_": (torch.relu_, "relu", {}),
    "clamp": (lambda x: x.clamp(min=0), "relu", {}),
    "clamp_min": (lambda x: torch.clamp_min(x, 0.0), "relu", {}),
    "maximum": (lambda x: torch.maximum(x, torch.zeros_like(x)), "relu", {}),
    "relu6": (F.relu6, "relu6", {}),
    "hardtanh": (lambda x: F.hardtanh(x, -2.0, 2.0), "hardtanh", {"min_val": -2, "max_val": 2}),
    "leaky": (lambda x: F.leaky_relu(x, 0.3), "leaky_relu", {"negative_slope": 0.3}),
    "elu": (lambda x: F.elu(x, alpha=0.7), "elu", {"alpha": 0.7}),
    "celu": (lambda x: F.celu(x, 1.5), "celu", {"alpha": 1.5}),
    "selu": (F.selu, "selu", {}),
    "gelu": (F.gelu, "gelu", {}),
    "gelu tanh": (lambda x: F.gelu(x, approximate="tanh"), "gelu_tanh", {}),
    "silu": (F.silu, "silu", {}),
    "swish by hand": (lambda x: x * torch.sigmoid(x), "silu", {}),
    "swish with beta": (lambda x: x * torch.sigmoid(2.5 * x), "silu", {"beta": 2.5}),
    "quick gelu by hand": (lambda x: x * torch.sigmoid(1.702 * x), "quick_gelu", {}),
    "mish": (F.mish, "mish", {}),
    "mish by hand": (lambda x: x * torch.tanh(F.softplus(x)), "mish", {}),
    "tanh": (torch.tanh, "tanh", {}),
    "sigmoid": (torch.sigmoid, "sigmoid", {}),
    "expit": (torch.special.expit, "sigmoid", {}),
    "softplus": (lambda x: F.softplus(x, beta=2), "softplus", {"beta": 2}),
    "softsign": (F.softsign, "softsign", {}),
    "hardswish": (F.hardswish, "hardswish", {}),
    "hardsigmoid": (F.hardsigmoid, "hardsigmoid", {}),
    "tanhshrink": (F.tanhshrink, "tanhshrink", {}),
    "softshrink": (lambda x: F.softshrink(x, 0.2), "softshrink", {"lambd": 0.2}),
    "hardshrink": (lambda x: F.hardshrink(x, 0.2), "hardshrink", {"lambd": 0.2}),
    "logsigmoid": (F.logsigmoid, "logsigmoid", {}),
    "threshold": (lambda x: F.threshold(x, 0.5, 0.0), "thresholded_relu", {"theta": 0.5}),
    "sine": (torch.sin, "sine", {}),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_of_pytorch_is_found_with_its_parameters(name, rows):
    function, expected, parameters = FUNCTIONS[name]
    layer = check(Between(function), rows, function)
    assert layer.function == ogive.activation(expected, **parameters)
    assert layer.name.startswith("fc1 → ")


@pytest.mark.parametrize(
    "module",
    [nn.ReLU(), nn.ReLU(inplace=True), nn.Tanh(), nn.ELU(0.5), nn.GELU("tanh"), nn.Hardtanh()],
    ids=repr,
)
def test_a_module_of_pytorch_is_found_under_its_own_name(module, rows):
    assert check(Between(module), rows, module).name == "function"


def test_slopes_by_unit_are_those_of_a_prelu(rows):
    torch.manual_seed(0)
    module = nn.PReLU(12)
    with torch.no_grad():
        module.weight.copy_(torch.linspace(0, 0.9, 12))
    layer = check(Between(module), rows, module)
    assert layer.activation == "prelu"


@pytest.mark.parametrize(
    ("name", "parameters"),
    [("elu", {"alpha": 0.5}), ("softsign", {}), ("z*sigmoid(3*z)", {}), ("prelu", {})],
)
def test_an_activation_of_ours_is_found(name, parameters, rows):
    module = ogive.torch.Activation(name, **parameters)
    layer = check(Between(module), rows, module)
    assert layer.name == "function"
    assert layer.function.name == name


class Swish(nn.Module):
    """As in many tutorials."""

    def forward(self, x):
        return x * torch.sigmoid(x)


class Wave(nn.Module):
    """Not in the catalogue, with a parameter that is learnt."""

    def __init__(self):
        super().__init__()
        self.rate = nn.Parameter(torch.tensor(1.3))

    def forward(self, x):
        return torch.sin(self.rate * x) * torch.exp(-x * x / 8)


def test_a_users_own_module_is_recognised_as_a_function_of_the_catalogue(rows):
    layer = check(Between(Swish()), rows, F.silu)
    assert layer.function == ogive.activation("silu")


def test_an_activation_unknown_to_the_catalogue_is_measured_by_autograd(rows):
    module = Wave()
    layer = check(Between(module), rows, module)
    assert layer.function is None
    assert (layer.name, layer.activation) == ("function", "Wave")
    grid = torch.linspace(-12, 12, 481, requires_grad=True)
    (slope,) = torch.autograd.grad(module(grid).sum(), grid)
    z = torch.nn.functional.linear(rows[0], torch.zeros(12, 5))
    assert z.shape == (60, 12)
    assert layer.units.slope_max.max() <= 1 + 1e-3
    assert layer.units.slope_max.max() >= 0.5 / slope.abs().max().item()


class Block(nn.Module):
    """An activation made of modules, which is not looked into where it is named."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Tanh()

    def forward(self, x):
        return self.inner(x) + 0.1 * x


def test_a_module_named_by_the_user_is_measured_as_a_whole(rows):
    model = Between(Block())
    found = measure_module(model, *rows).hidden
    assert [layer.activation for layer in found] == ["tanh"]
    named = measure_module(model, *rows, activations=["function"]).hidden
    assert [layer.activation for layer in named] == ["Block"]
    z = model.fc1(rows[0]).detach()
    slope = 1.1 - torch.tanh(z).double().square()
    np.testing.assert_allclose(named[0].units.slope_square_mean, slope.square().mean(0), rtol=1e-4)


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.factor = nn.Parameter(torch.full((12,), 2.0))

    def forward(self, x):
        return x * self.factor + 1


class Normalise(nn.Module):
    def forward(self, x):
        return x / x.norm(dim=-1, keepdim=True)


class Noise(nn.Module):
    def forward(self, x):
        return x + torch.randn_like(x)


@pytest.mark.parametrize("module", [Scale(), Normalise(), Noise(), nn.Identity(), nn.LayerNorm(12)])
def test_a_module_that_is_no_activation_is_not_taken_for_one(module, rows):
    measured = measure_module(Between(module), *rows)
    assert measured.hidden == ()


def test_one_module_used_several_times_is_several_layers(rows):
    relu = nn.ReLU()
    model = nn.Sequential(nn.Linear(5, 8), relu, nn.Linear(8, 6), relu, nn.Linear(6, 2))
    first, second = measure_module(model, *rows).hidden
    assert (first.name, second.name) == ("0 → 1", "2 → 1")
    assert (first.n_units, second.n_units) == (8, 6)
    z = model[2](torch.relu(model[0](rows[0]))).detach().double()
    np.testing.assert_allclose(second.units.z_mean, z.mean(0), atol=1e-6)


def test_an_activation_at_the_end_is_the_outputs(rows):
    model = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 2), nn.ReLU())
    measured = measure_module(model, *rows)
    assert [layer.role for layer in measured.layers] == ["hidden", "output"]
    assert measured.outputs.activation == "relu"


def test_a_gate_is_no_layer_of_units(rows):
    class Gated(nn.Module):
        def __init__(self):
            super().__init__()
            self.value, self.gate, self.out = nn.Linear(5, 8), nn.Linear(5, 8), nn.Linear(8, 2)

        def forward(self, x):
            return self.out(torch.tanh(self.value(x)) * torch.sigmoid(self.gate(x)))

    measured = measure_module(Gated(), *rows)
    assert [layer.activation for layer in measured.hidden] == ["tanh"]
    assert [x.name for x in measured.layers if x.role == "other"] == ["gate → sigmoid", "gate"]


def test_softmax_is_a_hidden_layer_only_between_layers(rows):
    between = nn.Sequential(nn.Linear(5, 8), nn.Softmax(dim=1), nn.Linear(8, 2))
    layer = measure_module(between, *rows).hidden[0]
    a = between[:2](rows[0]).detach().double()
    np.testing.assert_allclose(
        layer.units.slope_square_mean, (a * (1 - a)).square().mean(0), rtol=1e-4
    )


def test_activations_are_found_in_a_model_of_raw_parameters(rows):
    class Raw(nn.Module):
        def __init__(self):
            super().__init__()
            self.W1, self.b1 = nn.Parameter(torch.randn(5, 7)), nn.Parameter(torch.randn(7))
            self.W2, self.b2 = nn.Parameter(torch.randn(2, 7)), nn.Parameter(torch.randn(2))

        def forward(self, x):
            return torch.tanh(x @ self.W1 + self.b1) @ self.W2.T + self.b2

    model = Raw()
    first, last = measure_module(model, *rows).layers
    assert (first.name, last.name) == ("W1 → tanh", "W2")
    assert (first.weights.fan_in, first.weights.fan_out) == (5, 7)
    assert (last.weights.fan_in, last.weights.fan_out) == (7, 2)
    assert first.weights.intercept_rms == pytest.approx(model.b1.square().mean().sqrt().item())
    loss = F.mse_loss(model(rows[0]), rows[1])
    (gradient,) = torch.autograd.grad(loss, model.W1)
    assert first.gradient_norm == pytest.approx(gradient.norm().item(), rel=1e-4)


def test_a_gated_linear_unit_is_shown_and_what_follows_is_measured(rows):
    model = nn.Sequential(nn.Linear(5, 8), nn.GLU(), nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 2))
    measured = measure_module(model, *rows)
    assert [layer.name for layer in measured.hidden] == ["3"]
    gate = measured.layers[0] if measured.layers[0].activation == "glu" else measured.layers[1]
    assert gate.role == "other"
    z = model[2](model[1](model[0](rows[0]))).detach().double()
    np.testing.assert_allclose(measured.hidden[0].units.z_mean, z.mean(0), atol=1e-6)
