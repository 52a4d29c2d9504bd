"""Kills comparisons at random moments and begins them again: python -m benchmarks.kills.

On each database a comparison is killed by signal 9, begun again, killed again, until it ends by
itself; then the next one, until there were as many kills as asked for. Each result is compared,
byte for byte, with that of a comparison nobody killed, and what a process said it had recorded with
what the store had afterwards.
"""

from __future__ import annotations

import argparse
import itertools
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sklearn.datasets import load_digits
from tools.postgres import serve

import ogive
from ogive.comparison.store import open_store

SETTINGS = {
    "activations": ["relu", "tanh", "gelu", "z * sigmoid(z)"],
    "hidden_layer_sizes": (16, 8),
    "learning_rates": (0.003, 0.01),
    "n_splits": 3,
    "n_repeats": 2,
    "max_iter": 8,
}
N_FITS = 48

COMPARE = """
import sys
from sklearn.datasets import load_digits
import ogive
from ogive.comparison.running import local

local.MEMORY = 1  # one split at a time, so that many kills fall between two that are kept

def told(done, total, phase):
    if phase == "train":
        print(done, flush=True)

print("begun", flush=True)
result = ogive.compare(
    *load_digits(return_X_y=True), store=sys.argv[1], progress=told, **eval(sys.argv[2])
)
print(result.to_csv(times=False))
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="on each database")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"))
    options = parser.parse_args()
    expected = ogive.compare(*load_digits(return_X_y=True), **SETTINGS, store=False)
    wanted = expected.to_csv(times=False)
    with tempfile.TemporaryDirectory() as folder, serve() as server:
        places = {
            "SQLite": (str(Path(folder) / f"{i}.db") for i in itertools.count()),
            "PostgreSQL": (server.new_database(f"kills_{i}") for i in itertools.count()),
        }
        for name, some in places.items():
            if options.only in (None, name):
                report(name, killed_often(some, options.kills, options.seed, wanted))


def killed_often(places: Iterator[str], n_kills: int, seed: int, wanted: str) -> Counter[str]:
    """Kill comparisons, each in a new store, until there were enough kills."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    seconds = 0.0
    while counts["kills"] < n_kills:
        place = next(places)
        counts["comparisons"] += 1
        recorded = 0
        while True:
            left = counts["kills"] < n_kills
            # The first is not killed, to learn how long one takes.
            moment = rng.uniform(0, seconds) if left and seconds else None
            told, text, took = compare(place, moment)
            if text is not None:
                seconds = seconds or took
                counts["identical" if text.strip() == wanted.strip() else "different"] += 1
                break
            counts["kills"] += 1
            counts["kills while fits were done"] += 0 < told < N_FITS
            with open_store(place) as store:
                runs = store.runs()
            kept = runs[0].n_fits if runs else 0
            counts["fits lost"] += max(told - kept, 0) + max(recorded - kept, 0)
            recorded = kept
            print(f"\r{counts['kills']} kills", end="\r", file=sys.stderr, flush=True)
    return counts


def compare(place: str, moment: float | None) -> tuple[int, str | None, float]:
    """Compare in a process that is killed at a moment after its imports, if one is given."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMPARE, place, repr(SETTINGS)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    began = time.perf_counter()
    timer = threading.Timer(moment or 0.0, process.kill)
    if moment is not None:
        timer.start()
    lines = process.stdout.read().splitlines()
    returned = process.wait()
    took = time.perf_counter() - began
    timer.cancel()
    numbers = [int(line) for line in lines if line.isdigit()]
    told = numbers[-1] if numbers else 0
    if returned == 0:
        return told, "\n".join(line for line in lines if not line.isdigit()), took
    assert returned == -9, returned
    return told, None, took


def report(name: str, counts: Counter[str]) -> None:
    print(
        f"{name}: {counts['kills']} kills of {counts['comparisons']} comparisons, "
        f"{counts['kills while fits were done']} of them while fits were done; "
        f"fits lost: {counts['fits lost']}; final tables byte-identical: "
        f"{counts['identical']} of {counts['identical'] + counts['different']}",
        flush=True,
    )


if __name__ == "__main__":
    main()
