"""The room of the line: what one does on its page, and what its link keeps."""

import json

import numpy as np
import pytest
from line_page import ANSWER_SECONDS, link_of, points, standing, state, table, wait, weights

from ogive import LinearRegression

pytestmark = pytest.mark.browser


def expected_of(data):
    """Return the weights on the page for rows of features and a target."""
    complete = data[~np.isnan(data).any(axis=1)]
    model = LinearRegression().fit(complete[:, :-1], complete[:, -1])
    return weights(model, model.coef_, model.intercept_)


def assert_solved(page, data):
    wait(page)
    np.testing.assert_allclose(standing(page, "exact")[:-1], expected_of(data), rtol=1e-9)


def test_a_point_moved_by_the_keyboard_moves_the_line_and_the_link_keeps_it(visit, page):
    visit("#/line")
    wait(page)
    before = points(page)
    handle = page.locator("[data-test=handle-11]")
    handle.focus()
    for key in ("ArrowDown", "Shift+ArrowDown", "ArrowLeft"):
        handle.press(key)
    after = points(page)
    assert (before[:11] == after[:11]).all()
    assert after[11, 0] < before[11, 0]
    assert after[11, 1] < before[11, 1]
    assert_solved(page, after)
    link = link_of(page)
    visit("#/line?" + "&".join(f"{key}={value}" for key, value in link.items()))
    wait(page)
    np.testing.assert_array_equal(points(page), after)
    assert_solved(page, after)


