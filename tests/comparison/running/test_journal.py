"""Results that are known already are not fitted again, and change nothing."""

import json

import numpy as np
import pytest
from sklearn.datasets import load_iris

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.problem import read_problem
from ogive.comparison.records import FitResult
from ogive.comparison.running import local
from ogive.comparison.running.experiment import run
from ogive.comparison.running.journal import MemoryJournal
from ogive.comparison.running.local import Threads
from ogive.comparison.running.plan import plain_key
from ogive.comparison.running.stopping import Stopping

CHOICES = (Choice("learning_rate_init", 0.01), Choice("learning_rate_init", 0.03))


class Interrupting(MemoryJournal):
    """Stops the run after some records, as Ctrl-C would."""

    def __init__(self, after):
        super().__init__()
        self.left = after

    def record(self, finished):
        super().record(finished)
        self.left -= len(finished)
        if self.left < 0:
            raise KeyboardInterrupt


@pytest.fixture
def problem():
    return read_problem(*load_iris(return_X_y=True), task=None, target_name=None, prepare=None)


@pytest.fixture
def settings(new_settings):
    candidates = tuple(
        Candidate(name, {"activation": name}, "mlp", name, (64,), "auto", CHOICES)
        for name in ("relu", "tanh")
    )
    return new_settings(
        (), candidates=candidates, n_splits=3, n_repeats=2, max_iter=60, n_iter_no_change=60
    )


def do(problem, settings, journal):
    return run(
        problem,
        settings,
        engine=Threads(2),
        journal=journal,
        key_of=plain_key,
        stopping=Stopping(),
    )


def numbers(experiment):
    return [
        [
            [
                np.asarray(value).tolist()
                for name, value in one._asdict().items()
                if "sec" not in name
            ]
            for one in done
        ]
        for done in experiment.outcomes
    ]


def test_an_interrupted_run_goes_on_where_it_stopped(problem, settings, monkeypatch):
    # Split by split, so that not all fits can end before the first are handed over.
    monkeypatch.setattr(local, "MEMORY", 1)
    whole = do(problem, settings, MemoryJournal())
    journal = Interrupting(after=5)
    with pytest.raises(KeyboardInterrupt):
        do(problem, settings, journal)
    journal.left = 1000
    resumed = do(problem, settings, journal)
    assert 5 < resumed.n_known < 24
    assert numbers(resumed) == numbers(whole)
    assert resumed.guesses == whole.guesses


def test_a_run_whose_results_are_all_known_fits_nothing(problem, settings):
    class Unused:
        name = "unused"

        def run(self, *_):
            raise AssertionError("there was nothing to fit")

    journal = MemoryJournal()
    first = do(problem, settings, journal)
    again = run(
        problem,
        settings,
        engine=Unused(),
        journal=journal,
        key_of=plain_key,
        stopping=Stopping(),
    )
    assert again.n_known == 24
    assert numbers(again) == numbers(first)


def test_a_result_is_read_back_bit_for_bit():
    rng = np.random.default_rng(0)
    curves = [rng.normal(size=n) for n in (3, 0, 2, 1, 1)]
    result = FitResult(
        *(0.1, np.nan, np.inf, 1 / 3, 2e-308, 1e-9),
        7,
        5,
        4,
        True,
        *curves[:3],
        0.5,
        0.25,
        *curves[3:],
    )
    back = FitResult.from_json(result.to_json())
    for before, after in zip(result, back, strict=True):
        np.testing.assert_array_equal(before, after)
    assert back.to_json() == result.to_json()
    # As earlier builds wrote them.
    plain = result._asdict() | {name: np.asarray(one).tolist() for name, one in vars_of(result)}
    for before, after in zip(result, FitResult.from_json(json.dumps(plain)), strict=True):
        np.testing.assert_array_equal(before, after)


def vars_of(result):
    return [pair for pair in result._asdict().items() if isinstance(pair[1], np.ndarray)]
