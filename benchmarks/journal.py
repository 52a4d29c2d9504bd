"""What it costs to keep every fit: python -m benchmarks.journal [--postgres].

The same comparison is done without a store and with an empty one, in turn in one process. The
figures are medians over rounds of the ratios of elapsed time and of processor time of all threads,
hashing the data and opening the run included.
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
    elapsed, processor = [], []
    for _ in range(rounds):
        without = Stopwatch()
        ogive.compare(X, y, store=False)
        without.stop()
        kept_time = Stopwatch()
        kept = ogive.compare(X, y, store=store)
        kept_time.stop()
        elapsed.append((without.elapsed, kept_time.elapsed))
        processor.append((without.processor, kept_time.processor))
        assert kept.n_known == 0
        store.delete([kept.run])
    for figure, pairs in (("elapsed", elapsed), ("processor", processor)):
        ratios = [kept / plain for plain, kept in pairs]
        quartiles = [100 * (q - 1) for q in statistics.quantiles(ratios, n=4)]
        print(
            f"{name}, {figure} time: {statistics.median(plain for plain, _ in pairs):.2f} s "
            f"without a store, overhead {quartiles[1]:+.2f} % (median of {rounds}; quartiles "
            f"{quartiles[0]:+.1f} and {quartiles[2]:+.1f} %)",
            flush=True,
        )


class Stopwatch:
    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        self.elapsed = time.perf_counter() - self._began[0]
        self.processor = time.process_time() - self._began[1]


if __name__ == "__main__":
    main()
