"""OGV101 to OGV106 on networks that were really trained, ours and PyTorch's."""

import warnings

import numpy as np
import pytest
import torch
from diagnosis.checks.made_measurements import assert_complete
from sklearn.datasets import load_digits, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import StandardScaler
from torch import nn

import ogive

MINE = [f"OGV10{i}" for i in range(1, 7)]


def digits():
    X, y = load_digits(return_X_y=True)
    return (X / 16)[:600], y[:600]


def wine(scaled=True):
    X, y = load_wine(return_X_y=True)
    return (StandardScaler().fit_transform(X) if scaled else X), y


def fitted(rows, hidden=(32, 32), activation="relu", max_iter=30, **more):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        return ogive.MLPClassifier(
            hidden, activation=activation, max_iter=max_iter, random_state=0, **more
        ).fit(*rows)


def found_by(model, rows, **more):
    """Return the issues and tips of these codes by code and kind, complete in both languages."""
    diagnosis = ogive.diagnose(model, *rows, **more)
    for finding in diagnosis.findings:
        if finding.code in MINE:
            assert_complete(finding)
    told = [one for one in diagnosis.issues + diagnosis.tips if one.code in MINE]
    return {(one.code, one.kind): one for one in told}


@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu", "elu"])
def test_a_usual_network_has_no_issue(activation):
    rows = digits()
    found = found_by(fitted(rows, activation=activation), rows)
    assert not [one for one in found.values() if one.severity == "issue"]


def test_a_large_step_kills_relus_and_the_monitor_tells_when():
    rows = digits()
    model = fitted(rows, solver="sgd", learning_rate_init=1.5, monitor=True)
    found = found_by(model, rows)
    dead = found["OGV101", "dead"]
    assert dead.severity == "issue"
    assert dead.numbers["since_epoch"] >= 1
    assert dead.remedies[0].key == "smaller_step"
    assert ("OGV106", "too_large") in found


def test_deep_sigmoids_lose_the_gradient():
    rows = digits()
    found = found_by(fitted(rows, (32,) * 8, "sigmoid", max_iter=5), rows)
    finding = found["OGV102", "small_slopes"]
    assert finding.numbers["ratio"] < 1e-5
    assert finding.numbers["gain"] == pytest.approx(finding.numbers["predicted"], rel=0.3)


def test_weights_made_larger_make_the_gradient_explode():
    rows = digits()
    model = fitted(rows, (32,) * 6, max_iter=10)
    for weights in model.coefs_:
        weights *= 5
    assert found_by(model, rows)["OGV103", "large_weights"].severity == "issue"


def test_raw_features_saturate_tanh():
    rows = wine(scaled=False)
    found = found_by(fitted(rows, (16,), "tanh"), rows)
    assert found["OGV104", "large_inputs"].severity == "issue"


def test_a_loss_that_overflows_is_told_with_its_epoch_and_batch():
    X, y = wine(scaled=False)
    rows = X.astype(np.float32), y
    found = found_by(fitted(rows, (16,), "exponential", monitor=True), rows)
    finding = found["OGV105", "activation"]
    assert (finding.numbers["epoch"], finding.numbers["batch"]) == (1, 1)
    assert finding.numbers["cause"] == "overflow"


@pytest.mark.parametrize(("rate", "kind"), [(1e-6, "too_small"), (10.0, "too_large")])
def test_learning_rates_off_by_far_are_told(rate, kind):
    rows = digits()
    found = found_by(fitted(rows, learning_rate_init=rate), rows)
    assert found["OGV106", kind].severity == "issue"


def module(*sizes, activation=nn.ReLU):
    torch.manual_seed(0)
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        layers += [nn.Linear(n_in, n_out), activation()]
    return nn.Sequential(*layers[:-1])


def trained(model, rows, rate=0.1, steps=100):
    X, y = torch.tensor(rows[0], dtype=torch.float32), torch.tensor(rows[1])
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.CrossEntropyLoss()(model(X), y).backward()
        optimizer.step()
    return model, (X, y), optimizer


def test_a_usual_module_has_no_issue():
    model, rows, optimizer = trained(module(64, 32, 32, 10), digits())
    found = found_by(model, rows, loss=nn.CrossEntropyLoss(), optimizer=optimizer)
    assert not [one for one in found.values() if one.severity == "issue"]


def test_dead_units_of_a_module_are_named_by_its_module():
    model, rows, _ = trained(module(64, 32, 10), digits())
    with torch.no_grad():
        model[0].bias[:10] = -100.0
    finding = found_by(model, rows, loss=nn.CrossEntropyLoss())["OGV101", "dead"]
    assert finding.layer == "1"
    assert finding.numbers["units"] == list(range(10))


def test_a_deep_module_of_sigmoids_loses_the_gradient():
    model, rows, _ = trained(module(64, *[32] * 8, 10, activation=nn.Sigmoid), digits(), steps=1)
    finding = found_by(model, rows, loss=nn.CrossEntropyLoss())["OGV102", "small_slopes"]
    assert "nn.ReLU()" in finding.remedy.en


def test_a_module_with_a_weight_that_is_no_number_is_told():
    model, rows, _ = trained(module(64, 32, 10), digits(), steps=1)
    with torch.no_grad():
        model[0].weight[3, 4] = float("nan")
    found = found_by(model, rows, loss=nn.CrossEntropyLoss())
    assert [one for one in found if one[0] == "OGV105"]


def test_an_optimizer_with_a_huge_rate_is_told_before_training():
    model, rows, _ = trained(module(64, 32, 10), digits(), steps=0)
    optimizer = torch.optim.SGD(model.parameters(), lr=500.0)
    found = found_by(model, rows, loss=nn.CrossEntropyLoss(), optimizer=optimizer)
    assert found["OGV106", "too_large"].severity == "issue"
