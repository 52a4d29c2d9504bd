"""The sheet of one activation function: what it says, and how a notebook shows it."""

from ogive.activations.sheet.comparing import compared
from ogive.activations.sheet.content import Sheet
from ogive.activations.sheet.names import label
from ogive.activations.sheet.notebook import html

__all__ = ["Sheet", "compared", "html", "label"]
