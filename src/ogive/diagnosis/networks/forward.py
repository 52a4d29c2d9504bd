"""One pass of rows through a network of ours, from which the statistics of its units grow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.activations import Activation
from ogive.diagnosis.layers import outputs_and_slopes
from ogive.diagnosis.measurements import Inputs, Units
from ogive.diagnosis.streaming import (
    InputAccumulator,
    RowSample,
    UnitAccumulator,
    affine_bounds,
)
from ogive.network.base import BaseMLP
from ogive.network.parameters import hidden_activations

__all__ = ["Pass", "pass_rows"]

_CHUNK = 4096
_ELEMENTS = 1 << 23  # of the widest layer at a time


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What one pass left: by hidden layer the units and samples of z and a, and the last z.

    `z_out` holds the last layer's z for every row, before its classification function;
    `nonfinite_layer` is the first hidden layer (from 0; its number of layers for the output) with a
    value that is not finite, or None.
    """

    hidden: tuple[Activation, ...]
    inputs: Inputs
    units: tuple[Units, ...]
    sample_z: tuple[NDArray[np.float64], ...]
    sample_a: tuple[NDArray[np.float64], ...]
    z_out: NDArray[Any]
    nonfinite_layer: int | None


def pass_rows(network: BaseMLP, X: Any, scaled_by: str | None, random_state: int) -> Pass:
    """Send rows through a fitted network, some at a time.

    Parameters
    ----------
    network : MLPClassifier or MLPRegressor
    X : ndarray or CSR matrix of shape (n_rows, n_features), finite
    scaled_by : str or None
        What stands before the network, for the record.
    random_state : int
        Seed of the rows sampled.
    """
    hidden = hidden_activations(network.activation, len(network.coefs_) - 1)
    layers = list(zip(hidden, network.coefs_, network.intercepts_, network._slopes(), strict=False))
    grown = [_Layer(f, w.shape[1], learnt.size > 0) for f, w, _, learnt in layers]
    given = InputAccumulator(X.shape[1])
    drawn = RowSample(random_state=random_state)
    widest = max([X.shape[1], *(w.shape[1] for w in network.coefs_)])
    step = max(1, min(_CHUNK, _ELEMENTS // widest))
    outputs = []
    nonfinite: int | None = None
    for start in range(0, X.shape[0], step):
        a = X[start : start + step]
        given.add(a)
        slots, rows = drawn.draw(a.shape[0])
        for number, (function, w, b, learnt) in enumerate(layers):
            with np.errstate(all="ignore"):
                z = np.ascontiguousarray(a @ w + b)
                a = grown[number].add(function, z, learnt, slots, rows)
            if nonfinite is None or number < nonfinite:
                nonfinite = nonfinite if np.isfinite(a.sum(dtype=np.float64)) else number
        with np.errstate(all="ignore"):
            z = a @ network.coefs_[-1] + network.intercepts_[-1]
        if nonfinite is None and not np.isfinite(z.sum(dtype=np.float64)):
            nonfinite = len(layers)
        outputs.append(np.asarray(z))
    names = getattr(network, "feature_names_in_", None)
    inputs = given.result(None if names is None else tuple(map(str, names)), scaled_by)
    least, greatest = inputs.least, inputs.greatest
    units = []
    for one, (_, w, b, _) in zip(grown, layers, strict=True):
        with np.errstate(all="ignore"):
            found = one.result(*affine_bounds(w, b, least, greatest))
        units.append(found)
        handed_on = one.sample_a.shape[1]
        least, greatest = found.a_min[:handed_on], found.a_max[:handed_on]
    n = drawn.n_filled
    return Pass(
        tuple(hidden),
        inputs,
        tuple(units),
        tuple(one.sample_z[:n] for one in grown),
        tuple(one.sample_a[:n] for one in grown),
        np.concatenate(outputs),
        nonfinite,
    )


class _Layer:
    """The statistics of one hidden layer while they grow."""

    def __init__(self, function: Activation, n_units: int, learns: bool) -> None:
        n_outputs = n_units // 2 if function.kind == "gate" else n_units
        self._alone = function.kind == "elementwise" and not learns
        self._inputs = UnitAccumulator(n_units, function if self._alone else None)
        # A gate hands on half of its units, so that outputs need statistics of their own.
        self._outputs = UnitAccumulator(n_outputs) if function.kind == "gate" else None
        self.sample_z = np.empty((512, n_units))
        self.sample_a = np.empty((512, n_outputs))

    def add(self, function: Activation, z: Any, learnt: Any, slots: Any, rows: Any) -> Any:
        if self._alone:
            a = function(z)
            self._inputs.add(z)
        else:
            a, slope = outputs_and_slopes(function, z, learnt)
            self._inputs.add(z, a if self._outputs is None else None, np.abs(slope))
            if self._outputs is not None:
                self._outputs.add(a)
        self.sample_z[slots] = z[rows]
        self.sample_a[slots] = a[rows]
        return a

    def result(self, low: Any, high: Any) -> Units:
        found = self._inputs.result(low, high)
        if self._outputs is None:
            return found
        out = self._outputs.result()
        return replace(
            found,
            a_min=np.tile(out.z_min, 2),
            a_max=np.tile(out.z_max, 2),
            a_mean=np.tile(out.z_mean, 2),
            a_var=np.tile(out.z_var, 2),
        )


def dense(X: Any, rows: Any) -> NDArray[np.float64]:
    """Return some rows as a dense float64 array."""
    part = X[rows]
    return np.asarray(part.toarray() if sparse.issparse(part) else part, dtype=np.float64)
