"""python -m benchmarks: everything that the README's tables say, measured here and now.

Each round runs every contestant once, in turn, so that a slow moment of the machine falls on all;
the figure is the median over rounds of the ratio peer / ours.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.classification import measure_classification
from benchmarks.diagnosis import measure_diagnosis
from benchmarks.fits import measure_fits
from benchmarks.functions import measure_functions
from benchmarks.linear import measure_linear
from benchmarks.others import measure_others
from benchmarks.table import as_markdown, of_functions, write_into_readmes
from benchmarks.ward import measure_ward


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, default=Path("benchmarks/results/latest.json"))
    parser.add_argument("--readme", action="store_true", help="put the table into the READMEs")
    parts = {
        "fits": measure_fits,
        "others": measure_others,
        "functions": measure_functions,
        "linear": measure_linear,
        "classification": measure_classification,
        "diagnosis": measure_diagnosis,
        "ward": measure_ward,
    }
    parser.add_argument("--only", choices=parts, help="measure one part only")
    options = parser.parse_args()
    results: dict = {}
    for name, measure in parts.items():
        if options.only in (None, name):
            results[name] = measure()
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    table = as_markdown(results)
    print(f"\n{table}")
    if "functions" in results:
        print(f"\n{of_functions(results['functions'])}")
    print(f"\nAll figures: {options.json}")
    if options.readme:
        write_into_readmes(table)


if __name__ == "__main__":
    main()
