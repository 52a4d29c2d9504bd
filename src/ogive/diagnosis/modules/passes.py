"""One pass over the data: forward and backward, heard and summed up batch by batch."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from ogive.diagnosis.measurements import NAN, NonFiniteValue
from ogive.diagnosis.modules.hearing.listening import Listener
from ogive.diagnosis.modules.hearing.sites import Drawn, Site, square_sum
from ogive.diagnosis.modules.hearing.traces import Trace, trace_of
from ogive.diagnosis.modules.losses.features_aside import reading_without_loss
from ogive.diagnosis.modules.losses.in_use import LossInUse, loss_in_use
from ogive.diagnosis.modules.losses.last_activation import last_activation
from ogive.diagnosis.modules.losses.reading import Reading, reading_of
from ogive.diagnosis.modules.rows.batches import Batch, Stream, with_gradient
from ogive.diagnosis.modules.rows.inputs import InputRows, n_not_finite
from ogive.diagnosis.modules.rows.outputs import OutputRows
from ogive.diagnosis.modules.sentences import first_sentence
from ogive.text import InputError, Text

__all__ = ["Pass", "total_norm"]


class Pass:
    """What one pass over the data finds.

    Parameters
    ----------
    model : torch.nn.Module
    stream : Stream
    listener : Listener
    loss : Any
        As given by the user, or None.
    drawn : Drawn
    """

    def __init__(
        self, model: Any, stream: Stream, listener: Listener, loss: Any, drawn: Drawn
    ) -> None:
        self.model, self.stream, self.listener = model, stream, listener
        self.drawn = drawn
        self.n_rows = 0
        self.n_batches = 0
        self.inputs = InputRows(drawn)
        self.outputs = OutputRows(drawn)
        self.loss_in_use: LossInUse | None = None
        self.reading = Reading()
        self.last = "unknown"
        self.end: Trace | None = None
        self.output_error = 0.0
        self.first: Batch | None = None
        self.nonfinite: NonFiniteValue | None = None
        self.remarks: list[Text] = []
        self.bad_site: Site | None = None
        self.n_dropped = 0
        self.parameters = {n: p for n, p in model.named_parameters() if p.requires_grad}
        self.gradients: dict[str, Any] = {}
        self.first_gradients: dict[str, Any] = {}
        self._loss = loss
        self._loss_sum = 0.0
        self._source: Any = None
        self._follows = True
        self._sums = getattr(loss, "reduction", "mean") == "sum"

    @property
    def loss(self) -> float:
        """Mean loss over all rows; NaN without targets."""
        return self._loss_sum / self.n_rows if self.loss_in_use is not None else NAN

    def run(self) -> None:
        """Go through all batches once."""
        for batch in self.stream:
            self.n_batches += 1
            kept = self._finite(batch)
            if kept is None:
                continue
            self.drawn.begin(kept.n_rows)
            self.inputs.add(kept)
            self._step(kept)
            self.n_rows += kept.n_rows
        if self.first is None:
            raise InputError(
                "every row holds values that are not finite (NaN or infinite); none is left to"
                " measure the model on. Fill or drop missing values first.",
                "每一行都含有非有限的数值（NaN 或无穷大），没有可用于测量的行。"
                "请先填补或删除缺失值。",
            )

    def _finite(self, batch: Batch) -> Batch | None:
        """Return the batch without rows that hold NaN or infinite values."""
        count = n_not_finite(batch.first)
        self.inputs.n_missing += count
        if count:
            self._note("input", None, count)
        targets = batch.targets
        wrong = None
        if isinstance(targets, torch.Tensor) and targets.is_floating_point():
            finite = torch.isfinite(targets)
            if not bool(finite.all()):
                self._note("target", None, int((~finite).sum()))
                wrong = ~finite.reshape(len(targets), -1).all(1) if targets.ndim else None
        if not count and wrong is None:
            return batch
        whole = len(batch.args) == 1 and not batch.kwargs and len(batch.args[0]) == batch.n_rows
        if not whole:
            return batch
        x = batch.args[0]
        keep = torch.isfinite(x.reshape(len(x), -1)).all(1) if x.is_floating_point() else None
        if keep is None:
            keep = torch.ones(len(x), dtype=torch.bool)
        if wrong is not None and len(wrong) == len(keep):
            keep &= ~wrong
        n = int(keep.sum())
        self.n_dropped += batch.n_rows - n
        if n == 0:
            return None
        has_targets = isinstance(targets, torch.Tensor) and targets.ndim
        return Batch((x[keep],), {}, targets[keep] if has_targets else targets, n)

    def _note(self, where: str, layer: str | None, count: int) -> None:
        if self.nonfinite is None:
            self.nonfinite = NonFiniteValue(where, layer, self.n_batches, None, count)

    def _step(self, batch: Batch) -> None:
        if not self.parameters and self._follows:
            batch, self._source = with_gradient(batch)
        learns = batch.targets is not None and bool(self.parameters or self._source is not None)
        with torch.set_grad_enabled(True if self.first is None else learns):
            answer = self._call(batch)
            if self.first is None:
                self._begin(batch, answer)
            output = self.reading.output(answer)
            self.end = trace_of(output) or self.end
            finite = bool(torch.isfinite(output.detach()).all())
            loss = self._loss_of(answer, output, batch, finite)
            self._errors_of_end(output)
            if loss is not None and loss.requires_grad and learns:
                self._gradient(loss, batch.n_rows)
        self.outputs.add(self._before_link(output), output, batch.targets, self.loss_in_use)
        if not finite:
            self._where(batch, "output")
        elif loss is not None and not math.isfinite(float(loss.detach())):
            self._note("loss", None, 1)
        self.listener.forget()

    def _call(self, batch: Batch) -> Any:
        try:
            return self.listener.run(self.model, batch.args, batch.kwargs)
        except InputError:
            raise
        except Exception as error:
            raise self._failed(error, batch) from error

    def _failed(self, error: Exception, batch: Batch) -> InputError:
        told = first_sentence(error)
        path = [name for name in self.listener.path if name]
        module = path[-1] if path else type(self.model).__name__
        given = ", ".join(_described(one) for one in (*batch.args, *batch.kwargs.values()))
        return InputError(
            f"the model cannot be run on batch {self.n_batches} of shape {given}: {module!r} raises"
            f" {type(error).__name__}: {told} Give rows as in training.",
            f"模型无法处理第 {self.n_batches} 个批次（形状 {given}）：{module!r} 抛出"
            f" {type(error).__name__}：{told} 请给出与训练时相同形式的数据。",
        )

    def _begin(self, batch: Batch, answer: Any) -> None:
        self.first = batch
        has_targets = isinstance(batch.targets, torch.Tensor)
        if has_targets and self._loss is not None:
            self.reading = reading_of(self._loss, answer, batch.targets)
        else:
            self.reading = reading_without_loss(answer)
        output = self.reading.output(answer)
        self.last = last_activation(output, self.listener.last_module_seen())
        if has_targets:
            whole = answer if self.reading.whole else None
            self.loss_in_use = loss_in_use(self._loss, output, batch.targets, self.last, whole)

    def _loss_of(self, answer: Any, output: Any, batch: Batch, finite: bool) -> Any:
        if self.loss_in_use is None or batch.targets is None:
            return None
        try:
            value = self.loss_value(answer, output, batch)
        except (InputError, RuntimeError, ValueError):
            if finite:
                raise
            # Some losses refuse NaN; that it came up is told as such.
            self._loss_sum = NAN
            return None
        self._loss_sum += float(value.detach()) * batch.n_rows
        return value

    def loss_value(self, answer: Any, output: Any, batch: Batch) -> Any:
        """Return the mean loss of a batch, as a tensor."""
        assert self.loss_in_use is not None
        value = self.loss_in_use.call(self.reading.given(answer, output), batch.targets)
        return value / batch.n_rows if self._sums else value

    def call_plain(self, batch: Batch) -> Any:
        """Return what the model answers, without listening."""
        try:
            return self.model(*batch.args, **batch.kwargs)
        except Exception as error:
            raise self._failed(error, batch) from error

    def _errors_of_end(self, output: Any) -> None:
        """Have dLoss/dz of the last layer summed, where that of an activation is not."""
        if output.requires_grad and not self._ends_in_site():
            n = self.drawn.n_rows

            def hook(gradient: Any) -> None:
                self.output_error += square_sum(gradient) * n**2

            output.register_hook(hook)

    def _ends_in_site(self) -> bool:
        return self.end is not None and self.end.source is not None and self.end.source_exact

    def _before_link(self, output: Any) -> Any:
        site = self.end.source if self.end is not None and self._ends_in_site() else None
        if site is None or site.live is None or site.live[0].shape != output.shape:
            return output
        return site.live[0]

    def _gradient(self, loss: Any, n_rows: int) -> None:
        names = list(self.parameters)
        # Of a frozen module the inputs are what gradients are followed back to.
        ends = list(self.parameters.values()) or [self._source]
        try:
            found = torch.autograd.grad(loss, ends, allow_unused=True)
        except RuntimeError as error:
            # As of reentrant checkpointing, which works in loss.backward() only.
            self._without_gradients(error)
            return
        first = not self.gradients
        for name, gradient in zip(names, found, strict=False):
            if gradient is None:
                continue
            gradient = gradient.detach()
            if gradient.layout != torch.strided:
                gradient = gradient.to_dense()
            if gradient.dtype in (torch.float16, torch.bfloat16):
                gradient = gradient.float()
            if name in self.gradients:
                self.gradients[name].add_(gradient, alpha=n_rows)
            else:
                self.gradients[name] = gradient * n_rows
        if first:
            self.first_gradients = {
                name: None if g is None else g.detach()
                for name, g in zip(names, found, strict=False)
            }
        sites = self.listener.sites.values()
        if self.nonfinite is None and not all(math.isfinite(s.error_square) for s in sites):
            bad = [s for s in sites if not math.isfinite(s.error_square)]
            self._note("gradient", None, 1)
            self.bad_site = bad[-1]

    def _without_gradients(self, error: Exception) -> None:
        told = first_sentence(error, 200)
        self.parameters, self.gradients, self.first_gradients = {}, {}, {}
        self._follows, self._source = False, None
        self.remarks.append(
            Text(
                f"The gradient could not be taken, {type(error).__name__}: {told}",
                f"无法计算梯度，{type(error).__name__}：{told}",
            )
        )

    def _where(self, batch: Batch, otherwise: str) -> None:
        """Find the first layer whose values are not finite, by running the batch once more."""
        if self.nonfinite is not None:
            return
        sites = list(self.listener.sites.values())
        for site in sites:
            site.checking = True
        with torch.no_grad():
            self.listener.run(self.model, batch.args, batch.kwargs)
        for site in sites:
            site.checking = False
        bad = sorted((s for s in sites if not s.finite), key=lambda s: s.order)
        if bad:
            self._note("activation", None, 1)
            self.bad_site = bad[0]
        else:
            self._note(otherwise, None, 1)


def _described(part: Any) -> str:
    if isinstance(part, torch.Tensor):
        return f"{tuple(part.shape)} {str(part.dtype).removeprefix('torch.')}"
    inner = list(part.values()) if isinstance(part, dict) else part
    if isinstance(inner, tuple | list):
        return f"a {type(part).__name__} of {', '.join(map(_described, inner))}"
    return f"a {type(part).__name__}"


def total_norm(parts: list[Any]) -> float:
    """Return the norm of several tensors together."""
    return float(np.sqrt(sum(square_sum(part) for part in parts)))
