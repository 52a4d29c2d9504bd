"""What it costs to keep every fit: python -m benchmarks.journal [--postgres].

The same comparison is done without a store and with an empty one, in turn in one process. The
figure is the median over rounds of the ratio of times, hashing the data and opening the run
included.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from sklearn import datasets
from tools.postgres import serve

import ogive
from ogive.comparison.store import Store, open_store

# The first has the shortest fits that anybody would compare, a few milliseconds each.
COMPARISONS = {"iris": datasets.load_iris, "digits": datasets.load_digits}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.journal", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--postgres", action="store_true", help="in PostgreSQL, not in SQLite")
    parser.add_argument("--only", choices=COMPARISONS)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        serve() if options.postgres else nullcontext() as server,
        open_store(server.new_database("j") if server else Path(folder) / "j.db") as store,
    ):
        for name, load in COMPARISONS.items():
            if options.only in (None, name):
                measure(name, load, store, options.rounds)


def measure(name: str, load: Callable, store: Store, rounds: int) -> None:
    X, y = load(return_X_y=True)
    ogive.compare(X, y, n_repeats=1, max_iter=5)  # imports and warms up
    ratios, waits = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        ogive.compare(X, y, store=False)
        without = time.perf_counter() - began
        began = time.perf_counter()
        kept = ogive.compare(X, y, store=store)
        ratios.append((time.perf_counter() - began) / without)
        waits.append(without)
        assert kept.n_known == 0
        store.delete([kept.run])
    overhead = 100 * (statistics.median(ratios) - 1)
    print(
        f"{name}: {statistics.median(waits):.2f} s without a store, overhead {overhead:+.2f} % "
        f"(median of {rounds}; from {100 * (min(ratios) - 1):+.1f} to "
        f"{100 * (max(ratios) - 1):+.1f} %)"
    )


if __name__ == "__main__":
    main()
