"""Networks of many kinds, as public tutorials write them, and data of many kinds."""

import importlib
import weakref

import numpy as np
import pytest

torch = pytest.importorskip("torch")

import ogive  # noqa: E402
from ogive.diagnosis.modules.probe import measure_module  # noqa: E402

nn, F = torch.nn, torch.nn.functional
Loader = torch.utils.data.DataLoader


class Residual(nn.Module):
    def __init__(self, before, after, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(after)
        self.relu = nn.ReLU(inplace=True)
        self.shortcut = nn.Identity()
        if stride != 1 or before != after:
            self.shortcut = nn.Sequential(
                nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)
            )

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += self.shortcut(x)
        return self.relu(out)


class ResidualNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 3, padding=1)
        self.block1, self.block2 = Residual(4, 4), Residual(4, 8, 2)
        self.pool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(8, 3)

    def forward(self, x):
        x = self.block2(self.block1(F.relu(self.stem(x))))
        return self.fc(torch.flatten(self.pool(x), 1))


class Tagger(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.embedding = nn.Embedding(20, 6)
        self.cell = cell(6, 8, batch_first=True)
        self.fc = nn.Linear(8, 3)

    def forward(self, tokens):
        out, _ = self.cell(self.embedding(tokens))
        return self.fc(out[:, -1])


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(20, 8)
        layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2)
        self.fc = nn.Linear(8, 3)

    def forward(self, tokens):
        return self.fc(self.encoder(self.embedding(tokens)).mean(dim=1))


