"""OGV109: the network is effectively linear."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.activations import Activation
from ogive.diagnosis.checks.changes.between_layers import activation_between, one_in_place_of
from ogive.diagnosis.checks.changes.of_networks import (
    init_auto,
    named,
    scale_inputs,
    use_activation,
)
from ogive.diagnosis.checks.ends.feature_scales import feature_scales
from ogive.diagnosis.checks.forming import called, filled, form, not_applicable, passed
from ogive.diagnosis.checks.training.curve_facts import explained_share
from ogive.diagnosis.checks.units.linear_network_texts import (
    CLEAR,
    EARLY,
    INACTIVE,
    LINEAR_DATA,
    LINEAR_FUNCTIONS,
    LINEAR_PAIR,
    LINEAR_PART,
    NARROW_PAIR,
    NEARLY,
    NO_FUNCTIONS,
)
from ogive.diagnosis.checks.wording import listed, percent
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Layer, Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]

CODE = "OGV109"
_FEWEST_VARYING = 0.1
_NEARLY = 0.95
_NAMED = 3
_AFFINE = ("Linear", "Conv", "Dropout", "Flatten", "AvgPool", "BatchNorm", "output")


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return whether the layers together, or two in a row, do no more than a linear model."""
    hidden = list(measured.hidden)
    if not hidden:
        return [_without_functions(measured)]
    whole, pairs = _whole(measured, hidden, limits), _without_function_between(measured)
    if not pairs:
        return whole
    return pairs + [one for one in whole if one.severity in ("issue", "tip")]


def _whole(
    measured: Measurements, hidden: list[Layer], limits: Thresholds
) -> list[DiagnosisFinding]:
    """Judge the layers together."""
    if all(_linear_by_definition(layer.function) for layer in hidden):
        names = sorted({layer.activation for layer in hidden})
        return [
            form(
                CODE,
                "issue",
                LINEAR_FUNCTIONS,
                [use_activation(measured, "relu"), use_activation(measured, "tanh")],
                kind="identity",
                layer=hidden[0].name,
                numbers={"layers": len(hidden), "activations": names},
                names=", ".join(names),
            )
        ]
    r2 = float("nan") if measured.outputs is None else measured.outputs.linear_r2
    numbers: dict[str, Any] = {"linear_r2": r2}
    known = [layer for layer in hidden if _sampled(layer)]
    if known and any(_varying(layer).mean() < _FEWEST_VARYING for layer in known):
        reason = Text(
            "Hardly a unit of a layer varies between rows; see OGV101 first.",
            "有一层几乎没有单元随行变化；请先看 OGV101。",
        )
        return [not_applicable(CODE, reason)]
    shares = [_straight_share(layer, limits) for layer in known]
    numbers["straight_shares"] = shares
    least = min(shares) if len(known) == len(hidden) else float("nan")
    straight = least >= limits.linear_units
    straight &= not np.isfinite(r2) or r2 > limits.linear_r2_units
    # A network that does well in a straight line was given data that are on one.
    does_well = explained_share(measured) > limits.linear_explained
    if straight and not does_well:
        return [_linear_part(measured, hidden, numbers)]
    if (straight or r2 > limits.linear_r2) and measured.trained is not False and np.isfinite(r2):
        return [_linear_data(measured, numbers, r2)]
    if np.isfinite(r2):
        text = CLEAR if r2 <= _NEARLY else EARLY if measured.trained is False else NEARLY
        title = filled(text, share=percent(r2), rest=percent(max(1 - r2, 0.0)))
        return [passed(CODE, title, numbers)]
    if np.isfinite(least):
        return [passed(CODE, filled(INACTIVE, share=percent(1 - least)), numbers)]
    reason = Text("Too few rows to tell whether it is linear.", "行数太少，无法判断是否线性。")
    return [not_applicable(CODE, reason)]


def _without_functions(measured: Measurements) -> DiagnosisFinding:
    affine = [layer for layer in measured.layers if layer.weights is not None]
    other = [
        layer
        for layer in measured.layers
        if layer.weights is None and not layer.activation.startswith(_AFFINE)
    ]
    if len(affine) < 2 or other:
        reason = Text(
            "There are no hidden layers with an activation that is known.",
            "没有激活函数已知的隐藏层。",
        )
        return not_applicable(CODE, reason)
    return form(
        CODE,
        "issue",
        NO_FUNCTIONS,
        [
            activation_between(measured, affine[0].name, affine[1].name, name)
            for name in ("relu", "tanh")
        ],
        kind="identity",
        layer=affine[0].name,
        numbers={"layers": len(affine)},
    )


