"""Watches the passes and steps of a model in training: which are measured, and what they tell."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import torch

from ogive.diagnosis.measurements import NAN
from ogive.diagnosis.modules.guard import Guard
from ogive.diagnosis.modules.hearing.sites import square_sum
from ogive.diagnosis.modules.hearing.traces import trace_of, untag
from ogive.diagnosis.modules.losses.features_aside import reading_without_loss
from ogive.diagnosis.modules.rows.answers import output_of
from ogive.text import InputError
from ogive.torch.arguments import named_modules, optimizers_of
from ogive.torch.course import EpochRecord, layer_numbers
from ogive.torch.hooks import Hook
from ogive.torch.step_listener import Chosen, StepListener, is_finite
from ogive.torch.steps import StepMeter

__all__ = ["Watch"]

STRIDE = 8
"""Of so many passes one may be measured; if it is not, its answer is looked at."""


class Watch:
    """The hooks of a monitor and what they gather; see `Monitor` for the arguments."""

    def __init__(
        self,
        model: Any,
        optimizer: Any,
        every: int | None,
        rows: int,
        budget: float,
        activations: Sequence[str] | None,
        n_samples: int,
        random_state: int,
    ) -> None:
        self.n_measured = 0
        self._every, self._budget, self._n_samples = every, budget, n_samples
        self._model = model
        self._optimizers = optimizers_of(optimizer)
        self._chosen = Chosen(rows, n_samples, random_state)
        self._listener = StepListener(model, named_modules(model, activations), self._chosen)
        self._parameters = {n: p for n, p in model.named_parameters() if p.requires_grad}
        self._meter = StepMeter(self._parameters, self._optimizers)
        self._records: list[EpochRecord] = []
        self._curves: list[tuple[float, float, float]] = []
        self._given = [False] * 3
        self._end: Any = None
        self._nonfinite: tuple[int, int, Any] | None = None
        self._look_closer = False
        self._stride = STRIDE if every is None else every
        self._measuring = self._inside = self._urgent = False
        self._begun: float | None = None
        self._spent = self._plain = self._started = 0.0
        self._n_plain = 0
        self._begin_epoch()
        self._handles: list[Any] = []
        self._open()

    def _open(self) -> None:
        me = weakref.ref(self)
        self._handles = [
            self._model.register_forward_pre_hook(Hook(me, Watch._before_forward)),
            self._model.register_forward_hook(Hook(me, Watch._after_forward)),
        ]

    def close(self) -> None:
        """Take all hooks away; what was measured stays. Called again it does nothing."""
        for handle in self._handles:
            handle.remove()
        self._stop_listening()
        if self._handles:
            if self._meter.waits:
                self._meter.settle()
            if self._n_steps:
                self._end_epoch(NAN)
        self._meter.close()
        self._handles = []
        self._listener.forget()

    # What the hooks call

    def _before_forward(self, module: Any, args: tuple[Any, ...]) -> None:
        if not module.training or not torch.is_grad_enabled():
            self._inside = False
            return
        self._n_steps += 1
        if self._n_steps % self._stride != 1 % self._stride and not self._urgent:
            self._inside = False
            return
        self._consider(args)

    def _consider(self, args: tuple[Any, ...]) -> None:
        """Measure the pass that begins, or look at its answer, if its turn has come."""
        if self._measuring:
            self._stop_listening()
        self._inside = self._urgent = False
        if Guard.depth:
            self._n_steps -= 1
            self._urgent = True
            return
        if self._meter.waits:
            self._meter.settle()
            self._urgent = self._meter.waits
        now = perf_counter()
        if self._begun is None:
            self._begun = now
        if self._is_due(now) and not torch.compiler.is_compiling():
            self._measuring = self._inside = self._urgent = True
            self._chosen.n_rows = _n_rows(args)
            self._meter.expect()
            if self._optimizers:
                # At the end of the epoch a scheduler may have changed it.
                self._rate = float(self._optimizers[0].param_groups[0].get("lr", NAN))
            self._listener.begin()
        else:
            self._inside = self._n_steps % self._stride == 1 % self._stride
        self._started = now

    def _after_forward(self, module: Any, args: tuple[Any, ...], answer: Any) -> None:
        if not self._inside:
            return
        self._inside = False
        if self._measuring:
            self._take(answer)
            self._stop_listening()
            self._account(perf_counter() - self._started)
        else:
            self._plain += perf_counter() - self._started
            self._n_plain += 1
            if self._nonfinite is None and not _answer_is_finite(answer):
                self._note(self._first_bad_weights())

    # One step

    def _is_due(self, now: float) -> bool:
        """Return whether this pass is to be measured."""
        if self._every is not None:
            return (self._n_steps - 1) % self._every == 0 or self._look_closer
        if self.n_measured == 0 or self._look_closer:
            return True
        elapsed = now - (self._begun or now)
        spent = self._spent + self._meter.seconds
        if self._n_measured_now == 0:
            return spent <= self._budget * elapsed
        # Half the budget is kept for the first passes of epochs to come.
        return spent <= self._budget / 2 * elapsed

    def _take(self, answer: Any) -> None:
        """Take what was heard in a forward pass."""
        self.n_measured += 1
        self._n_measured_now += 1
        try:
            output = reading_without_loss(answer).output(answer)
        except InputError:
            output = None
        if output is not None:
            end = trace_of(output)
            if end is not None and (end.affine is not None or end.source is not None):
                self._end = end
            if not self._chosen.n_rows:
                self._chosen.n_rows = int(output.shape[0])
            if output.requires_grad and output.grad_fn is not None:
                output.register_hook(Hook(weakref.ref(self), Watch._take_error))
        untag(answer)
        self._n_rows += min(self._chosen.most_rows, max(self._chosen.n_rows, 1))
        if self._nonfinite is None or self._look_closer:
            bad = [site for site in self._listener.step_sites if not site.finite]
            if bad:
                self._note(min(bad, key=lambda site: site.order))
            elif not _answer_is_finite(answer):
                self._note("output")
            self._look_closer = False
        for site in self._listener.step_sites:
            site.finite = True

    def _take_error(self, gradient: Any) -> None:
        start = perf_counter()
        self._error_square += square_sum(gradient) * self._chosen.n_rows**2
        self._error_rows += self._chosen.n_rows
        self._spent += perf_counter() - start

    def _stop_listening(self) -> None:
        if self._measuring:
            self._measuring = False
            self._listener.end()

    def _account(self, seconds: float) -> None:
        """Add what a pass took beyond a plain one; the first is not counted."""
        if self.n_measured == 1:
            self._meter.seconds = 0.0
            return
        plain = self._plain / self._n_plain if self._n_plain else 0.0
        # The backward pass carries the hooks on errors, whose cost is that of the statistics.
        self._spent += 1.25 * max(seconds - plain, 0.0)

    def _note(self, where: Any) -> None:
        """Note the first value that is not finite."""
        epoch = self._epoch
        if self._look_closer:
            assert self._nonfinite is not None
            if where not in ("output", "loss"):
                self._nonfinite = (*self._nonfinite[:2], where)
            self._look_closer = False
        elif self._nonfinite is None:
            self._nonfinite = (epoch, max(self._n_steps, 1), where)
            # Which layer it was is seen in the next pass.
            self._look_closer = where in ("output", "loss") and not self._measuring
            self._urgent |= self._look_closer

    def _first_bad_weights(self) -> Any:
        for name, p in self._parameters.items():
            if not is_finite(p):
                return name
        return "output"

    # Epochs

    def _begin_epoch(self) -> None:
        self._n_steps = self._n_measured_now = self._n_rows = 0
        self._error_square, self._error_rows = 0.0, 0
        self._rate = NAN
        self._meter.found = {}
        self._meter.bad_gradients = []
        for site in self._listener.step_sites:
            site.begin_epoch()

    @property
    def _epoch(self) -> int:
        return self._last_epoch + 1

    @property
    def _last_epoch(self) -> int:
        return self._records[-1].epoch if self._records else 0

    def _end_epoch(self, loss: float) -> None:
        start = perf_counter()
        if self._meter.bad_gradients and self._nonfinite is None:
            self._nonfinite = (self._epoch, max(self._n_steps, 1), self._meter.bad_gradients[-1])
        error = NAN
        if self._error_rows:
            error = float(np.sqrt(self._error_square / self._error_rows))
        record = EpochRecord(self._epoch, self._n_rows, loss, self._rate, error)
        record.weights = self._meter.found
        for site in self._listener.step_sites:
            numbers = layer_numbers(site)
            if numbers is not None:
                record.layers[site] = numbers
        self._records.append(record)
        self._begin_epoch()
        if self.n_measured > 1:
            self._spent += perf_counter() - start


def _answer_is_finite(answer: Any) -> bool:
    if isinstance(answer, torch.Tensor):
        return not answer.is_floating_point() or is_finite(answer)
    try:
        return is_finite(output_of(answer))
    except InputError:
        return True


def _n_rows(given: Any) -> int:
    """Return the length of the first tensor among the arguments of a call; 0 without one."""
    if isinstance(given, torch.Tensor):
        return int(given.shape[0]) if given.ndim else 1
    if isinstance(given, Mapping):
        given = list(given.values())
    if isinstance(given, list | tuple):
        for one in given:
            found = _n_rows(one)
            if found:
                return found
    return 0
