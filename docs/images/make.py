"""Takes the pictures of the documentation from a real report: python docs/images/make.py."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import ogive
from ogive.data import load_table, select_target

HERE = Path(__file__).parent
WIDTH = 1200


def main() -> None:
    table = select_target(load_table("digits"), "target")
    result = ogive.compare(
        table.features,
        table.target,
        task=table.task,
        target_name="target",
        data_name="digits",
        command="ogive compare digits --target target",
    )
    # OGIVE_CHROMIUM names a browser of the system's, where Playwright has not installed its own.
    executable = os.environ.get("OGIVE_CHROMIUM")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        for language in ("en", "zh"):
            report = Path(folder) / f"{language}.html"
            result.report(report, language=language)
            page.goto(report.as_uri())
            page.wait_for_function("document.documentElement.dataset.drawn")
            note = page.locator("section[aria-labelledby=figures] h2").first.bounding_box()
            bottom = note["y"] - 12 if note else 900
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": bottom}
            page.screenshot(path=HERE / f"report.{language}.png", clip=clip, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
