"""How often the checks of a linear regression object to data that meet every condition.

    python -m tools.false_alarms [DATA SETS]

prints, for data sets of several sizes with normal columns and normal errors, the share that has at
least one issue, at least one tip, and, for comparison, at least one test of the residuals with a
p-value of 0.05 or less before the correction for their number.
"""

from __future__ import annotations

import sys

import numpy as np

from ogive.linear import AssumptionReport, LinearRegression

SIZES = ((30, 2), (100, 3), (1000, 10))
ON_ORDER = ("OGV214", "OGV215")
LEVEL = 0.05


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print("rows  columns  order  issue    tip      uncorrected")
    for rows, columns in SIZES:
        for order in (None, True):
            reports = [report(seed, rows, columns, order) for seed in range(count)]
            shares = (
                np.mean([not one.passed for one in reports]),
                np.mean([bool(one.tips) for one in reports]),
                np.mean([uncorrected(one, order) for one in reports]),
            )
            text = "  ".join(f"{share:7.2%}" for share in shares)
            print(f"{rows:4}  {columns:7}  {order!s:5}  {text}", flush=True)


def report(seed: int, rows: int, columns: int, order: bool | None) -> AssumptionReport:
    """Return what the checks say of one data set."""
    rng = np.random.default_rng(10_000 + seed)
    X = rng.normal(size=(rows, columns))
    y = 1 + X.sum(axis=1) + rng.normal(size=rows)
    return LinearRegression().fit(X, y).check_assumptions(order=order)


def uncorrected(one: AssumptionReport, order: bool | None) -> bool:
    """Return whether any test of the residuals alone would object."""
    return any(
        result.numbers["p"] <= LEVEL
        for result in one
        if result.condition == 2
        and "p" in result.numbers
        and (order or result.code not in ON_ORDER)
    )


if __name__ == "__main__":
    main()
