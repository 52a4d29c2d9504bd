"""Every number measured in a module against one computed by itself, plainly."""

import copy

import numpy as np
import pytest

torch = pytest.importorskip("torch")

import ogive  # noqa: E402
from ogive.diagnosis.modules.probe import measure_module  # noqa: E402

nn, F = torch.nn, torch.nn.functional


class Convolutional(nn.Module):
    """A small network for images as tutorials write it, by functions."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(4, 6, 3)
        self.fc1 = nn.Linear(6 * 2 * 2, 10)
        self.fc2 = nn.Linear(10, 3)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = torch.tanh(self.conv2(x))
        x = torch.flatten(x, 1)
        return self.fc2(F.leaky_relu(self.fc1(x), 0.1))

    def parts(self, x):
        """Return z of each layer, with graphs."""
        z1 = self.conv1(x)
        z2 = self.conv2(self.pool(F.relu(z1)))
        z3 = self.fc1(torch.flatten(torch.tanh(z2), 1))
        return [z1, z2, z3, self.fc2(F.leaky_relu(z3, 0.1))]


@pytest.fixture(scope="module")
def data():
    generator = torch.Generator().manual_seed(1)
    X = torch.randn(70, 1, 8, 8, generator=generator)
    return X, torch.randint(0, 3, (70,), generator=generator)


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    return Convolutional()


@pytest.fixture(scope="module")
def measured(model, data):
    batches = [(data[0][i : i + 30], data[1][i : i + 30]) for i in (0, 30, 60)]
    return measure_module(model, batches)


def by_unit(z):
    return z.detach().movedim(1, -1).reshape(-1, z.shape[1]).double().numpy()


def test_layers_are_named_by_what_feeds_them(measured):
    assert [layer.name for layer in measured.layers] == [
        "conv1 → relu",
        "conv2 → tanh",
        "fc1 → leaky_relu",
        "fc2",
    ]
    assert [layer.role for layer in measured.layers] == ["hidden"] * 3 + ["output"]
    assert measured.layers[2].function == ogive.activation("leaky_relu", negative_slope=0.1)


def test_statistics_of_units_are_those_of_all_rows(measured, model, data):
    functions = [F.relu, torch.tanh, lambda z: F.leaky_relu(z, 0.1)]
    for layer, z, f in zip(measured.hidden, model.parts(data[0]), functions, strict=False):
        rows, values, units = by_unit(z), by_unit(f(z)), layer.units
        assert layer.n_values == len(rows)
        for name, expected in (
            ("z_min", rows.min(0)),
            ("z_max", rows.max(0)),
            ("z_mean", rows.mean(0)),
            ("z_var", rows.var(0)),
            ("a_min", values.min(0)),
            ("a_max", values.max(0)),
            ("a_mean", values.mean(0)),
            ("a_var", values.var(0)),
        ):
            np.testing.assert_allclose(getattr(units, name), expected, rtol=1e-5, atol=1e-6)


def test_slopes_are_those_of_the_functions(measured, model, data):
    z1, z2, z3, _ = (by_unit(z) for z in model.parts(data[0]))
    slopes = [(z1 > 0) * 1.0, 1 - np.tanh(z2) ** 2, np.where(z3 > 0, 1.0, 0.1)]
    for layer, slope in zip(measured.hidden, slopes, strict=True):
        units = layer.units
        np.testing.assert_allclose(units.active_share, (slope > 0.05).mean(0), atol=1e-9)
        np.testing.assert_allclose(units.slope_max, slope.max(0), rtol=1e-5)
        np.testing.assert_allclose(units.slope_square_mean, (slope**2).mean(0), rtol=1e-5)


def test_gradients_are_those_of_the_mean_loss_over_all_rows(measured, model, data):
    loss = F.cross_entropy(model(data[0]), data[1])
    assert measured.loss == pytest.approx(loss.item(), rel=1e-6)
    names = ["conv1.weight", "conv2.weight", "fc1.weight", "fc2.weight"]
    weights = [dict(model.named_parameters())[name] for name in names]
    for layer, g in zip(measured.layers, torch.autograd.grad(loss, weights), strict=True):
        assert layer.gradient_norm == pytest.approx(g.norm().item(), rel=1e-4)
        assert layer.gradient_rms == pytest.approx(g.square().mean().sqrt().item(), rel=1e-4)


def errors_by_row(model, data):
    squares = []
    for x, y in zip(*data, strict=True):
        parts = model.parts(x[None])
        loss = F.cross_entropy(parts[-1], y[None])
        squares.append([float(g.square().sum()) for g in torch.autograd.grad(loss, parts)])
    return np.sqrt(np.mean(squares, axis=0))


def test_errors_are_the_root_mean_square_over_rows(measured, model, data):
    expected = errors_by_row(model, data)
    np.testing.assert_allclose([x.error_norm for x in measured.layers], expected, rtol=1e-4)
    gains = [layer.gain_measured for layer in measured.layers[:3]]
    np.testing.assert_allclose(gains, expected[:3] / expected[1:], rtol=1e-4)
    assert np.isnan(measured.layers[3].gain_measured)


def test_the_predicted_gain_is_that_of_mean_field_theory(measured, model, data):
    z3 = by_unit(model.parts(data[0])[2])
    draws = np.random.default_rng(0).normal(size=(200_000, 1)) * z3.std(0) + z3.mean(0)
    square = np.where(draws > 0, 1.0, 0.01).mean()
    w = model.fc2.weight.detach().double().numpy()
    expected = np.sqrt(10 * np.mean(w**2) * square)
    assert measured.layers[2].gain_predicted == pytest.approx(expected, rel=0.01)
    # Pooling lies between the first convolution and the next.
    assert np.isnan(measured.layers[0].gain_predicted)


def test_weights_are_told_of_each_layer(measured, model):
    modules = (model.conv1, model.conv2, model.fc1, model.fc2)
    for layer, module in zip(measured.layers, modules, strict=True):
        w = module.weight.detach().double().numpy()
        assert layer.weights.fan_in == w[0].size
        assert layer.weights.fan_out == len(w)
        assert layer.weights.rms == pytest.approx(np.sqrt(np.mean(w**2)))
        assert layer.weights.norm == pytest.approx(np.linalg.norm(w))
        assert layer.weights.greatest == pytest.approx(np.abs(w).max())
        assert not layer.weights.equal_units


def test_bounds_hold_z_and_are_sharp_for_a_first_layer():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 1))
    X = torch.rand(40, 3) * 2 - 0.5
    first, second = measure_module(model, X).hidden
    low, high = X.min(0).values, X.max(0).values
    corners = torch.cartesian_prod(*[torch.stack(pair) for pair in zip(low, high, strict=True)])
    z = model[0](corners).detach().numpy()
    np.testing.assert_allclose(first.units.z_low, z.min(0), rtol=1e-5)
    np.testing.assert_allclose(first.units.z_high, z.max(0), rtol=1e-5)
    assert (second.units.z_low <= second.units.z_min).all()
    assert (second.units.z_high >= second.units.z_max).all()
    a = torch.relu(model[0](X)).detach()
    w, b = model[2].weight.detach(), model[2].bias.detach()
    expected = w.clamp(min=0) @ a.max(0).values + w.clamp(max=0) @ a.min(0).values + b
    np.testing.assert_allclose(second.units.z_high, expected, rtol=1e-5)


def test_bounds_of_a_padded_convolution_in_groups_hold_for_any_image_of_the_range():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(4, 6, 3, padding=1, groups=2), nn.ReLU(), nn.Conv2d(6, 1, 1))
    X = torch.rand(5, 4, 6, 6) + 1
    units = measure_module(model, X).hidden[0].units
    assert X.min() > 0
    high = X.amax((0, 2, 3)).reshape(-1, 1, 1)
    weight = model[0].weight.detach()
    for unit in range(6):
        # The image that suits this unit most, and zeros around it.
        channels = slice(0, 2) if unit < 3 else slice(2, 4)
        image = torch.zeros(4, 3, 3)
        image[channels] = torch.where(weight[unit] > 0, high[channels], torch.zeros(1))
        z = F.conv2d(image[None], weight, model[0].bias, groups=2)[0, unit]
        assert units.z_high[unit] == pytest.approx(z.item(), rel=1e-5)
        image[channels] = torch.where(weight[unit] > 0, torch.zeros(1), high[channels])
        z = F.conv2d(image[None], weight, model[0].bias, groups=2)[0, unit]
        assert units.z_low[unit] == pytest.approx(z.item(), rel=1e-5)


def test_sampled_rows_are_the_same_in_every_layer(model, data):
    measured = measure_module(model, *data)
    fc1, fc2 = measured.layers[2], measured.layers[3]
    w, b = model.fc2.weight.detach().double().numpy(), model.fc2.bias.detach().double().numpy()
    np.testing.assert_allclose(fc1.sample_a @ w.T + b, fc2.sample_z, atol=1e-5)
    assert fc1.sample_z.shape == (70, 10)


def test_the_effective_rank_is_that_of_the_outputs(model, data, measured):
    a = F.leaky_relu(model.parts(data[0])[2], 0.1).detach().double().numpy()
    share = np.linalg.eigvalsh(np.cov(a.T))
    share = share[share > 0] / share[share > 0].sum()
    expected = np.exp(-np.sum(share * np.log(share)))
    assert measured.layers[2].effective_rank == pytest.approx(expected, rel=1e-5)


def test_the_order_and_size_of_batches_change_nothing(model, data):
    one = measure_module(model, [data])
    many = measure_module(
        model, [(data[0][i : i + 7], data[1][i : i + 7]) for i in range(0, 70, 7)]
    )
    for a, b in zip(one.layers, many.layers, strict=True):
        assert a.gradient_norm == pytest.approx(b.gradient_norm, rel=1e-4)
        assert a.error_norm == pytest.approx(b.error_norm, rel=1e-4)
    np.testing.assert_allclose(one.hidden[0].units.z_var, many.hidden[0].units.z_var, rtol=1e-5)
    assert one.score == many.score


@pytest.mark.parametrize(
    "make",
    [
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
        lambda p: torch.optim.Adam(p, lr=0.01),
    ],
    ids=["sgd", "adam"],
)
def test_the_update_ratio_is_that_of_the_optimizers_next_step(make, data):
    torch.manual_seed(0)
    model = Convolutional()
    optimizer = make(model.parameters())
    for _ in range(3):
        optimizer.zero_grad()
        F.cross_entropy(model(data[0]), data[1]).backward()
        optimizer.step()
    measured = measure_module(model, [data], optimizer=optimizer)
    before = copy.deepcopy(model.state_dict())
    optimizer.zero_grad()
    F.cross_entropy(model(data[0]), data[1]).backward()
    optimizer.step()
    for layer, name in zip(measured.layers, ("conv1", "conv2", "fc1", "fc2"), strict=True):
        old, new = before[f"{name}.weight"], model.state_dict()[f"{name}.weight"]
        assert layer.update_ratio == pytest.approx(float((new - old).norm() / old.norm()), rel=1e-3)
    assert measured.settings.learning_rate == optimizer.param_groups[0]["lr"]
    assert measured.trained


def test_score_and_recall_of_classes_are_those_of_the_answers(measured, model, data):
    answered = model(data[0]).argmax(1)
    assert measured.task == "multiclass"
    assert measured.score == pytest.approx((answered == data[1]).float().mean().item())
    assert measured.classes.labels == (0, 1, 2)
    np.testing.assert_array_equal(measured.classes.counts, torch.bincount(data[1]))
    recall = [(answered[data[1] == k] == k).float().mean().item() for k in range(3)]
    np.testing.assert_allclose(measured.classes.recall, recall, rtol=1e-6)


def test_inputs_and_outputs_are_told(measured, model, data):
    flat, outputs = data[0].flatten(1).double().numpy(), model(data[0]).detach().numpy()
    np.testing.assert_allclose(measured.inputs.mean, flat.mean(0), atol=1e-6)
    np.testing.assert_allclose(measured.inputs.std, flat.std(0), rtol=1e-5)
    np.testing.assert_allclose(measured.inputs.greatest, flat.max(0), rtol=1e-6)
    np.testing.assert_allclose(measured.outputs.mean, outputs.mean(0), atol=1e-6)
    np.testing.assert_allclose(measured.outputs.least, outputs.min(0), rtol=1e-6)
    assert measured.outputs.activation == "identity"
    assert measured.outputs.loss == "CrossEntropyLoss"
    assert measured.outputs.target_values == 3
    assert measured.outputs.target_whole


def test_regression_has_a_score_a_baseline_and_linear_r2():
    from sklearn.linear_model import LinearRegression
    from sklearn.metrics import r2_score

    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 2))
    X = torch.randn(300, 4) * 2
    y = torch.stack([X[:, 0] ** 2, X[:, 1]], 1) + 0.1 * torch.randn(300, 2)
    measured = measure_module(model, X.numpy(), y.numpy())
    answered = model(X).detach().numpy()
    assert measured.task == "regression"
    assert measured.score == pytest.approx(r2_score(y, answered), rel=1e-4)
    assert measured.loss == pytest.approx(np.mean((y.numpy() - answered) ** 2), rel=1e-5)
    assert measured.curves.baseline_loss == pytest.approx(y.numpy().var(0).mean(), rel=1e-5)
    fitted = LinearRegression().fit(X, answered)
    left = np.sum((answered - fitted.predict(X)) ** 2)
    plain = 1 - left / np.sum((answered - answered.mean(0)) ** 2)
    expected = 1 - (1 - plain) * 299 / 295
    assert measured.outputs.linear_r2 == pytest.approx(expected, rel=1e-4)


def test_the_baseline_of_classes_is_their_entropy(measured, data):
    share = torch.bincount(data[1]) / len(data[1])
    assert measured.curves.baseline_loss == pytest.approx(-(share * share.log()).sum().item())


def test_validation_rows_are_judged_in_evaluation_mode(data):
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Flatten(), nn.Linear(64, 20), nn.ReLU(), nn.Dropout(0.5), nn.Linear(20, 3)
    )
    X, y = data
    curves = measure_module(model, X[:50], y[:50], validation_data=(X[50:], y[50:])).curves
    model.eval()
    expected = [F.cross_entropy(model(X[s]), y[s]).item() for s in (slice(50), slice(50, None))]
    found = [curves.training_loss[-1], curves.validation_loss[-1]]
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    assert curves.n_validation == 20
    right = (model(X[50:]).argmax(1) == y[50:]).float().mean().item()
    assert curves.validation_score[-1] == pytest.approx(right)


def test_a_loss_that_sums_is_told_as_a_mean(data):
    torch.manual_seed(0)
    model = Convolutional()
    mean = measure_module(model, *data, loss=nn.CrossEntropyLoss())
    total = measure_module(model, *data, loss=nn.CrossEntropyLoss(reduction="sum"))
    assert total.loss == pytest.approx(mean.loss, rel=1e-5)
    assert total.layers[0].gradient_norm == pytest.approx(mean.layers[0].gradient_norm, rel=1e-4)


def test_gradients_beyond_the_squares_of_float32_are_told():
    model = nn.Sequential(nn.Linear(4, 4), nn.Tanh(), nn.Linear(4, 1))
    with torch.no_grad():
        model[2].weight.fill_(1e-25)
        model[2].bias.zero_()
    layer = measure_module(model, torch.randn(50, 4), torch.ones(50, 1)).layers[0]
    assert 1e-27 < layer.error_norm < 1e-24
    assert layer.gradient_norm > 0
