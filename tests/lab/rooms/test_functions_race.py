"""The functions room: the step race, and what layers leave of a gradient."""

import math

import pytest
from functions_page import exactly, link, text, wait_until

import ogive
from ogive.activations.descent import race

pytestmark = pytest.mark.browser

LECTURE = {"sigmoid": 67, "tanh": 14, "relu": 2}


def wait_for_steps(page, wanted):
    wait_until(
        page,
        "([wanted]) => Object.entries(wanted).every(([name, steps]) =>"
        " document.querySelector(`[data-test='steps-${name}']`)?.dataset.value === String(steps))",
        wanted,
    )


def test_the_lectures_race_has_the_lectures_steps(visit):
    page = visit(link(view="race"))
    wait_for_steps(page, LECTURE)
    assert exactly(page, "begin-sigmoid") == pytest.approx(math.log(9), rel=1e-15)


def test_over_the_same_distance_relu_takes_eleven_steps(visit):
    page = visit(link(view="race"))
    page.click("[data-test=rule-input]")
    wait_for_steps(page, {"sigmoid": 67, "relu": 11})


def test_any_functions_any_start_stop_and_rate(visit):
    names = ["softplus", "gudermannian", "isru", "arctan_curve", "softsign"]
    page = visit(link(view="race", r=";".join(names), start=0.8, stop=0.3, rate=0.5))
    found = race(names, 0.8, 0.3, 0.5)
    wait_for_steps(page, {entry.function.name: entry.descent.steps for entry in found})
    page.select_option("[data-test=add-runner]", "elu")
    wait_for_steps(page, {"elu": ogive.activation("elu").descend(0.8, 0.3, 0.5).steps})


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("output", {"en": "never has that value", "zh": "取不到起点的值"}),
        ("input", {"en": "stands still", "zh": "停滞不前"}),
    ],
)
def test_who_cannot_start_or_does_not_move_is_told(visit, language, rule, said):
    page = visit(link(view="race", r="step;relu", rule=rule))
    wait_for_steps(page, {"relu": 2 if rule == "output" else 11})
    assert text(page, "steps-step") == said[language]
    if rule == "input":
        run = ogive.activation("step").descend(math.log(9), 0.0, over="input")
        assert run.outcome == "stands still"


def test_the_steps_are_counted_as_it_plays_and_can_be_walked_one_by_one(visit):
    page = visit(link(view="race", speed=100))
    wait_for_steps(page, LECTURE)
    page.click("[data-test=race-step]")
    page.click("[data-test=race-step]")
    page.click("[data-test=race-step]")
    assert [text(page, f"count-{i}") for i in range(3)] == ["3", "3", "2"]
    page.click("[data-test=race-toggle]")
    wait_until(page, "() => document.querySelector('[data-test=count-0]').textContent === '67'")
    assert text(page, "count-1") == "14"
    page.click("[data-test=race-rewind]")
    assert text(page, "count-0") == "0"


def test_a_stop_above_the_start_is_no_race(visit):
    page = visit(link(view="race", start=0.2, stop=0.7))
    page.wait_for_selector("[data-test=must-fall]")


def test_layers_of_sigmoids_leave_a_quarter_each_at_best(visit):
    page = visit(link(f="tanh;gelu", z=2, layers=10))
    wait_until(
        page,
        "() => ['sigmoid', 'tanh', 'gelu'].every(name => Number.isFinite(parseFloat("
        "document.querySelector(`[data-test='best-${name}']`)?.dataset.value)))",
    )
    assert exactly(page, "best-sigmoid") == 0.25**10
    assert exactly(page, "best-tanh") == 1.0
    greatest = ogive.activation("gelu").facts.derivative_range.upper
    assert exactly(page, "best-gelu") == pytest.approx(greatest**10, rel=1e-14)
    slope = float(ogive.activation("tanh").derivative(2.0))
    assert exactly(page, "here-tanh") == pytest.approx(slope**10, rel=1e-12)
