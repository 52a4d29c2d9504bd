"""Listens to one step of a user's training: part of its rows, and what the layers answer."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from ogive.diagnosis.modules.hearing.listening import Listener
from ogive.diagnosis.modules.hearing.sites import Drawn, Site, square_sum, units_second
from ogive.diagnosis.modules.weights.affine_maps import AffineMaps
from ogive.diagnosis.streaming import UnitAccumulator

__all__ = ["Chosen", "StepListener", "StepSite", "is_finite"]

MOST_VALUES = 1 << 18
LEAST_ROWS = 8


class Chosen(Drawn):
    """Which rows of the present batch are measured, and the generator that draws them.

    Parameters
    ----------
    rows : int
        The most rows of a batch.
    n_samples : int
        Outputs of each layer to be kept for histograms, an epoch.
    random_state : int
    """

    def __init__(self, rows: int, n_samples: int, random_state: int) -> None:
        super().__init__(random_state)
        self.most_rows, self.n_samples = rows, n_samples
        self.random = np.random.default_rng(random_state)

    def of(self, tensor: Any) -> Any:
        """Return an index of the rows to be measured, or None for all of them."""
        n = int(tensor.shape[0])
        each = max(tensor.numel() // max(n, 1), 1)
        most = max(min(self.most_rows, MOST_VALUES // each), LEAST_ROWS)
        if n <= most:
            return None
        step = n // most
        start = int(self.random.integers(0, step + n % most))
        return slice(start, start + step * (most - 1) + 1, step)


class StepSite(Site):
    """One activation of a model in training; what it holds is of the present epoch."""

    _drawn: Chosen
    outputs: Any = None
    error_rows = 0

    def add(self, z: Any, a: Any, axis: int, slope: Any = None, *, known: bool = True) -> None:
        """Add a batch of tensors, whose `axis` counts the units."""
        self.finite &= is_finite(z)
        if z.ndim > 1 and axis != 0:
            kept = self._drawn.of(z)
            if kept is not None:
                z = z[kept]
                a = None if a is None else a[kept]
                slope = None if slope is None else slope[kept]
        rows = units_second(z, axis)
        known = known and self.function is not None and self.function.kind == "elementwise"
        if self.units is None:
            function = self.function if known else None
            self.units = UnitAccumulator(rows.shape[1], function, greatest=self._told_greatest())
        if rows.shape[1] != self.units.n_units:
            self.measured = False
            return
        outputs = rows if known else units_second(a, axis)
        if known:
            self.units.add(rows)
        else:
            self.units.add(rows, outputs, None if slope is None else units_second(slope, axis))
        if outputs.size:
            at = self._drawn.random.integers(0, outputs.size, self._drawn.n_samples)
            self.outputs = outputs.reshape(-1)[at].astype(np.float64)
            if known and self.function is not None:
                self.outputs = self.function(self.outputs)

    def add_error(self, gradient: Any) -> None:
        """Take dLoss/dz of a batch, a hook on z."""
        self.error_square += square_sum(gradient) * self._drawn.n_rows**2
        self.error_rows += self._drawn.n_rows

    def begin_epoch(self) -> None:
        """Let go of what was measured."""
        self.units = self.outputs = None
        self.error_square, self.error_rows = 0.0, 0


class _Weights(AffineMaps):
    """Affine maps, of whose inputs nothing need be known."""

    def _check_width(self, affine: Any, x: Any) -> None:
        pass

    def _widen(self, affine: Any, x: Any) -> None:
        pass


class StepListener(Listener):
    """Hears single steps of a training, between `begin` and `end`."""

    site_type = StepSite

    def __init__(self, model: Any, forced: set[Any], chosen: Chosen) -> None:
        names = {module: name for name, module in model.named_modules()}
        super().__init__(model, names, forced, chosen)
        self.affine_maps = _Weights(model, names, self.count)

    def begin(self) -> None:
        """Listen from now on."""
        self.path.clear()
        self._open.clear()
        self._inside = self._paused = 0
        self.__enter__()
        self._mode.__enter__()

    @property
    def step_sites(self) -> list[StepSite]:
        """The activations met so far."""
        return [site for site in self.sites.values() if isinstance(site, StepSite)]

    def end(self) -> None:
        """Stop listening; errors are still taken in the backward pass."""
        self._mode.__exit__(None, None, None)
        self.__exit__(None, None, None)


def is_finite(tensor: Any) -> bool:
    """Return whether all numbers of a tensor are finite."""
    # A sum is quick to tell; a sum beyond the largest number is not yet a number beyond it.
    return math.isfinite(tensor.detach().sum().item()) or bool(torch.isfinite(tensor).all())
