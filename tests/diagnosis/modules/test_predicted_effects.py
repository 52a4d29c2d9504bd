"""Predicted effects of remedies on PyTorch modules, against applying them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import ogive  # noqa: E402
from ogive.diagnosis.checks.ends import input_scale  # noqa: E402
from ogive.diagnosis.finding import DiagnosisFinding, Remedy  # noqa: E402
from ogive.diagnosis.modules.effects import fresh_flow, with_effects  # noqa: E402
from ogive.diagnosis.modules.probe import measure_module  # noqa: E402
from ogive.diagnosis.modules.weights.steps import step_curvature  # noqa: E402
from ogive.diagnosis.thresholds import Thresholds  # noqa: E402
from ogive.text import Text  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(300, 20, generator=RANDOM)
Y = (X[:, 0] > 0).long()
MODULES = {"tanh": nn.Tanh, "relu": nn.ReLU, "sigmoid": nn.Sigmoid}


def net(name, depth, seed=0):
    torch.manual_seed(seed)
    widths = [20] + [50] * depth
    parts = []
    for n_in, n_out in zip(widths, widths[1:], strict=False):
        parts += [nn.Linear(n_in, n_out), MODULES[name]()]
    return nn.Sequential(*parts, nn.Linear(50, 2))


def drawn_anew(model, name):
    *before, last = (part for part in model if isinstance(part, nn.Linear))
    draw = nn.init.kaiming_uniform_ if name == "relu" else nn.init.xavier_uniform_
    for layer in before:
        draw(layer.weight)
    nn.init.xavier_uniform_(last.weight)
    return model


def measured(model, x=X, optimizer=None):
    return measure_module(
        model,
        x,
        Y,
        loss=None,
        optimizer=optimizer,
        activations=None,
        monitor=None,
        validation_data=None,
        random_state=0,
    )


def gradient_share(found):
    return found.hidden[0].error_norm / found.layers[-1].error_norm


def finding(code, key, text="", layer=None):
    nothing = Text("", "")
    remedy = Remedy(key, Text(text, text))
    return DiagnosisFinding(
        code, "issue", nothing, nothing, nothing, layer=layer, remedies=(remedy,)
    )


def effect(one, found):
    return with_effects([one], found)[0].remedies[0].effect


@pytest.mark.parametrize(
    ("old", "new", "depth"), [("sigmoid", "tanh", 6), ("relu", "relu", 8), ("tanh", "relu", 5)]
)
def test_the_gradient_after_new_weights_is_predicted_within_a_third(old, new, depth):
    sick = measured(net(old, depth))
    predicted = fresh_flow(sick, new).whole
    shares = [gradient_share(measured(drawn_anew(net(new, depth, s), new))) for s in range(4)]
    assert gradient_share(sick) < predicted / 5
    assert np.median(shares) == pytest.approx(predicted, rel=1 / 3)


def test_z_after_new_weights_is_predicted():
    predicted = fresh_flow(measured(net("relu", 4)), "relu").z_rms
    after = measured(drawn_anew(net("relu", 4, 1), "relu"))
    found = [np.sqrt(np.mean(one.units.z_var + one.units.z_mean**2)) for one in after.hidden]
    np.testing.assert_allclose(found, predicted, rtol=0.25)


def test_the_effect_names_the_gradient_before_and_after():
    found = measured(net("sigmoid", 6))
    told = effect(finding("OGV102", "tanh"), found)
    assert "the gradient that reaches module 1 goes from" in told.en
    assert f"{gradient_share(found):.2e}" in told.en
    assert told.zh.startswith("预计：")


def test_a_model_with_normalisation_is_not_predicted():
    torch.manual_seed(0)
    parts = [nn.Linear(20, 30), nn.BatchNorm1d(30), nn.Tanh(), nn.Linear(30, 2)]
    assert fresh_flow(measured(nn.Sequential(*parts)), "relu") is None


def test_the_slope_of_silent_units_is_that_found_after_the_change():
    model = net("relu", 2)
    with torch.no_grad():
        model[0].bias[:10] = -30
    found = measured(model)
    name = found.hidden[0].name
    told = effect(finding("OGV101", "leaky_relu", layer=name), found)
    assert "through the 10 units" in told.en and "1.0% of it passes" in told.en
    z = model[0](X)[:, :10].detach()
    slope = torch.func.vmap(torch.func.grad(F.leaky_relu))(z.reshape(-1))
    assert float(slope.square().mean().sqrt()) == pytest.approx(0.01)


def test_a_smaller_step_is_predicted_to_overshoot_less():
    torch.manual_seed(0)
    model = nn.Linear(20, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=20.0)
    found = measured(model, optimizer=optimizer)
    told = effect(finding("OGV106", "smaller_step", "Lower it (lr=2)."), found)
    now = found.settings.step_curvature
    assert f"goes from {now:.3g} to {now / 10:.3g}" in told.en
    optimizer.param_groups[0]["lr"] = 0.02
    small = step_curvature(model, optimizer, lambda run: F.cross_entropy(run(X), Y))
    # Far from quadratic: the curvature between both ends of a long step is less than at its start.
    assert 0.3 * now / 1000 < small < 5 * now / 1000


def test_z_after_scaling_is_predicted():
    scale = torch.logspace(0, 3, 20)
    raw = X * scale + 5 * scale
    model = net("tanh", 2)
    told = effect(finding("OGV107", "scale_inputs"), measured(model, raw)).en
    after = measured(model, (raw - raw.mean(0)) / raw.std(0, correction=0)).hidden[0].units
    found = np.sqrt(np.mean(after.z_var + after.z_mean**2))
    predicted = float(told.split("to about ")[1].split(" ")[0])
    assert predicted == pytest.approx(found, rel=0.1)
    assert float(told.split("factor of ")[1].split(" ")[0].replace(",", "")) > 500


def test_the_scales_after_which_scaling_promises_are_those_that_the_check_tells():
    pixels = 200 * torch.rand(len(X), 20) * (torch.rand(len(X), 20) < torch.linspace(0.05, 1, 20))
    pixels[:8], pixels[8:16] = 0.0, 200.0
    found = measured(net("tanh", 2), pixels)
    assert [one.kind for one in input_scale.check(found, Thresholds())] == ["large"]
    told = effect(finding("OGV107", "scale_inputs"), found)
    # Taken together they are of one scale, however dark some of them are.
    assert "factor of" not in told.en and "root mean square" in told.en


def test_inputs_that_are_scaled_promise_nothing():
    assert effect(finding("OGV107", "scale_inputs"), measured(net("tanh", 2))) is None


def test_one_unit_is_told_in_the_singular_and_others_are_accounted_for():
    found = measured(net("relu", 1))
    for n, wanted in ((1, "through the one unit"), (3, "through the 3 units")):
        units = found.hidden[0].units
        slope = np.where(np.arange(len(units.slope_max)) < n, 0.0, 1.0)
        layer = replace(found.hidden[0], units=replace(units, slope_max=slope))
        patient = replace(found, layers=(layer, *found.layers[1:]))
        one = finding("OGV101", "leaky_relu", layer=layer.name)
        told = effect(replace(one, numbers={"n": 1}), patient)
        assert wanted in told.en
        assert ("dead or silent" in told.en) == (n > 1)


def test_a_diagnosis_of_a_module_carries_effects():
    found = ogive.diagnose(net("sigmoid", 8), X, Y)
    issue = next(one for one in found.issues if one.code == "OGV102")
    assert issue.remedies[0].effect is not None
