"""A monitor in training loops as people write them."""

from __future__ import annotations

import copy
import math
import pickle

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import ogive  # noqa: E402
from ogive.text import InputError  # noqa: E402
from ogive.torch import Monitor  # noqa: E402

RANDOM = torch.Generator().manual_seed(0)
X = torch.randn(96, 6, generator=RANDOM)
Y = (X[:, 0] * X[:, 1] > 0).long()


class Functional(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(6, 8)
        self.fc2 = nn.Linear(8, 5)
        self.out = nn.Linear(5, 2)

    def forward(self, x):
        return self.out(torch.tanh(self.fc2(F.relu(self.fc1(x)))))


def sequential():
    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(inplace=True), nn.Dropout(0.2), nn.Linear(8, 2))


def made(kind=Functional):
    torch.manual_seed(0)
    return kind()


def train(model, optimizers, monitor=None, epochs=3, batch=32, after=None):
    for _ in range(epochs):
        model.train()
        for i in range(0, len(X), batch):
            for one in optimizers:
                one.zero_grad()
            loss = F.cross_entropy(model(X[i : i + batch]), Y[i : i + batch])
            loss.backward()
            for one in optimizers:
                one.step()
            if after is not None:
                after()
        if monitor is not None:
            monitor.epoch(loss=loss)


def watched(kind=Functional, lr=0.1, every=1, epochs=3, **more):
    model = made(kind)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    with Monitor(model, optimizer, every=every, **more) as monitor:
        train(model, [optimizer], monitor, epochs)
    return monitor


def test_functions_in_forward_are_layers():
    course = watched().course
    assert course.layers == ("fc1 → relu", "fc2 → tanh", "out")
    assert course.activations == ("relu", "tanh")
    assert course.epoch.tolist() == [1, 2, 3]
    assert course.n_rows.tolist() == [96, 96, 96]


def test_modules_that_work_in_place_are_layers():
    course = watched(sequential).course
    assert course.layers == ("1", "3")
    assert np.isfinite(course.error_norm).all()


def test_shares_and_moments_are_those_of_the_layer():
    model = made()
    with Monitor(model, every=1) as monitor:
        model(X)
    a = F.relu(model.fc1(X)).detach().double()
    course = monitor.course
    assert course.mean[0, 0] == pytest.approx(float(a.mean()), rel=1e-5)
    assert course.std[0, 0] == pytest.approx(float(a.std(correction=0)), rel=1e-5)
    assert course.saturated_share[0, 0] == pytest.approx(float((a == 0).double().mean()))
    assert course.silent_share[0, 0] == pytest.approx(float((a.amax(0) == 0).double().mean()))
    assert np.isin(course.samples[0, 0].round(5), a.numpy().round(5)).all()


def test_gradients_updates_and_errors_are_those_of_the_step():
    model = made()
    before = copy.deepcopy(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    with Monitor(model, optimizer, every=1) as monitor:
        train(model, [optimizer], monitor, epochs=1, batch=96)
    z = before.fc1(X).detach().requires_grad_()
    loss = F.cross_entropy(before.out(torch.tanh(before.fc2(F.relu(z)))), Y)
    (error,) = torch.autograd.grad(loss, z, retain_graph=True)
    gradient = torch.autograd.grad(F.cross_entropy(before(X), Y), before.fc1.weight)[0]
    course = monitor.course
    assert course.error_norm[0, 0] == pytest.approx(float((error * 96).norm() / 96**0.5), rel=1e-4)
    assert course.gradient_rms[0, 0] == pytest.approx(
        float(gradient.square().mean() ** 0.5), rel=1e-4
    )
    weight = before.fc1.weight.detach()
    assert course.weight_rms[0, 0] == pytest.approx(float(weight.square().mean() ** 0.5), rel=1e-5)
    ratio = float(0.5 * gradient.norm() / weight.norm())
    assert course.update_ratio[0, 0] == pytest.approx(ratio, rel=1e-3)
    assert course.learning_rate.tolist() == [0.5]


def test_without_an_optimizer_the_weights_are_compared():
    def course(known):
        model = made()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        with Monitor(model, optimizer if known else None, every=1) as monitor:
            train(model, [optimizer], monitor, epochs=1)
        return monitor.course

    one, other = course(True), course(False)
    # The last step of all is known to no later pass.
    np.testing.assert_allclose(one.update_ratio, other.update_ratio, rtol=0.2)
    np.testing.assert_allclose(one.gradient_rms, other.gradient_rms, rtol=0.3)


def test_several_optimizers_tell_of_their_own_weights():
    model = made()
    pair = [
        torch.optim.SGD([*model.fc1.parameters(), *model.fc2.parameters()], lr=0.1),
        torch.optim.Adam(model.out.parameters(), lr=0.01),
    ]
    with Monitor(model, pair, every=1) as monitor:
        train(model, pair, monitor)
    assert np.isfinite(monitor.course.update_ratio).all()
    assert np.isfinite(monitor.course.gradient_rms).all()


def test_the_learning_rate_is_that_of_the_epoch_not_of_the_next():
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.4)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    with Monitor(model, optimizer, every=1) as monitor:
        for _ in range(3):
            train(model, [optimizer], epochs=1)
            scheduler.step()
            monitor.epoch()
    assert monitor.course.learning_rate.tolist() == [0.4, 0.2, 0.1]


