"""How often a comparison says "better" or "equivalent" where the truth is known.

    python -m benchmarks.coverage run equal --n 1000
    python -m benchmarks.coverage table --docs

Every comparison is made on data of its own. What is kept is the score of each candidate on each
split, one line a comparison, so that a run can be interrupted and continued, and every region of
equivalence and number of repeats is judged from the same lines.

Two truths are known by construction. *Equal*: an activation f(z) and its mirror image -f(-z),
with weights drawn symmetrically, are networks whose scores have the same distribution, and yet
differ on any given data. *Three points apart*: data in which a product of two columns is worth
three percentage points of accuracy to a network that can bend; `calibrate` finds how strong the
product has to be, on training folds of the same size and large test sets. The mean over data sets
of the cross-validated difference estimates the same without bias, and the table gives it. With a
region as wide as the true difference, at most one comparison in twenty should say "equivalent".
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy import stats

import ogive
from ogive.comparison.models import make_estimator
from ogive.comparison.statistics.pairwise import pairwise
from ogive.network import FleetJob, fit_fleet

JOURNAL = Path("benchmarks/results/coverage.jsonl")
N_SPLITS = 5
TEST_ROWS = 20_000
RATIO = 1 / (N_SPLITS - 1)
MIRRORED = ("relu", "-relu(-z)")


@dataclass(frozen=True)
class Scenario:
    """Data and candidates whose true difference is known.

    `sharpness` says how little noise the labels have, `bend` how much the product of two columns
    weighs against the linear part; `true` is the difference of the first candidate to the second.
    """

    number: int
    candidates: tuple[Any, ...]
    hidden_layer_sizes: tuple[int, ...]
    n_rows: int
    n_repeats: int
    sharpness: float
    bend: float
    true: float = 0.0
    learning_rates: tuple[float, ...] = (0.001, 0.003, 0.01)

    @property
    def key(self) -> str:
        """What marks the scores of this very scenario in the journal."""
        return f"{self.number}-{crc32(repr(self).encode()):08x}"


SCENARIOS = {
    "equal": Scenario(1, MIRRORED, (8,), 2000, 2, 3.0, 0.5),
    "equal_of_4": Scenario(
        2, tuple(map(list, product(MIRRORED, repeat=2))), (8, 8), 1000, 2, 3.0, 0.5, 0.0, (0.01,)
    ),
    "apart_clear": Scenario(3, ("tanh", "identity"), (16,), 2000, 4, 10.0, 0.358, 0.03),
    "apart_noisy": Scenario(4, ("tanh", "identity"), (16,), 2000, 4, 2.0, 0.67, 0.03),
}
TURN = 20
REGIONS = (0.01, 0.02, 0.03)
DOCS = Path(__file__).parent.parent / "docs"
PAGES = {
    DOCS / "comparison_statistics.md": "en",
    DOCS / "zh" / "comparison_statistics.md": "zh",
}
START, STOP = "<!-- python -m benchmarks.coverage table --docs -->", "<!-- end of the table -->"
HEADINGS = {
    "en": [
        "data",
        "times",
        "splits",
        "difference",
        '"better"',
        "wrong way",
        "covers truth",
        *(f"equivalent ±{rope:g}" for rope in REGIONS),
    ],
    "zh": [
        "数据",
        "次数",
        "划分",
        "平均差",
        "更好",
        "判反",
        "覆盖真值",
        *(f"等效 ±{rope:g}" for rope in REGIONS),
    ],
}


def draw(scenario: Scenario, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return fresh data for one comparison."""
    rng = np.random.default_rng((scenario.number, seed))
    X = rng.standard_normal((scenario.n_rows, 8)).astype(np.float32)
    z = X[:, 0] + 0.7 * X[:, 1] + 0.5 * X[:, 2] + scenario.bend * X[:, 3] * X[:, 4]
    y = rng.random(scenario.n_rows) < 1 / (1 + np.exp(-scenario.sharpness * z))
    return X, y.astype(np.int64)