def _without_function_between(measured: Measurements) -> list[DiagnosisFinding]:
    """Judge two affine maps in a row: an issue, unless a narrow place may be meant."""
    pairs = [one.follows for one in measured.layers if one.follows is not None]
    plain = [one for one in pairs if not one.narrows]
    told = plain or pairs
    if not told:
        return []
    first = told[0]
    remedies = [activation_between(measured, one.first, one.second) for one in told[:_NAMED]]
    names = [called(one.first) for one in told], [called(one.second) for one in told]
    both = [Text(f"{a.en} and {b.en}", f"{a.zh} 与 {b.zh}") for a, b in zip(*names, strict=True)]
    return [
        form(
            CODE,
            "issue" if plain else "tip",
            LINEAR_PAIR if plain else NARROW_PAIR,
            [remedies[0], one_in_place_of(first)] if plain else remedies[:1],
            kind="no_activation",
            layer=first.second,
            numbers={
                "pairs": [[one.first, one.second] for one in told],
                "n_in": first.n_in,
                "n_between": first.n_between,
                "n_out": first.n_out,
            },
            pairs=listed(both[:_NAMED]),
        )
    ]


def _linear_by_definition(function: Activation | None) -> bool:
    return function is not None and function.facts.convexity == "linear"


def _sampled(layer: Layer) -> bool:
    z, a = layer.sample_z, layer.sample_a
    return z is not None and a is not None and z.shape == a.shape and len(z) >= 10


def _varying(layer: Layer) -> NDArray[np.bool_]:
    """Return which units differ between the sampled rows by more than rounding."""
    a = np.asarray(layer.sample_a)
    with np.errstate(all="ignore"):
        varies = a.std(axis=0) > 1e-6 * np.abs(a).max(axis=0)
    return np.asarray(varies, dtype=np.bool_)


def _straight_share(layer: Layer, limits: Thresholds) -> float:
    """Return the share of units whose function is a straight line over the z of the rows.

    That is, ``1 - corr²(z, f(z))`` on the sampled rows is below a limit. Units that do not vary are
    left out.
    """
    varies = _varying(layer)
    z, a = np.asarray(layer.sample_z)[:, varies], np.asarray(layer.sample_a)[:, varies]
    z, a = z - z.mean(axis=0), a - a.mean(axis=0)
    both = np.einsum("ij,ij->j", z, a)
    with np.errstate(all="ignore"):
        bend = 1 - both**2 / (np.einsum("ij,ij->j", z, z) * np.einsum("ij,ij->j", a, a))
    return float(np.mean(bend < limits.linear_bend))


def _linear_part(
    measured: Measurements, hidden: list[Layer], numbers: dict[str, Any]
) -> DiagnosisFinding:
    worst = hidden[0]
    spread = float("nan")
    if worst.units is not None:
        spread = float(np.sqrt(np.mean(worst.units.z_var)))
    numbers["z_std"] = spread
    present = {layer.activation for layer in hidden}
    other = [name for name in ("relu", "tanh", "gelu") if name not in present]
    always_on = present & {"relu", "leaky_relu", "prelu", "elu", "silu", "gelu", "softplus"}
    remedies = [
        scale_inputs(measured) if _input_scale(measured) < 0.3 else None,
        init_auto(measured) if always_on else None,
        *(use_activation(measured, name) for name in other[:2]),
        init_auto(measured),
    ]
    return form(
        CODE,
        "issue",
        LINEAR_PART,
        named(remedies),
        kind="linear_part",
        layer=worst.name,
        numbers=numbers,
        share=percent(min(numbers["straight_shares"])),
        names=" / ".join(sorted({layer.activation for layer in hidden})),
        spread=f"{spread:.3g}",
    )


def _input_scale(measured: Measurements) -> float:
    if measured.inputs is None:
        return 1.0
    scales = feature_scales(measured.inputs).scale
    return float(np.median(scales)) if scales.size else 1.0


def _linear_data(measured: Measurements, numbers: dict[str, Any], r2: float) -> DiagnosisFinding:
    regression = measured.task == "regression"
    name = "LinearRegression" if regression else "LogisticRegression"
    remedy = Remedy(
        "linear_model",
        Text(
            f"Compare with ogive.{name}: it is quicker, and its coefficients can be read.",
            f"与 ogive.{name} 比较：它更快，系数也有明确的含义。",
        ),
    )
    return form(
        CODE,
        "tip",
        LINEAR_DATA,
        [remedy],
        kind="linear_data",
        numbers=numbers,
        share=percent(r2),
        model=name,
    )
