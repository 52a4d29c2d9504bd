"""The same comparison on a Dask cluster of one worker and of two, alternately in one run.

    python -m benchmarks.scaling [ROUNDS] [--docs]

Workers have one thread each. Both clusters run all the time, so that starting one is not counted;
a round does the comparison on each, the order changing from round to round, and the ratio of the
two times is taken within it. What is sent is measured too: bytes of the data, of a task and of a
report as pickled, and what went through the loopback in all; and what a task costs
beyond its fits, by tasks that do nothing. With --docs the figures go into the documentation.
"""

from __future__ import annotations

import json
import os
import pickle
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.scaling_words import write_into_docs

RESULTS = Path("benchmarks/results/scaling.json")


def study() -> tuple[Any, Any, Any]:
    """Return problem, settings and fits of a comparison of five activations on the digits."""
    from sklearn.datasets import load_digits

    from ogive.comparison.design.candidates import Candidate, Choice
    from ogive.comparison.design.problem import read_problem
    from ogive.comparison.design.settings import Settings
    from ogive.comparison.running.plan import fits_of_repeats, plain_key

    rates = (0.001, 0.003, 0.01)
    choices = tuple(Choice("learning_rate_init", rate) for rate in rates)
    names = ("sigmoid", "tanh", "relu", "gelu", "silu")
    import numpy as np

    settings = Settings(
        candidates=tuple(
            Candidate(name, {"activation": name}, activation=name, choices=choices)
            for name in names
        ),
        learning_rates=rates,
        hidden_layer_sizes=(64, 32),
        n_splits=5,
        n_repeats=2,
        max_iter=100,
        batch_size="auto",
        alpha=1e-4,
        solver="adam",
        n_iter_no_change=10,
        validation_fraction=0.2,
        scoring="accuracy",
        random_state=0,
        dtype=np.float32,
        prepare=None,
    )
    problem = read_problem(
        *load_digits(return_X_y=True, as_frame=True), task=None, target_name=None, prepare=None
    )
    return problem, settings, fits_of_repeats(settings, range(settings.n_repeats), plain_key)


class Ledger:
    """Keeps the reports of the tasks that end while it is entered."""

    def __init__(self) -> None:
        self.reports: list[Any] = []

    def __enter__(self) -> Ledger:
        from ogive.comparison.running.backends.collecting import Collector

        self._take = Collector.take

        def take(collector: Any, report: Any) -> None:
            self.reports.append(report)
            self._take(collector, report)

        Collector.take = take  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: Any) -> None:
        from ogive.comparison.running.backends.collecting import Collector

        Collector.take = self._take  # type: ignore[method-assign]


def run(engine: Any, problem: Any, settings: Any, fits: Any) -> tuple[float, list[Any], Any]:
    """Do the comparison; return its seconds, the reports and the results by key."""
    results: dict[str, Any] = {}
    with Ledger() as ledger:
        start = time.perf_counter()
        engine.run(fits, problem, settings, results.update)
        seconds = time.perf_counter() - start
    plain = {
        key: result._replace(seconds=0.0, predict_seconds=0.0).to_json()
        for key, result in results.items()
    }
    return seconds, ledger.reports, plain


def sizes(engine: Any, problem: Any, settings: Any, reports: list[Any]) -> dict[str, float]:
    """Return the bytes of what is sent, as pickled."""
    from ogive.comparison.running.engine import Task
    from ogive.comparison.running.plan import fits_of_repeats, plain_key

    shipment = engine.shipper.ship(problem, settings)
    n_fits = [len(report.results) for report in reports]
    fits = fits_of_repeats(settings, range(1), plain_key)
    task = Task(tuple(fits[: round(statistics.median(n_fits))]))
    return {
        "data": len(shipment.payload),
        "task": len(pickle.dumps(task)),
        "report": statistics.median(len(pickle.dumps(report)) for report in reports),
        "report_per_fit": statistics.median(
            len(pickle.dumps(report)) / max(len(report.results), 1) for report in reports
        ),
    }


def wire() -> int:
    """Return the bytes that have passed through the loopback; nothing else should use it now."""
    import psutil

    return int(psutil.net_io_counters(pernic=True)["lo"].bytes_sent)


def overhead(client: Any, n_workers: int, n_tasks: int = 200) -> float:
    """Return the seconds that a task which does nothing takes, a worker."""
    start = time.perf_counter()
    client.gather([client.submit(_nothing, number, pure=False) for number in range(n_tasks)])
    return (time.perf_counter() - start) / n_tasks * n_workers


def _nothing(number: int) -> int:
    return number


def main(rounds: int, docs: bool) -> None:
    from ogive.comparison.running.backends import make_engine

    problem, settings, fits = study()
    engines = {n: make_engine(f"dask://local?workers={n}", n_jobs=None) for n in (1, 2)}
    times: dict[int, list[float]] = {1: [], 2: []}
    lengths: dict[int, list[float]] = {1: [], 2: []}
    busy: dict[int, list[float]] = {1: [], 2: []}
    moved: dict[int, list[float]] = {1: [], 2: []}
    ratios, empty, reference = [], [], None
    with engines[1], engines[2]:
        for engine in engines.values():
            run(engine, problem, settings, fits[:15])  # imports, and the data's first journey
        for number in range(rounds):
            taken = {}
            for n in (1, 2) if number % 2 else (2, 1):
                before = wire()
                taken[n], reports, results = run(engines[n], problem, settings, fits)
                moved[n].append((wire() - before) / len(reports))
                reference = reference or results
                if results != reference:
                    raise SystemExit("the results differ between clusters")
                times[n].append(taken[n])
                lengths[n] += [report.seconds for report in reports]
                busy[n].append(sum(report.seconds for report in reports) / (n * taken[n]))
            ratios.append(taken[2] / taken[1])
            empty.append(overhead(engines[1].client, 1))
            print(
                f"round {number + 1}: {taken[1]:.2f} s with one worker, {taken[2]:.2f} s with two, "
                f"ratio {ratios[-1]:.3f}, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
        bytes_of = sizes(engines[2], problem, settings, reports)
    every = lengths[1] + lengths[2]
    summary = {
        "fits": len(fits),
        "rounds": rounds,
        "ratio": statistics.median(ratios),
        "ratios": ratios,
        "by_workers": {
            n: {
                "seconds": statistics.median(times[n]),
                "tasks": len(lengths[n]) / rounds,
                "task_seconds": statistics.median(lengths[n]),
                "longest_task": max(lengths[n]),
                "busy": statistics.median(busy[n]),
                "loopback_bytes_a_task": statistics.median(moved[n]),
            }
            for n in (1, 2)
        },
        "fit_seconds": sum(every) / (2 * rounds * len(fits)),
        "overhead_ms": 1e3 * statistics.median(empty),
        "bytes": bytes_of,
        "load": os.getloadavg(),
    }
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(summary, indent=1), encoding="utf-8")
    print(json.dumps(summary, indent=1))
    if docs:
        write_into_docs(json.loads(RESULTS.read_text(encoding="utf-8")))


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--docs"]
    main(int(words[0]) if words else 5, docs="--docs" in sys.argv)
