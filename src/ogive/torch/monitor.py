"""A monitor for a user's own training loop: how the layers fare, epoch by epoch."""

from __future__ import annotations

import math
import weakref
from collections.abc import Mapping, Sequence
from time import perf_counter
from types import TracebackType
from typing import Any

import numpy as np
import torch

from ogive.diagnosis.course_text import course_text
from ogive.diagnosis.measurements import NAN, Curves
from ogive.diagnosis.modules.answers import output_of
from ogive.diagnosis.modules.guard import Guard
from ogive.diagnosis.modules.sites import square_sum
from ogive.diagnosis.modules.traces import trace_of, untag
from ogive.network.course import TrainingCourse
from ogive.text import InputError, Language, default_language
from ogive.torch.arguments import (
    check_count,
    check_model,
    named_modules,
    number_of,
    optimizers_of,
)
from ogive.torch.course import (
    EpochRecord,
    course_of,
    hidden_sites,
    layer_numbers,
    parameters_of,
    weights_of_layers,
)
from ogive.torch.hooks import Hook
from ogive.torch.step_listener import Chosen, StepListener, is_finite
from ogive.torch.steps import StepMeter

__all__ = ["Monitor"]

STRIDE = 8
"""Of so many passes one may be measured; if it is not, its answer is looked at."""


