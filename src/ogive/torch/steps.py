"""What an optimizer's steps do to the weights, at the steps that are measured."""

from __future__ import annotations

import math
from time import perf_counter
from typing import Any

import torch

from ogive.diagnosis.modules.hearing.sites import square_sum
from ogive.torch.course import WeightNumbers
from ogive.torch.hooks import copied_silently, silent_hook
from ogive.torch.kept_gradients import KeptGradients

__all__ = ["StepMeter"]


class StepMeter:
    """Measures gradients, weights and updates of a model's matrices.

    Parameters
    ----------
    parameters : dict
        Parameters that learn, by name.
    optimizers : list of torch.optim.Optimizer
        Each tells of its steps. Without any, the weights of two forward passes are compared, and
        gradients are taken as they arrive.
    """

    def __init__(self, parameters: dict[str, Any], optimizers: list[Any]) -> None:
        self.parameters = {name: p for name, p in parameters.items() if p.ndim > 1}
        self.found: dict[str, WeightNumbers] = {}
        self.seconds = 0.0
        self.bad_gradients: list[str] = []
        self._arrived: dict[str, Any] = {}
        self._before: dict[str, Any] = {}
        self._optimizers = optimizers
        self._steps: list[_Step] = []
        self._handles: list[Any] = []
        self.waits = False
        self.kept = KeptGradients()

    def expect(self) -> None:
        """Measure the next step of each optimizer."""
        if self._optimizers:
            self._let_go()
            self.waits, self._steps = True, []
            for optimizer in self._optimizers:
                ids = {id(p) for group in optimizer.param_groups for p in group["params"]}
                held = [pair for pair in self.parameters.items() if id(pair[1]) in ids]
                step = _Step(self, held)
                self._steps.append(step)
                self._handles += [
                    optimizer.register_step_pre_hook(step.before),
                    optimizer.register_step_post_hook(step.after),
                ]
        elif not self._handles:
            self.waits = True
            self.remember(list(self.parameters.items()))
            self._handles = [
                p.register_post_accumulate_grad_hook(_GradientTaken(self, name))
                for name, p in self.parameters.items()
                if p.is_leaf
            ]

    def settle(self) -> None:
        """Take hooks off that have done their work, as another forward pass begins."""
        if self._optimizers:
            if all(step.done for step in self._steps):
                self._let_go()
            return
        start = perf_counter()
        self._let_go()
        for name, square in self._arrived.items():
            self.add_gradient(name, square)
        self._arrived.clear()
        self.compare(list(self.parameters.items()))
        self.seconds += perf_counter() - start

    def arrived(self, name: str, gradient: Any) -> None:
        """Note a gradient; of an accumulated one the last counts, which holds those before."""
        start = perf_counter()
        self._arrived[name] = square_of(gradient)
        self.seconds += perf_counter() - start

    def add_gradient(self, name: str, square: float) -> None:
        """Add the sum of squares of a gradient."""
        if not math.isfinite(square):
            self.bad_gradients.append(name)
        numbers = self._of(name)
        numbers.gradient += square
        numbers.n_gradients += self.parameters[name].numel()

    def close(self) -> None:
        """Take all hooks off."""
        self._let_go()
        self.kept.close()
        self._before.clear()

    def _let_go(self) -> None:
        for handle in self._handles:
            handle.remove()
        self._handles = []
        self.waits = False

    def _of(self, name: str) -> WeightNumbers:
        return self.found.setdefault(name, WeightNumbers())

    def remember(self, some: list[tuple[str, Any]]) -> None:
        """Copy weights before they are stepped."""
        for name, p in some:
            self._before[name] = p.detach().clone()

    def compare(self, some: list[tuple[str, Any]]) -> None:
        """Add what became of the weights since they were copied."""
        for name, p in some:
            before = self._before.pop(name, None)
            if before is None or before.shape != p.shape:
                continue
            size = square_sum(before)
            moved = square_sum(before.sub_(p.detach()))
            numbers = self._of(name)
            numbers.weights += size
            numbers.n_weights += p.numel()
            if size > 0:
                numbers.ratio += (moved / size) ** 0.5
                numbers.n_ratios += 1


class _Step:
    """One step of one optimizer, to be measured once."""

    def __init__(self, meter: StepMeter, held: list[tuple[str, Any]]) -> None:
        self._meter, self._held = meter, held
        self.done = False

    def before(self, *_: Any) -> None:
        """Take gradients and weights, as the optimizer is about to step."""
        if self.done:
            return
        start = perf_counter()
        self._meter.remember(self._held)
        for name, p in self._held:
            if p.grad is not None:
                self._meter.add_gradient(name, square_of(p.grad))
        self._meter.seconds += perf_counter() - start

    def after(self, optimizer: Any, *_: Any) -> None:
        """Compare the weights, as the optimizer has stepped."""
        if self.done:
            return
        self.done = True
        start = perf_counter()
        self._meter.compare(self._held)
        self._meter.kept.begin(optimizer, self._held)
        self._meter.seconds += perf_counter() - start


class _GradientTaken:
    """A hook on a parameter, which tells its gradient once it has arrived."""

    def __init__(self, meter: StepMeter, name: str) -> None:
        self._meter, self._name = meter, name

    def __call__(self, parameter: Any) -> None:
        self._meter.arrived(self._name, parameter.grad)

    def __deepcopy__(self, memo: Any) -> Any:
        return silent_hook

    def __reduce__(self) -> Any:
        return copied_silently, ()


def square_of(gradient: Any) -> float:
    dense = gradient if gradient.layout == torch.strided else gradient.coalesce().values()
    return square_sum(dense)
