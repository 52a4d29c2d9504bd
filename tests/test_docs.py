"""The examples of the documentation: each page's blocks are run from top to bottom."""

import doctest
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from ogive.cli import main

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "```pycon" in path.read_text("utf-8"))
BLOCK = re.compile(r"^```(pycon|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_the_examples_of_a_page_give_what_it_shows(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = page.read_text("utf-8")
    names = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for block in BLOCK.finditer(text):
        language, code = block.groups()
        if language == "console":
            for line in code.splitlines():
                if line.startswith("$ "):
                    assert main(shlex.split(line)[2:]) == 0, line
            continue
        line = text.count("\n", 0, block.start(2))
        examples = doctest.DocTestParser().get_doctest(code, names, page.name, str(page), line)
        runner.run(examples, clear_globs=False)
        names = examples.globs
    assert runner.failures == 0


def test_there_are_pages_with_examples():
    assert len(PAGES) >= 3


@pytest.mark.parametrize("module", ["ogive.classification", "ogive.lecture"])
def test_the_reference_has_each_public_name_once(module):
    reference = (DOCS / "api.md").read_text("utf-8")
    listed = re.findall(rf"^\.\. auto\w+:: {re.escape(module)}\.(.+)$", reference, re.MULTILINE)
    assert sorted(listed) == sorted(import_module(module).__all__)
