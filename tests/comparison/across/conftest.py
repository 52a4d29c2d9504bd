"""Comparisons on several data sets, put together from plain numbers."""

import pytest

from ogive.comparison.across import Across

LABELS = ("relu", "tanh", "step")


@pytest.fixture
def new_across(new_comparison):
    """Make what several data sets say from a row of mean scores for each."""

    def make(rows, labels=LABELS, **changed):
        return Across(
            {
                f"set {i}": new_comparison(
                    dict(zip(labels, row, strict=True)), spread=0.0, **changed
                )
                for i, row in enumerate(rows)
            }
        )

    return make


@pytest.fixture
def three(new_across):
    """Three data sets that agree."""
    return new_across([(0.9, 0.8, 0.5), (0.95, 0.9, 0.6), (0.8, 0.7, 0.3)])


@pytest.fixture
def ten(new_across):
    """Ten data sets: relu and tanh take turns, and step is far behind."""
    rows = [(0.9 + 0.001 * i, 0.9 + 0.001 * i + (-1) ** i * 0.002, 0.5) for i in range(10)]
    return new_across(rows)
