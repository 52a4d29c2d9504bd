"""Measure a PyTorch module on a stream of batches, without a trace left in it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from ogive.diagnosis.linearity import linear_r2
from ogive.diagnosis.measurements import (
    NAN,
    Classes,
    Layer,
    Measurements,
    NonFiniteValue,
    Settings,
)
from ogive.diagnosis.modules.accepting import accepted, named_activations, names_of
from ogive.diagnosis.modules.freshness import is_fresh
from ogive.diagnosis.modules.guard import Guard
from ogive.diagnosis.modules.hearing.listening import Listener
from ogive.diagnosis.modules.hearing.sites import Drawn, Site
from ogive.diagnosis.modules.layers import layers_of
from ogive.diagnosis.modules.monitored import (
    check_monitor,
    monitor_remarks,
    saw_training,
    watches_itself,
)
from ogive.diagnosis.modules.passes import Pass
from ogive.diagnosis.modules.remarks import remarks_on
from ogive.diagnosis.modules.rows.batches import Stream, generators_of
from ogive.diagnosis.modules.rows.validation import curves_of
from ogive.diagnosis.modules.weights.learnable import learnable_of
from ogive.diagnosis.modules.weights.steps import settings_of, step_curvature
from ogive.diagnosis.modules.weights.updates import update_sizes

__all__ = ["measure_module"]


def measure_module(
    model: Any,
    X: Any,
    y: Any = None,
    *,
    loss: Any = None,
    optimizer: Any = None,
    activations: Any = None,
    monitor: Any = None,
    validation_data: Any = None,
    random_state: int = 0,
) -> Measurements:
    """Measure a module on rows; see `ogive.diagnose` for the parameters.

    The module's own forward pass is heard function by function, and the gradients are taken by
    `torch.autograd.grad`, in one pass over the data. Nothing of the rows is kept but a sample.

    Returns
    -------
    Measurements

    Raises
    ------
    InputError
        For a module or data that cannot be measured.
    """
    module = accepted(model)
    check_monitor(module, monitor)
    names = names_of(module)
    forced = named_activations(names, activations)
    settings = Settings() if optimizer is None else settings_of(optimizer)
    stream = Stream(module, X, y)
    drawn = Drawn(random_state)
    listener = Listener(module, names, forced, drawn)
    with Guard(module, random_state, generators_of(X)), _eager(module):
        with listener:
            done = Pass(module, stream, listener, loss, drawn)
            done.run()
        ratios = {}
        if optimizer is not None and done.first_gradients:
            ratios = update_sizes(optimizer, done.parameters, done.first_gradients)
            settings = replace(settings, step_curvature=_curvature(module, optimizer, done))
        with np.errstate(invalid="ignore", over="ignore"):
            layers, sites = layers_of(done, module, ratios)
        curves = curves_of(module, done, stream, validation_data, monitor)
    loss_in_use = done.loss_in_use
    return Measurements(
        framework="torch",
        model=type(module).__name__,
        task="unknown" if loss_in_use is None else loss_in_use.task,
        n_rows=done.n_rows,
        trained=_trained(model, optimizer, monitor),
        layers=layers,
        inputs=done.inputs.result(stream.names),
        outputs=done.outputs.result(
            done.last, loss_in_use, linear_r2(done.inputs.sample(), done.outputs.sample_z())
        ),
        loss=done.loss,
        score=done.outputs.score,
        settings=_with_dropout(replace(settings, batch_size=_batch_size(stream, done)), module),
        curves=curves,
        course=monitor.course if saw_training(monitor) else None,
        nonfinite=_nonfinite(module, done, layers, sites),
        classes=_classes(done, stream, loss),
        learnable=learnable_of(module, _optimizers(module, optimizer, monitor)),
        gradients_kept=None if monitor is None else monitor.gradients_kept,
        remarks=(*remarks_on(module, done, layers), *monitor_remarks(module, monitor)),
    )


def _eager(model: Any) -> Any:
    """Return a context in which compiled parts of a module run as they were written."""
    compiled = any(
        hasattr(m, "_orig_mod") or getattr(m, "_compiled_call_impl", None) is not None
        for m in model.modules()
    )
    # Asked for only where needed: it loads PyTorch's compiler, which takes seconds.
    stance = getattr(torch.compiler, "set_stance", None) if compiled else None
    return nullcontext() if stance is None else stance("force_eager")


def _curvature(model: Any, optimizer: Any, done: Pass) -> float:
    batch = done.first
    if batch is None or done.loss_in_use is None or batch.targets is None:
        return NAN
    call = done.loss_in_use.call

    def batch_loss(run: Any) -> Any:
        answer = run(*batch.args, **batch.kwargs)
        given = done.reading.given(answer, done.reading.output(answer))
        return call(given, batch.targets)

    return step_curvature(model, optimizer, batch_loss)


def _optimizers(model: Any, optimizer: Any, monitor: Any) -> list[Any]:
    """Return the optimizers known to train this very model: the one given, and a monitor's."""
    if monitor is not None and not watches_itself(model, monitor):
        return []
    found = [] if optimizer is None else [optimizer]
    return found if monitor is None else [*found, *monitor.optimizers]


def _trained(model: Any, optimizer: Any, monitor: Any) -> bool | None:
    if saw_training(monitor):
        return True
    if optimizer is not None and len(optimizer.state) > 0:
        return True
    fresh = is_fresh(model)
    return None if fresh is None else not fresh


def _classes(done: Pass, stream: Stream, loss: Any) -> Classes | None:
    """Return the classes, weighted or not by the loss."""
    found = done.outputs.classes(stream.labels)
    weights = (getattr(loss, name, None) for name in ("weight", "pos_weight"))
    return found and replace(found, weighted=any(one is not None for one in weights))


def _batch_size(stream: Stream, done: Pass) -> int | None:
    """Return the size of the user's own batches."""
    return None if stream.batched_here or done.first is None else done.first.n_rows


def _with_dropout(settings: Settings, model: Any) -> Settings:
    shares = [
        float(m.p) for m in model.modules() if isinstance(m, torch.nn.modules.dropout._DropoutNd)
    ]
    return replace(settings, dropout=max(shares)) if shares else settings


def _nonfinite(
    model: Any, done: Pass, layers: tuple[Layer, ...], names: dict[Site, str]
) -> NonFiniteValue | None:
    for name, parameter in model.named_parameters():
        count = int((~torch.isfinite(parameter.detach())).sum())
        if count:
            return NonFiniteValue("weights", _layer_of(name, names), None, None, count)
    found = done.nonfinite
    if found is not None:
        return found if done.bad_site is None else replace(found, layer=names.get(done.bad_site))
    for layer in layers:
        units = layer.units
        if units is not None and not np.isfinite(units.z_max - units.z_min).all():
            return NonFiniteValue("activation", layer.name, None, None, 1)
    for name, gradient in done.gradients.items():
        if not bool(torch.isfinite(gradient).all()):
            return NonFiniteValue("gradient", _layer_of(name, names), None, None, 1)
    return None


def _layer_of(parameter: str, names: dict[Site, str]) -> str:
    """Return the name of the layer that a parameter belongs to."""
    owner = parameter.rpartition(".")[0] or parameter
    for site, name in names.items():
        if site.affine is not None and site.affine.name in (owner, parameter):
            return name
    return owner
