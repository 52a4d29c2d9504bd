"""The options of ``ogive fit`` by which a remedy is carried out on the command line."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ogive.text import Text

if TYPE_CHECKING:
    from ogive.diagnosis.finding import Remedy

__all__ = ["carried_out", "fit_options"]

OPTIONS = {
    "alpha": "--alpha",
    "batch_size": "--batch-size",
    "class_weight": "--class-weight",
    "dropout": "--dropout",
    "init": "--init",
    "learning_rate_init": "--learning-rate-init",
    "max_iter": "--max-iter",
    "solver": "--solver",
}
IGNORED = frozenset({"n_iter_no_change"})
"""Parameters without an option, which only go with one that has."""
BY_OPTIONS = Text("(ogive fit: {options})", "（ogive fit：{options}）")
SCALED_ALREADY = Text(
    "('ogive fit' standardises columns of numbers already, by the rows learnt from: look for "
    "outliers there, and for rows of another kind here)",
    "（“ogive fit”已按训练行把数值列标准化：请查看训练行中的离群值，"
    "以及这里的行是否属于另一种情况）",
)


def fit_options(parameters: Mapping[str, Any]) -> list[str] | None:
    """Return parameters of a network as options, or None where there is no option for one."""
    words: list[str] = []
    for name, value in parameters.items():
        if name in IGNORED:
            continue
        if name in OPTIONS:
            words += [OPTIONS[name], f"{value:.6g}" if isinstance(value, float) else str(value)]
        elif name == "hidden_layer_sizes":
            words += ["--hidden-layer-sizes", ",".join(map(str, _several(value)))]
        elif name == "activation":
            names = [_function(one) for one in _several(value)]
            if None in names:
                return None
            words += ["--activation", ",".join(map(str, names))]
        elif name == "early_stopping":
            words.append("--early-stopping" if value else "--no-early-stopping")
        else:
            return None
    return words or None


def carried_out(remedy: Remedy) -> Text | None:
    """Return what to type for a remedy, in brackets, or None where no option does it."""
    if "scale_inputs" in remedy.parameters:
        return SCALED_ALREADY
    words = fit_options(remedy.parameters)
    if words is None:
        return None
    typed = shlex.join(words)
    return Text(BY_OPTIONS.en.format(options=typed), BY_OPTIONS.zh.format(options=typed))


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _function(value: Any) -> str | None:
    from ogive.activations import Activation, activation

    if isinstance(value, Activation):
        return value.name if value == activation(value.name) else None
    return str(value)
