"""Clean data have an issue about as often as the level of the tests says."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from ogive.linear import LinearRegression
from ogive.linear.assumptions.outcome import holm


def share_with_issues(order, errors, sets=200):
    found = 0
    for seed in range(sets):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(100, 3))
        y = 1 + X @ [1.0, -2.0, 1.5] + errors(rng)
        found += not LinearRegression().fit(X, y).check_assumptions(order=order).passed
    return found / sets


@pytest.mark.slow
@pytest.mark.parametrize("order", [None, True])
def test_one_clean_data_set_in_twenty_has_an_issue(order):
    # 200 sets at a rate of 0.05 give 1 to 22 with a probability of 0.9999.
    share = share_with_issues(order, lambda rng: rng.normal(size=100))
    assert 0.005 <= share <= 0.11


def test_a_stricter_level_finds_fewer(clean):
    y = clean.y
    y[17] += 6
    model = LinearRegression().fit(clean.X, y)
    assert model.check_assumptions(significance=0.05).of("OGV217").verdict != "passed"
    assert model.check_assumptions(significance=1e-6).of("OGV217").verdict == "passed"


def test_holms_correction_is_that_of_statsmodels():
    p = np.random.default_rng(0).random(12) ** 3
    np.testing.assert_allclose(holm(p), multipletests(p, method="holm")[1], rtol=1e-14)


def test_holms_correction_leaves_out_what_was_not_tested():
    np.testing.assert_array_equal(holm([0.01, np.nan, 0.02]), [0.02, np.nan, 0.02])
