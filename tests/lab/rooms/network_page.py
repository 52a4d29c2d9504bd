"""What tests do and read on the page of the room of networks."""

import json
import warnings
from dataclasses import dataclass

import numpy as np

import ogive

STATE = "[data-test=state]"


@dataclass
class State:
    """The numbers behind the pictures."""

    step: int
    loss: np.ndarray
    coefs: list
    intercepts: list
    X: np.ndarray
    y: np.ndarray
    validation: np.ndarray
    baseline: float


def rest(page, step=None):
    """Wait until training rests, at a step if one is given."""
    at = "" if step is None else f"[data-step='{step}']"
    page.wait_for_selector(f"{STATE}[data-resting=true]{at}", state="attached", timeout=20_000)


def state(page, step=None):
    """Return the numbers of the page once training rests."""
    rest(page, step)
    told = page.locator(STATE).evaluate("element => ({...element.dataset})")
    columns = int(told["columns"])
    coefs, intercepts = json.loads(told["coefs"]), json.loads(told["intercepts"])
    widths = [len(one) for one in intercepts]
    return State(
        step=int(told["step"]),
        loss=np.array(json.loads(told["loss"]), dtype=float),
        coefs=[
            np.reshape(np.array(coef, dtype=float), (-1, width))
            for coef, width in zip(coefs, widths, strict=True)
        ],
        intercepts=[np.array(one, dtype=float) for one in intercepts],
        X=np.reshape(json.loads(told["x"]), (-1, columns)),
        y=np.array(json.loads(told["y"])),
        validation=np.array(json.loads(told["validation"]), dtype=int),
        baseline=float(told.get("baseline", "nan")),
    )


def training_rows(found):
    """Return X and y without the rows for validation."""
    kept = np.setdiff1d(np.arange(len(found.y)), found.validation)
    return found.X[kept], found.y[kept]


def number(page, name):
    """Return a number of the controls with all its digits."""
    return float(page.locator(f"[data-test={name}]").get_attribute("data-value"))


def with_weights(found, classifier=True, **parameters):
    """Return an estimator of the library with the page's weights, and the rows learnt from."""
    X, y = training_rows(found)
    kind = ogive.MLPClassifier if classifier else ogive.MLPRegressor
    hidden = tuple(len(one) for one in found.intercepts[:-1])
    model = kind(hidden_layer_sizes=hidden, max_iter=1, random_state=0, **parameters)
    labels = y.astype(int) if classifier else y
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one epoch, whose weights are not used
        model.fit(X, labels)
    model.coefs_, model.intercepts_ = found.coefs, found.intercepts
    return model, X, labels


def same(one, other):
    """Return whether two states have the same weights to the last bit."""
    return all(
        np.array_equal(a, b)
        for a, b in zip(one.coefs + one.intercepts, other.coefs + other.intercepts, strict=True)
    )
