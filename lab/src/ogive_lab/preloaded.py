"""What workers need, imported once in the process that forks them."""

import gc

import sympy

import ogive.comparison
import ogive.data
import ogive_lab.comparing.preloaded
from ogive.activations import activation

__all__: list[str] = []

# Reads SymPy's own modules, which it imports on first use only.
_ = sympy.latex(activation("sigmoid").derivative_expression)
_ = ogive.comparison, ogive.data, ogive_lab.comparing.preloaded
gc.freeze()  # a collection would touch, and so copy, pages that the workers share
