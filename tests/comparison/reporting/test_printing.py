"""The report on paper, printed by a real browser as its users do."""

import re
import shutil
import subprocess

import numpy as np
import pytest

from ogive.comparison.design.column_summary import ColumnSummary
from ogive.comparison.design.problem import DataSummary

CHROMIUM = "/usr/bin/chromium"
NAMES = ["relu", "elu", "gelu", "silu", "mish", "tanh", "selu", "softplus", "sigmoid", "identity"]
A4 = (595, 842)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def needs():
    for program in (CHROMIUM, "pdftotext", "pdfinfo"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program}")


@pytest.fixture
def comparison(new_comparison, new_outcome):
    rng = np.random.default_rng(0)
    done = {
        name: [
            new_outcome(0.95 - 0.004 * i + 0.003 * rng.standard_normal(), predict_seconds=1e-6 * i)
            for _ in range(10)
        ]
        for i, name in enumerate(NAMES, start=1)
    }
    columns = tuple(
        ColumnSummary(f"column {i}", "number", "Float64", i % 3, 0.0, float(i + 1), 0.5)
        for i in range(30)
    )
    data = DataSummary(
        1500, 40, 0, 0, 30, "kind", {"a": 900, "b": 600}, None, None, columns, n_incomplete=20
    )
    return new_comparison(done, data=data)


def printed(path):
    """Print by the browser's own command; return the text of each page, and their size."""
    pdf = path.with_suffix(".pdf")
    subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={path.parent / 'profile'}",
            "--virtual-time-budget=20000",
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}",
            path.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    about = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", about)
    return text.split("\f")[:-1], (round(float(size[1])), round(float(size[2])))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_is_on_paper_with_the_number_of_its_page(needs, comparison, tmp_path, language):
    path = tmp_path / "report.html"
    comparison.report(path, language)
    pages, size = printed(path)
    assert size == A4
    assert 6 <= len(pages) <= 13
    text = " ".join(" ".join(pages).split())
    for words in {
        "en": (
            "Every pair",
            "Learning curves by fold",
            "Mean score on the test folds",  # which is folded on the screen
            "The first 30 columns; 10 more follow in the data.",
            "Difference in accuracy to relu",
        ),
        "zh": ("两两比较", "各折的学习曲线", "以上为前 30 列；数据中另有 10 列。"),
    }[language]:
        assert words in text, words
    assert comparison.command in text
    for words in ("Click a heading", "点击表头"):  # of no use there
        assert words not in text
    for i, page in enumerate(pages, start=1):
        assert f"{i}/{len(pages)}" in re.sub(r"\s", "", page)
