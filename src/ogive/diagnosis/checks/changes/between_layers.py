"""Changes between two layers, which are made in the code of a module."""

from __future__ import annotations

from ogive.diagnosis.checks.changes.of_networks import MODULES
from ogive.diagnosis.checks.forming import called, filled
from ogive.diagnosis.finding import Remedy
from ogive.diagnosis.measurements import MapPair, Measurements
from ogive.text import Text

__all__ = ["activation_between", "one_in_place_of"]


def activation_between(
    measured: Measurements, first: str, second: str, name: str | None = None
) -> Remedy:
    """Advise an activation between two layers: `name`, or the one that the others have, or ReLU."""
    if name is None:
        present = [one.function.name for one in measured.hidden if one.function is not None]
        name = next((one for one in present if one in MODULES), "relu")
    text = Text(
        f"Put {MODULES[name]} between {{first}} and {{second}}.",
        f"在 {{first}} 与 {{second}} 之间加上 {MODULES[name]}。",
    )
    told = filled(text, first=called(first), second=called(second))
    return Remedy(f"{name}_between", told)


def one_in_place_of(pair: MapPair) -> Remedy:
    """Advise one layer in place of two."""
    text = Text(
        "Or leave it at one layer ({n_in} → {n_out}): it does the same as both.",
        "或者只用一层（{n_in} → {n_out}）：与这两层的作用相同。",
    )
    return Remedy("one_layer", filled(text, n_in=pair.n_in, n_out=pair.n_out))
