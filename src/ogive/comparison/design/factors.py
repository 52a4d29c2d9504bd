"""The candidates of a comparison: what is varied, single or crossed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from ogive.comparison.design.activation_choice import (
    chosen_activations,
    layers_of,
    resolve_activations,
)
from ogive.comparison.design.candidates import FACTORS, Candidate, Choice
from ogive.comparison.design.factor_models import Model, read_models
from ogive.comparison.design.factor_values import USUAL, read_values
from ogive.comparison.design.families import FAMILIES, NOTHING_TO_CHOOSE, usual_models
from ogive.comparison.design.settings import Task
from ogive.comparison.design.vary_texts import factor_named, parse_vary
from ogive.network.parameters import check_gates, hidden_activations
from ogive.text import InputError

__all__ = ["MOST_CANDIDATES", "make_candidates", "parse_vary"]

MOST_CANDIDATES = 500
"""Of more the table cannot be read, and chance alone makes some of them look good."""

NETWORK_FACTORS = tuple(factor for factor in FACTORS if factor != "model")
WORDS = {"depth": "depth", "width": "width", "init": "init", "learning_rate": "learning rate"}

# What is compared once nobody says which activations: the one most used.
USUAL_ACTIVATION = "relu"

# What `ogive.compare` has for `learning_rates` where nobody says otherwise.
USUAL_RATES = (0.001, 0.003, 0.01)


def make_candidates(
    vary: str | Sequence[str] | Mapping[str, Any] | None,
    *,
    activations: Sequence[Any] | str | None,
    hidden_layer_sizes: tuple[int, ...],
    learning_rates: Sequence[float],
    task: Task,
    n_classes: int | None = None,
) -> tuple[tuple[str, ...], tuple[Candidate, ...]]:
    """Return what is varied, and every combination of it.

    Parameters
    ----------
    vary : None, str, sequence of str, or mapping of str to values
        Factors, single or to be crossed: "activation", "depth", "width", "init", "learning_rate",
        "model". As text in the manner of `parse_vary`; as a mapping with the values of each factor,
        None for the usual ones. None varies the activation.
    activations : sequence of str or Activation, or of lists of these, or 'all', or None
        Several of them are crossed with whatever else varies; where something else varies and None
        are given, networks have ReLU.
    hidden_layer_sizes : tuple of int
        Of all networks, unless depth or width vary: a depth is so many layers as wide as the first
        of these, a width is that of all of them.
    learning_rates : sequence of float
        What the validation rows choose among. Where the learning rate varies without values, these
        are compared if they are not the usual ones.
    task : {"classification", "regression"}
    n_classes : int, optional
        Of a classification; for two the usual models hold no reduction to two classes.

    Returns
    -------
    vary : tuple of str
        The factors that vary, in the order of ``FACTORS``.
    candidates : tuple of Candidate
        Models other than networks stand once each, as the other factors are about networks.

    Raises
    ------
    InputError
        If a factor or value is unknown, impossible, repeated or without a meaning, or there are
        more than `MOST_CANDIDATES` combinations.
    """
    wanted = _factors(vary, activations, learning_rates)
    models = [Model("mlp", "mlp")]
    if "model" in wanted:
        usual = usual_models(task, n_classes)
        models = read_models(usual if wanted["model"] is None else wanted["model"], task)
    networks = [model for model in models if model.is_network]
    if not networks:
        _refuse_idle(wanted, activations)
    values: dict[str, list[tuple[str, Any]]] = {}
    if networks:
        values = _network_values(wanted, activations)
    names = tuple(
        name for name in FACTORS if name in values or (name == "model" and name in wanted)
    )
    if values and len(values["activation"]) == 1 and "activation" not in wanted:
        names = tuple(name for name in names if name != "activation")
    choices = tuple(Choice("learning_rate_init", rate) for rate in learning_rates)
    _refuse_too_many(models, values, len(choices))
    candidates: list[Candidate] = []
    for model in models:
        if model.is_network:
            candidates += [
                _network(
                    dict(zip(values, combination, strict=True)), names, hidden_layer_sizes, choices
                )
                for combination in product(*values.values())
            ]
        else:
            known = FAMILIES.get(model.model) if isinstance(model.model, str) else None
            candidates.append(
                Candidate(
                    model.label,
                    {"model": model.label},
                    model.model,
                    choices=NOTHING_TO_CHOOSE if known is None else known.choices,
                )
            )
    _refuse_same_labels(candidates)
    return names, tuple(candidates)


def _factors(vary: Any, activations: Any, learning_rates: Sequence[float]) -> dict[str, Any]:
    """Return the values given for each factor, None where the usual ones are wanted."""
    if vary is None:
        return {"activation": None}
    if isinstance(vary, str):
        found: dict[str, Any] = dict(parse_vary([vary]))
    elif isinstance(vary, Mapping):
        found = {}
        for name, values in vary.items():
            factor = factor_named(name)
            if factor in found:
                raise InputError(
                    f"vary names {factor!r} more than once; give all of its values at once.",
                    f"vary 中 {factor!r} 出现了不止一次；请一次给出它的所有值。",
                )
            found[factor] = values
    elif isinstance(vary, Sequence) and all(isinstance(text, str) for text in vary):
        found = dict(parse_vary(vary))
    else:
        raise InputError(
            "vary must be the name of what varies, a list of names, or a dict of names and values, "
            f"such as {{'depth': [1, 2, 4]}}. Got {vary!r} instead.",
            "vary 必须是要改变的因素名、名称列表，或由名称和值组成的字典，"
            f"例如 {{'depth': [1, 2, 4]}}；得到的却是 {vary!r}。",
        )
    if not found:
        raise InputError(
            f"vary is empty; name what varies ({', '.join(FACTORS)}), or leave it out to compare "
            "activations.",
            f"vary 为空；请给出要改变的因素（{'、'.join(FACTORS)}），或省略它以比较激活函数。",
        )
    if found.get("learning_rate") is not None and tuple(learning_rates) != USUAL_RATES:
        raise InputError(
            "vary and learning_rates both give learning rates; give them in one of the two.",
            "vary 和 learning_rates 都给出了学习率；请只在其中一处给出。",
        )
    if "learning_rate" in found and tuple(learning_rates) != USUAL_RATES:
        found["learning_rate"] = list(learning_rates)
    if found.get("activation") is not None and activations is not None:
        raise InputError(
            "vary and activations both give activations; give them in one of the two.",
            "vary 和 activations 都给出了激活函数；请只在其中一处给出。",
        )
    return found


def _network_values(
    wanted: Mapping[str, Any], activations: Any
) -> dict[str, list[tuple[str, Any]]]:
    """Return the values of each factor of networks with what each is called."""
    given = activations if wanted.get("activation") is None else wanted["activation"]
    if given is None and "activation" not in wanted:
        given = [USUAL_ACTIVATION]
    functions, labels = resolve_activations(chosen_activations(given))
    values: dict[str, list[tuple[str, Any]]] = {
        "activation": list(zip(labels, functions, strict=True))
    }
    for name in NETWORK_FACTORS:
        if name in wanted and name != "activation":
            read = read_values(name, USUAL[name] if wanted[name] is None else wanted[name])
            values[name] = [(f"{v:g}" if isinstance(v, float) else str(v), v) for v in read]
    return values


def _network(
    values: Mapping[str, tuple[str, Any]],
    names: Sequence[str],
    base: tuple[int, ...],
    choices: tuple[Choice, ...],
) -> Candidate:
    """Return the network of one combination of values."""
    width = values["width"][1] if "width" in values else base[0]
    sizes = base
    if "depth" in values:
        sizes = (width,) * values["depth"][1]
    elif "width" in values:
        sizes = (width,) * len(base)
    factors = {name: "mlp" if name == "model" else values[name][0] for name in names}
    label = ", ".join(
        f"{WORDS[name]} {word}" if name in WORDS else word for name, word in factors.items()
    )
    activation = values["activation"][1]
    _check_layers(activation, values["activation"][0], sizes)
    return Candidate(
        label,
        factors,
        "mlp",
        activation,
        sizes,
        values["init"][1] if "init" in values else "auto",
        (Choice("learning_rate_init", values["learning_rate"][1]),)
        if "learning_rate" in values
        else choices,
    )


def _check_layers(activation: Any, label: str, sizes: tuple[int, ...]) -> None:
    """Refuse functions layer by layer for other layers than there are, and halved odd widths."""
    layers = layers_of(activation)
    if layers and len(layers) != len(sizes):
        raise InputError(
            f"The activation {label!r} is for {len(layers)} hidden layers, and one of the networks "
            f"has {len(sizes)}; compare it at depth {len(layers)} only, or give a single function.",
            f"激活函数 {label!r} 用于 {len(layers)} 个隐藏层，但有的网络有 {len(sizes)} 层；"
            f"请只在深度为 {len(layers)} 时比较它，或改用单个函数。",
        )
    check_gates(hidden_activations(activation, len(sizes)), list(sizes))


def _refuse_idle(wanted: Mapping[str, Any], activations: Any) -> None:
    """Refuse factors of networks where no network is compared."""
    idle = [name for name in NETWORK_FACTORS if name in wanted]
    if activations is not None and "activation" not in idle:
        idle.insert(0, "activation")
    if idle:
        raise InputError(
            f"{idle[0]} is of networks, and none of the models compared is one; add 'mlp' to the "
            "models, or leave it out.",
            f"{idle[0]} 只对网络有意义，而所比较的模型中没有网络；"
            "请在 model 中加上 'mlp'，或去掉它。",
        )


def _refuse_too_many(
    models: Sequence[Model], values: Mapping[str, Sequence[Any]], n_choices: int
) -> None:
    n_networks = prod(len(of_one) for of_one in values.values()) if values else 0
    n_others = sum(not model.is_network for model in models)
    total = n_networks + n_others
    if total <= MOST_CANDIDATES:
        return
    if "learning_rate" in values:
        n_choices = 1
    n_fits = n_networks * n_choices + sum(
        len(FAMILIES[model.model].choices) if isinstance(model.model, str) else 1
        for model in models
        if not model.is_network
    )
    counted = [(name, len(of_one)) for name, of_one in values.items() if len(of_one) > 1]
    raise InputError(
        f"That makes {total:,} candidates ("
        + " × ".join(f"{n:,} values of {name}" for name, n in counted)
        + f"), {n_fits:,} fits on every split and {10 * n_fits:,} on the usual ten; at most "
        f"{MOST_CANDIDATES} can be compared. Vary less at once, or give fewer values.",
        f"这样共有 {total:,} 个候选（"
        + " × ".join(f"{name} {n:,} 个值" for name, n in counted)
        + f"），每个划分要拟合 {n_fits:,} 次，默认的十个划分共 {10 * n_fits:,} 次；"
        f"最多只能比较 {MOST_CANDIDATES} 个。请减少同时改变的因素或它们的值。",
    )


def _refuse_same_labels(candidates: Sequence[Candidate]) -> None:
    labels = [candidate.label for candidate in candidates]
    for label in labels:
        if labels.count(label) > 1:
            raise InputError(
                f"Two candidates would both be called {label!r}; give your model another name.",
                f"有两个候选都会叫作 {label!r}；请给您的模型换一个名称。",
            )
