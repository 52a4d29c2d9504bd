"""Activations that a user wrote as a module: whether a module is one, and which."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from ogive.activations import Activation, activation, activations

__all__ = ["OwnActivation", "is_ours", "may_be_activation", "recognised", "slope_by_autograd"]

_GRID = np.linspace(-12.0, 12.0, 481)


@dataclass(frozen=True, slots=True)
class OwnActivation:
    """A module that is an activation.

    Attributes
    ----------
    label : str
        Its class.
    function : Activation or None
        That of the catalogue, where it is one.
    greatest : float
        Greatest slope on [-12, 12].
    learnt : tensor or None
        Slopes of the negative side by unit, of ours.
    """

    label: str
    function: Activation | None
    greatest: float | None = None
    learnt: Any = None
    forced: bool = False


def is_ours(module: Any) -> bool:
    """Return whether a module is an activation of ogive.torch."""
    home = sys.modules.get("ogive.torch.activation")
    return home is not None and bool(isinstance(module, home.Activation))


def may_be_activation(module: Any) -> bool:
    """Return whether a module could be a user's own activation: no children, no matrices."""
    home = type(module).__module__
    if home.startswith(("torch.", "ogive.")) or isinstance(module, torch.jit.ScriptModule):
        return False
    if next(module.children(), None) is not None:
        return False
    return all(p.ndim <= 1 or p.numel() == max(p.shape) for p in module.parameters())


def recognised(module: Any, z: Any, *, forced: bool = False) -> OwnActivation | None:
    """Return what activation a module is, or None: tried on a few rows, without gradients.

    An activation gives a tensor of its input's shape, each value from the input's value at that
    place only, and not as a straight line.

    Parameters
    ----------
    module : torch.nn.Module
    z : tensor
        What it is given.
    forced : bool, default=False
        The user says that it is one.
    """
    label = type(module).__name__
    try:
        with torch.no_grad():
            curve = _curve(module, z)
            if forced and curve is None:
                return OwnActivation(label, None, forced=True)
            if curve is None or not (forced or _elementwise(module, z)):
                return None
    except Exception:
        # Whatever goes wrong here is met again, and told, where the model itself is run.
        return OwnActivation(label, None, forced=True) if forced else None
    if not forced and _straight(curve):
        return None
    with torch.enable_grad():
        slope = slope_by_autograd(module, _grid(z))
    greatest = float(slope.abs().max()) if slope is not None else 1.0
    return OwnActivation(label, _of_catalogue(curve), greatest or 1.0, forced=forced)


def _grid(z: Any) -> Any:
    """Return points from -12 to 12 as rows of z's shape."""
    points = torch.as_tensor(_GRID, dtype=z.dtype, device=z.device)
    # One position is enough: of an image the channels are kept, of a sequence the last axis.
    inner = tuple(z.shape[1:])
    if z.ndim == 3:
        inner = (1, z.shape[2])
    elif z.ndim > 3:
        inner = (z.shape[1], *(1 for _ in z.shape[2:]))
    shape = (len(points), *inner)
    return points.reshape(-1, *(1 for _ in inner)).expand(shape).clone()


def _curve(module: Any, z: Any) -> Any:
    """Return the module's values on the grid, of shape (n_points, ...), or None."""
    if z.ndim < 2:
        return None
    points = _grid(z)
    values = module.forward(points.clone())
    if not isinstance(values, torch.Tensor) or values.shape != points.shape:
        return None
    return values.detach().double().reshape(len(points), -1).cpu().numpy()


def _elementwise(module: Any, z: Any) -> bool:
    rows = z.detach()[:4].clone()
    random = torch.Generator().manual_seed(0)
    kept = (torch.rand(rows.shape, generator=random) < 0.5).to(rows.device)
    other = torch.where(kept, rows, rows.flip(0) * 0.7 + 0.3)
    first, second = module.forward(rows.clone()), module.forward(other.clone())
    return bool(torch.equal(torch.nan_to_num(first[kept]), torch.nan_to_num(second[kept])))


def _straight(curve: Any) -> bool:
    bend = np.abs(np.diff(curve, 2, axis=0)).max()
    return bool(bend <= 1e-4 * max(np.abs(curve).max(), 1e-12))


@lru_cache(maxsize=1)
def _catalogue() -> list[tuple[Activation, Any]]:
    made = [activation(name) for name in activations("elementwise") if name != "prelu"]
    with np.errstate(all="ignore"):
        return [(function, function(_GRID)) for function in made]


def _of_catalogue(curve: Any) -> Activation | None:
    if np.abs(curve - curve[:, :1]).max() > 1e-5:
        return None
    values = curve[:, 0]
    for function, known in _catalogue():
        with np.errstate(all="ignore"):
            near = np.abs(values - known) <= 2e-5 * (1 + np.abs(known))
        if near.all():
            return function
    return None


def slope_by_autograd(module: Any, z: Any) -> Any:
    """Return f'(z) of a module that acts on each element, or None where it has no gradient."""
    with torch.enable_grad():
        points = z.detach().clone().requires_grad_()
        value = module.forward(points.view_as(points).clone())
        if not isinstance(value, torch.Tensor) or not value.requires_grad:
            return None
        (slope,) = torch.autograd.grad(value.sum(), points, allow_unused=True)
    return slope
