"""What is compared: candidates, and what each may choose from within a training fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["FACTORS", "Candidate", "Choice"]

FACTORS = ("model", "activation", "depth", "width", "init", "learning_rate")
"""What may be varied, in the order in which labels name it."""


class Choice(NamedTuple):
    """One value among which the validation rows of a training fold choose.

    Attributes
    ----------
    parameter : str
        The estimator's name for it, such as ``"learning_rate_init"`` or ``"C"``; empty where
        there is nothing to choose.
    value : float
        NaN where there is nothing to choose.
    """

    parameter: str
    value: float


@dataclass(frozen=True)
class Candidate:
    """One of the things compared.

    Attributes
    ----------
    label : str
        The name it goes by, unique within a comparison.
    factors : mapping of str to str
        For each thing varied, this candidate's value as it is written.
    model : str or estimator
        Name of a family of models, or a user's own estimator.
    activation : str, Activation or list of these
        Of the hidden layers; without meaning for models that have none.
    hidden_layer_sizes : tuple of int
        Units of each hidden layer.
    init : str
        How initial weights are drawn.
    choices : tuple of Choice
        Never empty.
    """

    label: str
    factors: Mapping[str, str] = field(default_factory=dict)
    model: Any = "mlp"
    activation: Any = "relu"
    hidden_layer_sizes: tuple[int, ...] = (64, 32)
    init: str = "auto"
    choices: tuple[Choice, ...] = (Choice("learning_rate_init", 0.003),)

    @property
    def parameter(self) -> str:
        """What the validation rows choose, empty where it is nothing."""
        return self.choices[0].parameter

    @property
    def is_network(self) -> bool:
        """Whether it is trained epoch by epoch, with activations to look into."""
        return isinstance(self.model, str) and self.model == "mlp"
