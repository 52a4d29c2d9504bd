"""A diagnosis that is given the monitor of a training."""

from __future__ import annotations

import copy

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
Y = (X[:, 0] > 0).long()


def made(width=8):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, width), nn.ReLU(), nn.Linear(width, 2))


def trained(epochs=6, tell=None, every=1, lr=0.05):
    """Return a model, its optimizer and its monitor, told `tell(epoch, loss)` by epoch."""
    model = made()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    with Monitor(model, optimizer, every=every) as monitor:
        for epoch in range(epochs):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X), Y)
            loss.backward()
            optimizer.step()
            if tell is not None:
                monitor.epoch(**tell(epoch, float(loss.detach())))
    return model, optimizer, monitor


def diagnosed(model, optimizer, monitor, **more):
    return ogive.diagnose(model, X, Y, optimizer=optimizer, monitor=monitor, **more)


def remarks(diagnosis):
    return " ".join(one.en for one in diagnosis.measurements.remarks)


def test_a_loss_never_told_is_unknown_and_not_infinite():
    found = diagnosed(*trained(tell=lambda epoch, loss: {}))
    assert "OGV106" not in found.codes
    assert "No losses were given to the monitor" in remarks(found)


def test_a_monitor_whose_epoch_was_never_called_says_so():
    found = diagnosed(*trained())
    assert "OGV106" not in found.codes
    assert "epoch() was never called" in remarks(found)


def test_a_last_epoch_without_a_loss_is_no_failure():
    tell = lambda epoch, loss: {"loss": loss if epoch < 6 else None}  # noqa: E731
    found = diagnosed(*trained(7, tell))
    assert "OGV106" not in found.codes


def test_a_loss_told_as_not_a_number_is_a_failure():
    tell = lambda epoch, loss: {"loss": loss if epoch < 6 else float("nan")}  # noqa: E731
    found = diagnosed(*trained(7, tell))
    assert "OGV106" in found.codes


@pytest.mark.parametrize("often", [1, 3])
def test_validation_losses_that_were_told_show_overfitting(often):
    def tell(epoch, loss):
        known = epoch % often == 0
        return {"loss": loss, "validation_loss": 1 + 0.5 * epoch if known else None}

    found = diagnosed(*trained(24, tell, lr=1.0))
    curves = found.measurements.curves
    assert curves.validation_loss[::often].tolist() == [
        1 + 0.5 * epoch for epoch in range(0, 24, often)
    ]
    assert np.isfinite(curves.validation_loss).sum() == 24 // often
    (finding,) = [one for one in found.findings if one.code == "OGV111"]
    assert (finding.kind, finding.numbers["best_epoch"]) == ("overfitting", 1)


def test_rows_for_validation_do_not_replace_what_was_told():
    tell = lambda epoch, loss: {"loss": loss, "validation_loss": 1.0 + epoch}  # noqa: E731
    curves = diagnosed(*trained(4, tell), validation_data=(X, Y)).measurements.curves
    assert curves.validation_loss.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert np.isfinite(curves.validation_score[-1])
    assert np.isnan(curves.validation_score[:-1]).all()
    assert curves.n_validation == len(X)


def test_losses_of_epochs_that_were_not_measured_are_kept():
    model, optimizer, monitor = trained(8, lambda epoch, loss: {"loss": loss})
    # Those of a monitor that found no time to measure after the third epoch.
    monitor._records = [r for r in monitor._records if r.epoch <= 3]
    measured = diagnosed(model, optimizer, monitor).measurements
    assert measured.course.epoch.tolist() == [1, 2, 3]
    assert measured.curves.training_loss.tolist() == monitor.curves.training_loss.tolist()
    assert len(measured.curves.training_loss) == 8


def test_a_monitor_of_another_structure_is_refused():
    _, _, monitor = trained(2)
    with pytest.raises(InputError, match="monitor watched another model"):
        ogive.diagnose(made(9), X, Y, monitor=monitor)


def test_what_is_no_monitor_is_refused():
    with pytest.raises(InputError, match="monitor must be the"):
        ogive.diagnose(made(), X, Y, monitor="monitor")


def test_a_copy_of_the_model_watched_is_taken_with_a_remark():
    model, _, monitor = trained(2)
    assert "another object" in remarks(ogive.diagnose(copy.deepcopy(model), X, Y, monitor=monitor))
    assert "another object" not in remarks(ogive.diagnose(model, X, Y, monitor=monitor))


def test_an_unused_monitor_does_not_make_a_model_trained():
    model = made()
    found = ogive.diagnose(model, X, Y, monitor=Monitor(model))
    assert found.measurements.trained is False
    assert found.measurements.course is None
    assert "saw no training" in remarks(found)
