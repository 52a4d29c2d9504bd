"""PyTorch tensors, and the module whose backward pass is our derivative."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import numpy as np
import pytest

import ogive
from ogive.text import InputError

torch = pytest.importorskip("torch")
module = pytest.importorskip("ogive.torch")

# Where no kink or jump is within reach of gradcheck's differences.
POINTS = torch.tensor(
    [[-2.7, -1.2, -0.7, -0.2, 0.3, 0.8], [1.3, 2.6, 4.1, -3.8, 0.1, -0.4]], dtype=torch.float64
)
# What torch has of the catalogue.
THEIRS = {
    "relu": torch.nn.ReLU(),
    "leaky_relu": torch.nn.LeakyReLU(),
    "relu6": torch.nn.ReLU6(),
    "hardtanh": torch.nn.Hardtanh(),
    "hardsigmoid": torch.nn.Hardsigmoid(),
    "hardswish": torch.nn.Hardswish(),
    "hardshrink": torch.nn.Hardshrink(),
    "softshrink": torch.nn.Softshrink(),
    "sigmoid": torch.nn.Sigmoid(),
    "tanh": torch.nn.Tanh(),
    "softsign": torch.nn.Softsign(),
    "elu": torch.nn.ELU(),
    "celu": torch.nn.CELU(),
    "selu": torch.nn.SELU(),
    "softplus": torch.nn.Softplus(),
    "logsigmoid": torch.nn.LogSigmoid(),
    "silu": torch.nn.SiLU(),
    "gelu": torch.nn.GELU(),
    "gelu_tanh": torch.nn.GELU("tanh"),
    "mish": torch.nn.Mish(),
    "tanhshrink": torch.nn.Tanhshrink(),
    "softmax": torch.nn.Softmax(-1),
    "softmin": torch.nn.Softmin(-1),
    "log_softmax": torch.nn.LogSoftmax(-1),
    "glu": torch.nn.GLU(-1),
}


def points(dtype=torch.float64):
    return POINTS.clone().to(dtype).requires_grad_()


@pytest.mark.parametrize("name", ogive.activations())
def test_gradients_are_those_of_differences(name):
    layer = module.Activation(name).eval()
    assert torch.autograd.gradcheck(layer.double(), (points(),))


@pytest.mark.parametrize("name", THEIRS)
def test_torch_s_own_functions_agree(name):
    ours, theirs = points(), points()
    value, expected = module.Activation(name)(ours), THEIRS[name](theirs)
    torch.testing.assert_close(value, expected)
    weight = torch.linspace(-1, 1, value.numel(), dtype=torch.float64).reshape(value.shape)
    (value * weight).sum().backward()
    (expected * weight).sum().backward()
    torch.testing.assert_close(ours.grad, theirs.grad)


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "relu6", "hardswish", "hardshrink"])
def test_at_kinks_the_gradient_is_torch_s(name):
    kinks = [-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 6.0]
    ours, theirs = (torch.tensor(kinks, requires_grad=True) for _ in range(2))
    module.Activation(name)(ours).sum().backward()
    THEIRS[name](theirs).sum().backward()
    torch.testing.assert_close(ours.grad, theirs.grad, rtol=1e-6, atol=1e-7)


def test_another_subgradient_can_be_chosen():
    z = torch.zeros(1, requires_grad=True)
    module.Activation("relu", subgradient="right")(z).sum().backward()
    assert z.grad.item() == 1


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_dtype_is_kept_and_the_numbers_are_ours(dtype):
    z = points(dtype)
    value = module.Activation("gelu")(z)
    assert value.dtype == dtype
    expected = ogive.activation("gelu")(z.detach().numpy())
    np.testing.assert_array_equal(value.detach().numpy(), expected)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_computed_in_float32(dtype):
    z = points(dtype).detach().requires_grad_()
    value = module.Activation("gelu")(z)
    assert value.dtype == dtype
    torch.testing.assert_close(value, ogive.activation("gelu")(z.detach().float()).to(dtype))
    value.sum().backward()
    assert z.grad.dtype == dtype


def test_whole_numbers_become_torch_s_default():
    assert ogive.activation("tanh")(torch.tensor([1, 2])).dtype == torch.float32
    assert ogive.activation("tanh")(torch.tensor(True)).shape == ()


@pytest.mark.parametrize(
    "view",
    [
        lambda z: z.T,
        lambda z: z[:, ::2],
        lambda z: z[0, 0],
        lambda z: z[:0],
        lambda z: z[:1].expand(5, -1),
        lambda z: z.flip(0),
    ],
    ids=["transposed", "strided", "scalar", "empty", "expanded", "flipped"],
)
def test_any_layout_gives_the_same_numbers(view):
    z = points()
    seen = view(z)
    value = ogive.activation("tanh")(seen)
    torch.testing.assert_close(value, torch.tanh(seen), rtol=1e-15, atol=0)
    value.sum().backward()
    ours, z.grad = z.grad, None
    torch.tanh(view(z)).sum().backward()
    torch.testing.assert_close(ours, z.grad)


def test_the_tensor_s_memory_is_read_where_it_is():
    from ogive.activations.tensors import memory

    z = torch.arange(6.0).reshape(2, 3).T
    assert memory(z).__array_interface__["data"][0] == z.data_ptr()


def test_a_call_with_a_tensor_gives_a_tensor_through_which_gradients_flow():
    z = points()
    value = ogive.activation("mish")(z)
    (slope,) = torch.autograd.grad(value.sum(), z)
    torch.testing.assert_close(slope, ogive.activation("mish").derivative(z), rtol=0, atol=0)
    assert not ogive.activation("mish").derivative(z).requires_grad
    both = ogive.activation("mish").value_and_derivative(z)
    assert both[0].requires_grad
    assert not both[1].requires_grad


def test_the_jacobian_of_a_row_is_torch_s():
    z = points()[0].detach()
    expected = torch.func.jacrev(lambda row: torch.softmax(row, -1))(z)
    torch.testing.assert_close(ogive.activation("softmax").derivative(z), expected)


def test_without_gradients_no_graph_is_built():
    with torch.no_grad():
        assert not ogive.activation("mish")(points()).requires_grad
    assert not ogive.activation("mish")(points().detach()).requires_grad


def test_a_second_derivative_is_refused_in_words():
    for name in ("tanh", "softmax"):
        z = points()
        value = (ogive.activation(name)(z) ** 2).sum()
        (slope,) = torch.autograd.grad(value, z, create_graph=True)
        with pytest.raises(NotImplementedError, match="first derivatives only"):
            slope.sum().backward()


@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.zeros(3, dtype=torch.complex64),
        lambda: torch.zeros(3, device="meta"),
        lambda: torch.zeros(3, 3).to_sparse(),
    ],
    ids=["complex", "device", "sparse"],
)
def test_other_tensors_are_refused(make):
    with pytest.raises(InputError, match=r"dense tensors of real numbers on the CPU"):
        ogive.activation("tanh")(make())


def test_out_is_for_arrays():
    with pytest.raises(InputError, match="z is a Tensor, so leave out away"):
        ogive.activation("tanh")(torch.zeros(3), out=np.empty(3))


@pytest.mark.parametrize("units", [None, 6])
def test_prelu_learns_as_torch_s_does(units):
    ours, theirs = module.Activation("prelu", units=units), torch.nn.PReLU(units or 1)
    for layer in (ours, theirs):
        z = points(torch.float32)
        (layer(z) ** 2).sum().backward()
        layer.z = z
    torch.testing.assert_close(ours.z.grad, theirs.z.grad)
    torch.testing.assert_close(ours.negative_slope.grad, theirs.weight.grad)


def test_prelu_s_units_are_the_second_axis():
    z = torch.randn(4, 3, 5, 2)
    torch.testing.assert_close(module.Activation("prelu", units=3)(z), torch.nn.PReLU(3)(z))
    with pytest.raises(InputError, match="learns 3 slopes"):
        module.Activation("prelu", units=3)(torch.zeros(2, 4))


@pytest.mark.parametrize("side", ["torch", "left", "right", "mean"])
def test_prelu_has_the_choice_at_zero(side):
    layer = module.Activation("prelu", subgradient=side)
    z = torch.zeros(1, requires_grad=True)
    layer(z).sum().backward()
    assert z.grad.item() == {"right": 1, "mean": 0.625}.get(side, 0.25)


def test_prelu_s_gradients_are_those_of_differences():
    layer = module.Activation("prelu", units=6).double()
    slopes = layer.negative_slope
    assert torch.autograd.gradcheck(lambda z, _: layer(z), (points(), slopes))


def test_what_is_learnt_is_in_the_state():
    layer = module.Activation("prelu", negative_slope=0.1, units=2)
    assert layer.state_dict()["negative_slope"].tolist() == pytest.approx([0.1, 0.1])
    other = module.Activation("prelu", units=2)
    other.load_state_dict(layer.state_dict())
    assert torch.equal(other.negative_slope, layer.negative_slope)
    assert not module.Activation("gelu").state_dict()


def test_units_are_for_prelu():
    with pytest.raises(InputError, match="'relu' learns no parameter"):
        module.Activation("relu", units=3)
    with pytest.raises(InputError, match="units must be a whole number"):
        module.Activation("prelu", units=0)
    with pytest.raises(InputError, match="say how many, as in units=64"):
        module.Activation(ogive.activation("prelu", per_unit=True))


def test_rrelu_draws_slopes_in_training_and_takes_the_mean_after():
    layer = module.Activation("rrelu")
    z = torch.full((10_000,), -1.0, requires_grad=True)
    torch.manual_seed(0)
    value = layer(z)
    value.sum().backward()
    slopes = -value.detach()
    assert 1 / 8 <= slopes.min() < 0.13
    assert 0.33 < slopes.max() <= 1 / 3
    assert torch.equal(z.grad, slopes)
    torch.manual_seed(0)
    assert torch.equal(layer(z), value)
    assert layer.eval()(z)[0].item() == pytest.approx(-(1 / 8 + 1 / 3) / 2)


def test_a_formula_is_a_module_too():
    layer = module.Activation("z * sigmoid(beta * z)", beta=2.0)
    z = points()
    torch.testing.assert_close(layer(z), z * torch.sigmoid(2 * z))
    assert torch.autograd.gradcheck(layer, (z,))
    assert repr(layer) == "Activation('z*sigmoid(beta*z)', beta=2.0)"


@pytest.mark.parametrize("arguments", [("elu", {"alpha": 0.5}), ("prelu", {"units": 2})])
def test_modules_are_copied_and_stored(arguments):
    layer = module.Activation(arguments[0], **arguments[1])
    z = torch.randn(3, 2)
    for same in (copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))):
        assert torch.equal(same(z), layer(z))
        assert same.function == layer.function


def test_a_network_with_it_learns():
    torch.manual_seed(0)
    network = torch.nn.Sequential(
        torch.nn.Linear(1, 16), module.Activation("mish"), torch.nn.Linear(16, 1)
    )
    x = torch.linspace(-2, 2, 64)[:, None]
    optimizer = torch.optim.Adam(network.parameters(), 0.02)
    for _ in range(200):
        optimizer.zero_grad()
        loss = ((network(x) - torch.sin(2 * x)) ** 2).mean()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.02


# PyTorch's forward mode does what its own warning advises against.
SCRIPTS_THEMSELVES = pytest.mark.filterwarnings(r"ignore:`torch\.jit:DeprecationWarning")
TRANSFORMED = ("tanh", "mish", "relu", "softmax", "log_softmax", "sparsemax", "glu", "prelu")


def weighted(layer):
    """A number made of a layer's outputs, so that each has a weight of its own."""

    def total(z):
        value = layer(z)
        return (value * torch.arange(1.0, value.numel() + 1).reshape(value.shape)).sum()

    return total


