"""Data that meet every condition, for one fault at a time to be planted into."""

import numpy as np
import pytest


class Clean:
    """200 rows and three columns, with normal errors of equal variance.

    Attributes
    ----------
    X, y, errors : ndarray
    """

    def __init__(self, seed, rows=200):
        self.rng = np.random.default_rng(seed)
        self.X = self.rng.normal(size=(rows, 3))
        self.errors = self.rng.normal(size=rows)

    @property
    def y(self):
        return self.given(self.errors)

    def given(self, errors):
        return 1 + self.X @ [1.0, -2.0, 1.5] + errors


@pytest.fixture
def clean():
    return Clean(0)
