"""A patient taken apart: what stands before the network, the network, and both put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sklearn.base import clone
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from ogive.network.base import BaseMLP
from ogive.network.parameters import hidden_activations, hidden_sizes

__all__ = ["SCALE_INPUTS", "Patient", "input_scaler", "take_apart"]

SCALE_INPUTS = "scale_inputs"
"""The parameter of a remedy that stands for a StandardScaler before the network."""


def input_scaler(sparse: bool) -> StandardScaler:
    """Return the scaler of ``scale_inputs``; sparse rows keep their zeros, so no mean is taken."""
    return StandardScaler(with_mean=not sparse)


class Patient(NamedTuple):
    """A network and the pipeline's steps before it, nothing of it fitted.

    Attributes
    ----------
    model : MLPClassifier, MLPRegressor or Pipeline
        The whole.
    steps : list of (name, transformer)
        Those of nested pipelines in one list.
    network : MLPClassifier or MLPRegressor
    """

    model: Any
    steps: list[tuple[str, Any]]
    network: BaseMLP

    def changes(self, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return those parameters that are not the present ones; None if one is not the network's.

        A scaler counts as present where a StandardScaler stands directly before the network.
        """
        if not set(parameters) <= {SCALE_INPUTS, *self.network.get_params(deep=False)}:
            return None
        return {
            name: value
            for name, value in parameters.items()
            if not (self._has_scaler(value) if name == SCALE_INPUTS else self._has(name, value))
        }

    def key(self, parameters: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
        """Return the same for parameters that mean the same network."""
        network = {name: value for name, value in parameters.items() if name != SCALE_INPUTS}
        sizes = network.get("hidden_layer_sizes", self.network.hidden_layer_sizes)
        return tuple(sorted((name, _plain(name, parameters[name], sizes)) for name in parameters))

    def version(self, parameters: Mapping[str, Any], random_state: Any) -> BaseMLP:
        """Return the network with these parameters; ``scale_inputs`` is not its affair."""
        network = clone(self.network)
        own = {name: value for name, value in parameters.items() if name != SCALE_INPUTS}
        return network.set_params(**{**own, "random_state": random_state})  # type: ignore[no-any-return]

    def remedied(self, parameters: Mapping[str, Any], *, sparse: bool = False) -> Any:
        """Return the whole with these parameters, not fitted."""
        model = clone(self.model)
        owner, network = None, model
        while isinstance(network, Pipeline):
            owner, network = network, network.steps[-1][1]
        network.set_params(**{k: v for k, v in parameters.items() if k != SCALE_INPUTS})
        if not parameters.get(SCALE_INPUTS):
            return model
        if owner is None:
            return make_pipeline(input_scaler(sparse), network)
        name = "inputscaler"
        while name in dict(owner.steps):
            name += "_"
        owner.steps.insert(len(owner.steps) - 1, (name, input_scaler(sparse)))
        return model

    def _has(self, name: str, value: Any) -> bool:
        present = self.network.get_params(deep=False)[name]
        sizes = self.network.hidden_layer_sizes
        return bool(_plain(name, value, sizes) == _plain(name, present, sizes))

    def _has_scaler(self, wanted: Any) -> bool:
        last = next(
            (one for _, one in reversed(self.steps) if one not in (None, "passthrough")), None
        )
        present = isinstance(last, StandardScaler) and last.with_std
        return present or not wanted


def _plain(name: str, value: Any, sizes: Any) -> Any:
    """Return a value that is equal where two ways of writing mean the same."""
    try:
        if name == "hidden_layer_sizes":
            return tuple(hidden_sizes(value))
        if name == "activation":
            return tuple(map(repr, hidden_activations(value, len(hidden_sizes(sizes)))))
    except ValueError:  # its training will say why
        return repr(value)
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return repr(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return repr(value)


def _without_search(model: Any) -> Any:
    if hasattr(model, "best_estimator_"):
        return _without_search(model.best_estimator_)
    if not isinstance(model, Pipeline):
        return model
    name, last = model.steps[-1]
    found = _without_search(last)
    return model if found is last else Pipeline([*model.steps[:-1], (name, found)])


def take_apart(model: Any) -> Patient:
    """Return the parts of an estimator, or of a pipeline or search that ends in one.

    A search stands for the estimator that it found best: remedies do not search again.
    """
    whole = clone(_without_search(model))
    steps: list[tuple[str, Any]] = []
    network = whole
    while isinstance(network, Pipeline):
        taken = {name for name, _ in steps}
        for name, step in network.steps[:-1]:
            unique = name
            while unique in taken:
                unique += "_"
            taken.add(unique)
            steps.append((unique, step))
        network = network.steps[-1][1]
    return Patient(whole, steps, network)