def test_a_point_is_dragged_added_by_pressing_and_removed_by_delete(visit, page):
    visit("#/line")
    wait(page)
    before = points(page)
    box = page.locator("[data-test=handle-0]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y - 60, steps=5)
    page.mouse.up()
    dragged = points(page)
    assert dragged[0, 0] > before[0, 0]
    assert dragged[0, 1] > before[0, 1]
    assert_solved(page, dragged)
    plot = page.locator("[data-test=line] canvas").bounding_box()
    page.mouse.click(plot["x"] + 0.8 * plot["width"], plot["y"] + 0.7 * plot["height"])
    added = points(page)
    assert len(added) == len(before) + 1
    assert_solved(page, added)
    last = page.locator(f"[data-test=handle-{len(before)}]")
    last.focus()
    last.press("Delete")
    np.testing.assert_array_equal(points(page), dragged)
    page.locator("[data-test=reset]").click()
    np.testing.assert_array_equal(points(page), before)
    assert_solved(page, before)


def test_a_number_typed_moves_the_point_and_an_empty_cell_is_left_out_and_reported(visit, page):
    visit("#/line?set=cars&k=2")
    wait(page)
    data = points(page)
    page.locator("[data-test=open-points]").click()
    cell = page.locator("[data-test=cell-2-mpg]")
    cell.fill("30,5")
    cell.press("Enter")
    data[2, 2] = 30.5
    assert_solved(page, data)
    cell = page.locator("[data-test=cell-7-power]")
    cell.fill("")
    cell.press("Enter")
    data[7, 1] = np.nan
    assert_solved(page, data)
    np.testing.assert_array_equal(points(page), data)
    assert "32" in page.locator("[data-test=left-out]").text_content()
    finding = page.locator("[data-test=finding-OGV231][data-verdict=issue]")
    finding.wait_for(timeout=ANSWER_SECONDS * 1000)
    cell.fill("many")
    cell.press("Enter")
    assert cell.input_value() == ""


def test_ones_own_table_is_read_and_what_is_missing_is_reported(visit, page, tmp_path, language):
    visit("#/line")
    file = tmp_path / "own.csv"
    lines = ["town;rent;rooms;area"]
    random = np.random.RandomState(0)
    for row in range(25):
        area = random.uniform(20, 120)
        rent = 300 + 9.5 * area + 40 * random.normal()
        rent, area = f"{rent:.2f}".replace(".", ","), f"{area:.1f}".replace(".", ",")
        lines.append(f"town {row};{'' if row == 3 else rent};{random.randint(1, 5)};{area}")
    file.write_text("\n".join(lines), encoding="utf-8")
    page.locator("[data-test=open-own]").click()
    page.locator("[data-test=file]").set_input_files(file)
    said = page.locator("[data-test=file-says]")
    page.wait_for_selector("[data-test=file-says] li")
    words = {"en": ("Decimal commas", "“rent”: 1 of 25"), "zh": ("小数逗号", "“rent”缺失 1 个")}
    for word in (*words[language], "town"):
        assert word in said.text_content()
    page.locator("[data-test=column-0]").select_option(label="area")
    page.locator("[data-test=column-1]").select_option(label="rent")
    data = points(page)
    assert np.isnan(data[3, 1])
    assert data.shape == (25, 2)
    assert_solved(page, data)
    link = link_of(page)
    visit("#/line?" + "&".join(f"{key}={value}" for key, value in link.items()))
    wait(page)
    np.testing.assert_array_equal(points(page), data)
    page.locator("[data-test=variables-2]").click()
    assert_solved(page, points(page))


def test_a_pasted_table_that_cannot_be_read_is_refused_and_the_points_stay(visit, page, language):
    visit("#/line")
    wait(page)
    before = points(page)
    page.locator("[data-test=open-own]").click()
    page.locator("[data-test=paste]").fill("x,y\n1,2\n3,4,5\n")
    page.locator("[data-test=read]").click()
    said = page.locator("[data-test=file-says] [role=alert]").text_content()
    assert {"en": "Line 3 has 3 fields", "zh": "第 3 行有 3 个字段"}[language] in said
    np.testing.assert_array_equal(points(page), before)


def test_a_word_among_numbers_is_named_with_its_column_and_line(visit, page, language):
    visit("#/line")
    wait(page)
    page.locator("[data-test=open-own]").click()
    page.locator("[data-test=paste]").fill("x,y\n1,2\n3,abc\n5,6\n")
    page.locator("[data-test=read]").click()
    said = page.locator("[data-test=file-says] [role=alert]").text_content()
    expected = {
        "en": "“y” is read as text, for line 3 holds “abc”",
        "zh": "“y”按文本读取，因为第 3 行的“abc”",
    }
    assert expected[language] in said


def test_the_language_changes_and_nothing_else(visit, page, language):
    visit("#/line?set=cars&k=2&at=17&rate=0.2&pic=above&res=single")
    wait(page)
    before = standing(page, "single")
    address = page.evaluate("location.hash")
    page.locator("[data-test=language]").click()
    page.wait_for_function("now => document.documentElement.lang !== now", arg=language)
    np.testing.assert_array_equal(standing(page, "single"), before)
    assert page.evaluate("location.hash") == address
    page.locator("[data-test=language]").click()


def wait_for_steps(page, condition):
    """Wait until the steps of the mini-batches fulfil a condition in JavaScript."""
    cell = "document.querySelectorAll('[data-test=standing-mini] [data-value]')[3]"
    page.wait_for_function(f"() => Number({cell}.dataset.value) {condition}")


def test_the_race_plays_pauses_and_plays_on(visit, page):
    visit("#/line?at=0&end=1000&speed=30")
    wait(page)
    toggle = page.locator("[data-test=race-toggle]")
    toggle.click()
    wait_for_steps(page, "> 3")
    toggle.click()
    paused = standing(page, "mini")
    page.wait_for_timeout(200)
    np.testing.assert_array_equal(standing(page, "mini"), paused)
    toggle.click()
    wait_for_steps(page, f"> {paused[-1]}")
    toggle.click()


def test_the_race_ends_and_plays_again_from_the_start(visit, page):
    visit("#/line?at=5&end=20&speed=100")
    wait(page)
    toggle = page.locator("[data-test=race-toggle]")
    toggle.click()
    wait_for_steps(page, "=== 20")
    assert state(page, "mini") == "running"  # it has not arrived
    page.locator("[data-test=race-speed]").select_option("2")
    toggle.click()
    wait_for_steps(page, "< 5")
    toggle.click()


def test_a_racer_that_is_hidden_leaves_the_others(visit, page):
    visit("#/line?at=5")
    wait(page)
    single = standing(page, "single")
    page.locator("[data-test=show-mini]").uncheck()
    assert standing(page, "mini").size == 0
    np.testing.assert_array_equal(standing(page, "single"), single)


def test_points_at_one_place_do_not_determine_the_line_and_it_is_said(visit, page):
    visit("#/line?set=anscombe4")
    wait(page)
    handle = page.locator("[data-test=handle-7]")
    handle.focus()
    handle.press("Delete")
    page.wait_for_selector("[data-test=rank]")
    page.locator("[data-test=reset]").click()
    page.wait_for_selector("[data-test=rank]", state="detached")


def test_the_conditions_are_the_librarys(visit, page, language):
    visit("#/line?set=house&k=2&c=0,2,3")
    page.wait_for_selector("[data-test=finding-OGV222]", timeout=ANSWER_SECONDS * 1000)
    X, y = table("house", "size", "gross_size", "price")
    report = LinearRegression().fit(X, y).check_assumptions()
    verdicts = page.eval_on_selector_all(
        "[data-test^=finding-]",
        "all => all.map(one => [one.dataset.test.slice(8), one.dataset.verdict])",
    )
    assert dict(verdicts) == {one.code: one.severity for one in report}
    inflation = page.locator("[data-test=finding-OGV222]")
    assert report.of("OGV222").remedy.to(language) in inflation.text_content()
    page.locator("[data-test=chart]").first.scroll_into_view_if_needed()
    page.wait_for_selector("[data-test=chart] svg", timeout=ANSWER_SECONDS * 1000)


def test_without_the_server_the_room_goes_on_and_says_what_is_missing(browser, lab, language):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    try:
        page.goto(f"{lab}/?lang={language}#/line")
        wait(page)
        context.set_offline(True)
        handle = page.locator("[data-test=handle-0]")
        handle.focus()
        handle.press("Shift+ArrowUp")
        assert_solved(page, points(page))
        page.wait_for_selector("[data-test=conditions-offline]", timeout=ANSWER_SECONDS * 1000)
        page.locator("[data-test=race-step]").click()
        assert standing(page, "full")[-1] == 11
    finally:
        context.close()


def test_the_model_is_taken_along(visit, page):
    visit("#/line?set=cars&k=2")
    wait(page)
    page.locator("[data-test=export-json]").click()
    page.wait_for_selector("[data-test=export-source]", timeout=ANSWER_SECONDS * 1000)
    model = json.dumps(json.loads(page.locator("[data-test=export-source]").text_content()))
    X, y = table("cars", "weight", "power", "mpg")
    coef = LinearRegression().fit(X, y).coef_
    assert f"{coef[0]:.8f}"[:10] in model