def test_an_accumulated_gradient_is_measured_at_the_step():
    model, single = made(), made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    with Monitor(model, optimizer, every=1) as monitor:
        for i in range(0, 96, 32):
            (F.cross_entropy(model(X[i : i + 32]), Y[i : i + 32]) / 3).backward()
        optimizer.step()
        monitor.epoch()
    gradient = torch.autograd.grad(F.cross_entropy(single(X), Y), single.out.weight)[0]
    told = monitor.course.gradient_rms[0, -1]
    assert told == pytest.approx(float(gradient.square().mean() ** 0.5), rel=1e-4)


@pytest.mark.parametrize("kind", [Functional, sequential])
def test_the_training_is_the_same_to_the_bit(kind):
    def weights(watch):
        model = made(kind)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        np.random.seed(0)
        monitor = Monitor(model, optimizer, every=2) if watch else None
        train(model, [optimizer], monitor)
        return [*model.state_dict().values(), torch.get_rng_state(), *np.random.random(2)]

    for one, other in zip(weights(True), weights(False), strict=True):
        assert torch.equal(torch.as_tensor(one), torch.as_tensor(other))


def hooks_of(model, optimizer):
    found = [optimizer._optimizer_step_pre_hooks, optimizer._optimizer_step_post_hooks]
    for module in model.modules():
        found += [module._forward_hooks, module._forward_pre_hooks, module._backward_hooks]
    for p in model.parameters():
        found.append(getattr(p, "_post_accumulate_grad_hooks", None) or {})
    return [list(one.values()) for one in found]


@pytest.mark.parametrize("known", [True, False])
def test_closing_takes_all_hooks_away_and_leaves_those_of_others(known):
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    heard = []
    model.fc1.register_forward_hook(lambda *_: heard.append(1))
    before = hooks_of(model, optimizer)
    monitor = Monitor(model, optimizer if known else None, every=1)
    F.cross_entropy(model(X), Y).backward()
    monitor.close()
    monitor.close()
    assert hooks_of(model, optimizer) == before
    assert heard == [1]
    assert torch.overrides._get_current_function_mode_stack() == []


def test_validation_is_not_counted():
    model = made()
    with Monitor(model, every=1) as monitor:
        model(X)
        with torch.no_grad():
            model(X)
        model.eval()
        model(X)
    assert monitor.n_measured == 1


def test_a_forward_pass_that_fails_leaves_nothing_behind():
    model = made()
    monitor = Monitor(model, every=1)
    with pytest.raises(RuntimeError):
        model(torch.ones(3, 4))
    monitor.close()
    assert torch.overrides._get_current_function_mode_stack() == []
    assert all(not module._forward_hooks for module in model.modules())


def test_copies_of_a_watched_model_are_not_watched():
    model = made()
    with Monitor(model, every=1) as monitor:
        copied = copy.deepcopy(model)
        stored = pickle.loads(pickle.dumps(model))
        copied(X), stored(X)
        assert monitor.n_measured == 0
        model(X)
    assert monitor.n_measured == 1


def test_outputs_can_be_stored():
    model = made()
    with Monitor(model, every=1):
        assert vars(model(X)) == {}


def test_the_first_of_an_epoch_and_every_kth_pass_is_measured():
    monitor = watched(every=2, epochs=2)
    assert monitor.n_measured == 4
    assert monitor.course.n_rows.tolist() == [64, 64]


