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


def test_that_a_line_separates_but_for_samples_on_it_is_said(visit):
    page = visit("#/boundary?fit=1&sample=2")
    for axis, value in (("x1", "2"), ("x2", "4")):  # C goes where A is
        page.locator(f"[data-test=chosen-{axis}]").fill(value)
        page.locator(f"[data-test=chosen-{axis}]").press("Enter")
    wait_until(
        page,
        "() => /but for samples on|除了恰在直线上/.test("
        "document.querySelector('[data-test=separation]')?.textContent)",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=np.inf).fit(*samples(page))
    assert model.separation().kind == "quasi"


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
