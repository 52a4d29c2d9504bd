"""The room of comparisons while one runs: waiting, stopping, and a server that goes and comes."""

import re

import pytest
from compare_page import PATIENCE, opened, ready, served, shown, start, verdict

pytestmark = pytest.mark.browser

SMALL = "folds=2&repeats=1&epochs=5&f=tanh;relu"
# Nobody waits for the end of these: ten folds of wide networks.
ENDLESS = "data=digits&folds=10&repeats=20&epochs=500&layers=1024,1024,1024&f=relu;tanh"
CSV = "height,ill\n" + "".join(f"{i},{'yn'[i % 3 == 0]}\n" for i in range(60))
SEED = {"en": 1, "zh": 2}  # nobody shall find in the store what another test has computed
OFFLINE = {"en": "The server is gone", "zh": "与服务器的连接已断开"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store") / "runs.db"


@pytest.fixture(scope="module")
def lab(store):
    """Return a lab that the tests may end and begin again."""
    with served(store) as running:
        yield running


def begun(page):
    """Wait until the run is in the store, so that there is something to go on with."""
    page.wait_for_function(
        "() => /1200/.test(document.querySelector('[data-test=progress]')?.innerText ?? '')"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_waits_is_told_their_place_and_who_runs_can_stop_and_go_on(browser, lab, language):
    link = f"#/compare?{ENDLESS}&seed={SEED[language]}"
    with (
        opened(browser, lab.address, language, link) as first,
        opened(browser, lab.address, language, f"#/compare?{SMALL}") as second,
    ):
        start(first)
        begun(first)
        start(second)
        place = second.locator("[data-test=place]")
        place.wait_for()
        assert re.search(r"\b1\b|第 1 位", place.inner_text())

        first.click("[data-test=stop]")
        first.wait_for_selector("[data-test=contest-stopped]")
        assert verdict(second)

        first.wait_for_selector("[data-test=unfinished]")
        first.click("[data-test=continue]")
        begun(first)
        first.click("[data-test=stop]")
        first.wait_for_selector("[data-test=contest-stopped]")
        first.click("[data-test=close]")
        first.wait_for_selector("[data-test=contest-stopped]", state="detached")


@pytest.mark.parametrize("language", ["zh"])
def test_a_page_that_is_loaded_anew_finds_its_comparison_again(browser, lab, language):
    with opened(browser, lab.address, language, f"#/compare?{ENDLESS}&seed=7") as page:
        start(page)
        page.wait_for_selector("[data-test=contest-running]")
        page.wait_for_function("() => location.hash.includes('view=result')")
        page.reload()
        page.wait_for_selector("[data-test=contest-running]")
        page.click("[data-test=stop]")
        page.wait_for_selector("[data-test=contest-stopped]")


@pytest.mark.parametrize("language", ["en"])
def test_progress_and_standings_come_while_it_runs(browser, lab, language):
    link = f"#/compare?data=digits&folds=10&repeats=20&epochs=20&f=relu;step&seed=1{SEED[language]}"
    with opened(browser, lab.address, language, link) as page:
        start(page)
        page.wait_for_selector("[data-test=standings]")
        names = page.locator("[data-test=standings] th").all_inner_texts()
        assert names == ["relu", "step"]
        assert re.search(r"\d+( of |/)1200", shown(page, "progress"))
        page.click("[data-test=stop]")
        page.wait_for_selector("[data-test=contest-stopped]")


@pytest.mark.parametrize("language", ["en"])
def test_what_was_chosen_survives_a_server_that_goes_and_comes(browser, lab, language, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(CSV, encoding="utf-8")
    with opened(browser, lab.address, language, f"#/compare?{SMALL}") as page:
        ready(page)
        page.set_input_files("[data-test=upload]", str(file))
        page.wait_for_function(
            "() => document.querySelector('[data-test=size]').innerText.startsWith('people.csv')"
        )
        ready(page)
        before = shown(page, "command")

        lab.end()
        page.wait_for_selector("[data-test=offline]")
        assert OFFLINE[language] in shown(page, "offline")
        page.click("[data-test=value-gelu]")
        page.wait_for_selector("[data-test=plan-refused]")
        assert page.is_disabled("[data-test=start]")
        assert shown(page, "size").startswith("people.csv")

        lab.begin()
        page.wait_for_selector("[data-test=offline]", state="detached")
        page.wait_for_selector("[data-test=plan-refused]", state="detached")
        ready(page)
        assert shown(page, "command") == before.replace("relu", "relu --activation gelu")
        # The lab had forgotten the table; the page has sent it again.
        start(page)
        assert verdict(page)


@pytest.mark.parametrize("language", ["zh"])
def test_a_comparison_that_the_server_left_unfinished_goes_on(browser, lab, language):
    link = f"#/compare?data=digits&folds=5&repeats=6&epochs=5&f=relu;tanh&seed=2{SEED[language]}"
    with opened(browser, lab.address, language, link) as page:
        start(page)
        page.wait_for_function(
            "() => /[1-9]\\d*[ /]/.test("
            "document.querySelector('[data-test=progress]')?.innerText ?? '')"
        )
        lab.end()
        page.wait_for_selector("[data-test=offline]")
        lab.begin()
        page.wait_for_selector("[data-test=contest-unknown]")
        page.wait_for_selector("[data-test=unfinished]")
        page.click("[data-test=continue]")
        page.wait_for_selector("[data-test=unfinished]", state="detached")
        assert verdict(page)


@pytest.mark.parametrize("language", ["zh"])
def test_the_room_says_calmly_that_it_needs_the_server(browser, lab, language):
    with opened(browser, lab.address, language, "#/start") as page:
        page.wait_for_selector("nav a[href='#/compare']")
        page.click("nav a[href='#/compare']")
        ready(page)
        page.evaluate("location.hash = '#/start'")
        lab.end()
        try:
            page.click("nav a[href='#/compare']")
            page.wait_for_selector("[data-test=table-refused]")
            assert "这一步需要服务器" in shown(page, "table-refused")
        finally:
            lab.begin()
        page.wait_for_selector("[data-test=table-refused]", state="detached", timeout=PATIENCE)
        ready(page)
