"""What tests read on the page of many classes, and the library's models of the same points."""

import csv
import io
import re

import numpy as np

from ogive import (
    LogisticRegression,
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)


def number(text):
    """Return a number as the page writes it."""
    return float(text.replace("−", "-"))


def wait_until(page, condition, *arguments):
    """Wait until a condition of the page holds; the page's script may take a moment."""
    page.wait_for_function(condition, arg=list(arguments), timeout=20_000)


def open_room(visit, link=""):
    """Open the room and wait until a class of the sample, or a step of the way to it, is shown."""
    page = visit(f"#/classes{link}")
    page.wait_for_selector("[data-test=sentence]")
    return page


def points(page):
    """Return X and y of the points, as the page saves them."""
    if not page.locator("[data-test=save-points]").is_visible():
        page.click("[data-test=own-table] > summary")
    with page.expect_download() as saved:
        page.click("[data-test=save-points]")
    rows = list(csv.reader(io.StringIO(saved.value.path().read_text(encoding="utf-8"))))
    X = np.array([[float(cell) for cell in row[:2]] for row in rows[1:]])
    return X, np.array([row[2] for row in rows[1:]])


def sample(page):
    """Return the sample as a row."""
    return np.array([[number(page.input_value(f"[data-test=sample-{axis}]")) for axis in "xy"]])


def move_sample(page, x, y):
    """Type the place of the sample, and wait until its numbers are there."""
    for axis, value in zip("xy", (x, y), strict=True):
        field = page.locator(f"[data-test=sample-{axis}]")
        field.fill(f"{value:g}")
        field.press("Enter")
    wait_until(
        page,
        "([x, y]) => location.hash.includes(`x1=${x}`) && location.hash.includes(`x2=${y}`)",
        float(f"{x:g}"),
        float(f"{y:g}"),
    )


def table(page, name):
    """Return the cells of a table's rows with all their digits, where they have more."""
    return page.eval_on_selector_all(
        f"[data-test={name}] tbody tr",
        """rows => rows.map(row => [...row.cells].map(
            cell => cell.getAttribute('title') ?? cell.textContent.trim()))""",
    )


def shown(page, name):
    """Return the cells of a table's rows as one sees them."""
    return page.eval_on_selector_all(
        f"[data-test={name}] tbody tr",
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))",
    )


def numbers(rows, first, last):
    """Return some columns of a table."""
    return np.array([[float(cell) for cell in row[first:last]] for row in rows])


def answer(page):
    """Return the class that the strategy which is shown finds for the sample."""
    return page.inner_text("[data-test=answer]").strip()


def winners(page):
    """Return the class that each of the four strategies finds for the sample."""
    names = ("pairs", "rest", "codes", "softmax")
    texts = [page.inner_text(f"[data-test=winner-{name}]") for name in names]
    return [re.split("[:：]", text)[1].strip() for text in texts]


def models(X, y, C=1.0, code_book=("AB|CD", "AC|BD"), decoding="hamming"):
    """Return the library's classifiers, in the order of `winners`."""
    inner = LogisticRegression(C=C)
    book = list(code_book)
    return [
        OneVsOneClassifier(inner).fit(X, y),
        OneVsRestClassifier(inner).fit(X, y),
        OutputCodeClassifier(inner, code_book=book, decoding=decoding).fit(X, y),
        LogisticRegression(C=C).fit(X, y),
    ]


def coefficients(estimators):
    """Return w1, w2 and b of two-class models, a row for each."""
    return np.array([[*one.coef_[0], one.intercept_[0]] for one in estimators])
