"""A comparison of 24 fits, and what threads make of it."""

from __future__ import annotations

import os
import warnings
from types import SimpleNamespace

import pytest
from sklearn.datasets import load_iris

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.problem import read_problem
from ogive.comparison.running.local import Threads
from ogive.comparison.running.plan import fits_of_repeats, plain_key

RATES = (Choice("learning_rate_init", 0.003), Choice("learning_rate_init", 0.02))


def plain(results):
    """All of the results but the times, to the bit."""
    return {
        key: result._replace(seconds=0.0, predict_seconds=0.0).to_json()
        for key, result in results.items()
    }


def collected(engine, study, after=None):
    """What an engine makes of a study; `after` is called with the results so far."""
    results = {}

    def finished(new):
        assert not set(new) & set(results)
        results.update(new)
        if after is not None:
            after(results)

    engine.run(study.fits, study.problem, study.settings, finished)
    return plain(results)


@pytest.fixture
def run():
    """Run a study on an engine."""
    return collected


@pytest.fixture
def new_study(new_settings):
    """Make a study; the settings may be changed."""

    def make(**changed):
        labels = ("tanh", "relu")
        fields = {
            "candidates": tuple(
                Candidate(label, activation=label, hidden_layer_sizes=(8,), choices=RATES)
                for label in labels
            ),
            "n_splits": 3,
            "max_iter": 10,
        }
        settings = new_settings(labels, **(fields | changed))
        problem = read_problem(
            *load_iris(return_X_y=True), task=None, target_name=None, prepare=settings.prepare
        )
        fits = fits_of_repeats(settings, range(settings.n_repeats), plain_key)
        return SimpleNamespace(problem=problem, settings=settings, fits=fits)

    return make


@pytest.fixture
def study(new_study):
    """Of two activations with two rates each on six splits."""
    return new_study()


@pytest.fixture
def expected(study):
    """What threads of this process make of the study."""
    return collected(Threads(1), study)


@pytest.fixture(scope="session")
def cluster():
    """A Dask cluster of two workers, whose workers come again when they are killed."""
    distributed = pytest.importorskip("distributed")
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=60
        ) as running,
        distributed.Client(running, set_as_default=False) as client,
    ):
        running.pids = lambda: list(client.run(os.getpid).values())
        yield running
