from types import SimpleNamespace

import numpy as np
import pytest

from ogive.comparison.outcome import as_curve, geometric_mean, training_gradients


def network(norms, **changed):
    fields = {
        "gradient_norms_": np.array(norms),
        "best_iter_": 2,
        "coefs_": [np.full((4, 3), 0.1), np.full((3, 2), 0.1)],
        "alpha": 0.0001,
        "batch_size": 10,
    }
    return SimpleNamespace(**(fields | changed))


def test_geometric_mean_leaves_out_what_is_not_finite():
    table = np.array([[1.0, np.nan], [4.0, 3.0], [np.inf, 3.0]])
    assert geometric_mean(table) == pytest.approx([2.0, 3.0])


def test_geometric_mean_with_a_zero_is_zero():
    assert geometric_mean(np.array([[0.0], [5.0]])).tolist() == [0.0]


def test_geometric_mean_of_nothing_is_not_a_number():
    assert np.isnan(geometric_mean(np.array([[np.nan]]))[0])


def test_gradients_are_averaged_up_to_the_epoch_that_was_kept():
    gradients = training_gradients(network([[1.0, 4.0], [4.0, 9.0], [1e-9, 1e-9]]))
    assert gradients == pytest.approx([2.0, 6.0])


def test_a_gradient_that_is_the_penaltys_alone_counts_as_0():
    assert training_gradients(network([[1e-7, 0.1], [1e-9, 0.1]]))[0] == 0
    assert training_gradients(network([[1e-7, 0.1], [1e-9, 0.1]], alpha=0.0))[0] > 0


def test_a_network_that_diverged_at_once_has_no_gradients():
    assert np.isnan(training_gradients(network(np.empty((0, 2)), best_iter_=None))).all()
    assert as_curve(None).size == 0


def test_ratio_is_that_of_first_to_last_layer(new_outcome):
    assert new_outcome(0.9, gradients=np.array([1e-3, 5.0, 1e-2])).gradient_ratio == pytest.approx(
        0.1
    )
    assert np.isnan(new_outcome(0.9, gradients=np.array([1e-3, 0.0])).gradient_ratio)
