import os
import signal

import pytest

from ogive.comparison.running.backends import make_engine, processes, reference
from ogive.text import InputError


def test_two_processes_give_what_threads_give_to_the_bit(study, expected, run):
    with make_engine("processes", n_jobs=2, progress=None) as engine:
        assert run(engine, study) == expected


def test_one_process_does_too(study, expected, run):
    with make_engine("processes", n_jobs=1, progress=None) as engine:
        assert run(engine, study) == expected


def test_the_data_are_pickled_once_for_all_rounds(monkeypatch, study, run):
    calls = []
    dumps = reference.cloudpickle.dumps
    monkeypatch.setattr(reference.cloudpickle, "dumps", lambda what: calls.append(1) or dumps(what))
    with make_engine("processes", n_jobs=2, progress=None) as engine:
        run(engine, study)
        study.fits = [fit._replace(key=f"again {fit.key}") for fit in study.fits]
        run(engine, study)
    assert len(calls) == 1


def test_a_process_that_is_killed_changes_nothing(tmp_path, new_study, expected, run):
    marker = tmp_path / "killed"

    def deadly_once(estimator, X, y):
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return estimator.score(X, y)

    study = new_study(scoring=deadly_once)
    with make_engine("processes", n_jobs=2, progress=None) as engine:
        results = run(engine, study)
    assert marker.exists()
    assert results == expected


def test_fits_that_kill_every_process_end_the_run_and_say_so(new_study, run, monkeypatch):
    monkeypatch.setattr(processes, "MOST_LOSSES", 2)

    def deadly(estimator, X, y):
        os.kill(os.getpid(), signal.SIGKILL)

    with (
        make_engine("processes", n_jobs=2, progress=None) as engine,
        pytest.raises(InputError, match="killed 2 times in a row.*memory"),
    ):
        run(engine, new_study(scoring=deadly, n_repeats=1))


def test_a_scorer_that_fails_is_told_and_what_was_done_is_kept(new_study, run):
    def failing(estimator, X, y):
        if getattr(estimator, "activation", None) == "relu" and estimator.learning_rate_init > 0.01:
            raise ValueError("not this one")
        return estimator.score(X, y)

    kept = {}
    with (
        make_engine("processes", n_jobs=2, progress=None) as engine,
        pytest.raises(InputError, match="not this one"),
    ):
        run(engine, new_study(scoring=failing), kept.update)
    assert kept
    assert not any("relu/0.02" in key for key in kept)
