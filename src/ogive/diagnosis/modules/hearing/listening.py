"""Listens to a module's forward pass: which activations are applied, to what, and where."""

from __future__ import annotations

from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from ogive.diagnosis.modules.hearing import functions
from ogive.diagnosis.modules.hearing.adding import add_drawn, add_learnt, add_rows, over_units
from ogive.diagnosis.modules.hearing.functions import ActivationCall, activation_call
from ogive.diagnosis.modules.hearing.modules_at_work import ModuleListener
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

__all__ = ["Listener"]

_SUMS = {"add", "__add__", "__radd__", "add_", "__iadd__"}
_PRODUCTS = {"mul", "__mul__", "__rmul__", "mul_", "__imul__", "multiply"}
_DROPOUTS = {"dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"}


class Listener(ModuleListener):
    """Hears every function that a module calls, and knows in which of its parts."""

    def __init__(self, model: Any, names: dict[Any, str], forced: set[Any], drawn: Drawn) -> None:
        super().__init__(model, names, forced, drawn)
        self._mode = _Mode(self)

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
