"""What cannot be measured is told in plain words; what can, in spite of oddities, is measured."""

import dataclasses
from collections import namedtuple

import numpy as np
import pytest

torch = pytest.importorskip("torch")

import ogive  # noqa: E402
from ogive.diagnosis.modules.probe import measure_module  # noqa: E402
from ogive.text import InputError  # noqa: E402

nn = torch.nn


def network(n_inputs=6, n_outputs=3):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(n_inputs, 8), nn.ReLU(), nn.Linear(8, n_outputs))


@pytest.fixture
def rows():
    generator = torch.Generator().manual_seed(1)
    return (
        torch.randn(300, 6, generator=generator),
        torch.randint(0, 3, (300,), generator=generator),
    )


class Returns(nn.Module):
    def __init__(self, wrap):
        super().__init__()
        self.body, self.wrap = network(), wrap

    def forward(self, x):
        return self.wrap(self.body(x))


@dataclasses.dataclass
class Answer:
    logits: torch.Tensor
    attention: torch.Tensor


Pair = namedtuple("Pair", "values hidden")


@pytest.mark.parametrize("empty", [[], (), np.zeros((0, 6)), torch.zeros(0, 6), iter([])])
def test_an_empty_loader_is_refused(empty):
    with pytest.raises(InputError, match="no rows"):
        measure_module(network(), empty)


def test_a_wrong_width_is_told_with_the_layer_and_both_widths(rows):
    with pytest.raises(InputError, match=r"layer '0' .* width 5, .* given \(150, 6\)"):
        measure_module(network(5), *rows)


def test_a_wrong_number_of_channels_is_told_with_the_layer():
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(144, 2))
    with pytest.raises(InputError, match="layer '0' .* width 3"):
        measure_module(model, torch.randn(10, 1, 8, 8))


def test_a_failure_inside_the_model_names_the_module_and_the_shape():
    model = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(7))
    with pytest.raises(InputError, match=r"shape \(10, 6\) float32: '1' raises RuntimeError"):
        measure_module(model, torch.randn(10, 6))


def test_an_index_beyond_an_embedding_is_told():
    model = nn.Sequential(nn.Embedding(5, 4), nn.Flatten(), nn.Linear(8, 2))
    with pytest.raises(InputError, match="'0' raises IndexError"):
        measure_module(model, torch.full((10, 2), 7))


def test_targets_of_another_length_are_refused(rows):
    with pytest.raises(InputError, match="X has 300 rows and y has 299"):
        measure_module(network(), rows[0], rows[1][:-1])


def test_targets_beside_a_loader_are_refused(rows):
    with pytest.raises(InputError, match="Leave y out"):
        measure_module(network(), [rows], rows[1])


@pytest.mark.parametrize("X", ["data.csv", None, 3])
def test_what_is_no_data_is_refused(X):
    with pytest.raises(InputError, match="X must be an array"):
        measure_module(network(), X)


def test_a_batch_that_is_no_tensor_is_refused():
    with pytest.raises(InputError, match="batch 1 holds a str"):
        measure_module(network(), [("one", 2), ("two", 3)])


def test_a_dict_without_a_parameter_of_forward_is_refused(rows):
    with pytest.raises(InputError, match="keys 'a', 'b'"):
        measure_module(network(), [{"a": rows[0], "b": rows[0]}])


def test_without_targets_gradients_are_not_known(rows):
    measured = measure_module(network(), rows[0])
    assert measured.task == "unknown"
    assert np.isnan(measured.loss)
    assert all(np.isnan(layer.gradient_norm) for layer in measured.layers)
    assert measured.layers[0].units is not None


def test_a_module_without_activations_is_measured_with_a_remark(rows):
    measured = measure_module(nn.Sequential(nn.Linear(6, 4), nn.Linear(4, 3)), *rows)
    assert measured.hidden == ()
    assert any("No activation was found" in remark.en for remark in measured.remarks)
    assert [layer.role for layer in measured.layers] == ["other", "output"]


def test_a_module_without_parameters_is_measured_with_a_remark(rows):
    measured = measure_module(nn.Sequential(nn.ReLU()), rows[0])
    assert any("no parameters" in remark.en for remark in measured.remarks)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda z: (z, z.detach() * 0),
        lambda z: [torch.zeros(3, dtype=torch.long), z],
        lambda z: {"logits": z, "hidden": z * 2},
        lambda z: {"anything": z},
        lambda z: Answer(z, z * 2),
        lambda z: Pair(z, torch.zeros(3, dtype=torch.long)),
        lambda z: ((z, z * 2),),
    ],
    ids=["tuple", "list", "logits", "one in a dict", "dataclass", "named tuple", "nested"],
)
def test_the_obvious_output_is_taken_of_what_a_model_returns(wrap, rows):
    plain = measure_module(network(), *rows)
    measured = measure_module(Returns(wrap), *rows)
    assert measured.loss == pytest.approx(plain.loss)


def test_an_answer_without_an_obvious_output_is_refused(rows):
    model = Returns(lambda z: {"a": z, "b": z * 2})
    with pytest.raises(InputError, match="'a', 'b'.* Pass loss="):
        measure_module(model, *rows)


