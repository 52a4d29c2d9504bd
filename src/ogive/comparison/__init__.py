"""Which activation function suits these data: the experiment, its statistics and its report."""

from ogive.comparison.compare import compare
from ogive.comparison.result import Comparison
from ogive.comparison.settings import COMPARED

__all__ = ["COMPARED", "Comparison", "compare"]
