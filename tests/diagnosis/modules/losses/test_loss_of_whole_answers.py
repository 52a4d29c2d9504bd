"""Losses that unpack what a model returns."""

from __future__ import annotations

from collections import namedtuple

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import ogive  # noqa: E402
from ogive.text import InputError  # noqa: E402
from ogive.torch import Monitor  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(96, 12, generator=RANDOM)
Y = torch.randint(0, 3, (96,), generator=RANDOM)
Answer = namedtuple("Answer", ("features", "logits"))


class Features(nn.Module):
    """Returns features first, then the logits that are made of them."""

    def __init__(self, wrap):
        super().__init__()
        self.a = nn.Linear(12, 16)
        self.b = nn.Linear(16, 3)
        self.wrap = wrap

    def forward(self, x):
        h = F.relu(self.a(x))
        return self.wrap(h, self.b(h))


KINDS = {
    "tuple": (lambda h, z: (h, z), lambda o, t: F.cross_entropy(o[1], t)),
    "output first": (lambda h, z: (z, h), lambda o, t: F.cross_entropy(o[0], t)),
    "dict": (
        lambda h, z: {"features": h, "logits": z},
        lambda o, t: F.cross_entropy(o["logits"], t),
    ),
    "dict of other names": (
        lambda h, z: {"a": h, "b": z},
        lambda o, t: F.cross_entropy(o["b"], t),
    ),
    "named tuple": (Answer, lambda o, t: F.cross_entropy(o.logits, t)),
}


def made(wrap):
    torch.manual_seed(0)
    return Features(wrap)


@pytest.mark.parametrize("kind", KINDS)
def test_a_loss_is_given_the_whole_answer_with_an_optimizer_too(kind):
    wrap, loss = KINDS[kind]
    model = made(wrap)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    found = ogive.diagnose(model, X, Y, loss=loss, optimizer=optimizer, validation_data=(X, Y))
    plain = made(lambda h, z: z)
    same = torch.optim.SGD(plain.parameters(), lr=0.1)
    expected = ogive.diagnose(
        plain, X, Y, loss=F.cross_entropy, optimizer=same, validation_data=(X, Y)
    ).measurements
    measured = found.measurements
    assert [layer.name for layer in measured.layers] == ["a → relu", "b"]
    assert measured.outputs.loss == "CrossEntropyLoss"
    assert measured.loss == pytest.approx(expected.loss)
    assert measured.score == expected.score
    assert measured.settings.step_curvature == pytest.approx(expected.settings.step_curvature)
    assert measured.curves.validation_loss == pytest.approx(expected.curves.validation_loss)


def test_the_gradients_of_a_whole_answer_are_checked():
    wrap, loss = KINDS["tuple"]
    assert ogive.check_gradients(made(wrap), X, Y, loss=loss).verdict == "right"


def test_a_loss_of_outputs_alone_is_still_taken():
    measured = ogive.diagnose(made(lambda h, z: (z, h)), X, Y, loss=nn.CrossEntropyLoss())
    assert measured.measurements.outputs.loss == "CrossEntropyLoss"


def test_a_loss_that_takes_neither_tells_its_own_error():
    with pytest.raises(InputError, match="a dict, .* 'logit'"):
        ogive.diagnose(
            made(KINDS["dict"][0]), X, Y, loss=lambda o, t: F.cross_entropy(o["logit"], t)
        )


def test_features_before_the_logits_are_passed_over_where_no_loss_is_given():
    measured = ogive.diagnose(made(KINDS["tuple"][0]), X, Y).measurements
    expected = ogive.diagnose(made(lambda h, z: z), X, Y).measurements
    assert measured.loss == expected.loss
    assert [layer.name for layer in measured.layers] == ["a → relu", "b"]


def test_a_reconstruction_before_other_tensors_is_the_output():
    model = made(lambda h, z: (torch.sigmoid(z), z, h))
    measured = ogive.diagnose(model, X, torch.rand(96, 3, generator=RANDOM)).measurements
    assert measured.outputs.activation == "logistic"


def test_a_monitor_passes_over_features_too():
    model = made(KINDS["tuple"][0])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with Monitor(model, optimizer, every=1) as monitor:
        for _ in range(2):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X)[1], Y)
            loss.backward()
            optimizer.step()
            monitor.epoch(loss=float(loss.detach()))
    assert monitor.course.layers == ("a → relu", "b")
    assert monitor.course.activations == ("relu",)
