"""A diagnosis leaves a module, and everything random, exactly as it was."""

import copy
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from ogive.diagnosis.modules.guard import Guard  # noqa: E402
from ogive.diagnosis.modules.probe import measure_module  # noqa: E402
from ogive.text import InputError  # noqa: E402

nn = torch.nn


class Counting(nn.Module):
    """Keeps a state of its own, a list, and writes into a parameter in its forward pass."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(inplace=True), nn.Dropout(0.5)
        )
        self.head = nn.utils.parametrizations.weight_norm(nn.Linear(8, 3))
        self.frozen = nn.Parameter(torch.zeros(3), requires_grad=False)
        self.calls = 0
        self.seen = []
        self.fails_at = None

    def forward(self, x):
        self.calls += 1
        self.seen.append(len(x))
        self.extra = x.sum()
        with torch.no_grad():
            self.body[0].weight.clamp_(-0.2, 0.2)
        if self.fails_at == self.calls:
            raise RuntimeError("no more")
        np.random.random()
        random.random()
        return self.head(self.body(x)) + self.frozen


@pytest.fixture
def rows():
    generator = torch.Generator().manual_seed(1)
    return (
        torch.randn(600, 6, generator=generator),
        torch.randint(0, 3, (600,), generator=generator),
    )


def state_of(model):
    return {
        "tensors": {k: v.clone() for k, v in model.state_dict().items()},
        "gradients": {
            n: None if p.grad is None else p.grad.clone() for n, p in model.named_parameters()
        },
        "identities": [id(t) for t in [*model.parameters(), *model.buffers()]],
        "learns": [p.requires_grad for p in model.parameters()],
        "modes": [m.training for m in model.modules()],
        "hooks": [
            (dict(m._forward_hooks), dict(m._forward_pre_hooks), dict(m._backward_hooks))
            for m in model.modules()
        ],
        "attributes": [set(m.__dict__) for m in model.modules()],
        "python": random.getstate(),
        "torch": torch.get_rng_state(),
        "numpy": np.random.get_state()[1].copy(),
    }


def same(one, other):
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def differences(before, after):
    return [key for key in before if not same(before[key], after[key])]


@pytest.fixture
def model():
    torch.manual_seed(0)
    made = Counting()
    made.body[3].eval()
    made.head.register_forward_hook(lambda module, args, output: None)
    made(torch.randn(5, 6)).sum().backward()
    with torch.no_grad():
        made.body[0].weight.mul_(10)
    return made


def test_nothing_of_a_module_is_changed(model, rows):
    before, calls, seen = state_of(model), model.calls, list(model.seen)
    measure_module(model, *rows)
    assert differences(before, state_of(model)) == []
    assert (model.calls, model.seen) == (calls, seen)


def test_nothing_is_changed_where_the_forward_pass_fails(model, rows):
    model.fails_at = model.calls + 2
    before = state_of(model)
    with pytest.raises(InputError, match="RuntimeError: no more"):
        measure_module(model, *rows)
    assert differences(before, state_of(model)) == []


def test_nothing_is_changed_with_an_optimizer_and_validation_data(model, rows):
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=0.01)
    optimizer.step()
    before, state = state_of(model), copy.deepcopy(optimizer.state_dict())
    measure_module(model, *rows, optimizer=optimizer, validation_data=rows)
    assert differences(before, state_of(model)) == []
    assert same(state, optimizer.state_dict())


def test_a_training_that_was_diagnosed_in_between_is_the_same_to_the_bit(rows):
    def train(diagnosed):
        torch.manual_seed(3)
        made = Counting()
        optimizer = torch.optim.SGD(made.parameters(), lr=0.1, momentum=0.9)
        data = torch.utils.data.TensorDataset(*rows)
        loader = torch.utils.data.DataLoader(data, batch_size=100, shuffle=True)
        for _ in range(2):
            if diagnosed:
                measure_module(made, loader, optimizer=optimizer)
            for x, y in loader:
                optimizer.zero_grad()
                nn.functional.cross_entropy(made(x), y).backward()
                optimizer.step()
        return made.state_dict()

    assert same(train(False), train(True))


def test_the_generator_of_a_loader_is_put_back(model, rows):
    own = torch.Generator().manual_seed(5)
    data = torch.utils.data.TensorDataset(*rows)
    loader = torch.utils.data.DataLoader(data, batch_size=100, shuffle=True, generator=own)
    before = own.get_state()
    measure_module(model, loader)
    assert torch.equal(before, own.get_state())


def test_rows_are_not_written_to_by_a_module_that_works_in_place():
    X = torch.randn(50, 4)
    kept = X.clone()
    measure_module(nn.Sequential(nn.ReLU(inplace=True), nn.Linear(4, 2)), X)
    assert torch.equal(X, kept)


def test_rows_that_require_a_gradient_stay_as_they_are():
    X = torch.randn(50, 4, requires_grad=True)
    measure_module(nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 1)), X, torch.randn(50))
    assert X.requires_grad
    assert X.is_leaf
    assert X.grad is None


@pytest.mark.parametrize("context", [torch.no_grad, torch.inference_mode])
def test_gradients_are_known_within_no_grad_and_inference_mode(context):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 1))
    with context():
        X, y = torch.randn(50, 4), torch.randn(50)
        measured = measure_module(model, X, y)
        assert not torch.is_grad_enabled()
    assert measured.layers[0].gradient_norm > 0


def test_a_guard_puts_back_nan_without_a_new_version():
    model = nn.Linear(2, 2)
    with torch.no_grad():
        model.weight[0, 0] = float("nan")
    version = model.weight._version
    with Guard(model, 0):
        pass
    assert model.weight._version == version


def test_a_guard_puts_back_what_a_buffer_was_replaced_by():
    model = nn.Module()
    model.register_buffer("state", torch.zeros(2))
    kept = model.state
    with Guard(model, 0):
        model.state = torch.ones(3)
    assert model.state is kept
