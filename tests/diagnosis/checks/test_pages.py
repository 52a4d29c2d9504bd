"""The documentation's page of every code: there in both languages, and with examples that run."""

import doctest
import re
import warnings
from pathlib import Path

import pytest
from sklearn.exceptions import ConvergenceWarning

from ogive.diagnosis.finding import CODES, page_of
from ogive.text import InputError

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LANGUAGES = ("en", "zh")

each_page = pytest.mark.parametrize(
    ("code", "language"), [(code, language) for code in CODES for language in LANGUAGES]
)


@each_page
def test_a_page_is_headed_by_its_code_and_name(code, language):
    first = page_of(code, language).splitlines()[0]
    assert first == f"# {code} {CODES[code].to(language)}"


@each_page
def test_the_documentation_includes_the_page_and_its_index_names_it(code, language):
    folder = DOCS / ("zh/findings" if language == "zh" else "findings")
    assert f"pages/{code}.{language}.md" in (folder / f"{code}.md").read_text("utf-8")
    assert code in (folder / "index.md").read_text("utf-8")


@each_page
def test_the_examples_of_a_page_give_what_it_shows(code, language):
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    with warnings.catch_warnings():
        # The examples train too short on purpose.
        warnings.simplefilter("ignore", ConvergenceWarning)
        for block in BLOCK.finditer(page_of(code, language)):
            runner.run(doctest.DocTestParser().get_doctest(block[1], {}, code, None, 0))
    assert runner.failures == 0


def test_an_unknown_code_is_refused_with_the_codes_there_are():
    with pytest.raises(InputError, match="OGV101"):
        page_of("OGV999")
