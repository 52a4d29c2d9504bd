"""The families of models that can be compared: how each is made and what it can be asked."""

from ogive.comparison.models.making import make_estimator
from ogive.comparison.models.naming import Reason, naming
from ogive.comparison.models.responses import check_responses
from ogive.comparison.models.seeding import seeded
from ogive.comparison.models.size import count_parameters

__all__ = ["Reason", "check_responses", "count_parameters", "make_estimator", "naming", "seeded"]
