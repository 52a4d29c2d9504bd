"""Statistics of one place in a module where an activation is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from ogive.activations import Activation
from ogive.diagnosis.streaming import RowSample, UnitAccumulator

if TYPE_CHECKING:
    from ogive.diagnosis.modules.hearing.traces import Trace

__all__ = ["Drawn", "Site", "Values", "numbers", "square_sum", "unit_axis"]

# Between these a norm computed in float32 has lost nothing to squares too small or too large.
_SAFE = (1e-13, 1e15)
_MOST_UNITS = 16384
_CONVOLUTION = ("conv", "conv_transpose")


def numbers(tensor: Any) -> Any:
    """Return a tensor as an array, without a copy where it is float32 or float64 on the CPU."""
    tensor = tensor.detach()
    if tensor.dtype not in (torch.float32, torch.float64):
        tensor = tensor.float()
    return tensor.cpu().resolve_neg().numpy()


def unit_axis(z: Any, trace: Trace | None) -> int:
    """Return which axis of z counts units: that of the map that made it, or the usual one."""
    if z.ndim < 2:
        return 0
    affine = None if trace is None else trace.affine
    if affine is not None and affine.kind in _CONVOLUTION:
        # Without an axis of rows, channels come first.
        return 1 if z.ndim != affine.weight.ndim - 1 else 0
    if affine is not None and z.shape[-1] == affine.n_outputs:
        return int(z.ndim) - 1
    return 2 if z.ndim == 3 else 1


class Drawn:
    """Which rows of the present batch go into the sample, the same in every layer."""

    def __init__(self, random_state: int) -> None:
        self._sample = RowSample(random_state=random_state)
        self._random = np.random.default_rng(random_state)
        self.n = self._sample.n
        self.n_rows = 0
        self.slots = self.rows = np.zeros(0, np.int64)
        self.where = np.zeros(0)

    def begin(self, n_rows: int) -> None:
        """Draw from a batch of `n_rows`."""
        self.n_rows = n_rows
        self.slots, self.rows = self._sample.draw(n_rows)
        self.where = self._random.random(len(self.slots))

    @property
    def n_filled(self) -> int:
        """Rows in the sample."""
        return self._sample.n_filled


class Values:
    """Sampled rows of a tensor of (rows, units) or (rows, units, positions).

    Where a row of the data has several rows or positions here, one of them is drawn.
    """

    def __init__(self, n_units: int, drawn: Drawn) -> None:
        self._drawn = drawn
        self._held = n_units <= _MOST_UNITS
        n_units = n_units if self._held else 0
        self._kept = np.full((drawn.n, n_units), np.nan, np.float32)

    def add(self, values: Any) -> None:
        """Take the drawn rows of a batch."""
        drawn = self._drawn
        if not self._held or not len(drawn.slots) or not drawn.n_rows or len(values) % drawn.n_rows:
            return
        if values.dtype == np.float64 and self._kept.dtype == np.float32:
            self._kept = self._kept.astype(np.float64)
        each = len(values) // drawn.n_rows
        rows = drawn.rows * each + (drawn.where * each).astype(np.int64)
        if values.ndim == 2:
            self._kept[drawn.slots] = values[rows]
        else:
            positions = (drawn.where * values.shape[2]).astype(np.int64)
            self._kept[drawn.slots] = values[rows, :, positions]

    def result(self) -> Any:
        """Return the sample as float64, of shape (n_sampled, n_units); None of very wide layers."""
        if not self._held:
            return None
        return self._kept[: self._drawn.n_filled].astype(np.float64)


class Site:
    """One activation as it is used at one place, over all batches.

    Parameters
    ----------
    path : str
        Dotted name of the module in which it happens.
    label : str
        The function's name, or the class of the user's own module.
    own_module : bool
        The module at `path` is this activation.
    function : Activation or None
    trace : Trace or None
        Where its input comes from.
    order : int
    drawn : Drawn
    greatest : float or None
        Greatest slope of an unknown function.
    """

    def __init__(
        self,
        path: str,
        label: str,
        own_module: bool,
        function: Activation | None,
        trace: Trace | None,
        order: int,
        drawn: Drawn,
        greatest: float | None = None,
    ) -> None:
        self.path, self.label, self.own_module = path, label, own_module
        self.function = function
        self.affine = None if trace is None else trace.affine
        self.exact = trace is not None and trace.exact
        self.normed = trace is not None and trace.normed
        self.order = order
        self.measured = True
        self.is_gate = self.is_absorbed = self.branches = self.feeds_affine = False
        self.is_rows = False
        self.units: UnitAccumulator | None = None
        self.z: Values | None = None
        self.a: Values | None = None
        self.error_square = 0.0
        self.n_errors = 0
        self.live: tuple[Any, Trace | None] | None = None
        self.finite = True
        self.checking = False
        self._drawn = drawn
        self._greatest = greatest

    def add(self, z: Any, a: Any, axis: int, slope: Any = None, *, known: bool = True) -> None:
        """Add a batch of tensors, whose `axis` counts the units.

        `known` says that the function of the catalogue is exactly the one applied: outputs and
        slopes are then computed from z.
        """
        rows = units_second(z, axis)
        if self.checking:
            self.finite &= bool(np.isfinite(rows).all())
            return
        if self.units is None:
            known = known and self.function is not None and self.function.kind == "elementwise"
            self.units = UnitAccumulator(
                rows.shape[1], self.function if known else None, greatest=self._told_greatest()
            )
            self.z = Values(rows.shape[1], self._drawn)
            self.a = None if known else Values(rows.shape[1], self._drawn)
        if rows.shape[1] != self.units.n_units:
            self.measured = False
            return
        assert self.z is not None
        self.z.add(rows)
        if self.a is None:
            self.units.add(rows)
            return
        outputs = units_second(a, axis)
        self.a.add(outputs)
        self.units.add(rows, outputs, None if slope is None else units_second(slope, axis))

    @property
    def is_hidden(self) -> bool:
        """Whether its outputs are units of a hidden layer: not a gate, nor weights of a mean."""
        if self.is_gate or not self.measured or self.units is None:
            return False
        return self.feeds_affine or not self.is_rows

    def _told_greatest(self) -> float | None:
        if self._greatest is not None or self.function is not None:
            return self._greatest
        return 1.0

    def add_error(self, gradient: Any) -> None:
        """Take dLoss/dz of a batch, a hook on z."""
        self.error_square += square_sum(gradient) * self._drawn.n_rows**2
        self.n_errors += 1

    def sample_a(self) -> Any:
        """Return the sampled outputs."""
        if self.a is not None:
            return self.a.result()
        assert self.z is not None and self.function is not None
        sample = self.z.result()
        with np.errstate(all="ignore"):
            return None if sample is None else self.function(sample)


def square_sum(tensor: Any) -> float:
    """Return the sum of squares; exact too where float32 cannot hold the squares."""
    values = tensor.detach()
    if values.dtype in (torch.float16, torch.bfloat16):
        values = values.float()
    norm = float(torch.linalg.vector_norm(values))
    if not _SAFE[0] < norm < _SAFE[1]:
        norm = float(torch.linalg.vector_norm(values, dtype=torch.float64))
    return norm**2


def units_second(tensor: Any, axis: int) -> Any:
    """Return an array of (rows, units) or (rows, units, positions)."""
    values = tensor.detach()
    if values.ndim == 0:
        values = values.reshape(1, 1)
    elif values.ndim == 1:
        # One unit for each row, or one row of units.
        values = values.reshape(-1, 1)
    elif axis == values.ndim - 1:
        values = values.reshape(-1, values.shape[-1])
    elif axis == 0:
        values = values.reshape(1, values.shape[0], -1)
    else:
        values = values.movedim(axis, 1).flatten(2)
    return numbers(values)
