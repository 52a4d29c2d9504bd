"""Which of a module's parts is at work, and those that are activations as a whole."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import torch

from ogive.diagnosis.modules.hearing.adding import add_drawn, add_learnt, add_rows
from ogive.diagnosis.modules.hearing.own_activations import (
    OwnActivation,
    is_ours,
    may_be_activation,
    recognised,
    slope_by_autograd,
)
from ogive.diagnosis.modules.hearing.sites import Drawn, Site, unit_axis
from ogive.diagnosis.modules.hearing.traces import Trace, fork, tag, trace_of
from ogive.diagnosis.modules.weights.affine_maps import AffineMaps

__all__ = ["ModuleListener"]


class ModuleListener:
    """Knows which part of a module is at work, and measures those parts that are activations.

    Parameters
    ----------
    model : torch.nn.Module
    names : dict
        Dotted name of each module by itself.
    forced : collection of torch.nn.Module
        Modules that the user named as activations.
    drawn : Drawn
        The rows to be sampled.
    """

    site_type: type[Site] = Site

    def __init__(self, model: Any, names: dict[Any, str], forced: set[Any], drawn: Drawn) -> None:
        self.drawn = drawn
        self.sites: dict[Any, Site] = {}
        self.order: dict[str, int] = {}
        self.path: list[str] = []
        self.n_met = 0
        self.last_module: Any = None
        self.affine_maps = AffineMaps(model, names, self.count)
        self._names = names
        self._forced = forced
        self._own: dict[Any, OwnActivation | None] = {}
        self._open: list[tuple[Any, Any, Any, Any]] = []
        self._paused = 0
        self._inside = 0
        self._running = True
        self._handles: list[Any] = []

    def count(self) -> int:
        """Return the next number in the order of what was met."""
        self.n_met += 1
        return self.n_met

    def __enter__(self) -> Self:
        for module in self._names:
            if isinstance(module, torch.jit.ScriptModule):
                continue
            self._handles += [
                module.register_forward_pre_hook(self._enter_module, with_kwargs=True),
                module.register_forward_hook(self._leave_module),
            ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        self.forget()

    def forget(self) -> None:
        """Let go of the tensors of the present batch."""
        for site in self.sites.values():
            site.live = None
        self._open.clear()

    def _enter_module(self, module: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if not self._running:
            return
        name = self._names[module]
        self.path.append(name)
        self.order.setdefault(name, self.count())
        if self._inside or self._paused:
            return
        z = args[0] if args else next(iter(kwargs.values()), None)
        if not isinstance(z, torch.Tensor) or not z.is_floating_point():
            return
        own = self._own_activation(module, z)
        if own is None:
            return
        fork((z,))
        self._inside += 1
        self._paused += 1
        kept = z.detach().clone() if not is_ours(module) else z.detach()
        self._paused -= 1
        self._open.append((module, z, kept, trace_of(z)))
        if own.function is not None or own.greatest is not None:
            self._listen_to_error(self._site_of_module(module, own, trace_of(z)), z)

    def _leave_module(self, module: Any, args: tuple[Any, ...], output: Any) -> None:
        if not self._running:
            return
        if self.path:
            self.path.pop()
        if self._names[module] in self.affine_maps.leaves:
            self.last_module = module
        if not self._open or self._open[-1][0] is not module:
            return
        _, z, kept, trace = self._open.pop()
        self._inside -= 1
        own = self._own[module]
        if own is None or not isinstance(output, torch.Tensor):
            return
        self._paused += 1
        try:
            self._measure_module(module, own, z, kept, trace, output)
        finally:
            self._paused -= 1

    def _own_activation(self, module: Any, z: Any) -> OwnActivation | None:
        if module not in self._own:
            self._paused += 1
            try:
                self._own[module] = self._look_at(module, z)
            finally:
                self._paused -= 1
        return self._own[module]

    def _look_at(self, module: Any, z: Any) -> OwnActivation | None:
        if is_ours(module):
            function = module.function
            return OwnActivation(
                function.name, function, learnt=getattr(module, "negative_slope", None)
            )
        if module in self._forced:
            return recognised(module, z, forced=True)
        return recognised(module, z) if may_be_activation(module) else None

    def _site_of_module(self, module: Any, own: OwnActivation, trace: Trace | None) -> Site:
        name = self._names[module]
        key = (name, own.label, None if trace is None else id(trace.affine))
        if key not in self.sites:
            self.sites[key] = self.site_type(
                name, own.label, True, own.function, trace, self.count(), self.drawn, own.greatest
            )
        return self.sites[key]

    def _measure_module(
        self, module: Any, own: OwnActivation, z: Any, kept: Any, trace: Trace | None, output: Any
    ) -> None:
        site = self._site_of_module(module, own, trace)
        axis = unit_axis(kept, trace)
        tag(output, Trace(source=site, source_exact=True))
        site.live = (z, trace)
        function = own.function
        if output.shape != kept.shape:
            site.add(output, output, unit_axis(output, None), known=False)
        elif own.learnt is not None:
            add_learnt(site, kept, output, axis, own.learnt)
        elif function is not None and function.kind != "elementwise":
            add_rows(site, kept, output, -1, function.name)
        elif function is not None and not (function.name == "rrelu" and module.training):
            site.add(kept, output, axis)
        elif function is not None:
            add_drawn(site, kept, output, axis)
        else:
            site.add(kept, output, axis, slope_by_autograd(module, kept), known=False)

    def _listen_to_error(self, site: Site, z: Any) -> None:
        if z.requires_grad:
            self._paused += 1
            z.register_hook(site.add_error)
            self._paused -= 1
