import warnings

import pytest

from ogive.comparison.running.backends import make_engine
from ogive.text import InputError

ray = pytest.importorskip("ray")


def test_ray_on_this_machine_gives_what_threads_give_to_the_bit_and_tells_what_fails(
    study, new_study, expected, run
):
    def failing(estimator, X, y):
        if getattr(estimator, "activation", None) == "relu":
            raise ValueError("not this one")
        return estimator.score(X, y)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray's own, which change with its version
        with make_engine("ray", n_jobs=2, progress=None) as engine:
            assert run(engine, study) == expected
            with pytest.raises(InputError, match="not this one"):
                run(engine, new_study(scoring=failing))


def test_a_cluster_that_is_not_there_is_named(monkeypatch):
    def init(**given):
        raise ConnectionError("Could not find any running Ray instance.")

    monkeypatch.setattr(ray, "init", init)
    engine = make_engine("ray://auto", n_jobs=None, progress=None)
    with pytest.raises(InputError, match="'auto': Ray does not answer there"):
        engine.connect()


def test_a_cluster_begun_here_by_another_is_not_joined_unasked(monkeypatch):
    asked = {}
    monkeypatch.setattr(ray, "init", lambda **given: asked.update(given))
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    make_engine("ray", n_jobs=2, progress=None).connect()
    assert (asked["address"], asked["num_cpus"]) == ("local", 2)
