"""The functions room: gallery, several functions over each other, axes, links, no server."""

import re

import pytest
from functions_page import exactly, link, text, wait_for_point, wait_for_shown, wait_until

import ogive
from ogive.activations import CATALOGUE
from ogive.activations.lookup import activations

pytestmark = pytest.mark.browser


def names_found(page):
    chosen = page.locator("[data-test^=choose-]").evaluate_all(
        "buttons => buttons.map(button => button.dataset.test)"
    )
    return [name.removeprefix("choose-") for name in chosen]


def wait_for_names(page, names):
    wait_until(
        page,
        "([names]) => [...document.querySelectorAll('[data-test^=choose-]')]"
        ".map(button => button.dataset.test.slice(7)).join() === names",
        ",".join(names),
    )


def test_the_gallery_has_all_functions_with_their_curves(visit):
    page = visit(link())
    wait_for_names(page, CATALOGUE)
    wait_until(
        page,
        "([n]) => document.querySelectorAll('[data-test^=choose-] path.value').length === n",
        len(CATALOGUE),
    )


@pytest.mark.parametrize(
    ("typed", "name"), [("swish", "silu"), ("双曲正切", "tanh"), ("leaky re", "leaky_relu")]
)
def test_the_gallery_is_searched_by_name_alias_and_title(visit, typed, name):
    page = visit(link())
    wait_for_names(page, CATALOGUE)
    page.fill("[data-test=search]", typed)
    wait_until(
        page,
        "([n]) => document.querySelectorAll('[data-test^=choose-]').length < n",
        len(CATALOGUE),
    )
    assert name in names_found(page)


def test_the_gallery_is_filtered_by_properties_as_the_library_does(visit):
    page = visit(link(find="~bounded:1,zero_centered:1,cheap:1~"))
    wait_for_names(page, activations(bounded=True, zero_centered=True, cheap=True))


def test_functions_are_drawn_over_each_other_and_taken_away(visit):
    page = visit(link(f="sigmoid", z=1))
    page.click("[data-test=add-tanh]")
    page.click("[data-test=add-relu]")
    wait_for_shown(page, ["sigmoid", "tanh", "relu"], 1)
    page.click("[data-test=remove-0]")
    wait_for_shown(page, ["tanh", "relu"], 1)
    dashes = page.locator("[data-test=legend] li path").evaluate_all(
        "paths => paths.map(path => path.style.strokeDasharray)"
    )
    assert len(set(dashes)) == 2


def test_the_axes_are_zoomed_and_moved_by_buttons_and_keys(visit):
    page = visit(link(f="tanh"))
    label = page.locator("[data-test=plot-value] canvas")

    def ends():
        said = label.get_attribute("aria-label").replace("−", "-")
        return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", said)][-2:]

    assert ends() == [-5, 5]
    page.click("[data-test=axis-zoomOut]")
    assert ends() == [-7.5, 7.5]
    axes = page.locator("[data-test=axes]")
    axes.press("ArrowRight")
    assert ends() == [-6, 9]
    axes.press("+")
    assert ends() == [-3.5, 6.5]
    axes.press("0")
    assert ends() == [-5, 5]


def test_the_link_restores_everything(visit):
    state = link(f="elu~alpha:0.5;=z*sin(b*z)~b:2;relu~@right", on=1, z=0.25, x="-2,3", layers=20)
    page = visit(state)
    wait_for_shown(page, ["elu~alpha:0.5", "=z*sin(b*z)~b:2", "relu~@right"], 0.25)
    wanted = ogive.activation("z*sin(b*z)", b=2.0)(0.25)
    assert exactly(page, "value-1") == pytest.approx(wanted, rel=1e-15)
    assert page.locator("[data-test=activate-1]").get_attribute("aria-pressed") == "true"
    assert page.locator("[data-test=formula]").input_value() == "z*sin(b*z)"
    assert page.locator("[data-test=layers-number]").input_value() == "20"
    said = page.locator("[data-test=plot-value] canvas").get_attribute("aria-label")
    assert "−2" in said
    page.click("[data-test=activate-2]")
    page.click("[data-test=axis-zoomIn]")
    wait_until(page, "() => location.hash.includes('on=2')")
    kept = page.evaluate("location.hash")
    assert "elu~alpha:0.5;" in kept.replace("%7E", "~").replace("%3B", ";")