def batch():
    return torch.linspace(-2, 3, 24, dtype=torch.float64).reshape(3, 2, 4)


@pytest.mark.parametrize("name", [*TRANSFORMED, "z * sigmoid(beta * z)"])
def test_vmap_gives_what_a_loop_gives(name):
    layer = module.Activation(name, **({"beta": 2.0} if "beta" in name else {}))
    vmap = torch.func.vmap
    torch.testing.assert_close(vmap(layer)(batch()), torch.stack([layer(z) for z in batch()]))
    torch.testing.assert_close(vmap(vmap(layer))(batch()), layer(batch()))
    across = vmap(layer, in_dims=1, out_dims=1)(batch())
    torch.testing.assert_close(across, torch.stack([layer(z) for z in batch().unbind(1)], 1))


@pytest.mark.parametrize("name", TRANSFORMED)
def test_func_grad_is_the_gradient_of_backward(name):
    layer = module.Activation(name)
    z = batch().requires_grad_()
    weighted(layer)(z).backward()
    torch.testing.assert_close(torch.func.grad(weighted(layer))(batch()), z.grad)


@pytest.mark.parametrize("name", TRANSFORMED)
def test_gradients_of_each_sample_come_from_grad_within_vmap_and_the_reverse(name):
    layer = module.Activation(name)
    grad, vmap = torch.func.grad, torch.func.vmap
    expected = torch.stack([grad(weighted(layer))(z) for z in batch()])
    torch.testing.assert_close(vmap(grad(weighted(layer)))(batch()), expected)
    outside = grad(lambda z: vmap(weighted(layer))(z).sum())(batch())
    torch.testing.assert_close(outside, expected)


