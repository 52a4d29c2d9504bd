import math
import re

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import integrate

from ogive.resampling.bayesian import correlated_t, correlated_ts
from ogive.resampling.intervals import corrected_mean
from ogive.text import InputError

VALUES = st.floats(-1, 1, allow_nan=False).map(lambda x: round(x, 6))
SAMPLES = arrays(np.float64, st.integers(1, 30), elements=VALUES)
RATIOS = st.floats(0, 1)
ROPES = st.floats(0, 0.5)


def probabilities(differences, ratio, rope):
    """Integrate Student's density with mpmath, written out from the papers' rho."""
    d = [mpmath.mpf(float(value)) for value in differences]
    n, rho = len(d), mpmath.mpf(ratio) / (1 + mpmath.mpf(ratio))
    mean = mpmath.fsum(d) / n
    variance = mpmath.fsum((value - mean) ** 2 for value in d) / (n - 1)
    scale = mpmath.sqrt((mpmath.mpf(1) / n + rho / (1 - rho)) * variance)
    df = n - 1
    constant = mpmath.gamma(mpmath.mpf(df + 1) / 2) / (
        mpmath.sqrt(df * mpmath.pi) * mpmath.gamma(mpmath.mpf(df) / 2) * scale
    )

    def density(x):
        return constant * (1 + ((x - mean) / scale) ** 2 / df) ** (-mpmath.mpf(df + 1) / 2)

    def integral(start, stop):
        inner = sorted({start, stop, *(m for m in (mean,) if start < m < stop)})
        return mpmath.quad(density, inner)

    rope = mpmath.mpf(rope)
    return integral(rope, mpmath.inf), integral(-rope, rope), integral(-mpmath.inf, -rope)


@pytest.mark.parametrize("n", [3, 10, 25])
@pytest.mark.parametrize(("shift", "rope"), [(0.0, 0.01), (0.02, 0.01), (-0.03, 0.02)])
def test_probabilities_are_integrals_of_the_density(n, shift, rope):
    differences = np.random.default_rng(n).normal(shift, 0.02, n)
    found = correlated_t(differences, 0.25, rope)
    expected = [float(value) for value in probabilities(differences, 0.25, rope)]
    assert found[:3] == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_it_agrees_with_baycomp():
    # baycomp 1.0.3: two_on_single(x, y, rope=0.01, runs=2), from the last to the first
    x = [0.91, 0.93, 0.90, 0.94, 0.92, 0.91, 0.95, 0.90, 0.93, 0.92]
    y = [0.90, 0.91, 0.91, 0.90, 0.91, 0.90, 0.92, 0.91, 0.91, 0.90]
    found = correlated_t(np.subtract(y, x), 1 / 4, 0.01)
    assert found[:3] == pytest.approx(
        [0.015058565937961399, 0.32409630496482866, 0.6608451290972099], abs=1e-12
    )


def test_the_density_is_that_of_the_probabilities():
    posterior = correlated_t(np.random.default_rng(0).normal(0.01, 0.02, 10), 0.25, 0.01)
    for start, stop, expected in (
        (0.01, np.inf, posterior.better),
        (-0.01, 0.01, posterior.equivalent),
        (-np.inf, -0.01, posterior.worse),
    ):
        area, _ = integrate.quad(lambda x: float(posterior.density(x)), start, stop)
        assert area == pytest.approx(expected, abs=1e-7)
    assert posterior.density(np.zeros((2, 3))).shape == (2, 3)


@given(SAMPLES, RATIOS, ROPES)
def test_the_three_probabilities_add_up_to_1(differences, ratio, rope):
    found = correlated_t(differences, ratio, rope)
    assert sum(found[:3]) == pytest.approx(1, abs=1e-12)
    assert all(0 <= p <= 1 for p in found[:3])


@given(SAMPLES, RATIOS, ROPES)
def test_turning_the_differences_round_turns_the_answer_round(differences, ratio, rope):
    there = correlated_t(differences, ratio, rope)
    back = correlated_t(-differences, ratio, rope)
    assert back[:3] == pytest.approx((there.worse, there.equivalent, there.better), abs=1e-12)
    assert there.reversed()[:4] == pytest.approx(back[:4], abs=1e-12)


