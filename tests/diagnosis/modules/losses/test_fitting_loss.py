"""The loss of a PyTorch model: named, or the one that fits."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

from ogive.diagnosis.modules.losses.in_use import loss_in_use  # noqa: E402
from ogive.text import InputError  # noqa: E402


def z(*shape):
    made = torch.Generator().manual_seed(0)
    return torch.randn(*shape, generator=made).requires_grad_() * 1


CLASSES = torch.tensor([0, 2, 1, 2])
HALVES = torch.tensor([0.0, 1.0, 1.0, 0.0])


def told(outputs, targets, last="identity", loss=None):
    found = loss_in_use(loss, outputs, targets, last)
    return found.name, found.task, found.inferred


@pytest.mark.parametrize(
    ("outputs", "targets", "last", "name", "task"),
    [
        (z(4, 3), CLASSES, "identity", "CrossEntropyLoss", "multiclass"),
        (z(4, 3), CLASSES.float(), "identity", "CrossEntropyLoss", "multiclass"),
        (z(4, 3), CLASSES[:, None], "identity", "CrossEntropyLoss", "multiclass"),
        (z(4, 3), CLASSES, "log_softmax", "NLLLoss", "multiclass"),
        (z(4, 3), CLASSES, "softmax", "NLLLoss", "multiclass"),
        (z(4, 3), F.one_hot(CLASSES).float(), "identity", "CrossEntropyLoss", "multiclass"),
        (z(4, 3), F.one_hot(CLASSES).float(), "logistic", "BCELoss", "multilabel"),
        (z(4, 3), torch.ones(4, 3), "identity", "BCEWithLogitsLoss", "multilabel"),
        (z(4, 1), HALVES, "identity", "BCEWithLogitsLoss", "binary"),
        (z(4, 1), HALVES.long()[:, None], "identity", "BCEWithLogitsLoss", "binary"),
        (z(4), HALVES, "logistic", "BCELoss", "binary"),
        (z(4, 1), torch.tensor([0.5, 3, 1, 2]), "identity", "MSELoss", "regression"),
        (z(4, 1), torch.tensor([0, 3, 1, 2]), "identity", "MSELoss", "regression"),
        (z(4, 2), torch.full((4, 2), 0.5), "tanh", "MSELoss", "regression"),
        (z(4, 3, 5), torch.zeros(4, 5).long(), "identity", "CrossEntropyLoss", "multiclass"),
        (z(4, 5, 3), torch.zeros(4, 5).long(), "identity", "CrossEntropyLoss", "multiclass"),
    ],
)
def test_the_fitting_loss_is_inferred(outputs, targets, last, name, task):
    assert told(outputs, targets, last) == (name, task, True)


def test_the_inferred_cross_entropy_is_pytorchs():
    found = loss_in_use(None, z(4, 3), CLASSES, "identity")
    torch.testing.assert_close(found.call(z(4, 3), CLASSES), F.cross_entropy(z(4, 3), CLASSES))


def test_probabilities_of_a_softmax_are_compared_by_their_logarithm():
    found = loss_in_use(None, z(4, 3).softmax(1), CLASSES, "softmax")
    loss = found.call(z(4, 3).softmax(1), CLASSES)
    torch.testing.assert_close(loss, F.cross_entropy(z(4, 3), CLASSES))


def test_classes_along_the_last_axis_are_found():
    targets = torch.randint(0, 3, (4, 5), generator=torch.Generator().manual_seed(1))
    found = loss_in_use(None, z(4, 5, 3), targets, "identity")
    expected = F.cross_entropy(z(4, 5, 3).movedim(-1, 1), targets)
    torch.testing.assert_close(found.call(z(4, 5, 3), targets), expected)


def test_one_hot_targets_give_the_loss_of_their_classes():
    one_hot = F.one_hot(CLASSES).double()
    found = loss_in_use(None, z(4, 3), one_hot, "identity")
    torch.testing.assert_close(found.call(z(4, 3), one_hot), F.cross_entropy(z(4, 3), CLASSES))


def test_flat_targets_of_one_output_are_not_broadcast():
    targets = torch.tensor([0.5, 3.0, 1.0, 2.0], dtype=torch.float64)
    found = loss_in_use(None, z(4, 1), targets, "identity")
    expected = F.mse_loss(z(4, 1)[:, 0], targets.float())
    torch.testing.assert_close(found.call(z(4, 1), targets), expected)


@pytest.mark.parametrize(
    ("loss", "name", "task"),
    [
        (nn.CrossEntropyLoss(), "CrossEntropyLoss", "multiclass"),
        (nn.CrossEntropyLoss, "CrossEntropyLoss", "multiclass"),
        (F.cross_entropy, "CrossEntropyLoss", "multiclass"),
        (lambda o, t: F.cross_entropy(o, t), "CrossEntropyLoss", "multiclass"),
        (lambda o, t: F.cross_entropy(o, t, label_smoothing=0.1), "CrossEntropyLoss", "multiclass"),
        (lambda o, t: 0.5 * F.nll_loss(o, t), "NLLLoss", "multiclass"),
        (nn.MSELoss(), "MSELoss", "regression"),
    ],
)
def test_a_named_loss_is_known_by_its_class(loss, name, task):
    assert told(z(4, 3), CLASSES, loss=loss) == (name, task, False)


def test_binary_losses_of_several_outputs_are_multilabel():
    assert told(z(4, 3), torch.ones(4, 3), loss=nn.BCEWithLogitsLoss())[1] == "multilabel"
    assert told(z(4, 1), torch.ones(4, 1), loss=nn.BCEWithLogitsLoss())[1] == "binary"


def test_a_loss_of_ones_own_keeps_its_name():
    def focal(outputs, targets):
        return (outputs**3).mean()

    assert told(z(4, 3), CLASSES, loss=focal) == ("focal", "unknown", False)


def test_a_loss_for_each_row_is_averaged():
    found = loss_in_use(nn.CrossEntropyLoss(reduction="none"), z(4, 3), CLASSES, "identity")
    torch.testing.assert_close(found.call(z(4, 3), CLASSES), F.cross_entropy(z(4, 3), CLASSES))


@pytest.mark.parametrize(
    ("loss", "outputs", "targets", "told"),
    [
        (3, z(4, 3), CLASSES, "loss must be a function"),
        (None, z(4, 3), torch.ones(4, 2), "no loss fits outputs of shape"),
    ],
)
def test_what_cannot_be_a_loss_is_refused(loss, outputs, targets, told):
    with pytest.raises(InputError, match=told):
        loss_in_use(loss, outputs, targets, "identity")


def test_a_loss_that_fails_says_on_what():
    found = loss_in_use(nn.CrossEntropyLoss(), z(4, 3), CLASSES, "identity")
    with pytest.raises(InputError, match=r"the loss failed on outputs and targets of \(4, 3\)"):
        found.call(z(4, 3), torch.ones(7).long())


def test_a_loss_that_returns_no_tensor_is_refused():
    found = loss_in_use(lambda o, t: 1.0, z(4, 3), CLASSES, "identity")
    with pytest.raises(InputError, match="must return a tensor"):
        found.call(z(4, 3), CLASSES)
