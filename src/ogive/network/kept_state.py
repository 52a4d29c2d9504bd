"""What of a network outlives its training: the solver's state, and files."""

from __future__ import annotations

from inspect import signature
from typing import Any

__all__ = ["KeptState"]


class KeptState:
    """How a network is pickled: the core's solver as its moments, which go on where they were."""

    solver: str

    def _optimizer_state(self) -> Any:
        """Return what an earlier call left the solver with, unless that was another solver."""
        core = getattr(self, "_core", None)
        state = core.optimizer_state() if core is not None else getattr(self, "_optimizer", None)
        if state is None or (state[1] is None) != (self.solver == "sgd"):
            return None
        return state

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = dict(super().__getstate__())  # type: ignore[call-overload]
        core = state.pop("_core", None)
        if core is not None:
            state["_optimizer"] = core.optimizer_state()
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)  # type: ignore[misc]
        # Files of earlier versions know nothing of parameters that came later.
        for name, parameter in signature(type(self)).parameters.items():
            self.__dict__.setdefault(name, parameter.default)
