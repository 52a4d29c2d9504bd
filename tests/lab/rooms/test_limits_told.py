"""What the page makes of a number beyond its limits, and how it says so; what it says of limits."""

import pytest

pytestmark = pytest.mark.browser
ONLY = {"en": "Only {} to {}", "zh": "只能是 {} 到 {}"}


def told(page):
    """Return what is said of a number that was typed."""
    return [text for text in page.locator("[data-test=within]").all_inner_texts() if text]


def type_in(page, name, text):
    field = page.locator(f"[data-test={name}]")
    field.fill(text)
    field.press("Enter")
    field.blur()


def test_a_slider_says_between_what_its_number_lies(visit, language):
    page = visit("#/classes")
    page.wait_for_selector("[data-test=sentence]")
    type_in(page, "classes-number", "100")
    assert page.locator("[data-test=classes-number]").input_value() == "8"
    assert told(page) == [ONLY[language].format(2, 8)]
    type_in(page, "classes-number", "3")
    assert told(page) == []


def test_a_rate_below_what_is_possible_is_not_changed_in_silence(visit, language):
    page = visit("#/line")
    type_in(page, "rate-number", "-1")
    field = page.locator("[data-test=rate-number]")
    assert told(page) == [ONLY[language].format(field.input_value(), 4)]


def test_a_seed_that_is_none_is_said_to_be_none(visit, language):
    page = visit("#/network")
    type_in(page, "seed", "-3")
    assert page.locator("[data-test=seed]").input_value() == "0"
    assert len(told(page)) == 1
    assert told(page)[0].startswith(ONLY[language].format(0, "")[:5])


def test_more_folds_than_there_can_be_are_cut_aloud(visit, language):
    page = visit("#/compare?data=iris")
    page.locator("[data-test=folds-number]").wait_for()
    type_in(page, "folds-number", "99")
    assert page.locator("[data-test=folds-number]").input_value() == "20"
    assert told(page) == [ONLY[language].format(2, 20)]


def test_one_is_told_that_a_link_carries_ones_own_table(visit, language):
    page = visit("#/classes")
    page.click("[data-test=own-table] > summary")
    said = page.locator("[data-test=own-table]").inner_text()
    assert {"en": "“Copy link” carries it", "zh": "“复制链接”会把它写进链接"}[language] in said
    assert "50,000" in said


def test_one_who_writes_x_is_asked_whether_z_is_meant(visit, language):
    asked = {"en": "Did you mean z", "zh": "是想写 z 吗"}[language]
    page = visit("#/functions")
    page.fill("[data-test=formula]", "x*2")
    page.press("[data-test=formula]", "Enter")
    page.wait_for_selector("[data-test=formula-place]")
    assert page.locator("[data-test=formula-place]").inner_text() == "x"
    assert asked in page.locator("[data-test=formula-error]").inner_text()
    page = visit("#/network")
    page.select_option("[data-test=activation-0]", "=")
    type_in(page, "formula-0", "x*2")
    page.wait_for_selector("[data-test=problem-0]")
    assert asked in page.locator("[data-test=problem-0]").inner_text()


def test_without_data_there_is_no_network_to_object_to(visit, language):
    page = visit("#/network?data=own")
    page.wait_for_selector("[data-test=no-findings]")
    said = page.locator("[data-test=no-findings]").inner_text()
    assert {"en": "There is no network yet", "zh": "还没有网络"}[language] in said


def test_one_bit_is_not_said_to_be_bits(visit, language):
    page = visit("#/classes?classes=2")
    page.wait_for_function(
        "() => document.querySelector('[data-test=count-codes]')?.innerText.includes('1')"
    )
    said = page.locator("[data-test=count-codes]").inner_text().strip()
    assert said == {"en": "words of 1 bit: 1 classifier", "zh": "码长 1：1 个分类器"}[language]