def test_a_loss_is_given_all_that_the_model_returns(rows):
    model = Returns(lambda z: (z, z * 2))

    def loss(answer, targets):
        return nn.functional.cross_entropy(answer[1], targets)

    measured = measure_module(model, *rows, loss=loss)
    expected = nn.functional.cross_entropy(model.body(rows[0]) * 2, rows[1])
    assert measured.loss == pytest.approx(expected.item(), rel=1e-5)


def test_whole_numbers_as_outputs_are_refused(rows):
    with pytest.raises(InputError, match="before argmax"):
        measure_module(Returns(lambda z: z.argmax(1)), *rows)


def test_rows_with_nan_are_told_and_left_out(rows):
    X, y = rows[0].clone(), rows[1]
    X[200, 3] = float("nan")
    X[5, 0] = float("inf")
    measured = measure_module(network(), X, y)
    kept = torch.isfinite(X).all(1)
    assert measured.nonfinite.where == "input"
    assert (measured.nonfinite.batch, measured.nonfinite.count) == (1, 1)
    assert measured.n_rows == 298
    expected = nn.functional.cross_entropy(network()(X[kept]), y[kept])
    assert measured.loss == pytest.approx(expected.item(), rel=1e-5)
    assert any("2 rows" in remark.en for remark in measured.remarks)


def test_rows_that_all_hold_nan_are_refused():
    with pytest.raises(InputError, match="every row"):
        measure_module(network(), torch.full((10, 6), float("nan")))


def test_targets_with_nan_are_told():
    y = torch.randn(300, 3)
    y[7] = float("nan")
    measured = measure_module(network(), torch.randn(300, 6), y)
    assert measured.nonfinite.where == "target"
    assert np.isfinite(measured.loss)


def test_weights_that_are_not_finite_are_told_with_their_layer(rows):
    model = network()
    with torch.no_grad():
        model[0].weight[1, 1] = float("inf")
    measured = measure_module(model, *rows)
    assert measured.nonfinite.where == "weights"
    assert (measured.nonfinite.layer, measured.nonfinite.count) == ("1", 1)


def test_an_overflow_is_told_with_the_layer_and_batch_where_it_begins():
    model = nn.Sequential(
        nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1), nn.Sigmoid()
    )
    with torch.no_grad():
        for layer in (model[0], model[2]):
            layer.weight.fill_(1e18)
            layer.bias.zero_()
    small, large = torch.full((4, 2), 1e-30), torch.full((4, 2), 1e5)
    measured = measure_module(model, [(small, torch.zeros(4)), (large, torch.zeros(4))])
    assert measured.nonfinite.where == "activation"
    assert measured.nonfinite.layer == "3"


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_precisions_are_measured(dtype, rows):
    plain = measure_module(network(), *rows)
    measured = measure_module(network().to(dtype), *rows)
    assert measured.loss == pytest.approx(plain.loss, rel=0.02)
    assert measured.layers[0].gradient_norm == pytest.approx(plain.layers[0].gradient_norm, rel=0.1)
    np.testing.assert_allclose(
        measured.hidden[0].units.z_mean, plain.hidden[0].units.z_mean, atol=0.02
    )


def test_frozen_layers_are_told_and_have_no_gradient(rows):
    model = network()
    model[0].requires_grad_(False)
    first, last = measure_module(model, *rows).layers
    assert first.frozen and np.isnan(first.gradient_norm)
    assert not last.frozen and last.gradient_norm > 0


def test_a_wholly_frozen_model_is_measured(rows):
    measured = measure_module(network().requires_grad_(False), *rows)
    assert all(layer.frozen for layer in measured.layers)
    assert np.isfinite(measured.loss)


def test_a_script_is_refused():
    with pytest.warns(DeprecationWarning), torch.no_grad():
        script = torch.jit.trace(network(), torch.randn(2, 6))
    with pytest.raises(InputError, match="TorchScript"):
        measure_module(script, torch.randn(4, 6))


def test_lazy_modules_are_refused_and_stay_lazy():
    model = nn.Sequential(nn.LazyLinear(4), nn.ReLU())
    with pytest.raises(InputError, match=r"'0.weight' is not initialised"):
        measure_module(model, torch.randn(4, 6))
    assert isinstance(model[0].weight, nn.parameter.UninitializedParameter)


def test_a_module_on_the_meta_device_is_refused():
    with pytest.raises(InputError, match="meta device"):
        measure_module(nn.Linear(2, 2, device="meta"), torch.randn(4, 2))


def test_sparse_rows_are_measured_as_dense_ones(rows):
    scipy_sparse = pytest.importorskip("scipy.sparse")
    X = rows[0] * (rows[0] > 0.5)
    dense = measure_module(network(), X, rows[1])
    for sparse in (X.to_sparse(), scipy_sparse.csr_matrix(X.numpy())):
        measured = measure_module(network(), sparse, rows[1])
        assert measured.loss == pytest.approx(dense.loss)


def test_an_unknown_name_in_activations_is_refused_with_a_suggestion(rows):
    model = nn.Sequential()
    model.add_module("hidden", nn.Linear(6, 3))
    with pytest.raises(InputError, match="Did you mean 'hidden'"):
        measure_module(model, *rows, activations=["hiden"])


def test_a_message_is_in_both_languages(rows):
    with pytest.raises(InputError) as caught:
        ogive.diagnose(network(5), rows[0])
    assert "宽度为 5" in caught.value.text.zh
