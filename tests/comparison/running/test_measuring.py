import numpy as np
import pytest

from ogive.comparison.running.measuring import MOST_PREDICTIONS, _predict_seconds


class Counting:
    def __init__(self):
        self.calls = 0

    def predict(self, X):
        self.calls += 1
        return X


@pytest.mark.parametrize(("budget", "calls"), [(0.0, 1), (1e9, MOST_PREDICTIONS)])
def test_predicting_is_timed_as_often_as_there_is_time_for_but_once(budget, calls):
    model = Counting()
    assert _predict_seconds(model, np.zeros((3, 2)), budget) > 0
    assert model.calls == calls
