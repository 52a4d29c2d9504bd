"""The menu leads back into a room as it was left; a link that is typed opens it anew."""

import pytest
from line_page import wait
from network_page import rest, state

pytestmark = pytest.mark.browser
EPOCH = 7  # steps of the network of the room as it begins


@pytest.fixture(scope="module")
def language():
    """What is tested here does not depend on it."""
    return "en"


def enter(page, room):
    page.click(f"nav a[href='#/{room}']")
    page.wait_for_selector(f"nav a[aria-current=page][href='#/{room}']")
    page.wait_for_selector("main h1")


def test_a_network_is_found_as_trained_after_a_visit_elsewhere(visit):
    page = visit("#/network?seed=3")
    rest(page, 0)
    page.click("[data-test=epoch]")
    trained = state(page, EPOCH)
    enter(page, "line")
    wait(page)
    enter(page, "network")
    again = state(page, EPOCH)
    assert (again.loss == trained.loss).all()
    assert all((one == other).all() for one, other in zip(again.coefs, trained.coefs, strict=True))


def test_a_network_that_is_left_while_it_trains_is_found_where_it_was(visit):
    page = visit("#/network?seed=4")
    rest(page, 0)
    page.click("[data-test=play]")
    page.wait_for_function(
        "least => Number(document.querySelector('[data-test=state]').dataset.step) > least",
        arg=3 * EPOCH,
    )
    enter(page, "line")
    enter(page, "network")
    page.wait_for_function(
        "least => Number(document.querySelector('[data-test=state]')?.dataset.step) > least",
        arg=3 * EPOCH,
    )


def test_the_network_of_ones_own_table_is_found_again(visit, tmp_path):
    file = tmp_path / "own.csv"
    rows = "\n".join(f"{i % 7},{i % 5},{'ab'[i % 2]}" for i in range(40))
    file.write_text(f"width,height,kind\n{rows}", encoding="utf-8")
    page = visit("#/network?data=own")
    page.locator("[data-test=file]").set_input_files(file)
    before = state(page, 0)
    enter(page, "line")
    wait(page)
    enter(page, "network")
    assert (state(page, 0).X == before.X).all()


def test_a_room_whose_link_is_typed_opens_anew(visit):
    page = visit("#/network?seed=5&steps=7")
    rest(page, EPOCH)
    visit("#/network")
    rest(page, 0)


def test_the_set_up_of_a_comparison_is_kept(visit):
    page = visit("#/compare?data=wine&folds=3")
    enter(page, "line")
    enter(page, "compare")
    assert page.evaluate("location.hash") == "#/compare?data=wine&folds=3"


def test_a_lesson_is_found_again_by_the_menu(visit):
    page = visit("#/lessons")
    page.click("[data-test=begin-boundary]")
    page.wait_for_selector("[data-test=lesson]")
    enter(page, "functions")
    page.wait_for_selector("[data-test=lesson]", state="detached")
    enter(page, "boundary")
    page.wait_for_selector("[data-test=lesson]")
