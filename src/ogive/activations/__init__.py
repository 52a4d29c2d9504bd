"""The catalogue of activation functions and what can be done with one."""

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import Definition, Parameter
from ogive.activations.function import Activation
from ogive.activations.lookup import activation, activations

__all__ = [
    "CATALOGUE",
    "Activation",
    "Definition",
    "Parameter",
    "activation",
    "activations",
]
