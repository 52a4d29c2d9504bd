"""Makes the reports that the documentation's examples show.

    python -m tools.example_reports [--pictures]

writes the data sets of `tools.example_data` to build/examples, runs the commands of the pages
"comparison_examples" and "comparison_across" there, and puts their reports, in both languages,
where `make docs` takes them from. Fits are kept in a store of the folder's own, so that a second
run is quick. ``--pictures`` also takes the pictures of the pages anew, for which Playwright needs
a browser (OGIVE_CHROMIUM names one of the system's).
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from tools.example_data import FOLDER, SMALL

ROOT = Path(__file__).parents[1]
REPORTS = Path("site", "examples")
SITE = ROOT / FOLDER / REPORTS
PICTURES = ROOT / "docs" / "images"
WIDTH = 1120

COMMANDS = {
    "credit": "ogive compare credit.csv --target Status --scoring auc",
    "diamonds": "ogive compare diamonds.csv --target price --scoring rmse",
    "letters": "ogive compare letters.csv --target letter",
    "across": f"ogive compare {' '.join(f'{name}.csv' for name in SMALL)} --target target "
    "--activation identity,step,sigmoid,tanh,relu,gelu",
}
"""What the pages tell the reader to type, by the name of the report."""


def main() -> None:
    """Write the data and the reports."""
    folder = ROOT / FOLDER
    subprocess.run([sys.executable, "-m", "tools.example_data", str(folder)], check=True, cwd=ROOT)
    SITE.mkdir(parents=True, exist_ok=True)
    for name, command in COMMANDS.items():
        for language in ("en", "zh"):
            _run(command, report_of(name, language), folder, language)
            print(SITE / report_of(name, language), flush=True)
    if "--pictures" in sys.argv[1:]:
        _take_pictures()


def report_of(name: str, language: str) -> str:
    """Return where the report of an example is, from the folder of reports."""
    return f"{name}.{language}" if name == "across" else f"{name}.{language}.html"


def _run(command: str, report: str, folder: Path, language: str) -> None:
    """Run a command as a reader would, its report going to the folder of reports."""
    earlier = SITE / report
    for path in [*earlier.glob("*.html"), earlier] if earlier.is_dir() else [earlier]:
        if path.is_file():
            path.unlink()
    words = [*shlex.split(command)[1:], "--report", str(REPORTS / report)]
    environment = {
        **os.environ,
        "OGIVE_STORE": str(folder / "ogive.db"),
        "OGIVE_LANG": language,
        "COLUMNS": "120",
    }
    with (folder / f"{report.removesuffix('.html')}.txt").open("w", encoding="utf-8") as screen:
        subprocess.run(
            [sys.executable, "-m", "ogive", *words],
            check=True,
            cwd=folder,
            env=environment,
            stdout=screen,
        )


def _take_pictures() -> None:
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("OGIVE_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        for name in COMMANDS:
            for language in ("en", "zh"):
                report = SITE / report_of(name, language)
                page.goto((report / "index.html" if report.is_dir() else report).as_uri())
                page.wait_for_selector("canvas, svg.marks")
                # Down to the first figure, and of several data sets to the end of it.
                last = "tests" if name == "across" else "figures"
                heading = page.locator(f"section[aria-labelledby={last}] h2").first.bounding_box()
                bottom = heading["y"] - 12 if heading else 900
                page.screenshot(
                    path=PICTURES / f"example_{name}.{language}.png",
                    clip={"x": 0, "y": 0, "width": WIDTH, "height": bottom},
                    full_page=True,
                )
        browser.close()


if __name__ == "__main__":
    main()
