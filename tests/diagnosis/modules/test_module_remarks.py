"""Remarks on how a module was measured."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402

from ogive.diagnosis.modules.probe import measure_module  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(48, 5, generator=RANDOM)
Y = torch.randint(0, 3, (48,), generator=RANDOM)


def told(*between):
    model = nn.Sequential(nn.Linear(5, 8), *between, nn.ReLU(), nn.Linear(8, 3))
    return model, lambda: " ".join(one.en for one in measure_module(model, X, Y).remarks)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (nn.Dropout(0.3), "with dropout at work"),
        (nn.BatchNorm1d(8), "with batch normalisation at work"),
    ],
)
def test_training_mode_is_remarked_on_where_it_matters(part, words):
    model, remarks = told(part)
    assert words in remarks()
    model.eval()
    assert "training mode" not in remarks()


@pytest.mark.parametrize("part", [nn.Dropout(0.0), nn.LayerNorm(8)])
def test_training_mode_is_not_remarked_on_where_it_changes_nothing(part):
    assert "training mode" not in told(part)[1]()


def test_an_embedding_has_as_many_units_as_its_vectors_have_numbers():
    model = nn.Sequential(nn.Embedding(50, 16), nn.Flatten(), nn.Linear(64, 3))
    tokens = torch.randint(0, 50, (48, 4), generator=RANDOM)
    layer = measure_module(model, tokens, Y).layers[0]
    assert (layer.activation, layer.n_units) == ("Embedding", 16)
