"""The functions room: the numbers on the page are the library's, to 4 units in the last place."""

import numpy as np
import pytest
from functions_page import exactly, link, ulps, wait_for_point, wait_for_shown, wait_until

import ogive
from ogive.activations import CATALOGUE

pytestmark = pytest.mark.browser

ELEMENTWISE = [name for name, record in CATALOGUE.items() if record.kind == "elementwise"]
MOST_SHOWN = 8
PLACES = (-30.25, -3.7, -0.5, 0.0, 0.3, 2.25, 17.0)


@pytest.mark.parametrize("first", range(0, len(ELEMENTWISE), MOST_SHOWN))
def test_value_and_derivative_of_every_function_are_the_librarys(visit, first):
    names = ELEMENTWISE[first : first + MOST_SHOWN]
    page = visit(link(f=";".join(names), z=PLACES[0]))
    for z in PLACES:
        field = page.locator("[data-test=z]")
        field.fill(str(z))
        field.press("Enter")
        if len(names) > 1:
            wait_for_shown(page, names, z)
        for i, name in enumerate(names):
            function = ogive.activation(name)
            with np.errstate(all="ignore"):
                wanted = function(z), function.derivative(z)
            for part, number in zip(("value", "slope"), wanted, strict=True):
                assert ulps(exactly(page, f"{part}-{i}"), number) <= 4, (name, z, part)


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("leaky_relu~negative_slope:0.35", {"negative_slope": 0.35}),
        ("elu~alpha:1.7", {"alpha": 1.7}),
        ("silu~beta:2.5", {"beta": 2.5}),
        ("hardtanh~min_val:-2~max_val:0.5", {"min_val": -2.0, "max_val": 0.5}),
    ],
)
def test_parameters_from_the_link_count(visit, text, parameters):
    page = visit(link(f=text, z=-1.3))
    wait_for_point(page, -1.3)
    function = ogive.activation(text.split("~")[0], **parameters)
    assert ulps(exactly(page, "value"), function(-1.3)) <= 4
    assert ulps(exactly(page, "slope"), function.derivative(-1.3)) <= 4


def test_a_slider_changes_the_function(visit):
    page = visit(link(f="leaky_relu", z=-2))
    slider = page.locator("[data-test=parameter-negative_slope]")
    slider.fill("0.5")
    wait_until(
        page, "() => Number(document.querySelector('[data-test=value]').dataset.value) === -1"
    )
    assert exactly(page, "slope") == 0.5


@pytest.mark.parametrize("choice", ["torch", "left", "right", "mean"])
def test_the_derivative_at_a_kink_is_the_one_that_is_chosen(visit, choice):
    page = visit(link(f="hardtanh", z=1))
    page.click(f"[data-test=subgradient-{choice}]")
    wanted = float(ogive.activation("hardtanh", subgradient=choice).derivative(1.0))
    wait_until(
        page,
        "([slope]) => Number(document.querySelector('[data-test=slope]').dataset.value) === slope",
        wanted,
    )


def test_the_point_is_moved_by_keys_on_either_plot(visit):
    page = visit(link(f="tanh", z=1))
    wait_for_point(page, 1)
    for name, key, z in (
        ("value", "ArrowRight", 1.1),
        ("slope", "ArrowLeft", 1.0),
        ("value", "Shift+ArrowLeft", 0.0),
    ):
        page.locator(f"[data-test=handle-{name}]").press(key)
        wait_for_point(page, z)
        assert ulps(exactly(page, "value"), np.tanh(z)) <= 4


def test_the_point_is_dragged(visit):
    page = visit(link(f="sigmoid", z=0))
    wait_for_point(page, 0)
    handle = page.locator("[data-test=handle-value]")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 25, steps=8)
    page.mouse.up()
    wait_until(page, "() => Number(document.querySelector('[data-test=z]').dataset.value) > 0.5")
    z = exactly(page, "z")
    wait_for_point(page, z)
    function = ogive.activation("sigmoid")
    assert ulps(exactly(page, "value"), function(z)) <= 4
    assert ulps(exactly(page, "slope"), function.derivative(z)) <= 4
