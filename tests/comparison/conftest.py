"""Comparisons put together from plain numbers, so that what is said of them can be checked."""

from __future__ import annotations

import numpy as np
import pytest

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.problem import DataSummary
from ogive.comparison.design.settings import Settings
from ogive.comparison.outcome import Outcome
from ogive.comparison.result import Comparison


def outcome(score, **changed):
    epochs = np.arange(1, 31)
    fields = {
        "score": score,
        "validation_score": 0.9,
        "chosen": 0.003,
        "seconds": 0.02,
        "best_epoch": 20,
        "at_limit": False,
        "failed": False,
        "n_diverged": 0,
        "loss_curve": 2 * np.exp(-epochs / 5) + 0.01,
        "validation_loss_curve": 2 * np.exp(-epochs / 5) + 0.1,
        "dead_share": 0.0,
        "saturated_share": 0.1,
        "gradients": np.array([1e-3, 1e-2]),
    }
    return Outcome(**(fields | changed))


def settings(labels, **changed):
    rates = changed.get("learning_rates", (0.001, 0.003, 0.01))
    choices = tuple(Choice("learning_rate_init", rate) for rate in rates)
    fields = {
        "candidates": tuple(
            Candidate(label, {"activation": label}, choices=choices) for label in labels
        ),
        "learning_rates": (0.001, 0.003, 0.01),
        "hidden_layer_sizes": (8,),
        "n_splits": 5,
        "n_repeats": 2,
        "max_iter": 100,
        "batch_size": "auto",
        "alpha": 1e-4,
        "solver": "adam",
        "n_iter_no_change": 10,
        "validation_fraction": 0.2,
        "scoring": "accuracy",
        "random_state": 0,
        "dtype": np.float32,
        "prepare": None,
    }
    return Settings(**(fields | changed))


@pytest.fixture
def new_outcome():
    """Make an outcome with a given score; other fields may be changed."""
    return outcome


@pytest.fixture
def new_settings():
    """Make settings for some activations; other fields may be changed."""
    return settings


@pytest.fixture
def new_comparison():
    """Make a comparison from {activation: mean score}, or {activation: outcomes}."""

    def make(means, *, guess=0.1, spread=0.004, classes=3, n_rows=150_000, **changed):
        rng = np.random.default_rng(1)
        outcomes = [
            value
            if isinstance(value, list)
            else [outcome(value + spread * rng.standard_normal()) for _ in range(10)]
            for value in means.values()
        ]
        counts = {f"class {i}": 50 - i for i in range(classes)} if classes else None
        moments = (None, None) if classes else (150.0, 77.0)
        fields = {
            "task": "classification" if classes else "regression",
            "data": DataSummary(n_rows, 3, 0, 1, 7, "kind", counts, *moments),
            "settings": settings(means, scoring="accuracy" if classes else "r2"),
            "outcomes": outcomes,
            "guesses": [guess] * len(outcomes[0]),
            "seconds": 1.5,
            "environment": {"ogive": "0.1.0", "Python": "3.11", "system": "Linux", "cores": "2"},
            "command": "ogive compare data.csv --target kind",
        }
        return Comparison(**(fields | changed))

    return make
