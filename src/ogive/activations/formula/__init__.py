"""Any formula a user types: read, put into a stable form, and compiled for the core."""

from ogive.activations.formula.formula import Formula, read

__all__ = ["Formula", "read"]
