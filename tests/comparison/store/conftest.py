"""A PostgreSQL server for the tests of the store, small problems, and processes that are killed."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from sklearn.datasets import load_iris
from tools.postgres import Missing, serve

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.problem import read_problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.running.experiment import run
from ogive.comparison.running.local import Threads
from ogive.comparison.running.stopping import Stopping
from ogive.comparison.store import KeyMaker, describe_run, open_store

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server():
    """Start a private PostgreSQL on loopback."""
    pytest.importorskip("psycopg")
    try:
        with serve("fsync=off", "max_connections=40", "shared_buffers=16MB") as running:
            yield running
    except Missing as reason:
        pytest.skip(str(reason))


@pytest.fixture
def database(server):
    """Return the URL of an empty database of PostgreSQL."""
    return server.new_database(f"test_{next(NUMBERS)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Return where an empty store can be, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "store" / "ogive.db")
    return request.getfixturevalue("database")


@pytest.fixture
def store(place):
    """Return an open store, on either database."""
    with open_store(place) as opened:
        yield opened


class Made(NamedTuple):
    """A small comparison, not begun."""

    problem: object
    settings: Settings
    keys: KeyMaker

    def described(self, **changed):
        fields = {"command": "ogive compare iris", "arguments": ["compare", "iris"]}
        fields |= {"data_name": "iris", "key_of": self.keys}
        return describe_run(self.problem, self.settings, **(fields | changed))

    def run(self, journal, stopping=None):
        return run(
            self.problem,
            self.settings,
            engine=Threads(1),
            journal=journal,
            key_of=self.keys,
            stopping=stopping or Stopping(),
        )


def small(activations=("relu", "tanh"), **changed):
    rates = (0.003, 0.01)
    choices = tuple(Choice("learning_rate_init", rate) for rate in rates)
    fields = {
        "candidates": tuple(
            Candidate(str(one), {"activation": str(one)}, "mlp", one, (4,), "auto", choices)
            for one in activations
        ),
        "learning_rates": rates,
        "hidden_layer_sizes": (4,),
        "n_splits": 2,
        "n_repeats": 2,
        "max_iter": 4,
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
    X, y = load_iris(return_X_y=True)
    problem = read_problem(X, y, task=None, target_name="kind", prepare=None)
    settings = Settings(**(fields | changed))
    return Made(problem, settings, KeyMaker(problem, settings))


@pytest.fixture
def run_python():
    """Run code in another process, which can import `small` from here."""
    return lambda code, *arguments: _output(code, arguments, 0)


@pytest.fixture
def run_killed():
    """Run code that ends by the signal which cannot be caught."""
    return lambda code, *arguments: _output(code, arguments, -signal.SIGKILL)


def _output(code, arguments, leaves_with):
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == leaves_with, done.stderr
    return done.stdout


@pytest.fixture
def new_comparison_of():
    """Make a small comparison of activations; settings may be changed."""
    return small
