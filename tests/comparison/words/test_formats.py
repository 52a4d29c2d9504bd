import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogive.comparison.words import formats


@pytest.mark.parametrize(
    ("half_width", "places"),
    [(0.07, 3), (0.007, 3), (0.0007, 4), (0.3, 3), (5, 1), (50, 0), (500, 0)],
)
def test_scores_get_the_decimals_their_interval_deserves(half_width, places):
    assert formats.decimals([half_width] * 3) == places


def test_decimals_fall_back_to_three_where_nothing_is_known():
    assert formats.decimals([]) == formats.decimals([0.0, float("nan")]) == 3


def test_one_absurd_interval_does_not_coarsen_the_others():
    assert formats.decimals([0.01, 0.01, 0.02, 1e30]) == 3


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.98765, "0.988"), (-0.0001, "0.000"), (-1.5e30, "-1.50e+30"), (float("nan"), "–")],
)
def test_scores(value, written):
    assert formats.score(value) == written


def test_a_mean_with_half_its_interval():
    assert formats.plus_minus(0.95, 0.97) == "0.950 ± 0.020"


def test_differences_carry_their_sign_but_zero_has_none():
    assert formats.difference(0.01) == "+0.010"
    assert formats.difference(-0.01) == "-0.010"
    assert formats.interval(-0.0002, 0.0301) == "[0.000, +0.030]"


@given(st.floats(0, 1))
def test_p_values_are_never_written_as_0(p):
    assert formats.p_value(p) == "<0.001" if p < 0.001 else float(formats.p_value(p)) > 0


@pytest.mark.parametrize(
    ("value", "written"), [(0.0123, "0.0123"), (0.5, "0.500"), (12.34, "12.3"), (0.09999, "0.100")]
)
def test_seconds(value, written):
    assert formats.seconds(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0.0%"),
        (0.0001, "<0.1%"),
        (0.05, "5.0%"),
        (0.5, "50%"),
        (1, "100%"),
        (float("nan"), "–"),
    ],
)
def test_shares(value, written):
    assert formats.share(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (3e-7, "3.0e-07"),
        (0.0123, "0.012"),
        (0.996, "1.0"),
        (5.5, "5.5"),
        (42, "42"),
        (1e9, "1.0e+09"),
        (float("inf"), "–"),
    ],
)
def test_ratios(value, written):
    assert formats.ratio(value) == written


def test_epochs_may_be_halves():
    assert (formats.epochs(12.0), formats.epochs(12.5)) == ("12", "12.5")


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.97, "97%"), (0.9999, ">99%"), (0.001, "<1%"), (1.0, ">99%")],
)
def test_no_probability_is_written_as_certain(value, written):
    assert formats.probability(value) == written


def test_three_probabilities_in_one_cell():
    assert formats.probabilities([0.96, 0.036, 0.004]) == "96/4/<1"


@pytest.mark.parametrize(
    ("rope", "written"),
    [
        (0.01, "0.01"),
        (0.0, "0"),
        (0.77123, "0.771"),
        (0.0125, "0.0125"),
        (5, "5"),
        (1234.5, "1230"),
        (3e-9, "3.00e-09"),
    ],
)
def test_regions_of_equivalence(rope, written):
    assert formats.region(rope) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2.5e-7, "0.25 µs"),
        (0.9996e-3, "1 ms"),
        (0.0123, "12.3 ms"),
        (1.5, "1.5 s"),
        (99.96, "1.67 min"),
        (7200, "2.0 h"),
        (float("nan"), "–"),
    ],
)
def test_times_of_any_length(value, written):
    assert formats.duration(value) == written


def test_an_interval_without_ends_is_a_dash():
    assert formats.interval(-math.inf, math.inf) == "–"
    assert formats.plus_minus(1.0, math.inf) == "1.000 ± –"
