"""Losses on rows learnt from and on rows not learnt from."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from ogive.diagnosis.measurements import NAN, Curves
from ogive.diagnosis.modules.hearing.sites import Drawn
from ogive.diagnosis.modules.passes import Pass
from ogive.diagnosis.modules.rows.batches import Stream
from ogive.diagnosis.modules.rows.outputs import OutputRows
from ogive.text import InputError

__all__ = ["curves_of"]


def curves_of(
    model: Any, done: Pass, stream: Stream, validation_data: Any, monitor: Any
) -> Curves | None:
    """Return losses and scores by epoch as a monitor was told them, or today's as one point.

    What was told counts; rows for validation fill in what was not, at the last epoch. Both losses
    of one point are computed in evaluation mode, so that dropout does not tell them apart; the
    guard of the whole puts the mode back.
    """
    used = done.loss_in_use
    told = None if monitor is None else monitor.curves
    if told is not None and not max(map(len, _columns(told))):
        told = None
    if used is None:
        return told
    nothing = np.zeros(0)
    baseline = done.outputs.baseline(used)
    validation, score, n = NAN, NAN, 0
    given = validation_data is not None
    if given:
        rows = _validation_stream(model, validation_data)
        validation, score, n = _evaluate(model, done, rows)
    if told is not None:
        losses, own, scores = _columns(told)
        if given:
            length = max(map(len, (losses, own, scores)))
            own = own if len(own) else _at_end(length, validation)
            scores = scores if len(scores) else _at_end(length, score)
        return Curves(losses, own, scores, baseline, n)
    if not given:
        return Curves(np.array([done.loss]), nothing, nothing, baseline)
    loss = done.loss
    if _differs_in_training(model) and stream.can_repeat:
        loss, _, _ = _evaluate(model, done, stream)
    return Curves(np.array([loss]), np.array([validation]), np.array([score]), baseline, n)


def _columns(curves: Curves) -> tuple[Any, Any, Any]:
    return curves.training_loss, curves.validation_loss, curves.validation_score


def _at_end(length: int, value: float) -> Any:
    column = np.full(length, NAN)
    column[-1] = value
    return column


def _validation_stream(model: Any, given: Any) -> Stream:
    if isinstance(given, (tuple, list)) and len(given) == 2:
        return Stream(model, given[0], given[1])
    if isinstance(given, (tuple, list, torch.Tensor, np.ndarray)):
        raise InputError(
            "validation_data must be (X, y), or a loader of such batches.",
            "validation_data 应为 (X, y)，或由此类批次组成的加载器。",
        )
    return Stream(model, given)


def _differs_in_training(model: Any) -> bool:
    kinds = (torch.nn.modules.dropout._DropoutNd, torch.nn.modules.batchnorm._BatchNorm)
    return any(isinstance(m, kinds) and m.training for m in model.modules())


def _evaluate(model: Any, done: Pass, stream: Stream) -> tuple[float, float, int]:
    """Return mean loss and score in evaluation mode, and the number of rows."""
    used = done.loss_in_use
    assert used is not None
    total, n = 0.0, 0
    seen = OutputRows(Drawn(0))
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            for batch in stream:
                if batch.targets is None:
                    return NAN, NAN, 0
                answer = done.call_plain(batch)
                output = done.reading.output(answer)
                total += float(done.loss_value(answer, output, batch)) * batch.n_rows
                seen.add(output, output, batch.targets, used)
                n += batch.n_rows
    finally:
        for module, mode in modes:
            module.training = mode
    return (total / n, seen.score, n) if n else (NAN, NAN, 0)
