"""The room of the line: its numbers are the library's."""

import numpy as np
import pytest
from line_page import (
    ANSWER_SECONDS,
    BATCHES,
    at_step,
    descend,
    points,
    shown,
    standing,
    state,
    table,
    wait,
    weights,
)

from ogive import LinearRegression

pytestmark = pytest.mark.browser

TOLERANCE = 1e-5
STEPS = 100

# What stands in the link, and the columns it stands for.
TABLES = {
    "set=points": ("points", "x", "y"),
    "set=anscombe3": ("anscombe3", "x", "y"),
    "set=engel": ("engel", "income", "foodexp"),
    "set=cars&k=2": ("cars", "weight", "power", "mpg"),
    "set=house&k=2&c=0,2,3": ("house", "size", "gross_size", "price"),
}
SETTINGS = {
    "a small rate": ("rate=0.05&seed=3", {"learning_rate": 0.05, "random_state": 3}),
    "a rate that hovers": ("rate=0.15&seed=0", {"learning_rate": 0.15, "random_state": 0}),
    "automatic rates": ("auto=1&seed=7", {"random_state": 7}),
}


@pytest.mark.parametrize("link", TABLES)
def test_the_exact_solution_is_that_of_linear_regression(visit, link):
    page = visit(f"#/line?{link}")
    wait(page)
    X, y = table(*TABLES[link])
    model = LinearRegression().fit(X, y)
    expected = weights(model, model.coef_, model.intercept_)
    loss = float(np.mean((y - model.predict(X)) ** 2) / 2)
    np.testing.assert_allclose(standing(page, "exact"), [*expected, loss], rtol=1e-9)
    assert shown(page, "r2") == pytest.approx(model.score(X, y), rel=1e-9)


# Every table, every setting, and each setting with one and with two variables.
PAIRS = [
    ("set=points", "a small rate"),
    ("set=points", "automatic rates"),
    ("set=anscombe3", "a rate that hovers"),
    ("set=engel", "automatic rates"),
    ("set=cars&k=2", "a rate that hovers"),
    ("set=cars&k=2", "automatic rates"),
    ("set=house&k=2&c=0,2,3", "a small rate"),
]


@pytest.mark.parametrize(("link", "setting"), PAIRS)
def test_the_three_descents_are_the_librarys_after_a_hundred_steps(visit, link, setting):
    given, parameters = SETTINGS[setting]
    page = visit(f"#/line?{link}&{given}&at={STEPS}&end={STEPS}")
    wait(page)
    X, y = table(*TABLES[link])
    for name, size in BATCHES.items():
        passes = -(-STEPS // -(-len(y) // (size or len(y))))
        descent = descend(X, y, name, passes, **parameters)
        coef, intercept, loss = at_step(descent, STEPS)
        found = standing(page, name)
        np.testing.assert_allclose(
            found[:-1], [*weights(None, coef, intercept), loss], rtol=TOLERANCE, err_msg=name
        )
        assert found[-1] == min(STEPS, descent.step[-1])


def test_every_step_on_the_way_is_the_librarys(visit):
    page = visit("#/line?set=cars&k=2&rate=0.1&seed=5&at=0&end=20")
    wait(page)
    X, y = table("cars", "weight", "power", "mpg")
    descents = {
        name: descend(X, y, name, 20, learning_rate=0.1, random_state=5) for name in BATCHES
    }
    for step in range(8):
        for name, descent in descents.items():
            expected = [*weights(None, descent.coef[step], descent.intercept[step])]
            np.testing.assert_allclose(
                standing(page, name)[:-1],
                [*expected, descent.loss[step]],
                rtol=TOLERANCE,
                atol=1e-12,
            )
        page.locator("[data-test=race-step]").click()
    page.locator("[data-test=race-back]").click()
    assert standing(page, "single")[-1] == 7
    page.locator("[data-test=race-rewind]").click()
    assert all(standing(page, name)[-1] == 0 for name in BATCHES)
    page.locator("[data-test=race-end]").click()
    assert all(standing(page, name)[-1] == 20 for name in BATCHES)


@pytest.mark.parametrize(("link", "columns"), list(TABLES.items())[3:4])
def test_the_limit_is_the_librarys_and_beyond_it_the_descent_on_all_rows_diverges(
    visit, link, columns
):
    page = visit(f"#/line?{link}&rate=0.1&at=100&end=100")
    wait(page)
    X, y = table(*columns)
    limit = descend(X, y, "full", 1, learning_rate=0.1).learning_rate_limit
    assert f"2/λmax = {limit:.4g}" in page.locator("[data-test=rate-says]").text_content()
    page = visit(f"#/line?{link}&rate={limit * 1.05:.4f}&at=1000&end=1000")
    wait(page)
    descent = descend(X, y, "full", 1000, learning_rate=float(f"{limit * 1.05:.4f}"))
    assert descent.diverged
    assert state(page, "full") == "diverged"
    assert standing(page, "full")[-1] == descent.n_steps
    assert state(page, "single") in ("away", "diverged")
    page = visit(f"#/line?{link}&rate={limit * 0.95:.4f}&at=1000&end=1000")
    wait(page)
    assert state(page, "full") == "converged"


def test_compared_by_rows_seen_each_descent_has_seen_as_many(visit):
    page = visit("#/line?set=cars&k=2&rate=0.05&seed=2&clock=rows&at=80&end=80")
    wait(page)
    X, y = table("cars", "weight", "power", "mpg")
    steps = {"full": 10, "mini": 80, "single": 320}  # 320 rows of 32 cars
    for name, wanted in steps.items():
        descent = descend(X, y, name, 10, learning_rate=0.05, random_state=2)
        coef, intercept, loss = at_step(descent, wanted)
        found = standing(page, name)
        assert found[-1] == wanted
        np.testing.assert_allclose(
            found[:-1], [*weights(None, coef, intercept), loss], rtol=TOLERANCE, err_msg=name
        )


def test_predictions_of_all_lines_are_the_librarys(visit):
    page = visit("#/line?set=house&k=2&rate=0.1&seed=1&at=30&end=30&at_x=120,4.5")
    wait(page)
    X, y = table("house", "size", "distance", "price")
    model = LinearRegression().fit(X, y)
    row = [[120.0, 4.5]]
    assert shown(page, "predicted-exact") == pytest.approx(model.predict(row)[0], rel=1e-9)
    for name in BATCHES:
        descent = descend(X, y, name, 30, learning_rate=0.1, random_state=1)
        coef, intercept, _ = at_step(descent, 30)
        assert shown(page, f"predicted-{name}") == pytest.approx(
            float(coef @ row[0] + intercept), rel=TOLERANCE
        )
    given = page.locator("[data-test=intervals]")
    given.wait_for(timeout=ANSWER_SECONDS * 1000)
    interval = model.predict(row, interval="prediction")
    assert f"{interval.low[0]:.4g} … {interval.high[0]:.4g}" in given.text_content()


def test_the_normal_equations_hold_the_present_numbers(visit):
    page = visit("#/line?set=points")
    wait(page)
    data = points(page)
    X = np.column_stack([np.ones(len(data)), data[:, 0]])
    page.wait_for_selector("[data-test=equations] .katex")
    page.wait_for_timeout(200)
    formulas = page.locator("[data-test=equations] .katex annotation").all_text_contents()
    for number in [*(X.T @ X).ravel(), *(X.T @ data[:, 1])]:
        assert f"{number:.5g}" in formulas[3]
    solution = np.linalg.solve(X.T @ X, X.T @ data[:, 1])
    for number in solution:
        assert f"{number:.6g}" in formulas[4]
