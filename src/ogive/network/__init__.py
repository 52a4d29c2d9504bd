"""Multi-layer perceptrons: the estimators, and fleets of them."""

from ogive.network.classifier import MLPClassifier
from ogive.network.fleet import FleetJob, fit_fleet
from ogive.network.history import Epoch, NonFinite
from ogive.network.regressor import MLPRegressor

__all__ = ["Epoch", "FleetJob", "MLPClassifier", "MLPRegressor", "NonFinite", "fit_fleet"]