def test_only_some_rows_of_a_batch_are_measured():
    model = made()
    with Monitor(model, every=1, rows=10) as monitor:
        model(X)
    assert monitor.course.n_rows.tolist() == [10]


def test_killed_units_are_silent_from_their_epoch_on():
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    with Monitor(model, optimizer, every=1) as monitor:
        train(model, [optimizer], monitor, epochs=2)
        with torch.no_grad():
            model.fc1.bias[:6] = -100
        train(model, [optimizer], monitor, epochs=2)
    course = monitor.course
    assert course.silent_share[:, 0].tolist()[2:] == [0.75, 0.75]
    assert course.last_active[0].tolist() == [2] * 6 + [4] * 2
    assert "Epoch 3: the units of fc1 → relu without a gradient rose from 0% to 75%." in (
        monitor.text("en")
    )
    assert "第 3 轮：fc1 → relu 中没有梯度通过的单元从 0% 增加到 75%。" in monitor.text("zh")


def test_values_that_are_not_finite_are_placed():
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    with Monitor(model, optimizer, every=1) as monitor:
        train(model, [optimizer], monitor, epochs=1)
        with torch.no_grad():
            model.fc2.weight[0, 0] = math.inf
        train(model, [optimizer], monitor, epochs=1)
    assert monitor.course.nonfinite == (2, 1, 2)
    assert "Epoch 2, step 1" in monitor.text("en")


def test_passes_that_are_not_measured_are_looked_at_too():
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    with Monitor(model, optimizer, budget=1e-9) as monitor:
        train(model, [optimizer], monitor, epochs=3)
        with torch.no_grad():
            model.fc2.weight[0, 0] = math.nan
        train(model, [optimizer], monitor, epochs=1)
    assert monitor.course.nonfinite == (4, 1, 2)


def test_a_loss_that_is_not_finite_does_not_make_every_pass_measured():
    model = made()
    with Monitor(model, every=100) as monitor:
        model(X)
        monitor.epoch(loss=math.inf)
        for _ in range(20):
            model(X)
    assert monitor.n_measured == 2


def test_a_loss_that_is_not_finite_is_noted():
    model = made()
    with Monitor(model, every=1) as monitor:
        model(X)
        monitor.epoch(loss=math.nan)
    assert monitor.course.nonfinite == (1, 1, 3)


def test_curves_hold_what_was_told():
    monitor = Monitor(made())
    monitor.epoch(loss=torch.tensor(0.5), validation_score=0.75)
    monitor.epoch(loss=0.25, validation_score=np.float32(0.5))
    assert monitor.curves.training_loss.tolist() == [0.5, 0.25]
    assert monitor.curves.validation_score.tolist() == [0.75, 0.5]
    assert monitor.curves.validation_loss.size == 0


def test_a_diagnosis_uses_the_course_and_does_not_count_as_training():
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    monitor = Monitor(model, optimizer, every=1)
    train(model, [optimizer], monitor)
    measured = monitor.n_measured
    found = ogive.diagnose(model, X, Y, optimizer=optimizer, monitor=monitor)
    assert monitor.n_measured == measured
    assert found.measurements.course.epoch.tolist() == [1, 2, 3]
    assert found.measurements.curves.training_loss.shape == (3,)
    assert found.measurements.course.layers[0] == found.layers[0].name


@pytest.mark.parametrize(
    ("arguments", "more", "told"),
    [
        (("model",), {}, "model must be a torch.nn.Module"),
        ((nn.Linear(2, 2), "adam"), {}, "optimizer must be an optimizer"),
        ((nn.Linear(2, 2),), {"every": 0}, "every must be a whole number"),
        ((nn.Linear(2, 2),), {"rows": 1.5}, "rows must be a whole number"),
        ((nn.Linear(2, 2),), {"budget": 0}, "budget must be a share"),
        ((nn.Linear(2, 2),), {"activations": ["relu"]}, "which is no module of the model"),
    ],
)
def test_what_cannot_be_watched_is_refused(arguments, more, told):
    with pytest.raises(InputError, match=told):
        Monitor(*arguments, **more)


def test_a_loss_that_is_no_number_is_refused():
    with pytest.raises(InputError, match="loss must be one number"):
        Monitor(made()).epoch(loss=torch.ones(3))
