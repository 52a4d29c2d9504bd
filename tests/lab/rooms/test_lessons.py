"""The path through the rooms: wrong answers are told from right ones by what the library says."""

import math

import numpy as np
import pytest

import ogive
from ogive.lecture import binary_classification

pytestmark = pytest.mark.browser

X = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
Y = np.array([2.1, 3.9, 6.2, 7.8, 10.1])
L1 = binary_classification("en").explain("L1")
# Lesson, stop, the right answer, a wrong one.
TYPED = {
    "line.1": (ogive.LinearRegression().fit(X, Y).coef_[0], 1.9),
    "boundary.1": (L1.loss[2], 0.313),
    "boundary.2": (L1.a[1], -0.119),
    "classes.1": (math.comb(7, 2), 7),
    "classes.2": (3, 6),
    "functions.1": (ogive.activation("sigmoid").derivative(0.0), 1),
    "functions.2": (ogive.activation("tanh").descend(0.9, 0.5, 0.2).steps, 67),
    "network.2": (3 * 8 + 9 * 8 + 9, 97),
}
CHOSEN = {
    "classes.3": ("B", "D"),
    "functions.3": ("0.000001", "0.001"),
    "functions.4": ("leaky_relu", "relu6"),
    "network.1": ("tanh", "identity"),
    "compare.1": ("open", "better"),
}


def go(page, name):
    lesson, stop = name.split(".")
    page.evaluate("location.hash = '#/lessons'")
    page.locator(f"[data-test=begin-{lesson}]").wait_for()
    page.evaluate(
        "([lesson, stop]) => { location.hash = document.querySelector("
        "`a[href*='lesson=${lesson}.${stop}']`).getAttribute('href'); }",
        [lesson, stop],
    )
    page.locator("[data-test=lesson]").wait_for()
    page.wait_for_function("name => location.hash.includes(`lesson=${name}`)", arg=name)


def verdict(page):
    page.locator("[data-test=check]").click()
    said = page.locator("[data-test=verdict]")
    said.wait_for()
    return said.get_attribute("data-right"), said.inner_text()


@pytest.mark.parametrize("name", TYPED)
def test_a_typed_answer_is_judged_by_the_number_computed(page, name):
    right, wrong = TYPED[name]
    go(page, name)
    page.locator("[data-test=task] input[data-test=answer]").fill(str(wrong))
    assert verdict(page)[0] == "false"
    go(page, name)
    page.locator("[data-test=task] input[data-test=answer]").fill(
        f"{float(right):.6g}".replace(".", ",")
    )
    assert verdict(page)[0] == "true"


@pytest.mark.parametrize("name", CHOSEN)
def test_a_choice_is_judged_by_what_is_computed(page, name):
    for value, expected in zip(CHOSEN[name], ("true", "false"), strict=True):
        go(page, name)
        page.locator(f"[data-test='answer-{value}']").check()
        assert verdict(page)[0] == expected


def test_what_is_no_number_is_asked_for_again(page, language):
    go(page, "line.1")
    page.locator("[data-test=task] input[data-test=answer]").fill("two")
    right, said = verdict(page)
    assert right == "false"
    assert ("Type a number" if language == "en" else "请输入一个数") in said


def test_a_line_that_is_right_about_all_is_recognised(page):
    go(page, "boundary.3")
    assert verdict(page)[0] == "false"  # L1, as the stop begins
    address = page.url.split("#")[1]
    joined = "&" if "?" in address else "?"
    page.evaluate("to => { location.hash = to; }", f"#{address}{joined}w=-2,2,-2")
    page.wait_for_function("location.hash.includes('w=-2')")
    page.wait_for_timeout(300)
    right, said = verdict(page)
    z = np.array([-2 * 2 + 2 * 4 - 2, -2 * 2 + 2 - 2, -2 * 3 + 2 * 3 - 2])
    losses = np.log1p(np.exp(np.where([True, False, False], -z, z)))
    assert right == "true"
    assert f"{losses.sum():.4g}"[:5] in said