def test_a_link_of_nonsense_shows_the_room_all_the_same(visit):
    page = visit("#/functions?f=~~;;&z=abc&x=5,1&view=none&layers=-3&find=~")
    wait_for_point(page, 1)
    assert text(page, "value").startswith("0.731")


def test_a_refused_formula_in_a_link_is_told(visit):
    page = visit(link(f="=import os"))
    page.wait_for_selector("[data-test=formula-error] p")
    assert "import" in text(page, "formula-error")


def test_the_language_is_switched_without_asking_the_server_and_without_losing_anything(visit):
    page = visit(link(f="elu~alpha:0.5", z=-0.75))
    wait_for_point(page, -0.75)
    wait_until(page, "() => document.querySelector('[data-test=fact-monotonic]') !== null")
    before = exactly(page, "value")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    said = text(page, "fact-monotonic")
    page.click("[data-test=language]")
    wait_until(
        page,
        "([said]) => document.querySelector('[data-test=fact-monotonic]').innerText !== said",
        said,
    )
    assert exactly(page, "value") == before
    page.click("[data-test=language]")
    wait_until(
        page,
        "([said]) => document.querySelector('[data-test=fact-monotonic]').innerText === said",
        said,
    )
    assert [url for url in asked if "/api/" in url and "health" not in url] == []


def test_costs_are_measured_here_beside_the_sigmoids(visit):
    page = visit(link(f="tanh;relu"))
    page.click("[data-test=measure]")
    for name in ("sigmoid", "tanh", "relu"):
        page.wait_for_selector(f"[data-test=cost-{name}]", timeout=20_000)
        assert 0 < exactly(page, f"cost-{name}") < 1e5


@pytest.fixture
def cut_off(browser, lab, language):
    """Return what opens a link on a page of its own, which then loses the server."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})

    def open_(link):
        page = context.new_page()
        page.goto(f"{lab}/?lang={language}{link}")
        wait_until(page, "() => document.querySelector('[data-test=range-output]') !== null")
        page.route("**/api/**", lambda route: route.abort())
        return page

    yield open_
    context.close()


def test_a_formula_and_what_was_fetched_stay_when_the_server_is_gone(cut_off, language):
    page = cut_off(link(f="=z*tanh(z)", z=0.5))
    said = text(page, "fact-parity")
    page.locator("[data-test=z]").fill("-1.75")
    page.locator("[data-test=z]").press("Enter")
    wait_for_point(page, -1.75)
    function = ogive.activation("z*tanh(z)")
    assert exactly(page, "value") == pytest.approx(function(-1.75), rel=1e-15)
    assert exactly(page, "slope") == pytest.approx(function.derivative(-1.75), rel=1e-15)
    page.click("[data-test=add-mish]")
    wait_for_shown(page, ["=z*tanh(z)", "mish"], -1.75)
    wanted = ogive.activation("mish")(-1.75)
    assert exactly(page, "value-1") == pytest.approx(wanted, rel=1e-15)
    page.click("[data-test=activate-0]")
    assert text(page, "fact-parity") == said
    page.fill("[data-test=formula]", "z*cos(z)")
    page.press("[data-test=formula]", "Enter")
    sentence = {"en": "The server does not answer", "zh": "服务器没有应答"}[language]
    wait_until(
        page,
        "([said]) => document.querySelector('[data-test=formula-error]').textContent"
        ".includes(said)",
        sentence,
    )
    assert exactly(page, "value-1") == pytest.approx(wanted, rel=1e-15)


def test_the_race_is_run_without_the_server(cut_off):
    page = cut_off(link())
    page.click("[data-test=view-race]")
    page.click("[data-test=rule-input]")
    wait_until(
        page,
        "() => document.querySelector('[data-test=steps-relu]')?.dataset.value === '11'",
    )