def compared(
    scenario: Scenario, data: tuple[np.ndarray, np.ndarray], seed: int, n_jobs: int
) -> ogive.Comparison:
    """Return one comparison."""
    return ogive.compare(
        *data,
        activations=[one if isinstance(one, str) else list(one) for one in scenario.candidates],
        learning_rates=scenario.learning_rates,
        hidden_layer_sizes=scenario.hidden_layer_sizes,
        n_splits=N_SPLITS,
        n_repeats=scenario.n_repeats,
        prepare="passthrough",
        task="classification",
        random_state=seed,
        n_jobs=n_jobs,
        store=False,
    )


def read(journal: Path, name: str) -> dict[int, list[list[float]]]:
    """Return the scores of a scenario's finished comparisons by seed."""
    if not journal.exists():
        return {}
    # A line that a killed run left half-written ends without the bracket.
    lines = (line for line in journal.read_text(encoding="utf-8").splitlines() if line[-1:] == "}")
    records = [json.loads(line) for line in lines]
    key = SCENARIOS[name].key
    return {one["seed"]: one["scores"] for one in records if one["scenario"] == key}


def run(name: str, n: int, journal: Path, n_jobs: int) -> None:
    """Do the comparisons that are not in the journal yet."""
    scenario = SCENARIOS[name]
    done = read(journal, name)
    missing = [seed for seed in range(n) if seed not in done]
    journal.parent.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with journal.open("a", encoding="utf-8") as lines:
        for seed in missing:
            found = compared(scenario, draw(scenario, seed), seed, n_jobs)
            scores = list(found.scores.values())
            record = {"scenario": scenario.key, "seed": seed, "scores": scores}
            lines.write(json.dumps(record) + "\n")
            lines.flush()
    if missing:
        seconds = (time.perf_counter() - started) / len(missing)
        print(f"{name}: {n} comparisons done, {seconds:.2f} s each", flush=True)


def judged(
    scores: list[list[list[float]]], scenario: Scenario, n_repeats: int, rope: float
) -> dict[str, Any]:
    """Count the verdicts over comparisons, the first `n_repeats` repeats of each.

    Of candidates that are all equal any "better" counts, of whichever pair; of two that are not,
    only that of the first.
    """
    counts = {"better": 0, "wrong": 0, "equivalent": 0, "covered": 0}
    differences, true = [], scenario.true
    for table in scores:
        part = np.array(table)[:, : n_repeats * N_SPLITS]
        labels = [str(i) for i in range(len(part))]
        pairs = pairwise(part, labels, RATIO, rope, n_rows=scenario.n_rows)
        verdicts = [pair.verdict for pair in pairs]
        counts["better"] += "better" in verdicts or (true == 0 and "worse" in verdicts)
        counts["wrong"] += true > 0 and "worse" in verdicts
        counts["equivalent"] += "equivalent" in verdicts
        counts["covered"] += pairs[0].low <= true <= pairs[0].high
        differences.append(pairs[0].mean)
    return {
        **counts,
        "n": len(scores),
        "mean": float(np.mean(differences)),
        "error": float(np.std(differences, ddof=1) / math.sqrt(len(differences))),
        "deviation": float(np.std(differences, ddof=1)),
    }


def share(count: int, n: int) -> str:
    """Write a share with its 95 % interval (Clopper and Pearson)."""
    ends = stats.binomtest(count, n).proportion_ci()
    return f"{count / n:.1%} [{100 * ends.low:.0f}, {100 * ends.high:.0f}]"


