"""Outputs among several tensors that a model returns, where no loss tells which they are."""

from __future__ import annotations

from typing import Any

from ogive.diagnosis.modules.hearing.traces import trace_of
from ogive.diagnosis.modules.losses.reading import Reading
from ogive.diagnosis.modules.rows.answers import is_output

__all__ = ["reading_without_loss"]


def reading_without_loss(answer: Any) -> Reading:
    """Return where the outputs stand: first, but for hidden features returned before them.

    Features are what an activation returned and a later layer took, as in ``(features, logits)``.
    The answer must have been listened to.
    """
    if not isinstance(answer, tuple | list) or hasattr(answer, "_asdict"):
        return Reading()
    outputs = [number for number, one in enumerate(answer) if is_output(one)]
    others = [number for number in outputs if not _is_hidden(answer[number])]
    return Reading(path=(others[0],)) if others and others[0] != outputs[0] else Reading()


def _is_hidden(tensor: Any) -> bool:
    trace = trace_of(tensor)
    if trace is None or trace.source is None or not trace.source_exact:
        return False
    return bool(trace.source.feeds_affine)
