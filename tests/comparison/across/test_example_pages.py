"""The examples on real data sets: too long to run here, so that only their words are held."""

import re
from pathlib import Path

import pytest
from tools.example_reports import COMMANDS, report_of

DOCS = Path(__file__).parents[3] / "docs"
PAGES = ("comparison_examples.md", "comparison_across.md")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_show_the_commands_that_their_reports_were_made_by(language):
    folder = DOCS / "zh" if language == "zh" else DOCS
    text = " ".join((folder / page).read_text("utf-8") for page in PAGES)
    told = re.sub(r"\s*\\\s+", " ", text)
    for name, command in COMMANDS.items():
        assert command in told
        assert f"examples/{report_of(name, language)}" in text
        assert (DOCS / "images" / f"example_{name}.{language}.png").exists()


def test_each_page_has_its_translation():
    for page in PAGES:
        english, chinese = ((DOCS / part / page).read_text("utf-8") for part in ("", "zh"))
        assert english.count("\n## ") == chinese.count("\n## ")
