"""What an activation is called in a heading or a legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["label"]


def label(function: Activation) -> str:
    """Return the name, with those parameters that differ from their defaults.

    Examples
    --------
    >>> import ogive
    >>> label(ogive.activation("elu", alpha=0.5))
    'elu(alpha=0.5)'
    >>> label(ogive.activation("elu"))
    'elu'
    """
    defaults = {p.name: p.default for p in function.definition.parameters}
    changed = [
        f"{name}={value:g}"
        for name, value in function.parameters.items()
        if value != defaults.get(name)
    ]
    if function.definition.formula is not None:
        return f"{function.name}, {', '.join(changed)}" if changed else function.name
    return f"{function.name}({', '.join(changed)})" if changed else function.name