def table(journal: Path, language: str) -> str:
    """Return what was counted as a Markdown table, each share with its 95 % interval."""
    lines = [f"| {' | '.join(HEADINGS[language])} |", "|---" * len(HEADINGS[language]) + "|"]
    for name, scenario in SCENARIOS.items():
        scores = list(read(journal, name).values())
        if len(scores) < 2:
            continue
        for repeats in range(1, scenario.n_repeats + 1):
            # "Better" is judged at the usual region, which comes before it.
            found = [judged(scores, scenario, repeats, rope) for rope in REGIONS]
            usual = found[0]
            measured = f"{usual['mean']:.4f}"
            counts = [usual["better"], usual["wrong"], usual["covered"]]
            counts += [one["equivalent"] for one in found]
            shares = [share(count, len(scores)) for count in counts]
            cells = [f"`{name}`", f"{len(scores):,}", f"{N_SPLITS} × {repeats}", measured, *shares]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write_into_docs(journal: Path) -> None:
    """Put the table into the pages of both languages."""
    for path, language in PAGES.items():
        text = path.read_text(encoding="utf-8")
        before, rest = text.split(START)
        _, after = rest.split(STOP)
        new = f"{before}{START}\n\n{table(journal, language)}\n\n{STOP}{after}"
        path.write_text(new, encoding="utf-8")


def true_differences(scenario: Scenario, n: int, n_jobs: int) -> np.ndarray:
    """Return the difference of the two candidates on large test sets, for each of `n` data sets.

    Both are trained as in one split of a comparison: on as many rows, of which some choose the
    learning rate. The mean of the result is what a comparison estimates.
    """
    few = replace(scenario, n_repeats=1, n_rows=50)
    settings = compared(few, draw(few, 0), 0, n_jobs).settings
    training = scenario.n_rows * (N_SPLITS - 1) // N_SPLITS
    n_fitting = round(training * (1 - settings.validation_fraction))
    rows, held_out = np.arange(n_fitting), np.arange(n_fitting, training)
    large = replace(scenario, n_rows=training + TEST_ROWS)
    differences = []
    for seed in range(10**6, 10**6 + n):
        X, y = draw(large, seed)
        X_training, y_training = X[:training], y[:training]
        jobs = [
            FleetJob(
                make_estimator(
                    candidate, choice, settings, "classification", n_rows=n_fitting, seed=seed
                ),
                X_training,
                y_training,
                rows=rows,
                validation_rows=held_out,
            )
            for candidate in settings.candidates
            for choice in candidate.choices
        ]
        models = fit_fleet(jobs, n_jobs=n_jobs)
        accuracies = []
        for place in range(2):
            n_choices = len(settings.candidates[place].choices)
            own = models[place * n_choices : (place + 1) * n_choices]
            best = max(own, key=lambda model: _rank(model, X[held_out], y[held_out]))
            accuracies.append(best.score(X[training:], y[training:]))
        differences.append(accuracies[0] - accuracies[1])
    return np.array(differences)


def _rank(model: Any, X: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    return model.score(X, y), -min(model.validation_loss_curve_)


def calibrate(name: str, bends: list[float], n: int, n_jobs: int) -> None:
    """Print the true difference for several strengths of the bend."""
    for bend in bends:
        found = true_differences(replace(SCENARIOS[name], bend=bend), n, n_jobs)
        error = 1.96 * found.std(ddof=1) / math.sqrt(n)
        print(f"{name}: bend {bend:g}, difference {found.mean():.4f} ± {error:.4f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("task", choices=["run", "calibrate", "table"])
    parser.add_argument("scenario", nargs="?", choices=SCENARIOS)
    parser.add_argument("--n", type=int, default=1000, help="comparisons")
    parser.add_argument("--journal", type=Path, default=JOURNAL)
    parser.add_argument("--n-jobs", type=int, default=1, help="threads")
    parser.add_argument("--docs", action="store_true", help="put the table into the documentation")
    parser.add_argument("--bends", type=float, nargs="+", default=[0.3, 0.4, 0.5])
    options = parser.parse_args()
    os.nice(19)
    names = [options.scenario] if options.scenario else list(SCENARIOS)
    if options.task == "table":
        print(table(options.journal, "en"))
        if options.docs:
            write_into_docs(options.journal)
        return
    if options.task == "calibrate":
        for name in names:
            calibrate(name, options.bends, options.n, options.n_jobs)
        return
    # A few of each in turn, so that an interrupted run knows something of all.
    for n in (*range(TURN, options.n, TURN), options.n):
        for name in names:
            run(name, n, options.journal, options.n_jobs)


if __name__ == "__main__":
    main()
