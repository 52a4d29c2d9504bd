"""What `diagnose` and `check_gradients` say of things they cannot take."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.utils.data import DataLoader, TensorDataset  # noqa: E402

import ogive  # noqa: E402
from ogive.text import InputError  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(48, 5, generator=RANDOM)
Y = torch.randint(0, 3, (48,), generator=RANDOM)
LOADER = DataLoader(TensorDataset(X, Y), batch_size=16)


class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(10, 3)

    def forward(self, x, z):
        return self.body(torch.relu(torch.cat([x, z], 1)))


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 3))


@pytest.mark.parametrize(
    ("model", "told"),
    [
        (lambda x: x, "cannot measure function"),
        (nn.Linear, r"the class Linear, not a module; give an object of it, as in Linear\("),
    ],
)
def test_what_is_no_module_is_told_before_its_arguments(model, told):
    with pytest.raises(InputError, match=told):
        ogive.diagnose(model, LOADER, loss=nn.CrossEntropyLoss())


@pytest.mark.parametrize("name", ["loss", "optimizer", "monitor"])
def test_a_text_that_was_given_stands_in_one_pair_of_quotes(name):
    with pytest.raises(InputError, match=r"got '?'cross_entropy'\.") as caught:
        ogive.diagnose(network(), X, Y, **{name: "cross_entropy"})
    assert '"' not in str(caught.value)


def test_anothers_error_ends_in_a_full_stop_before_ours_goes_on():
    with pytest.raises(InputError, match=r"dimension 1\. Give the targets"):
        ogive.diagnose(network(), X, X, loss=lambda o, t: (o - t).mean())


@pytest.mark.parametrize(
    "wrap", [lambda x, z: (x, z), lambda x, z: [x, z], lambda x, z: {"x": x, "z": z}]
)
def test_inputs_in_a_part_of_their_own_are_given_one_by_one(wrap):
    torch.manual_seed(0)
    model = Two()
    expected = ogive.diagnose(model, [(X, X * 2, Y)]).measurements
    measured = ogive.diagnose(model, [(wrap(X, X * 2), Y)]).measurements
    assert measured.loss == expected.loss
    assert measured.n_rows == len(X)


def test_inputs_that_do_not_fit_the_model_are_described():
    with pytest.raises(InputError, match=r"shape a tuple of \(48, 5\) float32, \(48, 5\) float32"):
        ogive.diagnose(network(), [((X, X), Y)])


def test_the_check_of_gradients_says_what_to_do_with_a_loader():
    with pytest.raises(InputError, match=r"y is missing.* next\(iter\(loader\)\)"):
        ogive.check_gradients(network(), LOADER)
    with pytest.raises(InputError, match=r"X must be a tensor or an array.* next\(iter\(loader\)"):
        ogive.check_gradients(network(), LOADER, Y)


def test_the_check_of_gradients_names_a_class_that_was_given():
    with pytest.raises(InputError, match="Got the class Linear instead"):
        ogive.check_gradients(nn.Linear, X, Y)
