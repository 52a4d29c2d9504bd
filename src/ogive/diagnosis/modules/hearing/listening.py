"""Listens to a module's forward pass: which activations are applied, to what, and where."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from ogive.diagnosis.modules.hearing import functions
from ogive.diagnosis.modules.hearing.adding import add_drawn, add_learnt, add_rows, over_units
from ogive.diagnosis.modules.hearing.functions import ActivationCall, activation_call
from ogive.diagnosis.modules.hearing.own_activations import (
    OwnActivation,
    is_ours,
    may_be_activation,
    recognised,
    slope_by_autograd,
)
from ogive.diagnosis.modules.hearing.products import composed
from ogive.diagnosis.modules.hearing.sites import Drawn, Site, unit_axis
from ogive.diagnosis.modules.hearing.traces import (
    Trace,
    first_trace,
    fork,
    importance,
    tag,
    tag_all,
    trace_of,
)
from ogive.diagnosis.modules.weights.affine_maps import AffineMaps

__all__ = ["Listener"]

_SUMS = {"add", "__add__", "__radd__", "add_", "__iadd__"}
_PRODUCTS = {"mul", "__mul__", "__rmul__", "mul_", "__imul__", "multiply"}
_DROPOUTS = {"dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"}


class Listener:
    """Hears every function that a module calls, and knows in which of its parts.

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
        self._mode = _Mode(self)
        self._handles: list[Any] = []

    def count(self) -> int:
        """Return the next number in the order of what was met."""
        self.n_met += 1
        return self.n_met

    def __enter__(self) -> Listener:
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

    def run(self, model: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return the model's answer, having listened."""
        self.path.clear()
        self._open.clear()
        self._inside = self._paused = 0
        for tensor in (*args[:1], *kwargs.values())[:1]:
            if isinstance(tensor, torch.Tensor) and tensor.is_floating_point():
                tag(tensor, Trace(raw=True))
        self._running = True
        try:
            with self._mode:
                return model(*args, **kwargs)
        finally:
            # What a backward pass computes once more (checkpointing) is not counted twice.
            self._running = False

    def last_module_seen(self) -> Any:
        """Return the module without children that was left last."""
        return self.last_module

    def forget(self) -> None:
        """Let go of the tensors of the present batch."""
        for site in self.sites.values():
            site.live = None
        self._open.clear()

    # Modules

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

    # Functions

    def hear(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return what a function of PyTorch returns, having noted what it does."""
        name = getattr(func, "__name__", "")
        if name == "__get__" or self._paused or self._inside:
            return func(*args, **kwargs)
        first: Any = args[0] if args else kwargs.get("input")
        trace = trace_of(first)
        if name in functions.AFFINE:
            return self.affine_maps.apply(func, name, args, kwargs, trace, self._here())
        call = activation_call(name, args, kwargs) if isinstance(first, torch.Tensor) else None
        if call is not None and first.is_floating_point():
            return self._activate(call, func, args, kwargs, first, trace)
        if name in _PRODUCTS:
            return self._multiply(func, args, kwargs)
        if name in _SUMS:
            return self._sum(func, args, kwargs)
        out = func(*args, **kwargs)
        if name in functions.SHAPES or (name in _DROPOUTS and out is first):
            tag_all(out, trace)
        elif name in _DROPOUTS and isinstance(out, torch.Tensor):
            off = not kwargs.get("training", args[2] if len(args) > 2 else True)
            tag_all(out, trace if off or trace is None else trace.blurred())
        elif not name.startswith("__") or name == "__getitem__":
            if isinstance(out, (torch.Tensor, tuple, list)):
                fork(args)
            found = trace if trace is not None else first_trace(args)
            if found is not None:
                tag_all(out, found.blurred(normed=name in functions.NORMS))
        return out

    def _here(self) -> str:
        return self.path[-1] if self.path else ""

    def _listen_to_error(self, site: Site, z: Any) -> None:
        if z.requires_grad:
            self._paused += 1
            z.register_hook(site.add_error)
            self._paused -= 1

    def _activate(
        self,
        call: ActivationCall,
        func: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        z: Any,
        trace: Trace | None,
    ) -> Any:
        fork((z,))
        affine = None if trace is None else trace.affine
        unlikely = call.label == "sin" and affine is None
        if unlikely or (call.kind == "rows" and not over_units(call, z, trace)):
            out = func(*args, **kwargs)
            if trace is not None:
                tag_all(out, trace.blurred())
            return out
        here = self._here()
        key = (here, call.label, id(affine))
        site = self.sites.get(key)
        if site is None:
            own = here != "" and self.order.get(here, 0) > 0 and self._is_leaf(here)
            site = self.site_type(
                here, call.label, own, call.function, trace, self.count(), self.drawn
            )
            self.sites[key] = site
        site.live = (z, trace)
        values = z.detach().clone() if call.inplace else z.detach()
        self._listen_to_error(site, z)
        out = func(*args, **kwargs)
        axis = unit_axis(values, trace)
        if call.kind == "gate":
            site.measured = False
        elif call.kind == "rows":
            add_rows(site, values, out, call.axis or 0, call.label)
        elif call.learnt is not None:
            add_learnt(site, values, out, axis, call.learnt)
        elif call.random:
            add_drawn(site, values, out, axis)
        elif call.function is None:
            site.add(values, out, axis, known=False)
        else:
            site.add(values, out, axis)
        tag(out, Trace(source=site, source_exact=True))
        return out

    def _is_leaf(self, name: str) -> bool:
        return name in self.affine_maps.leaves

    def _multiply(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        a = args[0] if args else kwargs.get("input")
        b = args[1] if len(args) > 1 else kwargs.get("other")
        fork((a, b))
        for gate, other in ((a, b), (b, a)):
            trace = trace_of(gate)
            source = None if trace is None or not trace.source_exact else trace.source
            if source is None or not isinstance(other, torch.Tensor):
                continue
            found = composed(source, other)
            if found is not None:
                return self._self_gated(found, other, func, args, kwargs)
            if source.function is not None and source.function.name in _GATES:
                source.is_gate = True
                out = func(*args, **kwargs)
                rest = trace_of(other)
                tag_all(out, trace if rest is None else rest.blurred())
                return out
        out = func(*args, **kwargs)
        for values, factor in ((a, b), (b, a)):
            trace = trace_of(values)
            if trace is not None:
                scaled = None
                if isinstance(factor, (int, float)) and out is not values:
                    scaled = (values, float(factor))
                tag(out, trace.blurred(scaled=scaled))
                break
        return out

    def _self_gated(
        self,
        found: tuple[ActivationCall, list[Site]],
        z: Any,
        func: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        """Measure z * g(z), whose g was already met, as one activation."""
        call, parts = found
        for part in parts:
            part.is_absorbed = True
        trace = trace_of(z)
        here = self._here()
        key = (here, call.label, id(None if trace is None else trace.affine))
        if key not in self.sites:
            self.sites[key] = self.site_type(
                here, call.label, False, call.function, trace, parts[0].order, self.drawn
            )
        site = self.sites[key]
        self._listen_to_error(site, z)
        site.add(z, None, unit_axis(z, trace))
        out = func(*args, **kwargs)
        tag(out, Trace(source=site, source_exact=True))
        return out

    def _sum(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        a = args[0] if args else kwargs.get("input")
        b = args[1] if len(args) > 1 else kwargs.get("other")
        out = func(*args, **kwargs)
        first, second = trace_of(a), trace_of(b)
        if first is not None and second is not None:
            fork((a, b))
            for trace in (first, second):
                if trace.source is not None:
                    trace.source.branches = True
            # A residual connection: the branch with more weights, or later ones, tells more.
            tag(out, max(first, second, key=importance).blurred())
        elif first is not None or second is not None:
            only, bias = (first, b) if first is not None else (second, a)
            assert only is not None
            exact = self.affine_maps.takes_bias(only, bias)
            tag(out, only if exact else only.blurred())
        return out


_GATES = {"sigmoid", "hardsigmoid", "softmax"}


class _Mode(TorchFunctionMode):  # type: ignore[misc]
    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self._listener = listener

    def __torch_function__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        return self._listener.hear(func, args, kwargs or {})