@given(SAMPLES, RATIOS, ROPES, ROPES)
def test_a_wider_region_holds_more(differences, ratio, one, other):
    narrow, wide = sorted((one, other))
    inner = correlated_t(differences, ratio, narrow)
    outer = correlated_t(differences, ratio, wide)
    assert outer.equivalent >= inner.equivalent - 1e-12
    assert outer.better <= inner.better + 1e-12
    assert outer.worse <= inner.worse + 1e-12


@given(SAMPLES, RATIOS, ROPES, st.randoms())
def test_the_order_of_the_splits_does_not_matter(differences, ratio, rope, random):
    shuffled = list(differences)
    random.shuffle(shuffled)
    found = correlated_t(shuffled, ratio, rope)
    expected = correlated_t(differences, ratio, rope)
    assert found[:3] == pytest.approx(expected[:3], abs=1e-7)


@given(SAMPLES, RATIOS, ROPES)
def test_the_unit_of_the_score_does_not_matter(differences, ratio, rope):
    assume(np.ptp(differences) > 1e-3)
    found = correlated_t(1000 * differences, ratio, 1000 * rope)
    assert found[:3] == pytest.approx(correlated_t(differences, ratio, rope)[:3], abs=1e-9)


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (0.02, (1 - 2**-4, 2**-4, 0)),
        (-0.02, (0, 2**-4, 1 - 2**-4)),
        (0.005, (2**-4, 1 - 2**-4, 0)),
        (-0.005, (0, 1 - 2**-4, 2**-4)),
        (0.0, (2**-5, 1 - 2**-4, 2**-5)),
    ],
)
def test_differences_that_all_agree_give_no_certainty(difference, expected):
    found = correlated_t([difference] * 4, 0.25, 0.01)
    assert found[:3] == expected
    assert found.scale == 0
    assert found.density([difference, 1.0]).tolist() == [math.inf, 0.0]


def test_two_equal_splits_are_no_proof_of_equivalence_and_ten_are():
    assert correlated_t([0.0] * 2, 0.25, 0.01).equivalent < 0.95
    assert correlated_t([0.0] * 10, 0.25, 0.01).equivalent > 0.99


def test_a_single_difference_says_nothing():
    found = correlated_t([0.3], 0.25, 0.01)
    assert found[:3] == (0.5, 0.0, 0.5)
    assert found.density([0.3]).tolist() == [0.0]


def test_without_a_region_there_is_no_equivalence():
    found = correlated_t([0.01, 0.02, -0.01], 0.25, 0.0)
    assert found.equivalent == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(0.0, (0.5, 0, 0.5)), (0.02, (1 - 2**-4, 0, 2**-4)), (-0.02, (2**-4, 0, 1 - 2**-4))],
)
def test_without_a_region_agreement_is_no_equivalence_either(difference, expected):
    assert correlated_t([difference] * 4, 0.25, 0.0)[:3] == expected


def test_a_least_variance_widens_the_posterior():
    known = correlated_t([0.01, 0.03], 0.25, 0.01)  # a variance of 0.0002
    found = correlated_t([0.02, 0.02], 0.25, 0.01, least_variance=0.0002)
    assert found == pytest.approx(known)
    assert correlated_t([0.01, 0.03], 0.25, 0.01, least_variance=0.0001) == known


def test_with_a_flat_prior_its_tails_are_the_p_value_of_the_corrected_t_test():
    differences = np.random.default_rng(3).normal(0.01, 0.02, 10)
    posterior = correlated_t(differences, 0.25, 0.0)
    assert 2 * min(posterior.better, posterior.worse) == pytest.approx(
        corrected_mean(differences, 0.25).p, rel=1e-9
    )


TABLES = arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 8)), elements=VALUES)


@given(TABLES, RATIOS, ROPES)
def test_many_at_once_are_the_same_as_one_by_one(table, ratio, rope):
    assert correlated_ts(table, ratio, rope) == [correlated_t(row, ratio, rope) for row in table]


@pytest.mark.parametrize("rope", [-0.01, math.nan, math.inf])
def test_an_impossible_region_is_refused(rope):
    with pytest.raises(InputError, match=re.escape(f"Got {rope!r} instead")):
        correlated_t([0.1, 0.2], 0.25, rope)
