"""check_gradients of PyTorch modules."""

import numpy as np
import pytest

from ogive import check_gradients
from ogive.text import InputError

torch = pytest.importorskip("torch")
nn = torch.nn

RNG = np.random.default_rng(0)
X = torch.from_numpy(RNG.normal(size=(40, 5)).astype(np.float32))
LABELS = torch.from_numpy(RNG.integers(0, 3, 40))
NUMBERS = torch.from_numpy(RNG.normal(size=(40, 3)).astype(np.float32))


class WrongTanh(torch.autograd.Function):
    """A tanh whose backward pass forgets the square."""

    @staticmethod
    def forward(ctx, z):
        a = torch.tanh(z)
        ctx.save_for_backward(a)
        return a

    @staticmethod
    def backward(ctx, given):
        (a,) = ctx.saved_tensors
        return given * (1 - a)


class Wrong(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(5, 6), nn.Linear(6, 3)

    def forward(self, x):
        return self.last(WrongTanh.apply(self.first(x)))


def network(*middle):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(5, 6), *middle, nn.Linear(6, 3))


@pytest.mark.parametrize(
    "middle",
    [[nn.Tanh()], [nn.ReLU()], [nn.BatchNorm1d(6), nn.GELU(), nn.Dropout(0.5)], [nn.PReLU()]],
    ids=["tanh", "relu", "normalised", "prelu"],
)
@pytest.mark.parametrize("targets", [LABELS, NUMBERS], ids=["classes", "numbers"])
def test_modules_of_pytorch_are_right(middle, targets):
    check = check_gradients(network(*middle), X, targets)
    assert check.verdict == "right", check.text("en")
    assert check.parts[0].layer == "0"
    assert check.parts[0].part == "weight"


def test_a_wrong_backward_pass_is_found_in_the_layer_before_it():
    check = check_gradients(Wrong(), X, LABELS, loss=nn.CrossEntropyLoss())
    assert check.layers == {"first": "wrong", "last": "right"}


def test_nothing_of_the_module_changes():
    model = network(nn.ReLU(), nn.Dropout(0.5)).train()
    calls = []
    model[0].register_forward_hook(lambda *given: calls.append(1))
    before = {name: value.clone() for name, value in model.state_dict().items()}
    state = torch.random.get_rng_state()
    check_gradients(model, X, LABELS)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert model.training
    assert model[0].weight.grad is None
    assert model[0].weight.dtype == torch.float32
    assert torch.equal(torch.random.get_rng_state(), state)
    assert not calls


def test_the_inferred_loss_and_the_mode_are_told():
    text = check_gradients(network(nn.ReLU()), X, LABELS).text("en")
    assert "CrossEntropyLoss fits the targets" in text
    assert "evaluation mode" in text


def test_frozen_layers_are_left_out_and_a_frozen_module_is_refused():
    model = network(nn.ReLU())
    model[0].requires_grad_(False)
    assert list(check_gradients(model, X, LABELS).layers) == ["2"]
    with pytest.raises(InputError, match="no parameter of the module"):
        check_gradients(model.requires_grad_(False), X, LABELS)


def test_rows_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="the module failed on X of shape"):
        check_gradients(network(nn.ReLU()), X[:, :4], LABELS)
    with pytest.raises(InputError, match="X has 40 rows and y has 39"):
        check_gradients(network(nn.ReLU()), X, LABELS[:39])
