"""Affine maps that follow one another without an activation: which are told, and which are not."""

import pytest

torch = pytest.importorskip("torch")

from ogive.diagnosis.modules.probe import measure_module  # noqa: E402

nn = torch.nn


def pairs(module, X):
    torch.manual_seed(0)
    layers = measure_module(module, X, torch.arange(len(X)) % 2).layers
    return [(p.first, p.second, p.narrows) for p in (one.follows for one in layers) if p]


class Forward(nn.Module):
    def __init__(self, forward, **modules):
        super().__init__()
        for name, module in modules.items():
            setattr(self, name, module)
        self._given = forward

    def forward(self, x):
        return self._given(self, x)


ROWS = torch.randn(40, 8)
PICTURES = torch.randn(40, 1, 8, 8)


def test_two_linear_layers_in_a_row_are_told_wherever_they_stand():
    first = nn.Sequential(nn.Linear(8, 6), nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 2))
    last = nn.Sequential(nn.Linear(8, 6), nn.ReLU(), nn.Linear(6, 6), nn.Linear(6, 2))
    assert pairs(first, ROWS) == [("0", "1", False)]
    assert pairs(last, ROWS) == [("2", "3", False)]


def test_convolutions_and_a_flattened_one_are_told():
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.Conv2d(4, 8, 3), nn.ReLU(), nn.Conv2d(8, 4, 3), nn.Flatten(),
        nn.Linear(16, 2),
    )  # fmt: skip
    assert pairs(model, PICTURES) == [("0", "1", False), ("3", "5", False)]


def test_a_narrow_place_between_is_told_as_such():
    model = nn.Sequential(nn.Linear(8, 2), nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 2))
    assert pairs(model, ROWS) == [("0", "1", True)]


def residual(self, x):
    h = self.a(x)
    return self.c(torch.relu(h + self.b(h)))


def two_heads(self, x):
    h = self.a(x)
    return self.c(torch.relu(self.b(h)) + torch.tanh(self.d(h)))


def used_twice(self, x):
    h = self.a(x)
    return self.c(torch.relu(self.b(h)) + torch.tanh(h))


def normed(self, x):
    return self.c(torch.relu(self.b(self.norm(self.a(x)))))


def recurrent(self, x):
    state = x
    for _ in range(3):
        state = self.b(torch.tanh(self.a(state)))
    return self.c(torch.relu(state))


@pytest.mark.parametrize("forward", [residual, two_heads, used_twice, normed, recurrent])
def test_what_has_another_use_a_norm_or_a_way_back_is_not_told(forward):
    modules = {name: nn.Linear(8, 8) for name in "abd"}
    model = Forward(forward, **modules, c=nn.Linear(8, 2), norm=nn.BatchNorm1d(8))
    assert pairs(model, ROWS) == []


def test_a_separable_convolution_is_not_told():
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 3, groups=4), nn.Conv2d(4, 8, 1), nn.ReLU(),
        nn.Flatten(), nn.Linear(128, 2),
    )  # fmt: skip
    assert pairs(model, PICTURES) == []


def test_transformer_and_own_activations_are_not_told():
    block = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True)
    head = nn.Linear(8, 2)
    model = Forward(lambda self, x: self.head(self.block(self.inp(x)).mean(1)),
                    inp=nn.Linear(3, 8), block=block, head=head)  # fmt: skip
    assert pairs(model, torch.randn(40, 5, 3)) == []