@pytest.mark.parametrize("name", TRANSFORMED)
def test_jacobians_are_those_of_differences(name):
    layer, row, step = module.Activation(name), batch()[0, 0], 1e-6
    jacobian = torch.func.jacrev(layer)(row)
    steps = step * torch.eye(4, dtype=torch.float64)
    columns = [(layer(row + one) - layer(row - one)) / (2 * step) for one in steps]
    torch.testing.assert_close(jacobian, torch.stack(columns, 1), rtol=1e-6, atol=1e-8)


@SCRIPTS_THEMSELVES
@pytest.mark.parametrize("name", ["tanh", "mish", "relu", "prelu"])
def test_functions_of_one_number_have_forward_mode_too(name):
    layer, row = module.Activation(name), batch()[0, 0]
    torch.testing.assert_close(torch.func.jacfwd(layer)(row), torch.func.jacrev(layer)(row))
    value, change = torch.func.jvp(layer, (row,), (torch.ones_like(row),))
    torch.testing.assert_close(value, layer(row))
    torch.testing.assert_close(change, torch.func.jacrev(layer)(row).sum(1))


@SCRIPTS_THEMSELVES
def test_forward_mode_carries_the_learnt_slope():
    def loss(slope):
        return torch.func.functional_call(layer, {"negative_slope": slope}, (batch(),)).sum()

    layer = module.Activation("prelu").double()
    slope = layer.negative_slope.detach()
    torch.testing.assert_close(torch.func.jacfwd(loss)(slope), torch.func.grad(loss)(slope))


