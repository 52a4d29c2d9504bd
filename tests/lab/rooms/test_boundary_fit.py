"""The boundary room: the optimum of LogisticRegression, and where there is none."""

import warnings

import numpy as np
import pytest
from boundary_page import samples, wait_until, weights

from ogive import LogisticRegression

pytestmark = pytest.mark.browser


def fitted(page, C):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no optimum is what is looked at
        return LogisticRegression(C=C).fit(*samples(page))


def wait_for_optimum(page):
    wait_until(page, "() => document.querySelector('[data-test=optimum-weights]')")


@pytest.mark.parametrize("C", [0.1, 1, 100])
def test_the_optimum_is_the_librarys(visit, C):
    page = visit(f"#/boundary?fit=1&C={C}")
    wait_for_optimum(page)
    model = fitted(page, C)
    expected = np.append(model.coef_, model.intercept_)
    np.testing.assert_allclose(weights(page, "optimum-weights"), expected, rtol=1e-5)


def test_the_optimum_of_classes_that_overlap_needs_no_penalty(visit):
    page = visit("#/boundary?data=moons&n=60&noise=0.3&fit=1&penalty=0")
    page.click("[data-test=all-rows]")
    wait_for_optimum(page)
    model = fitted(page, np.inf)
    assert model.separation().kind == "none"
    expected = np.append(model.coef_, model.intercept_)
    np.testing.assert_allclose(weights(page, "optimum-weights"), expected, rtol=1e-5)
    said = page.locator("[data-test=separation]").text_content().strip()
    assert said.startswith(("No line separates", "没有直线能把两类分开"))


KINDS = {
    "complete": ("A line separates the classes completely.", "一条直线可以把两类完全分开。"),
    "quasi": ("A line separates the classes, but for samples on", "除了恰在直线上的样本，"),
    "none": ("No line separates the classes", "没有直线能把两类分开"),
}


@pytest.mark.parametrize(
    ("points", "kind"),
    [
        ([(2, 4, 1), (2, 1, 0), (3, 3, 0)], "complete"),
        ([(1, 1, 1), (2, 2, 1), (2, 2, 0), (3, 4, 0)], "quasi"),
        ([(1, 1, 0), (4, 4, 0), (1, 4, 1), (4, 1, 1)], "none"),
        ([(1, 1, 0), (2, 2, 0), (3, 3, 1), (4, 4, 1)], "complete"),
        ([(1, 1, 0), (2, 2, 1), (3, 3, 0), (4, 4, 1)], "none"),
        ([(1, 1, 0), (2, 2, 1), (2, 2, 0), (4, 4, 1)], "quasi"),
        ([(0, 2, 1), (4, 2, 1), (2, 2, 0), (2, 1, 0)], "quasi"),
        ([(0, 2, 1), (4, 2, 1), (2, 2, 0), (2, 3, 0), (2, 1, 0)], "none"),
    ],
)
def test_whether_a_line_separates_is_said_as_the_library_finds_it(visit, points, kind):
    X = np.array([point[:2] for point in points], dtype=np.float64)
    y = np.array([point[2] for point in points])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=np.inf).fit(X, y)
    assert model.separation().kind == kind
    page = visit("#/boundary?fit=1&penalty=0")
    enter(page, points)
    wait_until(
        page,
        "(texts) => texts.some(text => document.querySelector('[data-test=separation]')"
        "?.textContent.trim().startsWith(text))",
        *KINDS[kind],
    )


def enter(page, points):
    """Bring the samples on the page to the given ones by its own controls."""
    page.click("[data-test=press-zero]")
    for _ in range(len(points) - 3):
        page.click("[data-test=add-middle]")
    for place, (x1, x2, label) in enumerate(points):
        page.locator("[data-test=samples] tbody tr").nth(place).locator("button").click()
        for axis, value in (("x1", x1), ("x2", x2)):
            field = page.locator(f"[data-test=chosen-{axis}]")
            field.fill(str(value))
            field.press("Enter")
        cell = page.locator("[data-test=samples] tbody tr").nth(place).locator("td").nth(2)
        if cell.text_content() != str(label):
            page.click("[data-test=relabel]")


def test_without_penalty_a_separable_optimum_is_said_to_be_at_infinity(visit):
    page = visit("#/boundary?fit=1&penalty=0")
    wait_for_optimum(page)
    said = page.locator("[data-test=separation]").text_content()
    assert "at infinity" in said or "无穷远处" in said


def test_one_class_alone_is_not_fitted(visit):
    page = visit("#/boundary?fit=1&sample=0")
    wait_for_optimum(page)
    page.click("[data-test=relabel]")
    page.wait_for_selector("[data-test=optimum]", state="detached")
    said = page.locator("[data-test=separation]").text_content().strip()
    assert said.startswith(("All samples have the same label", "所有样本的标签都相同"))


def test_the_optimum_can_be_taken_as_the_line(visit):
    page = visit("#/boundary?fit=1")
    wait_for_optimum(page)
    best = weights(page, "optimum-weights")
    page.click("[data-test=take]")
    assert list(weights(page)) == list(best)
