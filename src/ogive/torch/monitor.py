"""A monitor for a user's own training loop: how the layers fare, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import numpy as np

from ogive.diagnosis.course_text import course_text
from ogive.diagnosis.measurements import Curves
from ogive.network.course import TrainingCourse
from ogive.text import InputError, Language, default_language
from ogive.torch.arguments import check_count, check_model, number_of
from ogive.torch.course import course_of, hidden_sites, parameters_of, weights_of_layers
from ogive.torch.watching import Watch

__all__ = ["Monitor"]


class Monitor(Watch):
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
    n_epochs : int
        How often `epoch` was called.
    model : torch.nn.Module
        The model watched.
    optimizers : tuple of torch.optim.Optimizer
        Those given.
    gradients_kept : bool or None
        Steps followed gradients of earlier steps too, as without ``zero_grad``; None without an
        optimizer, or before two steps.

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
        super().__init__(
            model, optimizer, every, rows, budget, activations, n_samples, random_state
        )

    def __enter__(self) -> Monitor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

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

    @property
    def model(self) -> Any:
        """The model watched."""
        return self._model

    @property
    def optimizers(self) -> tuple[Any, ...]:
        """The optimizers given."""
        return tuple(self._optimizers)

    @property
    def gradients_kept(self) -> bool | None:
        """Whether steps followed gradients of earlier ones too, as without ``zero_grad``."""
        return self._meter.kept.verdict

    @property
    def n_epochs(self) -> int:
        """How often `epoch` was called."""
        return len(self._curves)

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


def _same_module(one: str, other: str) -> bool:
    return one.rpartition(".")[0] == other.rpartition(".")[0]
