"""Losses that compare every output with all targets, by shapes that broadcast."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from ogive.diagnosis.modules.losses.pairing import pairs_all_rows

OUTPUTS, TARGETS = torch.randn(8, 1), torch.randn(8)


@pytest.mark.parametrize(
    "loss",
    [nn.MSELoss(), nn.MSELoss(reduction="sum"), nn.L1Loss(), nn.HuberLoss(),
     lambda o, t: ((o - t) ** 2).mean()],
    ids=["mse", "sum", "absolute", "huber", "own"],
)  # fmt: skip
def test_outputs_in_a_column_and_targets_in_a_row_are_broadcast(loss):
    assert pairs_all_rows(loss, OUTPUTS, TARGETS)
    assert pairs_all_rows(loss, TARGETS, OUTPUTS)


@pytest.mark.parametrize(
    "loss",
    [lambda o, t: F.mse_loss(o.squeeze(1), t), lambda o, t: ((o[:, 0] - t) ** 2).mean()],
    ids=["squeezed", "indexed"],
)
def test_a_function_that_brings_both_to_one_shape_is_not_taken_for_one(loss):
    assert not pairs_all_rows(loss, OUTPUTS, TARGETS)


def test_equal_shapes_and_other_sizes_pair_rows():
    assert not pairs_all_rows(nn.MSELoss(), TARGETS, TARGETS)
    assert not pairs_all_rows(nn.MSELoss(), torch.randn(8, 3), TARGETS)


def test_a_loss_that_fails_on_these_shapes_is_no_matter():
    assert not pairs_all_rows(nn.CrossEntropyLoss(), OUTPUTS, TARGETS)
