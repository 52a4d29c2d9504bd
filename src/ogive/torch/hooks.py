"""Hooks of a monitor, which copies of a model do not carry on."""

from __future__ import annotations

from typing import Any

__all__ = ["Hook", "copied_silently", "silent_hook"]


class Hook:
    """Calls a method of a monitor while there is one; copies of a model carry a silent one."""

    __slots__ = ("_method", "_monitor")

    def __init__(self, monitor: Any, method: Any) -> None:
        self._monitor, self._method = monitor, method

    def __call__(self, *args: Any) -> None:
        """Call the method, if the monitor is still there."""
        monitor = self._monitor()
        if monitor is not None:
            self._method(monitor, *args)

    def __deepcopy__(self, memo: Any) -> Any:
        return silent_hook

    def __reduce__(self) -> Any:
        return copied_silently, ()


def silent_hook(*args: Any, **kwargs: Any) -> None:
    """Stand in for a monitor's hook in a copy of a model."""


def copied_silently() -> Any:
    """Return what a stored copy of a model has in place of a hook."""
    return silent_hook
