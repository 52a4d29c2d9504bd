"""What tests read on the page of the room of the line."""

import json
import warnings
from functools import cache
from pathlib import Path

import numpy as np

from ogive import LinearRegression

READY = "[data-test=standings][data-busy=false] [data-test=standing-exact] [data-value]"
BATCHES = {"full": None, "mini": 4, "single": 1}
TABLES = Path(__file__).parents[3] / "lab/web/src/rooms/line/tables"
ANSWER_SECONDS = 20


def wait(page):
    """Wait until the numbers are those of what is chosen."""
    page.wait_for_selector(READY, timeout=ANSWER_SECONDS * 1000)


def standing(page, name):
    """Return the weights, the loss and, of a descent, the steps of a line, with all digits."""
    cells = page.eval_on_selector_all(
        f"[data-test=standing-{name}] [data-value]",
        "cells => cells.map(cell => Number(cell.dataset.value))",
    )
    return np.array(cells)


def state(page, name):
    """Return the class of the last cell of a line, which tells how it is."""
    return page.locator(f"[data-test=standing-{name}] td").last.get_attribute("class").split()[0]


def shown(page, name):
    """Return a number that the page shows in words, with all digits."""
    return float(page.locator(f"[data-test={name}]").get_attribute("data-value"))


def points(page):
    """Return the numbers of the table of points, NaN where one is missing."""
    opener = page.locator("[data-test=open-points]")
    closed = opener.get_attribute("aria-expanded") == "false"
    if closed:
        opener.click()
    page.wait_for_selector("[data-test=points]")
    rows = page.eval_on_selector_all(
        "[data-test=points] tbody tr",
        "rows => rows.map(row => [...row.querySelectorAll('input')].map(one => one.value))",
    )
    if closed:  # as it was: the picture moves with it
        opener.click()
    return np.array([[float(cell) if cell else np.nan for cell in row] for row in rows])


def weights(model, coef, intercept):
    """Return weights in the order of the page: a, b of one variable; w1, w2, b of two."""
    return [intercept, *coef] if len(coef) == 1 else [*coef, intercept]


def descend(X, y, name, passes, **parameters):
    """Return the library's descent of the same kind as a line of the page."""
    model = LinearRegression(solver="gd", batch_size=BATCHES[name], max_iter=passes, **parameters)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not converged, or diverged
        return model.fit(X, y).descent_


def at_step(descent, step):
    """Return coefficients, intercept and loss of the last record of at most so many steps."""
    record = int(np.searchsorted(descent.step, step, side="right")) - 1
    return descent.coef[record], descent.intercept[record], descent.loss[record]


@cache
def bundled():
    """Return the tables that come with the room."""
    from test_line_tables import ask

    return ask("sets")


def table(name, *columns):
    """Return the features and the target of a table of the room."""
    values = bundled()[name]
    X = np.array([values[column] for column in columns[:-1]], dtype=float).T
    return X, np.array(values[columns[-1]], dtype=float)


def link_of(page):
    """Return what stands behind the question mark of the link, once it is written."""
    page.wait_for_timeout(250)
    return dict(
        json.loads(
            page.evaluate(
                "JSON.stringify([...new URLSearchParams(location.hash.split('?')[1] ?? '')])"
            )
        )
    )
