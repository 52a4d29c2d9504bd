"""A page that stays open while its lab is started again with another token."""

import pytest
from compare_page import opened, served

pytestmark = pytest.mark.browser

LINK = "#/functions?f=gelu&z=1.5"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_that_another_token_is_wanted_and_comes_back_to_where_it_was(
    browser, language, tmp_path
):
    token = "&token=the%20first%20token"
    with (
        served(tmp_path / "runs.db", token="the first token") as lab,
        opened(browser, lab.address, language, token + LINK) as page,
    ):
        page.wait_for_selector("[data-test=handle-value]")
        lab.end()
        page.wait_for_selector("[data-test=offline]")
        lab.token = "another token"
        lab.begin()
        banner = page.locator("[data-test=needs-token]")
        banner.wait_for()
        assert {"en": "another token", "zh": "新的口令"}[language] in banner.inner_text()
        # What the page computes by itself goes on.
        page.locator("[data-test=handle-value]").press("ArrowRight")
        banner.locator("a").click()
        page.fill("input[name=token]", "another token")
        page.click("button")
        page.wait_for_selector("[data-test=plot-value]")
        assert "f=gelu" in page.url
        assert page.locator("[data-test=needs-token]").count() == 0
