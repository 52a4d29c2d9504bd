"""Complete and quasi-complete separation, for which there is no fit without a penalty."""

from ogive.classification.separation.hook import SeparationWarning, warn_if_separated
from ogive.classification.separation.record import Separation, separation_of

__all__ = ["Separation", "SeparationWarning", "separation_of", "warn_if_separated"]
