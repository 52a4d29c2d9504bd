"""Adds a batch to an activation's statistics where slopes are not those of one function."""

from __future__ import annotations

from typing import Any

import torch

from ogive.diagnosis.modules.hearing.functions import ActivationCall
from ogive.diagnosis.modules.hearing.sites import Site, unit_axis
from ogive.diagnosis.modules.hearing.traces import Trace

__all__ = ["add_drawn", "add_learnt", "add_rows", "over_units"]


def add_drawn(site: Site, z: Any, a: Any, axis: int) -> None:
    """Add z and outputs of a leaky ReLU whose slope is drawn anew for each value."""
    site.add(z, a, axis, torch.where(z > 0, 1.0, a / z), known=False)


def add_learnt(site: Site, z: Any, a: Any, axis: int, slopes: Any) -> None:
    """Add z and outputs of a leaky ReLU that learns its slopes, one or one a unit."""
    if slopes.numel() == 1:
        site.add(z, a, axis)
        return
    shape = [1] * z.ndim
    shape[1 if z.ndim > 1 else 0] = -1
    below = slopes.detach().reshape(shape).to(z.dtype)
    slope = torch.where(z > 0, torch.ones((), dtype=z.dtype), below)
    site.add(z, a, axis, slope, known=False)


def add_rows(site: Site, z: Any, a: Any, axis: int, name: str) -> None:
    """Add z and outputs of a function of rows, with its own derivative for each unit."""
    site.is_rows = True
    if a.shape != z.shape:
        site.measured = False
        return
    a = a.detach()
    slopes = {"softmax": lambda: a * (1 - a), "softmin": lambda: a * (a - 1)}
    slopes["log_softmax"] = lambda: 1 - a.exp()
    slope = slopes[name]() if name in slopes else None
    site.add(z, a, axis % max(z.ndim, 1), slope, known=False)


def over_units(call: ActivationCall, z: Any, trace: Trace | None) -> bool:
    """Return whether a softmax is over the units of a layer, not over positions."""
    if trace is None or trace.affine is None or not trace.exact or call.axis is None:
        return False
    return bool(z.ndim >= 1 and call.axis % z.ndim == unit_axis(z, trace))
