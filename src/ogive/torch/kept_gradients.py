"""Whether gradients outlive the step that they were made for: zero_grad was forgotten."""

from __future__ import annotations

import weakref
from typing import Any

from ogive.diagnosis.modules.guard import Guard
from ogive.torch.hooks import Hook

__all__ = ["KeptGradients"]


class KeptGradients:
    """Looks at one parameter between two steps of an optimizer.

    Attributes
    ----------
    n_seen : int
        Pairs of steps looked at.
    n_kept : int
        Those in which the second step still followed the gradients of the first.
    """

    def __init__(self) -> None:
        self.n_seen = self.n_kept = 0
        self._watched: dict[int, _Between] = {}

    def begin(self, optimizer: Any, held: list[tuple[str, Any]]) -> None:
        """Look from now, as the optimizer has stepped, until it steps again."""
        before = self._watched.get(id(optimizer))
        if before is not None and not before.ended:
            return
        if before is not None:
            before.close()
        # Weights near the output are the last to be without a gradient.
        for _, p in reversed(held):
            if p.requires_grad and p.is_leaf and p.grad is not None:
                self._watched[id(optimizer)] = _Between(self, optimizer, p)
                return

    def count(self, kept: bool | None) -> None:
        """Count what was seen between two steps; None for no backward pass."""
        if kept is not None:
            self.n_seen += 1
            self.n_kept += kept

    def close(self) -> None:
        """Take all hooks off."""
        for one in self._watched.values():
            one.close()
        self._watched.clear()

    @property
    def verdict(self) -> bool | None:
        """Whether most steps followed gradients of earlier ones; None where nothing was seen."""
        return self.n_kept > self.n_seen / 2 if self.n_seen else None


class _Between:
    """Between two steps: whether each backward pass adds to gradients of before the first."""

    def __init__(self, owner: KeptGradients, optimizer: Any, parameter: Any) -> None:
        self._owner, self._parameter = owner, parameter
        self._kept: bool | None = None
        self.ended = False
        me = weakref.ref(self)
        self._handles = [
            parameter.register_hook(Hook(me, _Between._before_gradient)),
            optimizer.register_step_pre_hook(Hook(me, _Between._before_step)),
        ]

    def _before_gradient(self, gradient: Any) -> None:
        # A hook on a parameter is called before its gradient is added to.
        if Guard.depth or self.ended or self._kept is False:
            return
        old = self._parameter.grad
        # Others' losses may pass through this model before its gradients are reset for its own.
        self._kept = old is not None and bool((old != 0).any())

    def _before_step(self, *_: Any) -> None:
        # The hooks stay: an optimizer that goes through them cannot lose one.
        if not self.ended:
            self.ended = True
            self._owner.count(self._kept)

    def close(self) -> None:
        """Take the hooks off."""
        for handle in self._handles:
            handle.remove()
        self._handles = []
