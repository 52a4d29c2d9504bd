"""What holds for every room: accessible, light, fit for narrow screens, in two languages."""

from pathlib import Path

import pytest

ROOMS = ("start", "line", "boundary", "classes", "functions", "network", "compare", "lessons")
AXE = Path(__file__).parents[3] / "lab/web/node_modules/axe-core/axe.min.js"
FIRST_LOAD = 300_000  # bytes over the wire


@pytest.fixture(scope="module")
def axe():
    """Return the source of axe-core."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make lab-page")
    return AXE.read_text(encoding="utf-8")


def enter(page, room):
    page.evaluate("room => { location.hash = `#/${room}`; }", room)
    page.wait_for_selector("main h1")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)  # what is drawn after the first answer of the engine


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_no_serious_fault(page, axe, room, theme):
    page.locator("[data-test=theme]").select_option(theme)
    enter(page, room)
    if not page.evaluate("'axe' in window"):
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": axe})  # which the page's policy allows
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    serious = [
        (one["id"], node["target"], node["failureSummary"])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert serious == []


@pytest.mark.browser
@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_wider_than_a_narrow_screen(page, room):
    page.set_viewport_size({"width": 360, "height": 740})
    try:
        enter(page, room)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    finally:
        page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.browser
@pytest.mark.parametrize("room", ROOMS)
def test_the_language_switches_in_place(page, language, room):
    enter(page, room)
    heading = page.locator("main h1").inner_text()
    address = page.url
    page.locator("[data-test=language]").click()
    try:
        page.wait_for_function(
            "old => document.querySelector('main h1').innerText !== old", arg=heading
        )
        other = "en" if language == "zh" else "zh-CN"
        assert page.evaluate("document.documentElement.lang") == other
        assert page.url == address
    finally:
        page.locator("[data-test=language]").click()


@pytest.mark.browser
@pytest.mark.parametrize("room", ROOMS)
def test_the_first_load_is_light(browser, lab, room):
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"{lab}/#/{room}")
    page.wait_for_selector("main h1")
    page.wait_for_load_state("networkidle")
    context.close()
    assert 0 < sum(received) <= FIRST_LOAD


@pytest.mark.browser
@pytest.mark.parametrize("room", ROOMS)
def test_what_scrolls_sideways_shows_that_more_is_hidden(page, room):
    page.set_viewport_size({"width": 360, "height": 740})
    try:
        enter(page, room)
        without = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(one => one.scrollWidth > one.clientWidth + 1)
                .filter(one => /auto|scroll/.test(getComputedStyle(one).overflowX))
                .filter(one => one.querySelector('table, a') !== null)
                .filter(one => !getComputedStyle(one).backgroundAttachment.includes('local'))
                .map(one => one.outerHTML.slice(0, 100))"""
        )
        assert without == []
    finally:
        page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.browser
def test_the_table_of_where_strategies_disagree_is_whole_on_a_common_screen(page):
    enter(page, "classes")
    table = page.locator("[data-test=scores]")
    table.wait_for()
    assert table.evaluate(
        "table => table.parentElement.scrollWidth <= table.parentElement.clientWidth"
    )
