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

from scipy import stats
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
    for round_ in range(rounds):
        times = {}
        # What is done first meets another machine than what is done second.
        for with_store in (False, True) if round_ % 2 == 0 else (True, False):
            times[with_store] = Stopwatch()
            done = ogive.compare(X, y, store=store if with_store else False)
            times[with_store].stop()
            if with_store:
                assert done.n_known == 0
                store.delete([done.run])
        elapsed.append((times[False].elapsed, times[True].elapsed))
        processor.append((times[False].processor, times[True].processor))
    for figure, pairs in (("elapsed", elapsed), ("processor", processor)):
        ratios = [kept / plain for plain, kept in pairs]
        ratios.sort()
        low, middle, high = (100 * (ratios[k] - 1) for k in _places(rounds))
        print(
            f"{name}, {figure} time: {statistics.median(plain for plain, _ in pairs):.2f} s "
            f"without a store, overhead {middle:+.2f} % (median of {rounds}; the true one is "
            f"between {low:+.1f} and {high:+.1f} % with 95 % confidence)",
            flush=True,
        )


def _places(n: int) -> tuple[int, int, int]:
    """Return the places of a median and of its 95 % interval among n ordered numbers."""
    low = int(stats.binom.ppf(0.025, n, 0.5))
    return max(low - 1, 0), n // 2, min(n - low, n - 1)


class Stopwatch:
    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        self.elapsed = time.perf_counter() - self._began[0]
        self.processor = time.process_time() - self._began[1]


if __name__ == "__main__":
    main()