class OwnAttention(nn.Module):
    """Attention written by hand, with a softmax over positions."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(6, 6) for _ in range(3))
        self.fc1, self.fc2 = nn.Linear(6, 10), nn.Linear(10, 3)

    def forward(self, x):
        scores = self.query(x) @ self.key(x).transpose(-2, -1) / 6**0.5
        x = x + F.softmax(scores, dim=-1) @ self.value(x)
        return self.fc2(F.gelu(self.fc1(x))).mean(1)


class OwnCell(nn.Module):
    """A recurrent network step by step."""

    def __init__(self):
        super().__init__()
        self.inner, self.outer, self.fc = nn.Linear(6, 9), nn.Linear(9, 9), nn.Linear(9, 3)

    def forward(self, x):
        h = torch.zeros(len(x), 9)
        for step in x.unbind(1):
            h = torch.tanh(self.inner(step) + self.outer(h))
        return self.fc(h)


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(0)


@pytest.fixture
def images():
    return torch.randn(20, 3, 8, 8), torch.randint(0, 3, (20,))


@pytest.fixture
def tokens():
    return torch.randint(0, 20, (20, 5)), torch.randint(0, 3, (20,))


def gradient_of(model, X, y, parameter):
    loss = F.cross_entropy(model(X), y)
    return torch.autograd.grad(loss, parameter)[0].norm().item()


@pytest.mark.parametrize("training", [True, False])
def test_a_residual_network_is_measured_block_by_block(images, training):
    model = ResidualNet().train(training)
    measured = measure_module(model, *images)
    assert [layer.name for layer in measured.hidden] == [
        "stem → relu",
        "block1.conv1 → relu",
        "block1.conv2 → relu",
        "block2.conv1 → relu",
        "block2.conv2 → relu",
    ]
    x = images[0]
    z = model.block1.bn1(model.block1.conv1(F.relu(model.stem(x)))).detach().double()
    units = measured.hidden[1].units
    np.testing.assert_allclose(units.z_mean, z.mean((0, 2, 3)), atol=1e-5)
    np.testing.assert_allclose(units.z_max, z.amax((0, 2, 3)), rtol=1e-4)
    norms = [x for x in measured.layers if x.activation == "BatchNorm2d"]
    assert len(norms) == 5
    expected = gradient_of(model, *images, model.block2.conv1.weight)
    assert measured.hidden[3].gradient_norm == pytest.approx(expected, rel=1e-3)


def test_an_error_is_taken_before_a_relu_that_overwrites_its_input(images):
    model = ResidualNet().eval()
    measured = measure_module(model, *images)
    kept = []
    for block in (model.block1, model.block2):
        block.relu.inplace = False
        block.bn1.register_forward_hook(lambda m, a, z: kept.append(z))
    loss = F.cross_entropy(model(images[0]), images[1])
    for layer, g in zip(
        (measured.hidden[1], measured.hidden[3]), torch.autograd.grad(loss, kept), strict=True
    ):
        expected = (20**2 * g.double().square().sum() / 20) ** 0.5
        assert layer.error_norm == pytest.approx(expected.item(), rel=1e-3)


@pytest.mark.parametrize("cell", [nn.LSTM, nn.GRU, nn.RNN])
def test_a_recurrent_module_is_shown_with_its_gradient(cell, tokens):
    model = Tagger(cell)
    measured = measure_module(model, *tokens)
    assert [(x.name, x.role) for x in measured.layers] == [
        ("embedding", "other"),
        ("cell", "other"),
        ("fc", "output"),
    ]
    loss = F.cross_entropy(model(tokens[0]), tokens[1])
    gradients = torch.autograd.grad(loss, list(model.cell.parameters()))
    expected = sum(g.square().sum() for g in gradients).sqrt().item()
    assert measured.layers[1].gradient_norm == pytest.approx(expected, rel=1e-4)
    assert any(cell.__name__ in remark.en for remark in measured.remarks)
    assert measured.inputs is None


def test_a_transformer_is_measured_in_its_feed_forward_layers(tokens):
    model = Encoder()
    measured = measure_module(model, *tokens)
    assert [layer.name for layer in measured.hidden] == [
        f"encoder.layers.{i}.linear1 → relu" for i in (0, 1)
    ]
    assert measured.hidden[0].n_values == 100
    kept = []
    model.encoder.layers[0].linear1.register_forward_hook(lambda m, a, z: kept.append(z))
    model(tokens[0])
    z = kept[0].detach().double().reshape(100, 16)
    np.testing.assert_allclose(measured.hidden[0].units.z_mean, z.mean(0), atol=1e-5)


def test_a_softmax_of_attention_is_no_layer_of_units():
    measured = measure_module(OwnAttention(), torch.randn(20, 4, 6), torch.randint(0, 3, (20,)))
    assert [layer.name for layer in measured.hidden] == ["fc1 → gelu"]


def test_a_cell_called_step_by_step_is_one_layer():
    model = OwnCell()
    X, y = torch.randn(20, 5, 6), torch.randint(0, 3, (20,))
    measured = measure_module(model, X, y)
    assert [layer.activation for layer in measured.hidden] == ["tanh"]
    assert measured.hidden[0].n_values == 100
    expected = gradient_of(model, X, y, model.outer.weight)
    assert measured.hidden[0].gradient_norm == pytest.approx(expected, rel=1e-4)


def test_models_in_one_dimension_and_three_are_measured():
    for convolution, shape in ((nn.Conv1d, (10, 2, 7)), (nn.Conv3d, (10, 2, 4, 5, 6))):
        model = nn.Sequential(convolution(2, 3, 3), nn.ReLU(), nn.Flatten(), nn.LazyLinear(2))
        X = torch.randn(shape)
        model(X)
        units = measure_module(model, X, torch.randint(0, 2, (10,))).hidden[0].units
        z = model[0](X).detach().double().movedim(1, -1).reshape(-1, 3)
        np.testing.assert_allclose(units.z_var, z.var(0, unbiased=False), rtol=1e-4)
        assert (units.z_low <= units.z_min).all() and (units.z_high >= units.z_max).all()


def test_a_generator_with_transposed_convolutions_is_measured():
    model = nn.Sequential(
        nn.Linear(5, 32),
        nn.Unflatten(1, (8, 2, 2)),
        nn.ReLU(),
        nn.ConvTranspose2d(8, 4, 4, 2, 1),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.ConvTranspose2d(4, 1, 4, 2, 1),
        nn.Tanh(),
    )
    X = torch.randn(16, 5)
    measured = measure_module(model, X, torch.rand(16, 1, 8, 8), loss=nn.MSELoss())
    assert [layer.n_units for layer in measured.hidden] == [8, 4]
    assert measured.outputs.activation == "tanh"
    z = model[1](model[0](X)).detach().double()
    np.testing.assert_allclose(measured.hidden[0].units.z_mean, z.mean((0, 2, 3)), atol=1e-5)


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3))


class Rows(torch.utils.data.Dataset):
    def __init__(self, X, y):
        self.X, self.y = X, y

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        return self.X[i], int(self.y[i])


class Streamed(torch.utils.data.IterableDataset):
    def __init__(self, X, y):
        self.X, self.y = X, y

    def __iter__(self):
        return zip(self.X, self.y, strict=True)


KINDS = {
    "arrays": lambda X, y: (X.double().numpy(), y.numpy()),
    "lists": lambda X, y: (X.tolist(), y.tolist()),
    "tensors": lambda X, y: (X, y),
    "loader": lambda X, y: (Loader(Rows(X, y), batch_size=16),),
    "tensor data set": lambda X, y: (torch.utils.data.TensorDataset(X, y),),
    "data set": lambda X, y: (Rows(X, y),),
    "streamed data set": lambda X, y: (Streamed(X, y),),
    "generator": lambda X, y: (((X[i : i + 9], y[i : i + 9]) for i in range(0, 50, 9)),),
    "list of batches": lambda X, y: ([[X[:20], y[:20]], [X[20:], y[20:]]],),
    "arrays in batches": lambda X, y: ([(X.numpy(), y.numpy())],),
    "dicts": lambda X, y: ([{"image": X, "label": y}],),
    "dicts by name": lambda X, y: ([{"input": X, "labels": y, "index": torch.arange(50)}],),
    "three parts": lambda X, y: ([(X, y, torch.arange(50))],),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_rows_in_any_form_give_the_same_numbers(kind):
    X, y = torch.randn(50, 6), torch.randint(0, 3, (50,))
    model = network()
    measured = measure_module(model, *KINDS[kind](X, y))
    loss = F.cross_entropy(model(X), y)
    assert measured.n_rows == 50
    assert measured.loss == pytest.approx(loss.item(), rel=1e-5)
    np.testing.assert_allclose(measured.inputs.mean, X.double().mean(0), atol=1e-6)


def test_a_data_frame_names_the_inputs_and_texts_the_classes():
    pandas = pytest.importorskip("pandas")
    X = torch.randn(50, 6).numpy()
    frame = pandas.DataFrame(X, columns=list("abcdef"))
    y = np.array(["cat", "dog", "fox"])[np.arange(50) % 3]
    measured = measure_module(network(), frame, y)
    assert measured.inputs.names == tuple("abcdef")
    assert measured.classes.labels == ("cat", "dog", "fox")
    assert measured.task == "multiclass"


def test_a_model_of_several_inputs_takes_batches_of_as_many_parts():
    class Two(nn.Module):
        def __init__(self):
            super().__init__()
            self.left, self.right, self.out = nn.Linear(3, 4), nn.Linear(2, 4), nn.Linear(8, 1)

        def forward(self, left, right):
            both = torch.cat([torch.relu(self.left(left)), torch.relu(self.right(right))], 1)
            return self.out(both)

    model = Two()
    a, b, y = torch.randn(30, 3), torch.randn(30, 2), torch.randn(30, 1)
    for batch in ((a, b, y), {"left": a, "right": b, "target": y}):
        measured = measure_module(model, [batch])
        assert measured.loss == pytest.approx(F.mse_loss(model(a, b), y).item(), rel=1e-5)
        assert [layer.name for layer in measured.hidden] == ["left → relu", "right → relu"]


def test_a_compiled_model_is_measured_as_it_was_written():
    X, y = torch.randn(50, 6), torch.randint(0, 3, (50,))
    plain = measure_module(network(), X, y)
    compiled = torch.compile(network(), backend="eager")
    assert measure_module(compiled, X, y).layers[0].gradient_norm == plain.layers[0].gradient_norm


def test_the_same_seed_gives_the_same_measurements():
    model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3))
    X, y = torch.randn(900, 6), torch.randint(0, 3, (900,))
    one, two = (measure_module(model, X, y) for _ in range(2))
    assert one.loss == two.loss
    np.testing.assert_array_equal(one.layers[0].sample_a, two.layers[0].sample_a)
    other = measure_module(model, X, y, random_state=1)
    assert not np.array_equal(one.layers[0].sample_a, other.layers[0].sample_a)


def test_activations_computed_twice_by_checkpointing_are_counted_once():
    class Checkpointed(nn.Module):
        def __init__(self):
            super().__init__()
            self.body = nn.Sequential(nn.Linear(6, 8), nn.ReLU())
            self.head = nn.Linear(8, 3)

        def forward(self, x):
            run = importlib.import_module("torch.utils.checkpoint").checkpoint
            return self.head(run(self.body, x, use_reentrant=False))

    measured = measure_module(Checkpointed(), torch.randn(50, 6), torch.randint(0, 3, (50,)))
    assert measured.hidden[0].n_values == 50


def test_a_gradient_that_cannot_be_taken_is_told_in_a_remark():
    class Refusing(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, gradient):
            raise RuntimeError("not here")

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.fc1, self.fc2 = nn.Linear(6, 8), nn.Linear(8, 3)

        def forward(self, x):
            return self.fc2(Refusing.apply(F.relu(self.fc1(x))))

    measured = measure_module(Model(), torch.randn(50, 6), torch.randint(0, 3, (50,)))
    assert np.isnan(measured.hidden[0].gradient_norm)
    assert np.isfinite(measured.loss)
    assert any("RuntimeError: not here" in remark.en for remark in measured.remarks)


def test_batches_are_let_go_of():
    alive = []

    def batches():
        for _ in range(30):
            X = torch.randn(20, 6)
            alive.append(weakref.ref(X))
            yield X, torch.randint(0, 3, (20,))
            del X
            assert sum(one() is not None for one in alive) <= 3

    model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(inplace=True), nn.Linear(8, 3))
    assert measure_module(model, batches()).n_rows == 600


def test_diagnose_takes_a_module():
    X, y = torch.randn(100, 6), torch.randint(0, 3, (100,))
    diagnosis = ogive.diagnose(network(), X, y)
    assert diagnosis.measurements.framework == "torch"
    assert {finding.code for finding in diagnosis.findings} >= {"OGV101", "OGV112"}
