import numpy as np
import pytest

from ogive.comparison.design import settings as checks
from ogive.text import InputError


@pytest.mark.parametrize(
    ("n_train", "rows"), [(4, 4), (96, 8), (1150, 32), (5000, 128), (12_800, 256), (10**6, 256)]
)
def test_automatic_batches_make_about_32_updates_an_epoch(new_settings, n_train, rows):
    assert new_settings(["relu"]).batch_rows(n_train) == rows


def test_a_given_batch_is_kept_but_never_exceeds_the_rows(new_settings):
    assert new_settings(["relu"], batch_size=50).batch_rows(1000) == 50
    assert new_settings(["relu"], batch_size=50).batch_rows(20) == 20


@pytest.mark.parametrize("value", [1, 0, -3, 2.5, "5", None, True])
def test_fewer_than_two_folds_are_refused(value):
    with pytest.raises(InputError, match="n_splits must be a whole number of at least 2"):
        checks.checked_integer("n_splits", value, 2)


def test_numpy_integers_are_whole_numbers_too():
    assert checks.checked_integer("n_splits", np.int64(3), 2) == 3


def test_empty_learning_rates_are_refused():
    with pytest.raises(InputError, match="learning_rates is empty"):
        checks.checked_rates([])


@pytest.mark.parametrize("rate", [0, -0.1, float("nan"), float("inf"), "fast", None])
def test_learning_rates_must_be_positive_numbers(rate):
    with pytest.raises(InputError, match="learning_rates must hold positive numbers"):
        checks.checked_rates([0.01, rate])


def test_learning_rates_are_sorted_and_repetition_is_dropped():
    assert checks.checked_rates([0.1, 0.01, 0.1]) == (0.01, 0.1)
    assert checks.checked_rates(0.5) == (0.5,)


@pytest.mark.parametrize("value", [0, 1, 0.51, -0.2, "half"])
def test_validation_fraction_is_at_most_one_half(value):
    with pytest.raises(InputError, match="above 0 and not above 0.5"):
        checks.checked_fraction("validation_fraction", value)


@pytest.mark.parametrize("sizes", [(), [], "64", None, 2.5])
def test_a_network_without_hidden_layers_is_refused(sizes):
    with pytest.raises(InputError, match="hidden_layer_sizes must hold at least one layer"):
        checks.checked_sizes(sizes)


@pytest.mark.parametrize("sizes", [(0,), (8, -1), [2.5]])
def test_hidden_layers_have_at_least_one_unit(sizes):
    with pytest.raises(InputError, match="hidden_layer_sizes must be a whole number"):
        checks.checked_sizes(sizes)


def test_one_width_is_one_layer():
    assert checks.checked_sizes(16) == (16,)


@pytest.mark.parametrize("dtype", ["float16", int, "something", object()])
def test_other_dtypes_are_refused(dtype):
    with pytest.raises(InputError, match="dtype must be float32 or float64"):
        checks.checked_dtype(dtype)


def test_dtypes_may_be_given_by_name():
    assert checks.checked_dtype("float64") is np.float64
