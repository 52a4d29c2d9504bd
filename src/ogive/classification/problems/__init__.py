"""Two-class problems over the classes of one target, solved together."""

from ogive.classification.problems.fitting import fit_problems
from ogive.classification.problems.models import BinaryModels, EstimatorModels
from ogive.classification.problems.problems import Problems

__all__ = ["BinaryModels", "EstimatorModels", "Problems", "fit_problems"]
