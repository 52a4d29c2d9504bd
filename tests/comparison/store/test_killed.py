"""Comparisons that are killed and begun again: nothing recorded is lost, nothing comes out else."""

import random
import subprocess
import sys

import pytest
from sklearn.datasets import load_wine

import ogive
from ogive.comparison.store import open_store

SETTINGS = {
    "activations": ["relu", "tanh", "gelu"],
    "learning_rates": (0.003, 0.01),
    "hidden_layer_sizes": (16, 8),
    "n_splits": 3,
    "n_repeats": 4,
    "max_iter": 40,
    "n_jobs": 1,
}
N_FITS = 72

# Says how many fits are recorded each time that some are, in portions small enough to be killed in.
COMPARE = """
import sys
from sklearn.datasets import load_wine
import ogive
from ogive.comparison.running import local

local.MEMORY = 1
told = lambda done, total, phase: print(done, flush=True) if phase == "train" else None
settings = eval(sys.argv[2])
result = ogive.compare(*load_wine(return_X_y=True), store=sys.argv[1], progress=told, **settings)
print(result.to_csv(times=False))
"""


def begun(place):
    return subprocess.Popen(
        [sys.executable, "-c", COMPARE, place, repr(SETTINGS)], stdout=subprocess.PIPE, text=True
    )


def killed(place, when, rng):
    """Kill a comparison soon after it has recorded so many fits; return how many it told of."""
    process = begun(place)
    done = 0
    for line in process.stdout:
        done = int(line)
        if done >= when:
            break
    try:
        process.wait(rng.random() * 0.02)
    except subprocess.TimeoutExpired:
        process.kill()
    process.stdout.close()
    assert process.wait() == -9
    return done


@pytest.fixture(scope="module")
def uninterrupted():
    return ogive.compare(*load_wine(return_X_y=True), **SETTINGS).to_csv(times=False)


def test_a_killed_comparison_comes_out_as_an_uninterrupted_one(place, uninterrupted):
    rng = random.Random(place)
    moments = sorted(rng.sample(range(1, N_FITS - 12), 1 if "postgresql" in place else 2))
    kept = [0]
    for when in moments:
        told = killed(place, max(when, kept[-1] + 1), rng)
        with open_store(place) as store:
            (run,) = store.runs()
        assert run.state == "paused"
        assert run.n_fits >= told > kept[-1]
        kept.append(run.n_fits)
    last = begun(place)
    *counts, _ = (lines := last.communicate()[0]).splitlines()
    assert last.returncode == 0
    assert int(counts[0]) == kept[-1]
    assert lines[lines.index("rank,") :].rstrip("\n") == uninterrupted.rstrip("\n")
    with open_store(place) as store:
        (run,) = store.runs()
    assert (run.state, run.n_fits) == ("finished", N_FITS)


def test_two_at_once_on_one_store_come_out_as_one_alone(place, uninterrupted):
    both = [begun(place), begun(place)]
    texts = [one.communicate()[0] for one in both]
    for one, text in zip(both, texts, strict=True):
        assert one.returncode == 0
        assert text[text.index("rank,") :].rstrip("\n") == uninterrupted.rstrip("\n")
    with open_store(place) as store:
        assert [(run.state, run.n_fits) for run in store.runs()] == [("finished", N_FITS)]
