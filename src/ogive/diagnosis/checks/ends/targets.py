"""OGV110, of targets: shapes that broadcast, and a scale that the network cannot reach."""

from __future__ import annotations

import numpy as np

from ogive.diagnosis.checks.changes.of_outputs import one_shape, standardise_targets
from ogive.diagnosis.checks.ends.last_layer_facts import SQUARED
from ogive.diagnosis.checks.ends.targets_texts import BROADCAST, UNSCALED, UNSCALED_YET
from ogive.diagnosis.checks.forming import form
from ogive.diagnosis.checks.training.curve_facts import explained_share
from ogive.diagnosis.checks.training.learning_curves_texts import against_constant
from ogive.diagnosis.checks.wording import short
from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Measurements, Outputs
from ogive.diagnosis.thresholds import Thresholds

__all__ = ["broadcast", "unscaled"]

CODE = "OGV110"


def broadcast(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge a loss that compares every output with the targets of all rows."""
    if outputs.broadcast is None:
        return None
    answered, wanted = (_shape(one) for one in outputs.broadcast)
    return form(
        CODE,
        "issue",
        BROADCAST,
        [one_shape(*outputs.broadcast)],
        kind="broadcast",
        numbers={"outputs": list(outputs.broadcast[0]), "targets": list(outputs.broadcast[1])},
        answered=answered,
        wanted=wanted,
    )


def _shape(shape: tuple[int, ...]) -> str:
    """Return a shape whose rows, of which a batch may have any number, are called n."""
    rest = [str(one) for one in shape[1:]]
    return f"({', '.join(['n', *rest])}{'' if rest else ','})"


def unscaled(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge targets far from mean 0 and deviation 1, from which training did not come away."""
    if outputs.loss not in SQUARED or outputs.broadcast is not None:
        return None
    if outputs.target_mean is None or outputs.target_std is None:
        return None
    mean, std = np.asarray(outputs.target_mean), np.asarray(outputs.target_std)
    size = np.maximum(np.abs(mean), std)
    if not size.size or not np.isfinite(size).all() or measured.n_rows < 10:
        return None
    large = bool(size.max() > limits.target_scale_high)
    at = int(size.argmax() if large else std.argmin())
    if not large and (std[at] >= limits.target_scale_low or std[at] == 0):
        return None
    numbers = {"target_mean": float(mean[at]), "target_std": float(std[at])}
    shown = {"mean": short(float(mean[at])), "std": short(float(std[at]))}
    remedies = [standardise_targets(measured)]
    if measured.trained is False:
        return form(CODE, "tip", UNSCALED_YET, remedies, kind="unscaled", numbers=numbers, **shown)
    explained = explained_share(measured)
    if not explained < limits.explained_low:
        return None
    return form(
        CODE,
        "issue",
        UNSCALED,
        remedies,
        kind="unscaled",
        numbers={**numbers, "explained": explained},
        against=against_constant(explained),
        **shown,
    )
