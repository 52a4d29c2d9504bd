"""Whether a module was trained is told from its weights, and only where they tell."""

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from ogive.diagnosis.modules.freshness import is_fresh  # noqa: E402


def dense():
    return nn.Sequential(nn.Linear(20, 30), nn.ReLU(), nn.Linear(30, 3))


def images():
    convolution = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
    return nn.Sequential(convolution, nn.Flatten(), nn.Linear(4 * 6 * 6, 3))


def normalised():
    return nn.Sequential(nn.Linear(20, 8), nn.LayerNorm(8), nn.Tanh(), nn.Linear(8, 3))


def train(model, shape, steps=20):
    generator = torch.Generator().manual_seed(1)
    X = torch.randn(64, *shape, generator=generator)
    y = X.reshape(64, -1)[:, 0].gt(0).long()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(X), y).backward()
        optimizer.step()


@pytest.mark.parametrize(
    ("make", "shape"), [(dense, (20,)), (images, (1, 8, 8)), (normalised, (20,))]
)
def test_a_new_module_is_fresh_and_a_trained_one_is_not(make, shape):
    torch.manual_seed(0)
    model = make()
    assert is_fresh(model) is True
    train(model, shape)
    assert is_fresh(model) is False


def test_weights_drawn_by_another_scheme_are_fresh_where_the_intercepts_are_one_number():
    torch.manual_seed(0)
    model = dense()
    for layer in (model[0], model[2]):
        nn.init.kaiming_normal_(layer.weight)
        nn.init.constant_(layer.bias, 0.01)
    assert is_fresh(model) is True


def test_with_other_weights_and_the_old_intercepts_nobody_knows():
    torch.manual_seed(0)
    model = dense()
    nn.init.normal_(model[0].weight, std=2.0)
    assert is_fresh(model) is None


def test_a_batch_that_was_counted_makes_a_module_used():
    model = images()
    model(torch.zeros(2, 1, 8, 8))
    assert is_fresh(model) is False


def test_without_layers_that_tell_nothing_is_known():
    assert is_fresh(nn.Sequential(nn.ReLU(), nn.Flatten())) is None
    assert is_fresh(nn.Linear(3, 3, bias=False)) is True
