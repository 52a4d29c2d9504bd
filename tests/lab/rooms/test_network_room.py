"""The room of networks: playing, stepping, going back, and what its link keeps."""

import json
import re

import numpy as np
import pytest
from network_page import rest, same, state, training_rows, with_weights

from ogive.diagnosis.checks.functions import flat_sides
from ogive.diagnosis.networks.probe import measure_network

pytestmark = pytest.mark.browser

PER_EPOCH = 7  # of 210 rows to learn from, 32 at a time
TABLE = "width,height,weight,kind\n" + "\n".join(
    f"{i % 7 + 0.5},{i % 5},{i * i % 11},{'abc'[i % 3]}" for i in range(60)
)
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def language():
    """What is tested here does not depend on it; test_network_languages.py is about it."""
    return "en"


@pytest.fixture
def room(visit):
    """Open the room as it begins."""
    page = visit("#/network")
    rest(page, 0)
    return page


def codes(page):
    found = page.locator("[data-test=findings] li")
    return [found.nth(i).get_attribute("data-code") for i in range(found.count())]


def test_one_mini_batch_and_one_epoch_are_taken_at_a_press(room):
    room.click("[data-test=step]")
    rest(room, 1)
    room.click("[data-test=epoch]")
    rest(room, PER_EPOCH)  # what was left of the first
    room.click("[data-test=epoch]")
    rest(room, 2 * PER_EPOCH)
    assert len(state(room).loss) == 2


def test_going_back_and_on_again_takes_the_same_way(visit):
    page = visit("#/network?steps=70&dropout=0.2")
    there = state(page, 70)
    page.fill("[data-test=rewind]", "3")
    back = state(page, 3 * PER_EPOCH)
    assert not same(there, back)
    assert len(back.loss) == 3
    page.fill("[data-test=rewind]", "10")
    assert same(there, state(page, 70))


def test_reset_and_the_same_seed_give_the_same_weights_and_a_new_seed_others(room):
    start = state(room, 0)
    room.click("[data-test=epoch]")
    rest(room, PER_EPOCH)
    room.click("[data-test=reset]")
    assert same(start, state(room, 0))
    room.click("[data-test=new-seed]")
    room.wait_for_function("() => location.hash.includes('seed=1')")
    assert not same(start, state(room, 0))


def test_a_link_brings_the_network_back_trained_as_far(room):
    room.click("[data-test=more-0]")
    room.select_option("[data-test=activation-1]", "elu")
    room.fill("[data-test=parameter-1-alpha]", "0.5")
    room.press("[data-test=parameter-1-alpha]", "Enter")
    room.select_option("[data-test=solver]", "sgd")
    rest(room, 0)
    for epoch in (1, 2):
        room.click("[data-test=epoch]")
        rest(room, epoch * PER_EPOCH)
    room.wait_for_function("() => location.hash.includes('steps=14')")
    before, link = state(room), room.evaluate("location.hash")
    assert "elu" in link
    room.evaluate("location.hash = '#/start'")
    room.wait_for_selector("[data-test=controls]", state="detached")
    room.evaluate("link => { location.hash = link; }", link)
    after = state(room, 14)
    assert same(before, after)
    assert room.input_value("[data-test=parameter-1-alpha]") == "0.5"


def test_a_change_of_the_network_begins_anew(room):
    room.click("[data-test=epoch]")
    rest(room, PER_EPOCH)
    room.click("[data-test=add-layer]")
    found = state(room, 0)
    assert [len(one) for one in found.intercepts] == [8, 8, 8, 1]
    room.click("[data-test=remove-0]")
    rest(room, 0)
    room.wait_for_function("() => !location.hash.includes('layers')")
    assert [len(one) for one in state(room).intercepts] == [8, 8, 1]


@pytest.mark.parametrize(
    ("story", "epochs", "wanted"),
    [
        ("linear", 30, {"OGV109", "OGV111"}),
        ("step", 30, {"OGV101", "OGV102"}),
        ("vanishing", 30, {"OGV102", "OGV111"}),
        ("killed", 30, {"OGV101", "OGV111"}),
        ("overfitting", 200, {"OGV111"}),
        ("bend", 30, set()),
    ],
)
def test_stories_show_what_they_tell(room, story, epochs, wanted):
    room.select_option("[data-test=story]", story)
    room.wait_for_function(
        "name => document.querySelector('[data-test=story]').value === name", arg=story
    )
    rest(room, 0)
    steps = epochs * (4 if story == "overfitting" else PER_EPOCH)
    room.wait_for_timeout(250)  # the link is written a moment later
    room.evaluate(
        "steps => { location.hash += `${location.hash.includes('?') ? '&' : '?'}steps=${steps}` }",
        steps,
    )
    rest(room, steps)
    if wanted:
        room.wait_for_selector("[data-test=findings]")
        assert wanted <= set(codes(room))
    else:
        room.wait_for_selector("[data-test=no-findings]")