class Monitor:
    """Watches a model while it is trained by a loop of one's own.

    Parameters
    ----------
    model : torch.nn.Module
        Watched in forward passes in training mode with gradients enabled; passes under
        ``torch.no_grad()`` or ``model.eval()`` are not counted. It must be called as
        ``model(...)``.
    optimizer : torch.optim.Optimizer or sequence of them, optional
        Those that train it; their steps tell gradients, updates and the learning rate. Without any,
        gradients are taken as they arrive, and weights are compared between forward passes.
    every : int, optional
        Measure the first forward pass of each epoch and every so many after it. Without it,
        passes are chosen so that measuring takes about `budget` of the time, first passes of
        epochs before others: which ones then depends on the machine.
    rows : int, default=128
        The most rows of a batch that statistics of units are taken from; fewer of large images.
    budget : float, default=0.02
        Share of the time of training that measuring may take. Not counted is the first pass
        measured, in which the model's parts are recognised.
    activations : sequence of str, optional
        Dotted names of modules that are to be measured as activations beside those found.
    n_samples : int, default=64
        Outputs of each layer kept, an epoch, for histograms.
    random_state : int, default=0
        Seed of the draws of rows; no other generator is used.

    Attributes
    ----------
    course : TrainingCourse
        The layers over the epochs, for `ogive.diagnose` and the plots. Epochs in which nothing
        was measured are left out.
    curves : Curves
        Losses and scores as given to `epoch`.
    n_measured : int
        Forward passes measured.

    Notes
    -----
    Nothing of the training changes: gradients, parameters, random generators and the hooks of
    others stay as they are, and `close` takes the monitor's own away. Gradients are measured as
    the optimizer finds them, so after clipping; errors as if the loss were a mean over the batch.
    Models made by ``torch.compile`` cannot be watched. Between measured passes one in eight is
    looked at for values that are not finite, so their step may be told up to seven too late.

    Raises
    ------
    InputError
        If `model` is no module, or another argument cannot be used.

    Examples
    --------
    >>> import torch, ogive
    >>> from ogive.torch import Monitor
    >>> X = torch.randn(64, 5); y = (X[:, 0] > 0).long()
    >>> model = torch.nn.Sequential(torch.nn.Linear(5, 8), torch.nn.ReLU(), torch.nn.Linear(8, 2))
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> with Monitor(model, optimizer) as monitor:
    ...     for _ in range(3):
    ...         optimizer.zero_grad()
    ...         loss = torch.nn.functional.cross_entropy(model(X), y)
    ...         loss.backward()
    ...         optimizer.step()
    ...         monitor.epoch(loss=loss)
    >>> monitor.course.layers
    ('1', '2')
    """

    def __init__(
        self,
        model: Any,
        optimizer: Any = None,
        *,
        every: int | None = None,
        rows: int = 128,
        budget: float = 0.02,
        activations: Sequence[str] | None = None,
        n_samples: int = 64,
        random_state: int = 0,
    ) -> None:
        check_model(model)
        for name, value in (("every", every), ("rows", rows), ("n_samples", n_samples)):
            if value is not None:
                check_count(name, value)
        if not 0 < budget <= 1:
            raise InputError(
                f"budget must be a share above 0 and at most 1, got {budget!r}.",
                f"budget 必须是大于 0 且不超过 1 的比例，得到的是 {budget!r}。",
            )
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
            self._model.register_forward_pre_hook(Hook(me, Monitor._before_forward)),
            self._model.register_forward_hook(Hook(me, Monitor._after_forward)),
        ]

    def __enter__(self) -> Monitor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

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

    def epoch(
        self, loss: Any = None, validation_loss: Any = None, validation_score: Any = None
    ) -> None:
        """End an epoch.

        Parameters
        ----------
        loss, validation_loss : float or tensor of one number, optional
            Mean losses of the epoch, on the rows learnt from and on others.
        validation_score : float or tensor of one number, optional
            Accuracy, R² or another score, on rows not learnt from.

        Raises
        ------
        InputError
            If one of them is not a number.
        """
        told = (
            number_of("loss", loss),
            number_of("validation_loss", validation_loss),
            number_of("validation_score", validation_score),
        )
        self._curves.append(told)
        given = (loss, validation_loss, validation_score)
        self._given = [had or now is not None for had, now in zip(self._given, given, strict=True)]
        if loss is not None and not math.isfinite(told[0]):
            self._note("loss")
        self._end_epoch(told[0])

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
            output = output_of(answer)
        except InputError:
            output = None
        if output is not None:
            end = trace_of(output)
            if end is not None and (end.affine is not None or end.source is not None):
                self._end = end
            if not self._chosen.n_rows:
                self._chosen.n_rows = int(output.shape[0])
            if output.requires_grad and output.grad_fn is not None:
                output.register_hook(Hook(weakref.ref(self), Monitor._take_error))
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
        return self._n_epochs + 1

    @property
    def _n_epochs(self) -> int:
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

    # Results

    @property
    def course(self) -> TrainingCourse:
        """The layers over the epochs that were measured."""
        measured = [record for record in self._records if record.n_rows]
        return course_of(
            measured,
            self._listener,
            self._end,
            self._parameters,
            self._n_samples,
            self._where_nonfinite(),
        )

    @property
    def curves(self) -> Curves:
        """Losses and scores by epoch, as given; empty where none were."""
        told = np.array(self._curves, dtype=np.float64).reshape(-1, 3)
        loss, validation_loss, score = (
            column.copy() if given else np.empty(0)
            for column, given in zip(told.T, self._given, strict=True)
        )
        return Curves(loss, validation_loss, score)

    def text(self, language: Language | None = None) -> str:
        """Return the course in words, and when it went wrong.

        Parameters
        ----------
        language : {"en", "zh"}, optional
            The locale's unless given.
        """
        return course_text(self.course, language or default_language())

    def _where_nonfinite(self) -> tuple[int, int, int] | None:
        if self._nonfinite is None:
            return None
        epoch, step, where = self._nonfinite
        sites = hidden_sites(self._listener, self._end)
        if where in sites:
            return epoch, step, sites.index(where) + 1
        maps = weights_of_layers(self._listener, sites, self._end)
        for number, affine in enumerate(maps, start=1):
            names = parameters_of(affine, self._parameters)
            if isinstance(where, str) and any(_same_module(where, name) for name in names):
                return epoch, step, number
        return epoch, step, len(sites) + 1

    def __repr__(self) -> str:
        state = "watching" if self._handles else "closed"
        return (
            f"<Monitor of {type(self._model).__name__}, {state}: {len(self._records)} epochs, "
            f"{self.n_measured} steps measured>"
        )


def _answer_is_finite(answer: Any) -> bool:
    if isinstance(answer, torch.Tensor):
        return not answer.is_floating_point() or is_finite(answer)
    try:
        return is_finite(output_of(answer))
    except InputError:
        return True


def _same_module(one: str, other: str) -> bool:
    return one.rpartition(".")[0] == other.rpartition(".")[0]


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
