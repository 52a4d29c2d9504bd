"""OGV107 to OGV111 on PyTorch modules as people write them."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import assert_complete
from sklearn.datasets import load_iris
from sklearn.preprocessing import scale

import ogive

torch = pytest.importorskip("torch")
nn = torch.nn

X = torch.tensor(scale(load_iris().data), dtype=torch.float32)
Y = torch.tensor(load_iris().target)


def chain(depth, activation=nn.ReLU, width=32, last=()):
    torch.manual_seed(0)
    layers = [nn.Linear(4, width), activation()]
    for _ in range(depth - 1):
        layers += [nn.Linear(width, width), activation()]
    return nn.Sequential(*layers, nn.Linear(width, 3), *last)


def trained(model, loss, epochs=60):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss(model(X), Y).backward()
        optimizer.step()
    return model


def kinds(model, X=X, y=Y, **more):
    found = [one for one in ogive.diagnose(model, X, y, **more).findings if one.code >= "OGV107"]
    for one in found:
        assert_complete(one)
    return {(one.code, one.kind) for one in found if one.severity in ("issue", "tip")}


def test_bytes_of_images_are_found():
    assert ("OGV107", "large") in kinds(chain(1), X=60 * X)


@pytest.mark.parametrize(("depth", "found"), [(2, False), (8, True)])
def test_pytorchs_own_weights_are_too_small_before_many_relus(depth, found):
    assert (("OGV108", "shrinking") in kinds(chain(depth))) == found


def test_kaimings_weights_suit_as_many_relus():
    model = chain(8, width=128)
    for module in model:
        if isinstance(module, nn.Linear):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)
    assert "OGV108" not in {code for code, _ in kinds(model)}


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (lambda w: nn.init.constant_(w, 0.1), "equal"),
        (lambda w: nn.init.normal_(w, std=0.001), "small"),
        (lambda w: nn.init.normal_(w, std=3.0), "large"),
    ],
    ids=["equal", "small", "large"],
)
def test_weights_drawn_by_hand_are_found(start, kind):
    model = chain(2)
    for module in model:
        if isinstance(module, nn.Linear):
            start(module.weight)
            nn.init.zeros_(module.bias)
    assert ("OGV108", kind) in kinds(model)


def test_forgotten_activations_are_found():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 16), nn.Linear(16, 16), nn.Linear(16, 3))
    assert ("OGV109", "identity") in kinds(model)


@pytest.mark.parametrize(
    ("last", "loss", "kind"),
    [
        (nn.Softmax(dim=1), nn.CrossEntropyLoss(), "double_softmax"),
        (nn.LogSoftmax(dim=1), nn.CrossEntropyLoss(), "needless"),
        (nn.Softmax(dim=1), nn.NLLLoss(), "unfit"),
        (nn.ReLU(), nn.CrossEntropyLoss(), "clipped"),
    ],
)
def test_a_last_function_that_does_not_suit_the_loss_is_found(last, loss, kind):
    assert ("OGV110", kind) in kinds(trained(chain(1, last=(last,)), loss, 5), loss=loss)


@pytest.mark.parametrize(
    ("last", "loss"),
    [((), nn.CrossEntropyLoss()), ((nn.LogSoftmax(dim=1),), nn.NLLLoss())],
    ids=["logits", "logarithms"],
)
def test_sound_modules_have_none_of_these(last, loss):
    assert kinds(trained(chain(2, last=last), loss), loss=loss) == set()


def test_a_module_that_learnt_noise_is_found_with_rows_held_out():
    rng = np.random.default_rng(0)
    rows = torch.tensor(rng.normal(size=(120, 4)), dtype=torch.float32)
    labels = torch.tensor(rng.integers(0, 3, 120))
    model = chain(2, width=200)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(200):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(rows[:60]), labels[:60]).backward()
        optimizer.step()
    held = rows[60:], labels[60:]
    assert ("OGV111", "overfitting") in kinds(model, rows[:60], labels[:60], validation_data=held)
