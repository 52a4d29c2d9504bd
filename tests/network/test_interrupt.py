"""Ctrl-C ends a training soon, and leaves something to work with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there"),
]

# Generous for a busy machine; on a quiet one it takes well under 0.2 s.
LONGEST = 1.0

PREPARE = """
import time, warnings
import numpy as np
import ogive
from ogive.network import FleetJob, fit_fleet
random = np.random.RandomState(0)
X = random.randn(3000, 200)
y = X[:, 0] * X[:, 1]
endless = dict(max_iter=10**9, tol=0.0, n_iter_no_change=np.inf, random_state=0)
print("ready", flush=True)
"""

SINGLE = """
model = ogive.MLPRegressor(hidden_layer_sizes=SIZES, batch_size=BATCH, **endless)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    model.fit(X, y, **MORE)
print("ended", time.time(), flush=True)
assert [str(w.message) for w in caught] == ["Training interrupted by user."], caught
assert model.n_iter_ == len(model.loss_curve_)
assert not model.converged_
assert np.isfinite(model.predict(X)).all()
before = model.score(X, y)
for _ in range(3):
    model.partial_fit(X, y)
print("usable", flush=True)
"""

FLEET = """
jobs = [
    FleetJob(ogive.MLPRegressor(hidden_layer_sizes=(64,), batch_size=32, **endless), X, y)
    for _ in range(6)
]
try:
    fit_fleet(jobs, n_jobs=N_JOBS)
except KeyboardInterrupt:
    print("ended", time.time(), flush=True)
    print("usable", flush=True)
"""

LBFGS = """
model = ogive.MLPRegressor(
    hidden_layer_sizes=(200, 200), solver="lbfgs", max_iter=10**6, max_fun=10**9, tol=0.0
)
try:
    model.fit(X, y)
except KeyboardInterrupt:
    print("ended", time.time(), flush=True)
    print("usable", flush=True)
"""


def seconds_until_it_ends(script: str, wait: float = 0.7) -> float:
    with subprocess.Popen(
        [sys.executable, "-c", PREPARE + script],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            time.sleep(wait)
            assert process.poll() is None, process.stdout.read()
            sent = time.time()
            process.send_signal(signal.SIGINT)
            out = process.stdout.read()
        finally:
            process.kill()
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == ["ended", "usable"], out
    seconds = float(lines[0].split()[1]) - sent
    print(f"ended after {seconds:.3f} s")
    return seconds


@pytest.mark.parametrize(
    ("sizes", "batch"), [("(50,)", 16), ("(400, 400)", 500)], ids=["one thread", "a team"]
)
@pytest.mark.parametrize(
    "more", ["{}", "{'callbacks': [lambda epoch: None]}"], ids=["plain", "calls"]
)
def test_a_fit_ends_with_a_warning_and_a_usable_network(sizes, batch, more):
    script = SINGLE.replace("SIZES", sizes).replace("BATCH", str(batch)).replace("MORE", more)
    assert seconds_until_it_ends(script) < LONGEST


@pytest.mark.parametrize("n_jobs", ["1", "2", "None"])
def test_a_fleet_raises_keyboard_interrupt(n_jobs):
    assert seconds_until_it_ends(FLEET.replace("N_JOBS", n_jobs)) < LONGEST


def test_lbfgs_raises_keyboard_interrupt():
    assert seconds_until_it_ends(LBFGS) < LONGEST