def test_a_rate_beyond_the_limit_is_recognised(page):
    go(page, "line.3")
    assert verdict(page)[0] == "false"
    address = page.url.split("#")[1]
    page.evaluate("to => { location.hash = to; }", f"#{address}&rate=2.5".replace("rate=0.1&", ""))
    page.wait_for_function("location.hash.includes('rate=2.5')")
    page.wait_for_timeout(300)
    assert verdict(page)[0] == "true"


def test_solved_stops_are_remembered(page):
    go(page, "classes.2")
    page.locator("[data-test=task] input[data-test=answer]").fill("3")
    assert verdict(page)[0] == "true"
    page.reload()
    page.evaluate("location.hash = '#/lessons'")
    page.locator("[data-test=begin-classes]").wait_for()
    solved = page.evaluate("JSON.parse(localStorage.getItem('ogive-lessons'))")
    assert "classes.2" in solved


def test_who_is_wrong_is_told_where_to_look_and_only_then_what_is_right(page, language):
    go(page, "boundary.1")
    page.locator("[data-test=task] input[data-test=answer]").fill("7")
    right, said = verdict(page)
    assert right == "false"
    assert {"en": "Sample by sample", "zh": "逐个样本"}[language] in said
    assert f"{L1.loss[2]:.3f}" not in said
    page.locator("[data-test=check]").click()
    page.wait_for_function(
        "loss => document.querySelector('[data-test=verdict]').innerText.includes(loss)",
        arg=f"{L1.loss[2]:.6f}",
    )


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("boundary.2", "-0.119", {"en": "the sign is not", "zh": "符号不对"}),
        ("boundary.1", "1.31", {"en": "more digits", "zh": "位数不够"}),
    ],
)
def test_an_answer_that_is_nearly_right_is_told_what_is_amiss(page, language, name, typed, told):
    go(page, name)
    page.locator("[data-test=task] input[data-test=answer]").fill(typed)
    right, said = verdict(page)
    assert right == "false"
    assert told[language] in said


@pytest.mark.parametrize("typed", ["1/4", "f' = 0,25", "25 %"])
def test_a_number_may_be_typed_as_people_write_it(page, typed):
    go(page, "functions.1")
    page.locator("[data-test=task] input[data-test=answer]").fill(typed)
    assert verdict(page)[0] == "true"


@pytest.mark.parametrize("name", CHOSEN)
def test_without_a_choice_one_is_asked_for(page, language, name):
    go(page, name)
    right, said = verdict(page)
    assert right == "false"
    assert {"en": "Choose an answer first.", "zh": "请先选择一个答案。"}[language] in said


def test_samples_that_were_changed_are_not_taken_for_the_lectures(page, language):
    go(page, "boundary.3")
    page.locator("[data-test=handle-2]").press("ArrowRight")
    right, said = verdict(page)
    assert right == "false"
    assert {"en": "have been changed", "zh": "样本已被改动"}[language] in said


def test_one_point_dragged_down_turns_the_line(page):
    go(page, "line.2")
    handle = page.locator("[data-test=handle-4]")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    plot = page.locator("[data-test=line]").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, plot["y"] + 0.75 * plot["height"], steps=5)
    page.mouse.up()
    page.wait_for_timeout(300)
    right, said = verdict(page)
    assert right == "true", said


def test_the_race_is_open_where_it_is_asked_about(page):
    go(page, "functions.2")
    page.locator("[data-test=race-toggle]").wait_for()


def test_the_task_stays_in_sight_while_the_room_scrolls(page):
    go(page, "boundary.2")
    page.locator("[data-test=samples]").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 900)")
    box = page.locator("[data-test=task]").bounding_box()
    assert 0 <= box["y"] < 5


def test_the_last_stop_says_that_it_is_the_last(page, language):
    go(page, "compare.1")
    page.locator("[data-test='answer-open']").check()
    right, said = verdict(page)
    assert right == "true"
    assert {"en": "the last stop", "zh": "最后一站"}[language] in said
