"""What is measured of a module's outputs and targets: shapes, scale, the axis of a softmax."""

import pytest

torch = pytest.importorskip("torch")

import ogive  # noqa: E402
from ogive.diagnosis.modules.probe import measure_module  # noqa: E402

nn = torch.nn
Loader, Rows = torch.utils.data.DataLoader, torch.utils.data.TensorDataset


def made(*last, n_outputs=1):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, n_outputs), *last)


def rows(n=100):
    torch.manual_seed(1)
    return torch.randn(n, 4)


@pytest.mark.filterwarnings("ignore:Using a target size")
def test_outputs_in_a_column_against_targets_in_a_row_are_told():
    X = rows()
    batches = Loader(Rows(X, X.sum(1)), batch_size=50)
    outputs = measure_module(made(), batches, loss=nn.MSELoss()).outputs
    assert outputs.broadcast == ((50, 1), (50,))
    issues = ogive.diagnose(made(), batches, loss=nn.MSELoss()).issues
    assert [one.kind for one in issues if one.code == "OGV110"] == ["broadcast"]


def test_a_loss_that_squeezes_by_itself_or_is_not_given_is_not_told():
    X = rows()
    squeezed = lambda out, y: nn.functional.mse_loss(out.squeeze(1), y)  # noqa: E731
    assert measure_module(made(), X, X.sum(1), loss=squeezed).outputs.broadcast is None
    assert measure_module(made(), X, X.sum(1)).outputs.broadcast is None


def test_mean_and_deviation_of_targets_are_those_of_all_batches():
    X = rows()
    y = 2000 + 500 * X[:, :2]
    batches = Loader(Rows(X, y), batch_size=30)
    outputs = measure_module(made(n_outputs=2), batches, loss=nn.MSELoss()).outputs
    assert outputs.target_mean == pytest.approx(y.mean(0).tolist(), rel=1e-5)
    assert outputs.target_std == pytest.approx(y.std(0, correction=0).tolist(), rel=1e-5)


@pytest.mark.parametrize("last", [nn.LogSoftmax, nn.Softmax])
@pytest.mark.parametrize("axis", [0, 1])
def test_the_axis_of_a_softmax_is_read_from_the_outputs(last, axis):
    X = rows()
    outputs = measure_module(made(last(dim=axis), n_outputs=3), X, torch.arange(100) % 3).outputs
    assert outputs.over_rows == (axis == 0)
