"""What tests read on the page of the boundary room."""

import re

import numpy as np


def number(text):
    """Return a number as the page writes it."""
    return float(text.replace("−", "-"))


def table(page):
    """Return the rows of the table of samples as dicts of text, by the sample's name."""
    cells = page.eval_on_selector_all(
        "[data-test=samples] tbody tr",
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))",
    )
    names = ("x1", "x2", "label", "z", "a", "loss", "dz", "verdict")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in cells}


def samples(page):
    """Return X and y of the table of samples, which must show them all."""
    rows = table(page).values()
    X = np.array([[number(row["x1"]), number(row["x2"])] for row in rows])
    return X, np.array([int(row["label"]) for row in rows])


def weights(page, of="weights"):
    """Return w1, w2 and b with all their digits."""
    text = page.locator(f"[data-test={of}]").text_content()
    return np.array([float(part) for part in text.split()])


def formulas(page, of):
    """Return the formulas of a part of the page in LaTeX, as they were typeset."""
    wait_until(
        page,
        "([of]) => { const all = [...document.querySelectorAll(`[data-test=${of}] [data-latex]`)];"
        " return all.length > 0 && all.every(one =>"
        " one.querySelector('annotation')?.textContent === one.dataset.latex); }",
        of,
    )
    return page.locator(f"[data-test={of}] .katex annotation").all_text_contents()


def last_number(formula):
    """Return the number that a formula ends with."""
    found = re.search(r"= ?(-?[\d.]+)(?:\\times10\^\{(-?\d+)\})?$", formula)
    return float(found[1]) * 10.0 ** int(found[2] or 0)


def wait_until(page, condition, *arguments):
    """Wait until a condition of the page holds; the page's script may take a moment."""
    page.wait_for_function(condition, arg=list(arguments), timeout=10_000)


def show_step(page, step):
    """Go to a step of the training by its number, and wait until it is shown."""
    field = page.locator("[data-test=step]")
    field.fill(str(step))
    field.press("Enter")
    wait_for_step(page, step)


def wait_for_step(page, step):
    """Wait until the next update on view is the one after `step`, its numbers being there."""
    wait_until(
        page,
        "([next]) => document.querySelector('[data-test=update]')?.textContent.match(/\\d+/)[0]"
        " === String(next)",
        step + 1,
    )
