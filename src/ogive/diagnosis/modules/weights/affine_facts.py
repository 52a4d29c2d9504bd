"""Facts of an affine map in a module: its weights, and bounds of what it makes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.diagnosis.measurements import Weights
from ogive.diagnosis.modules.hearing.sites import Site, numbers
from ogive.diagnosis.modules.hearing.traces import Affine
from ogive.diagnosis.modules.rows.inputs import InputRows
from ogive.diagnosis.streaming import affine_bounds

__all__ = ["bounds_of", "weights_of"]


def _n_inputs(affine: Affine) -> int:
    """Return the number of features or channels that an affine map is given."""
    shape = affine.weight.shape
    if affine.kind in ("matmul", "conv_transpose"):
        return int(shape[0])
    return int(shape[1]) * affine.groups


def weights_of(affine: Affine) -> Weights:
    """Return what the weights of an affine map are."""
    w = affine.weight.detach()
    values = numbers(w).astype(np.float64)
    if affine.kind == "matmul":
        rows = values.T
    elif affine.kind == "conv_transpose":
        rows = values.swapaxes(0, 1).reshape(values.shape[1], -1)
    else:
        rows = values.reshape(values.shape[0], -1)
    intercept = 0.0
    if affine.bias is not None:
        intercept = float(np.sqrt(np.mean(numbers(affine.bias).astype(np.float64) ** 2)))
    equal = len(rows) > 1 and bool(np.all(rows == rows[:1]))
    if affine.bias is not None:
        b = numbers(affine.bias)
        equal = equal and bool(np.all(b == b[:1]))
    return Weights(
        fan_in=rows.shape[1],
        fan_out=affine.n_outputs,
        mean=float(values.mean()),
        rms=float(np.sqrt(np.mean(values**2))),
        greatest=float(np.abs(values).max()),
        norm=float(np.sqrt(np.sum(values**2))),
        intercept_rms=intercept,
        equal_units=equal,
    )


def bounds_of(site: Site, inputs: InputRows) -> tuple[Any, Any]:
    """Return bounds of the z of an activation, for any row within the ranges of its layer's inputs.

    None twice, where other things than one affine map lie between.
    """
    affine = site.affine
    if affine is None or not site.exact or affine.kind == "conv_transpose":
        return None, None
    low, high = _range(affine, inputs)
    n_outputs = affine.n_outputs
    if low is None or site.units is None or site.units.n_units != n_outputs:
        return None, None
    weight = affine.weight.double().cpu().numpy()
    bias = np.zeros(n_outputs) if affine.bias is None else affine.bias.double().cpu().numpy()
    if affine.kind in ("linear", "matmul"):
        coefficients = weight.T if affine.kind == "linear" else weight
        return affine_bounds(coefficients, bias, low, high)
    if affine.padded:
        low, high = np.minimum(low, 0.0), np.maximum(high, 0.0)
    outs = np.array_split(np.arange(n_outputs), affine.groups)
    ins = np.array_split(np.arange(len(low)), affine.groups)
    each = int(np.prod(weight.shape[2:]))
    parts = [
        affine_bounds(
            weight[out].reshape(len(out), -1).T,
            bias[out],
            np.repeat(low[inner], each),
            np.repeat(high[inner], each),
        )
        for out, inner in zip(outs, ins, strict=True)
    ]
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def _range(affine: Affine, inputs: InputRows) -> tuple[Any, Any]:
    """Return least and greatest inputs of an affine map, by feature or channel."""
    parts: list[tuple[Any, Any]] = []
    if affine.low is not None:
        parts.append((numbers(affine.low), numbers(affine.high)))
    if affine.raw:
        parts.append(inputs.ranges(_n_inputs(affine), affine.kind.startswith("conv")))
    if affine.source is not None and affine.source_exact:
        parts.append(_range_of_outputs(affine.source, _n_inputs(affine)))
    if not parts or any(low is None for low, _ in parts):
        return None, None
    low = np.min([low for low, _ in parts], axis=0).astype(np.float64)
    return low, np.max([high for _, high in parts], axis=0).astype(np.float64)


def _range_of_outputs(site: Site, n: int) -> tuple[Any, Any]:
    if site.units is None:
        return None, None
    units = site.units.result()
    each, rest = divmod(n, max(units.a_min.size, 1))
    if each == 0 or rest:
        return None, None
    return np.repeat(units.a_min, each), np.repeat(units.a_max, each)
