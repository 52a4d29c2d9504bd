"""The boundary room: the lecture's samples and lines, their numbers, and moving them about."""

import numpy as np
import pytest
from boundary_page import number, samples, table, wait_until, weights

from ogive import LogisticRegression
from ogive.lecture import binary_classification

pytestmark = pytest.mark.browser

NAMES = ["x1", "x2"]
LECTURE = np.array([[2.0, 4.0], [2.0, 1.0], [3.0, 3.0]])


def model_of(line):
    return LogisticRegression.from_weights(line[:2], line[2], feature_names=NAMES)


def six(value):
    return f"{value:.6f}".replace("-", "−")


@pytest.mark.parametrize("line", ["L1", "L2"])
def test_the_lectures_numbers_are_on_the_page(visit, line):
    page = visit("#/boundary")
    page.click(f"[data-test=preset-{line}]")
    example = binary_classification("en")
    said = example.explain(line)
    wait_until(
        page,
        "([loss]) => document.querySelector('[data-test=samples]')?.textContent.includes(loss)",
        six(said.loss[2]),
    )
    rows = table(page)
    assert list(rows) == ["A", "B", "C"]
    for i, row in enumerate(rows.values()):
        assert number(row["z"]) == said.z[i]
        assert row["a"] == six(said.a[i])
        assert row["loss"] == six(said.loss[i])
        assert row["dz"] == six(said.dz[i])
        assert row["verdict"].startswith("✓" if said.right[i] else "✗")
    total = page.locator("[data-test=total]").text_content()
    assert six(said.loss.sum()) in total
    assert six(said.mean_loss) in total


def test_the_page_begins_with_the_line_that_is_wrong_about_c(visit):
    page = visit("#/boundary")
    wait_until(page, "() => document.querySelector('[data-test=samples] tbody tr:nth-child(3)')")
    row = table(page)["C"]
    assert (row["a"], row["loss"], row["verdict"][0]) == ("0.731059", "1.313262", "✗")


@pytest.mark.parametrize(
    "line",
    [(-1, 2, -2), (-1, 1, -1), (2, -0.5, 1), (1, 0, -2.5), (-2, 0, 5), (0, 3, -6), (0, 0, 1)],
)
def test_the_line_in_words_is_the_librarys(visit, language, line):
    page = visit("#/boundary?w=" + ",".join(map(str, line)))
    where = model_of(line).decision_line(language=language)
    shown = page.locator("[data-test=side]").text_content()
    if where.exists:
        assert shown == where.text()
    equation = page.locator("[data-test=equation]")
    if np.isnan(where.slope):
        assert "NaN" not in page.locator("main").text_content()
    else:
        assert float(equation.get_attribute("data-slope")) == where.slope
        assert float(equation.get_attribute("data-intercept")) == where.intercept


def assert_table_is_the_librarys(page):
    """Compare the numbers on the page with the library's for the samples and line on the page."""
    X, y = samples(page)
    line = weights(page)
    said = LogisticRegression.from_weights(line[:2], line[2]).explain(X, y)
    for i, row in enumerate(table(page).values()):
        assert number(row["z"]) == pytest.approx(said.z[i], rel=1e-5, abs=1e-9)
        assert number(row["a"]) == pytest.approx(said.a[i], abs=6e-7)
        assert number(row["loss"]) == pytest.approx(said.loss[i], abs=6e-7)
        assert number(row["dz"]) == pytest.approx(said.dz[i], abs=6e-7)
        assert row["verdict"].startswith("✓" if said.right[i] else "✗")


def test_arrow_keys_move_a_sample_and_its_numbers_follow(visit):
    page = visit("#/boundary")
    handle = page.locator("[data-test=handle-2]")
    handle.press("ArrowRight")
    handle.press("Shift+ArrowDown")
    wait_until(
        page,
        "() => document.querySelector('[data-test=samples] tbody tr:nth-child(3) td:nth-child(3)')"
        "?.textContent === '2.5'",
    )
    assert table(page)["C"]["x1"] == "3.05"
    assert_table_is_the_librarys(page)


def test_arrow_keys_turn_the_line_about_its_other_handle(visit):
    page = visit("#/boundary")
    before = weights(page)
    other = page.locator("[data-test=handle-line-first]").get_attribute("aria-label")
    page.locator("[data-test=handle-line-second]").press("ArrowDown")
    wait_until(
        page, "([old]) => document.querySelector('[data-test=weights]').textContent !== old",
        " ".join(f"{w:g}" for w in before),
    )  # fmt: skip
    after = weights(page)
    assert np.hypot(*after[:2]) == pytest.approx(np.hypot(*before[:2]), rel=1e-5)
    assert -after[0] / after[1] < -before[0] / before[1]
    assert page.locator("[data-test=handle-line-first]").get_attribute("aria-label") == other
    wait_until(
        page,
        "([old]) => !document.querySelector('[data-test=samples]').textContent.includes(old)",
        "1.313262",
    )
    assert_table_is_the_librarys(page)