def test_dead_units_of_the_step_are_marked_on_every_hidden_unit(room):
    room.select_option("[data-test=story]", "step")
    room.wait_for_selector("[data-unit='2-7'][data-dead]")
    assert room.locator("[data-dead]").count() == 16
    label = room.get_attribute("[data-unit='1-0']", "aria-label")
    assert "dead" in label or "死亡" in label


def test_saturated_units_are_those_of_the_librarys_diagnosis(visit):
    page = visit("#/network?layers=8:tanh;8:sigmoid&rate=3&solver=sgd&steps=140")
    found = state(page, 140)
    model, X, y = with_weights(found, activation=["tanh", "sigmoid"])
    for number_, layer in enumerate(measure_network(model, X, y).layers[:-1], 1):
        assert flat_sides(layer.function) == (True, True)
        share = layer.units.active_share
        wanted = np.flatnonzero((share <= 0.01) & (layer.units.slope_max > 1e-6))
        marked = page.locator(f"[data-unit^='{number_}-'][data-saturated]")
        assert marked.count() == len(wanted)


def test_units_are_reached_by_arrow_keys_and_tell_their_weights(room):
    found = state(room, 0)
    room.focus("[data-unit='1-0']")
    room.keyboard.press("ArrowDown")
    room.keyboard.press("ArrowRight")
    assert room.evaluate("document.activeElement.dataset.unit") == "2-1"
    told = room.inner_text("[data-test=told]").replace("−", "-")
    numbers = [float(one) for one in re.findall(r"-?\d+\.\d+", told)]
    for weight in found.coefs[1][:, 1]:
        assert min(abs(weight - one) for one in numbers) < 2e-3


def test_points_drawn_by_hand_are_learnt_and_stand_in_the_link(visit):
    page = visit("#/network?data=drawn")
    page.wait_for_selector("[data-test=why]")
    picture = page.locator("[data-test=map] canvas")
    for brush, left in ((0, 0.3), (3, 0.75)):
        page.click(f"[data-test=brush-{brush}]")
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        at = box["x"] + box["width"] * left
        page.mouse.move(at, box["y"] + box["height"] * 0.2)
        page.mouse.down()
        page.mouse.move(at, box["y"] + box["height"] * 0.6, steps=8)
        page.mouse.up()
    found = state(page, 0)
    assert set(found.y) == {0, 1}
    assert len(found.y) >= 8
    page.wait_for_timeout(400)  # the link is written a moment after the last change
    link = page.evaluate("location.hash")
    again = visit(link)
    np.testing.assert_array_equal(state(again, 0).X, found.X)
    again.click("[data-test=clear]")
    again.wait_for_selector("[data-test=why]")


def test_a_point_is_placed_by_keyboard(visit):
    page = visit("#/network?data=drawn")
    page.focus("[data-test=handle-pen]")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    page.click("[data-test=place]")
    page.wait_for_function("() => location.hash.includes('points=')")


def test_an_own_table_is_learnt_with_two_columns_and_with_all(visit):
    page = visit("#/network?data=own")
    assert page.inner_text("[data-test=why]")
    file = {"name": "things.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("[data-test=file]", file)
    found = state(page, 0)
    assert found.X.shape == (60, 3)
    assert set(found.y) == {0, 1, 2}
    X, _ = training_rows(found)
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(X.std(axis=0), 1)
    page.click("[data-test=inputs-two]")
    assert state(page, 0).X.shape == (60, 2)
    page.select_option("[data-test=axis-0]", "weight")
    column = state(page, 0).X[:, 0]
    given = np.array([i * i % 11 for i in range(60)], dtype=float)
    assert np.corrcoef(column, given)[0, 1] == pytest.approx(1)
    page.select_option("[data-test=target]", "weight")
    page.click("[data-test=task-regression]")
    rest(page, 0)
    assert "R²" in page.inner_text("[data-test=numbers]")
    assert "things" not in page.evaluate("location.hash")


def test_pressing_on_the_map_chooses_the_nearest_row(room):
    found = state(room, 0)
    picture = room.locator("[data-test=map] canvas")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    room.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.45)
    room.wait_for_function("() => document.querySelector('[data-test=row]').value !== ''")
    row = int(room.input_value("[data-test=row]")) - 1
    assert 0 <= row < len(found.y)
    room.wait_for_selector("[data-test=sample-facts]")


def test_the_model_goes_along_with_the_weights_on_view(visit):
    page = visit("#/network?layers=4:tanh&steps=7")
    found = state(page, 7)
    page.click("[data-test=export-json]")
    page.wait_for_selector("[data-test=export-source]", timeout=40_000)
    model = json.loads(page.inner_text("[data-test=export-source]"))
    text = json.dumps(model)
    assert str(found.coefs[0][0, 0])[:10] in text
