"""Fingers on a plot: a tap presses, a swipe sideways drags, one up or down scrolls the page."""

import numpy as np
import pytest
from line_page import points, wait

pytestmark = pytest.mark.browser
SWIPE = 300  # pixels
STEPS = 15


@pytest.fixture(scope="module")
def phone(browser, lab, language):
    """Return a page on a narrow screen that is touched."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{lab}/?lang={language}#/start")
    yield page
    context.close()


def open_room(phone, room):
    phone.evaluate("location.hash = '#/start'")
    phone.wait_for_selector("nav a[aria-current=page]", state="detached")
    phone.evaluate("room => { location.hash = `#/${room}`; }", room)
    phone.wait_for_selector("main h1")


def place(phone, plot, across=0.5, along=0.5):
    """Return a place on a plot, which is brought into the middle of the screen."""
    canvas = phone.locator(f"[data-test={plot}] canvas")
    canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
    box = canvas.bounding_box()
    return box["x"] + across * box["width"], box["y"] + along * box["height"]


def swipe(phone, at, dx=0, dy=0):
    session = phone.context.new_cdp_session(phone)

    def touch(kind, *places):
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in places]},
        )

    touch("touchStart", at)
    for step in range(1, STEPS + 1):
        touch("touchMove", (at[0] + dx * step / STEPS, at[1] + dy * step / STEPS))
    touch("touchEnd")
    session.detach()
    phone.wait_for_timeout(200)  # what follows from it


def scrolled(phone):
    return phone.evaluate("scrollY")


def test_a_swipe_over_the_points_scrolls_and_adds_none(phone):
    open_room(phone, "line")
    wait(phone)
    before = points(phone)
    at = place(phone, "line", 0.75, 0.7)
    top = scrolled(phone)
    swipe(phone, at, dy=-SWIPE)
    assert scrolled(phone) > top + SWIPE / 2
    np.testing.assert_array_equal(points(phone), before)


def test_a_tap_adds_a_point_which_the_button_deletes(phone):
    open_room(phone, "line")
    wait(phone)
    before = points(phone)
    button = phone.locator("[data-test=delete-point]")
    assert button.is_disabled()
    phone.touchscreen.tap(*place(phone, "line", 0.75, 0.7))
    phone.wait_for_selector("[data-test=delete-point]:enabled")
    assert len(points(phone)) == len(before) + 1
    button.tap()
    np.testing.assert_array_equal(points(phone), before)
    assert button.is_disabled()


def test_the_point_that_is_touched_is_the_one_that_the_button_deletes(phone):
    open_room(phone, "line")
    wait(phone)
    before = points(phone)
    place(phone, "line")
    phone.locator("[data-test=handle-3]").tap()
    phone.locator("[data-test=delete-point]").tap()
    np.testing.assert_array_equal(points(phone), np.delete(before, 3, axis=0))


def test_a_swipe_over_the_map_of_classes_leaves_the_sample_where_it_is(phone):
    open_room(phone, "classes")
    phone.wait_for_selector("[data-test=sentence]")
    at = place(phone, "plane", 0.8, 0.8)
    sample = phone.locator("[data-test=handle-sample]")
    where, top = sample.get_attribute("style"), scrolled(phone)
    swipe(phone, at, dy=-SWIPE)
    assert scrolled(phone) > top + SWIPE / 2
    assert sample.get_attribute("style") == where
    phone.touchscreen.tap(*place(phone, "plane", 0.8, 0.8))
    assert sample.get_attribute("style") != where


def test_a_swipe_sideways_drags_the_axis_along(phone):
    open_room(phone, "functions")
    phone.wait_for_load_state("networkidle")
    phone.wait_for_timeout(300)  # what is drawn after the first answer of the engine
    at = place(phone, "plot-value", 0.35, 0.3)
    plot = phone.locator("[data-test=plot-value] canvas")
    label, top = plot.get_attribute("aria-label"), scrolled(phone)
    swipe(phone, at, dx=100)
    phone.wait_for_function(
        "old => document.querySelector('[data-test=plot-value] canvas')"
        ".getAttribute('aria-label') !== old",
        arg=label,
    )
    assert scrolled(phone) == top
