"""Affine maps that follow one another without an activation between."""

from __future__ import annotations

from ogive.diagnosis.measurements import MapPair
from ogive.diagnosis.modules.hearing.traces import Affine

__all__ = ["pair_of"]


def pair_of(affine: Affine, last: Affine | None) -> MapPair | None:
    """Return the map and the one before it, where both together are one affine map.

    Not where the first's outputs are put to another use as well (a residual connection, several
    projections of one input), are the module's own, or come back from a later map (recurrence);
    and not of convolutions by groups, which are cut in two to save weights.

    Parameters
    ----------
    affine : Affine
        The second.
    last : Affine or None
        The map that makes the module's outputs.
    """
    before = affine.after
    if before is None or before is last or before.order >= affine.order:
        return None
    if before.forks or len(before.fed) > 1 or before.groups > 1 or affine.groups > 1:
        return None
    n_in, n_between = _n_inputs(before), before.n_outputs
    if _n_inputs(affine) != n_between and before.kind in ("linear", "matmul"):
        return None  # another axis, as of mixers
    return MapPair(before.name, affine.name, n_in, n_between, affine.n_outputs)


def _n_inputs(affine: Affine) -> int:
    """Return the features or channels that a map is given."""
    first_axis = affine.kind in ("matmul", "conv_transpose")
    return int(affine.weight.shape[0 if first_axis else 1])