def test_a_handle_of_the_line_follows_the_mouse(visit):
    page = visit("#/boundary")
    page.wait_for_selector("[data-test=handle-line-first]")
    box = page.locator("[data-test=handle-line-first]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y - 60, steps=5)
    page.mouse.up()
    moved = page.locator("[data-test=handle-line-first]").bounding_box()
    assert moved["x"] - box["x"] == pytest.approx(30, abs=1.5)
    assert moved["y"] - box["y"] == pytest.approx(-60, abs=1.5)
    wait_until(
        page,
        "([old]) => !document.querySelector('[data-test=samples]').textContent.includes(old)",
        "1.313262",
    )
    assert_table_is_the_librarys(page)


def test_a_slider_moves_the_line(visit):
    page = visit("#/boundary")
    field = page.locator("[data-test=w2-number]")
    field.fill("0")
    field.press("Enter")
    assert list(weights(page)) == [-1, 0, -2]
    assert "x1 = −2" in page.locator("[data-test=side]").text_content().replace("-", "−")


def test_labels_change_and_samples_come_and_go(visit):
    page = visit("#/boundary")
    page.click("[data-test=relabel]")
    assert_row(page, 3, 3, "1")
    page.click("[data-test=press-zero]")
    page.click("[data-test=add-middle]")
    assert_row(page, 4, 3, "0")
    assert list(table(page)) == ["A", "B", "C", "D"]
    page.locator("[data-test=handle-1]").press("Delete")
    page.wait_for_selector("[data-test=samples] tbody tr:nth-child(4)", state="detached")
    assert list(table(page)) == ["A", "C", "D"]
    assert page.locator("[data-test=handle-1]").count() == 0
    assert_table_is_the_librarys(page)


def assert_row(page, row, label_column, label):
    wait_until(
        page,
        "([row, column, text]) => document.querySelector(`[data-test=samples] "
        "tbody tr:nth-child(${row}) td:nth-child(${column + 1})`)?.textContent === text",
        row,
        label_column,
        label,
    )


def test_a_press_on_the_plane_adds_a_sample_there(visit):
    page = visit("#/boundary")
    page.click("[data-test=press-one]")
    canvas = page.locator("[data-test=plane] canvas")
    box = canvas.bounding_box()
    # The plane reaches from 0 to 5 both ways, with 46 and 10 pixels left and right of it.
    canvas.click(position={"x": 46 + (box["width"] - 56) * 0.9, "y": 20})
    assert_row(page, 4, 3, "1")
    row = table(page)["D"]
    assert number(row["x1"]) == pytest.approx(4.5, abs=0.03)
    assert number(row["x2"]) > 4.5


def test_a_sample_chosen_in_the_table_is_chosen_everywhere(visit):
    page = visit("#/boundary")
    page.get_by_role("button", name="B", exact=True).click()
    assert "B" in page.locator("[data-test=chosen] legend").text_content()
    assert page.locator("[data-test=distance]").text_content().startswith("B")
    assert page.locator("[data-test=chosen-x2]").input_value() == "1"


def test_all_is_restored_from_the_link(visit, page):
    visit("#/boundary")
    page.click("[data-test=relabel]")
    page.locator("[data-test=handle-0]").press("ArrowLeft")
    page.locator("[data-test=handle-line-first]").press("ArrowUp")
    page.click("[data-test=batch-all]")
    page.click("[data-test=loss-axis-z]")
    wait_until(page, "() => location.hash.includes('loss=z') && location.hash.includes('w=')")
    link = page.evaluate("location.hash")
    assert_row(page, 3, 3, "1")
    before, line = table(page), weights(page)
    visit(link)
    assert_row(page, 3, 3, "1")
    assert table(page) == before
    assert list(weights(page)) == list(line)
    assert page.get_attribute("[data-test=batch-all]", "aria-pressed") == "true"
    assert page.get_attribute("[data-test=loss-axis-z]", "aria-pressed") == "true"


def test_a_damaged_link_gives_the_lectures_samples(visit):
    page = visit("#/boundary?data=own&points=%25%25&w=1,2&step=-4&sample=99999")
    assert_row(page, 3, 3, "0")
    assert list(weights(page)) == [-1, 2, -2]


def test_the_language_changes_without_loss_of_state(visit, page, language):
    visit("#/boundary?w=1,0,-2.5")
    page.wait_for_selector("[data-test=side]")
    other = {"en": "zh", "zh": "en"}[language]
    try:
        page.click("[data-test=language]")
        where = model_of([1, 0, -2.5]).decision_line(language=other)
        assert page.locator("[data-test=side]").text_content() == where.text()
    finally:
        page.click("[data-test=language]")


def test_far_out_on_the_curve_a_is_never_written_as_1(visit):
    page = visit("#/boundary?w=-10,20,-20")
    wait_until(page, "() => document.querySelector('[data-test=samples] tbody tr')")
    rows = table(page)
    assert rows["A"]["a"] == "1 − 4.25e−18"
    assert rows["A"]["loss"] == "4.25e−18"


def test_the_remark_gives_the_lectures_two_values(visit):
    page = visit("#/boundary")
    for z, a in ((5, "0.993307"), (-1, "0.268941")):
        page.click(f"[data-test='why-{z}']")
        wait_until(
            page,
            "([a]) => document.querySelector('[data-test=why-a]')?.textContent === a",
            a,
        )


def test_the_line_on_view_can_be_taken_along_as_python(visit):
    page = visit("#/boundary?w=-1,2.5,-2")
    page.click("[data-test=export-python]")
    source = page.locator("[data-test=export-source]").text_content()
    made = {}
    exec(source, made)
    expected = LogisticRegression.from_weights([-1, 2.5], -2).decision_function(LECTURE)
    np.testing.assert_array_equal(made["model"].decision_function(LECTURE), expected)
