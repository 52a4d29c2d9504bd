"""Whether a loss compares each output with the targets of all rows, by broadcasting shapes."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import torch

from ogive.text import InputError

__all__ = ["pairs_all_rows"]


def pairs_all_rows(call: Callable[[Any, Any], Any], outputs: Any, targets: Any) -> bool:
    """Return whether a loss makes n × n pairs of n outputs and n targets.

    As PyTorch's broadcasting does of shapes (n, 1) and (n,). The loss is asked about made values
    of these shapes, each output being the target of its row: one that pairs rows tells them from
    targets in another order, one that pairs all with all does not. So a function that brings both
    to one shape by itself is not taken for one that does not.

    Parameters
    ----------
    call : callable
        ``call(outputs, targets)``.
    outputs, targets : torch.Tensor
        A batch; only shapes, types and devices count.
    """
    if outputs.shape == targets.shape or outputs.numel() != targets.numel():
        return False
    if outputs.numel() < 2 or not (outputs.is_floating_point() and targets.is_floating_point()):
        return False
    values = torch.linspace(0.1, 0.9, outputs.numel(), dtype=torch.float64)
    made = values.to(outputs).reshape(outputs.shape)
    wanted = values.to(targets)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # PyTorch warns of the very thing
        try:
            right = float(call(made, wanted.reshape(targets.shape)))
            turned = float(call(made, wanted.flip(0).reshape(targets.shape)))
        except (InputError, RuntimeError, ValueError, TypeError, IndexError):
            return False
    return right > 0 and abs(turned - right) <= 1e-3 * right
