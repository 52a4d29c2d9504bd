"""What tests read on the page of the functions room."""

import re
from urllib.parse import quote

import numpy as np


def link(**state):
    """Return the link to the room in a state."""
    parts = (f"{key}={quote(str(value), safe=',;~:@')}" for key, value in state.items())
    return f"#/functions?{'&'.join(parts)}"


def wait_until(page, condition, *arguments):
    """Wait until a condition of the page holds; the page's script may take a moment."""
    page.wait_for_function(condition, arg=list(arguments), timeout=60_000)


def exactly(page, name):
    """Return the number of a part of the page with all its digits."""
    return float(page.locator(f"[data-test='{name}']").get_attribute("data-value"))


def wait_for_point(page, z):
    """Wait until the numbers on view are those at z."""
    wait_until(
        page,
        "([z]) => ['value', 'slope'].every(name =>"
        " Number(document.querySelector(`[data-test=${name}]`)?.dataset.z ?? NaN) === z)",
        z,
    )


def wait_for_shown(page, keys, z):
    """Wait until the legend has the numbers of these functions at z."""
    wait_until(
        page,
        "([keys, z]) => keys.every((key, i) => {"
        " const row = document.querySelector(`[data-test=shown-${i}]`);"
        " return row?.dataset.of === key && Number(row.dataset.z ?? NaN) === z; })",
        list(keys),
        z,
    )


def text(page, name):
    """Return what a part of the page says, blanks made single."""
    return re.sub(r"\s+", " ", page.locator(f"[data-test='{name}']").inner_text()).strip()


def ulps(found, wanted):
    """Return by how many units in the last place a number is off."""
    if found == wanted or (np.isnan(found) and np.isnan(wanted)):
        return 0.0
    return abs(found - wanted) / np.spacing(abs(wanted))
