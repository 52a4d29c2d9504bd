"""The room of networks in both languages: its main ways, and what is said on them."""

import re

import numpy as np
import pytest
from network_page import number, rest, same, state

pytestmark = pytest.mark.browser

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def room(visit):
    """Open the room as it begins."""
    page = visit("#/network")
    rest(page, 0)
    return page


def test_it_plays_until_it_is_paused(room):
    room.click("[data-test=play]")
    room.wait_for_function(
        "() => Number(document.querySelector('[data-test=state]').dataset.step) > 50"
    )
    room.click("[data-test=play]")
    rest(room)
    step = state(room).step
    room.wait_for_timeout(300)
    assert state(room).step == step
    assert number(room, "training-loss") < 0.69


def test_switching_the_language_keeps_everything(visit, language):
    page = visit("#/network?data=xor&steps=7&row=5")
    before = state(page, 7)
    page.click("[data-test=language]")
    other = page.inner_text("[data-test=controls] button >> nth=0")
    assert bool(CHINESE.search(other)) == (language == "en")
    assert same(before, state(page, 7))
    assert page.input_value("[data-test=row]") == "6"
    page.click("[data-test=language]")


def test_a_story_sets_everything_and_is_left_by_any_change(room):
    room.select_option("[data-test=story]", "vanishing")
    found = state(room, 0)
    assert [len(one) for one in found.intercepts] == [8] * 6 + [1]
    assert room.inner_text("[data-test=story-told]")
    room.click("[data-test=fewer-0]")
    assert room.inner_text("[data-test=story-told]") == ""


def test_a_table_that_cannot_be_used_is_refused_with_a_sentence(visit, language):
    page = visit("#/network?data=own")
    file = {"name": "bad.csv", "mimeType": "text/csv", "buffer": b'a,b\n"1,2\n'}
    page.set_input_files("[data-test=file]", file)
    said = page.inner_text("[data-test=table-problem]")
    assert bool(CHINESE.search(said)) == (language == "zh")


def test_one_row_is_followed_with_the_librarys_numbers(visit):
    page = visit("#/network?data=spirals&classes=3&n=200&layers=5:tanh;4:relu&steps=40&row=17")
    found = state(page, 40)
    page.wait_for_selector("[data-test=sample]")
    x, label = found.X[17], int(found.y[17])
    z1 = x @ found.coefs[0] + found.intercepts[0]
    a1 = np.tanh(z1)
    z2 = a1 @ found.coefs[1] + found.intercepts[1]
    a2 = np.maximum(z2, 0)
    z3 = a2 @ found.coefs[2] + found.intercepts[2]
    a3 = np.exp(z3) / np.exp(z3).sum()
    d3 = a3 - np.eye(3)[label]
    d2 = (d3 @ found.coefs[2].T) * (z2 > 0)
    d1 = (d2 @ found.coefs[1].T) * (1 - a1**2)
    wanted = np.column_stack(
        [np.concatenate([z1, z2, z3]), np.concatenate([a1, a2, a3]), np.concatenate([d1, d2, d3])]
    )
    cells = page.eval_on_selector_all(
        "[data-test=sample] tbody tr",
        "rows => rows.map(row => [1, 2, 4].map(i => row.cells[i].textContent))",
    )
    shown = np.array([[float(one.replace("−", "-")) for one in row] for row in cells])
    np.testing.assert_allclose(shown, wanted, rtol=1e-4, atol=1e-12)
    loss = float(page.get_attribute("[data-test=sample-loss]", "data-value"))
    assert loss == pytest.approx(-np.log(a3[label]), rel=1e-9)


def test_a_formula_that_is_wrong_is_told_beside_its_layer(browser, lab, language):
    # A page of its own: browsers report an answer of 422 on the console.
    page = browser.new_page()
    page.goto(f"{lab}/?lang={language}#/network?layers=8:tanh")
    rest(page, 0)
    page.select_option("[data-test=activation-0]", "=")
    page.fill("[data-test=formula-0]", "z*sigmoid(")
    page.press("[data-test=formula-0]", "Enter")
    said = page.inner_text("[data-test=problem-0]")
    assert bool(CHINESE.search(said)) == (language == "zh")
    page.fill("[data-test=formula-0]", "z*sigmoid(2*z)")
    page.press("[data-test=formula-0]", "Enter")
    page.wait_for_selector("[data-test=problem-0]", state="detached")
    rest(page, 0)
    page.close()


def test_the_full_diagnosis_names_causes_and_remedies(visit, language):
    page = visit("#/network?layers=8:sigmoid;8:sigmoid;8:sigmoid;8:sigmoid;8:sigmoid;8:sigmoid")
    rest(page, 0)
    page.click("[data-test=diagnose]")
    page.wait_for_selector("[data-test=diagnosis] [data-code=OGV102]", timeout=40_000)
    said = page.inner_text("[data-test=diagnosis]")
    assert bool(CHINESE.search(said)) == (language == "zh")
    page.click("[data-test=fewer-0]")
    page.wait_for_selector("[data-test=diagnosis]", state="detached")


def test_without_the_server_it_trains_on_and_says_what_is_missing(browser, lab, language):
    page = browser.new_page()
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{lab}/?lang={language}#/network?layers=6:tanh;4:%3Dz*sigmoid(z)")
    said = page.inner_text("[data-test=problem-1]")
    assert bool(CHINESE.search(said)) == (language == "zh")
    page.select_option("[data-test=activation-1]", "silu")
    rest(page, 0)
    page.click("[data-test=epoch]")
    rest(page, 7)
    page.click("[data-test=diagnose]")
    said = page.inner_text("[data-test=diagnosis-problem]")
    assert bool(CHINESE.search(said)) == (language == "zh")
    page.close()