@SCRIPTS_THEMSELVES
def test_what_cannot_be_transformed_is_refused_in_words():
    z = batch()[0, 0]
    for name in ("tanh", "softmax"):
        layer = module.Activation(name)
        twice = torch.func.jacrev(torch.func.grad(weighted(layer)))
        with pytest.raises(NotImplementedError, match="first derivatives only"):
            twice(z)
    with pytest.raises(NotImplementedError, match=r"reverse mode only; use torch\.func\.vjp"):
        torch.func.jacfwd(module.Activation("softmax"))(z)
    with pytest.raises(InputError, match=r"acts on rows, along the last axis; z has shape \(\)"):
        torch.func.vmap(module.Activation("softmax"))(z)


@SCRIPTS_THEMSELVES
def test_scripting_is_refused_with_what_works_instead():
    for model in (
        module.Activation("mish"),
        torch.nn.Sequential(torch.nn.Linear(2, 2), module.Activation("prelu")),
    ):
        with pytest.raises(NotImplementedError, match=r"torch\.compile\(model\) and torch\.jit\."):
            torch.jit.script(model)


@SCRIPTS_THEMSELVES
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")  # checks of shapes, not recorded
@pytest.mark.parametrize("name", ["mish", "softmax", "glu", "prelu"])
def test_a_traced_module_gives_the_same_numbers(name, tmp_path):
    layer = module.Activation(name)
    traced = torch.jit.trace(layer, torch.randn(3, 4))
    for shape in ((3, 4), (5, 6)):
        z = torch.randn(shape)
        torch.testing.assert_close(traced(z), layer(z), rtol=0, atol=0)


@pytest.mark.filterwarnings("ignore:.*should not be instantiated")  # by torch.compile itself
@pytest.mark.parametrize("name", ["mish", "softmax", "glu", "prelu", "z * sigmoid(2 * z)"])
def test_a_compiled_module_is_one_graph_with_the_same_numbers_and_gradients(name):
    layer = module.Activation(name)
    compiled = torch.compile(layer, backend="aot_eager", fullgraph=True)
    for view in (lambda z: z, lambda z: z.T):
        ours, theirs = (view(torch.linspace(-2, 3, 24).reshape(4, 6)) for _ in range(2))
        ours.requires_grad_()
        theirs.requires_grad_()
        value = compiled(ours)
        torch.testing.assert_close(value, layer(theirs), rtol=0, atol=0)
        (value**2).sum().backward()
        (layer(theirs) ** 2).sum().backward()
        torch.testing.assert_close(ours.grad, theirs.grad, rtol=1e-6, atol=1e-7)
    torch.compiler.reset()


def test_compiled_networks_take_half_precision():
    layer = module.Activation("gelu")
    z = torch.randn(5, dtype=torch.bfloat16)
    compiled = torch.compile(layer, backend="aot_eager", fullgraph=True)
    assert torch.equal(compiled(z), layer(z))
    torch.compiler.reset()


def test_a_single_number_stays_one():
    assert module.Activation("prelu")(torch.tensor(-2.0)).shape == ()


def test_a_derivative_can_be_mapped():
    tanh = ogive.activation("tanh")
    slopes = torch.func.vmap(tanh.derivative)(batch())
    torch.testing.assert_close(slopes, tanh.derivative(batch()), rtol=0, atol=0)


def test_without_torch_the_import_says_what_to_install():
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "try:\n    import ogive.torch\n"
        "except ImportError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install ogive[torch]" in done.stdout


def test_the_library_works_without_torch_imported():
    code = (
        "import sys, ogive; ogive.activation('gelu')([1.0]); ogive.activation('gelu')\n"
        "assert 'torch' not in sys.modules\n"
        "assert ogive.torch.Activation('relu')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
