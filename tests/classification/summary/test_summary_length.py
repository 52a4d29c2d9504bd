"""What a summary of many coefficients shows."""

import re

import numpy as np

from ogive import LogisticRegression
from ogive.classification.summary import content


def names_in(text):
    """Return the columns x0, x1 … of the first table, in its order."""
    rows = re.split("----|====", text.split("(Intercept)")[1])[0].splitlines()
    return [row.split()[0] for row in rows[1:]]


def test_of_many_coefficients_those_of_the_largest_z_are_shown():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 80))
    y = (X[:, 70] + rng.logistic(size=400) > 0).astype(int)
    summary = LogisticRegression().fit(X, y).summary()
    order = np.argsort(-np.abs(summary.inference.z[0, 1:]), kind="stable")
    english = summary.text("en")
    assert names_in(english) == [f"x{j}" for j in order[:59]]
    assert "60 of the 81 coefficients are shown, those with the largest |z|" in english
    assert "summary.text(all=True)" in english
    assert "81 个系数中显示了 |z| 最大的 60 个" in summary.text("zh").replace("\n    ", "")
    everything = summary.text("en", all=True)
    assert names_in(everything) == [f"x{j}" for j in range(80)]
    assert "are shown" not in everything


def test_without_z_the_largest_coefficients_are_shown():
    rng = np.random.default_rng(0)
    coef = rng.normal(size=70)
    X = rng.normal(size=(20, 70))
    summary = LogisticRegression.from_weights(coef, 0.5).summary(X, np.arange(20) % 2)
    order = np.argsort(-np.abs(coef), kind="stable")
    assert names_in(summary.text("en")) == [f"x{j}" for j in order[:59]]
    assert "those with the largest absolute value" in " ".join(summary.text("en").split())


def test_classes_share_the_room_for_coefficients():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(400, 30)), np.arange(400) % 4
    text = LogisticRegression().fit(X, y).summary().text("en")
    assert len(names_in(text)) == 19
    assert "20 of the 31 coefficients of each class are shown" in " ".join(text.split())


def test_nothing_is_computed_for_coefficients_that_are_not_shown(monkeypatch):
    rng = np.random.default_rng(0)
    summary = LogisticRegression().fit(rng.normal(size=(30, 5000)), np.arange(30) % 2).summary()
    seen = []
    monkeypatch.setattr(content, "_row", lambda s, i, j, language: seen.append(j) or ["x"] * 7)
    str(summary)
    assert len(seen) == 60
    covariance = summary.inference.covariance
    assert covariance.shape == (5001, 5001)
    assert covariance.strides == (0, 0)
