import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogive.cli.values import (
    assignments,
    chosen,
    layer_sizes,
    numbers,
    positive_number,
    positive_numbers,
    separated,
    whole,
)
from ogive.text import InputError


def test_commas_and_repetition_separate_alike():
    assert separated(["relu, tanh", "gelu"]) == ["relu", "tanh", "gelu"]
    assert separated(None) == []


def test_commas_within_brackets_separate_nothing():
    assert separated(["max(z, 0),tanh"]) == ["max(z, 0)", "tanh"]


@given(st.integers(2, 10**12))
def test_a_whole_number_is_read(number):
    assert whole("--folds", str(number), 2) == number


@pytest.mark.parametrize("value", ["1", "0", "-3", "2.5", "two", "", "1e3", "nan"])
def test_what_is_no_whole_number_large_enough_is_refused(value):
    with pytest.raises(InputError, match="--folds must be a whole number of at least 2"):
        whole("--folds", value, 2)


@pytest.mark.parametrize("value", ["64,32", " 64 , 32 ", "(64, 32)", "64,32,"])
def test_layer_sizes_are_read(value):
    assert layer_sizes("--hidden-layer-sizes", value) == (64, 32)


@pytest.mark.parametrize("value", ["", "0", "64,-1", "64,x", "6.4", ","])
def test_impossible_layer_sizes_are_refused(value):
    with pytest.raises(InputError, match="such as 64,32"):
        layer_sizes("--hidden-layer-sizes", value)


@given(st.lists(st.floats(1e-300, 1e300), min_size=1))
def test_positive_numbers_are_read_as_typed(numbers):
    assert positive_numbers("--learning-rate", [",".join(map(repr, numbers))]) == numbers


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "x"])
def test_what_is_not_positive_is_refused(value):
    with pytest.raises(InputError, match="--alpha must be positive"):
        positive_number("--alpha", value)


def test_zero_may_be_allowed():
    assert positive_number("--alpha", "0", or_zero=True) == 0


def test_a_choice_not_offered_gets_the_nearest():
    with pytest.raises(InputError, match="one of adam, sgd. Got 'adm' instead; did you mean adam"):
        chosen("--solver", "adm", ("adam", "sgd"))


def test_numbers_are_separated_by_commas():
    assert numbers("--at", ["-1,0.5", "1e3"]) == [-1.0, 0.5, 1000.0]
    assert numbers("--at", None) == []
    assert numbers("--at", ["-inf"], or_infinite=True) == [-math.inf]
    with pytest.raises(InputError, match="--at must hold numbers"):
        numbers("--at", ["inf"])


def test_assignments_are_names_and_numbers():
    assert assignments("--set", ["beta=1.5, alpha = -2"]) == {"beta": 1.5, "alpha": -2.0}
    for text in ("beta", "beta=", "=1", "beta=x", "beta=inf", "1b=2", "a=1=2"):
        with pytest.raises(InputError, match="--set must be a name and a number"):
            assignments("--set", [text])


def test_a_full_width_comma_parts_as_a_plain_one_does():
    assert separated(["tanh，relu", "max(z，0)，sin"]) == ["tanh", "relu", "max(z，0)", "sin"]
    assert layer_sizes("--hidden-layer-sizes", "64，32") == (64, 32)
