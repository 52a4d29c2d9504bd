"""Every design of the ward, and a round: one network brought to `ogive.diagnose`."""

from __future__ import annotations

import warnings
from importlib.util import find_spec

from healthy_ours import HEALTHY_OURS
from patients_ours_learning import OURS
from ward_case import Case

import ogive

__all__ = ["diagnosed", "healthy_designs", "patient_designs"]

HAS_TORCH = find_spec("torch") is not None


def patient_designs() -> list[Case]:
    """Return the planted faults; those of PyTorch only where it is installed."""
    if not HAS_TORCH:
        return list(OURS.cases)
    from patients_torch_learning import TORCH

    return OURS.cases + TORCH.cases


def healthy_designs() -> list[Case]:
    """Return the healthy networks; those of PyTorch only where it is installed."""
    if not HAS_TORCH:
        return list(HEALTHY_OURS.cases)
    from healthy_torch import HEALTHY_TORCH

    return HEALTHY_OURS.cases + HEALTHY_TORCH.cases


def diagnosed(network):
    """Return the diagnosis of a network as it was brought."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ogive.diagnose(network.model, network.X, network.y, **network.options)
