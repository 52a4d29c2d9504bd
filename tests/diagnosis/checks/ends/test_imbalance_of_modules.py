"""OGV112 of a trained module, whose loss says whether the classes were weighted."""

import numpy as np
import pytest

import ogive

torch = pytest.importorskip("torch")


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(1000, 5))
    y = X[:, 0] + rng.normal(size=1000) > 2.6
    return torch.tensor(X, dtype=torch.float32), torch.tensor(y).long()


def finding(rows, weight):
    X, y = rows
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(5, 16), torch.nn.ReLU(), torch.nn.Linear(16, 2))
    loss = torch.nn.CrossEntropyLoss(weight=weight)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        optimizer.zero_grad()
        loss(model(X), y).backward()
        optimizer.step()
    found = ogive.diagnose(model, X, y, loss=loss, optimizer=optimizer)
    return next(one for one in found.findings if one.code == "OGV112")


def test_a_module_that_leaves_out_a_rare_class_has_an_issue(rows):
    found = finding(rows, None)
    assert (found.severity, found.kind) == ("issue", "ignored")


def test_a_module_with_weights_that_finds_it_passes(rows):
    counts = torch.bincount(rows[1])
    assert finding(rows, len(rows[1]) / (2 * counts)).severity == "passed"


def test_weights_that_do_not_suffice_are_told_from_none(rows):
    found = finding(rows, torch.tensor([1.0, 1.001]))
    assert (found.severity, found.kind) == ("tip", "weighted")
