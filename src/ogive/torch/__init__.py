"""What there is for PyTorch: activations as modules, and the monitor of a training loop."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

try:
    import torch as _torch  # noqa: F401
except ImportError as error:
    raise ImportError(
        "ogive.torch needs PyTorch, which is not installed: pip install ogive[torch]"
    ) from error

if TYPE_CHECKING:
    from ogive.torch.activation import Activation
    from ogive.torch.monitor import Monitor

_HOMES = {
    "Activation": "ogive.torch.activation",
    "Monitor": "ogive.torch.monitor",
}

__all__ = ["Activation", "Monitor"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ogive.torch' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
