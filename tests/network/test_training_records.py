"""What a training records of itself."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import same_weights
from small_trainings import classifier, regressor, table

quiet = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")


@quiet
@pytest.mark.parametrize("sizes", [(), (8,), (8, 5, 7)])
def test_gradients_are_recorded_for_each_epoch_and_layer(sizes):
    X, y, _ = table()
    model = classifier(hidden_layer_sizes=sizes, record_gradients=True).fit(X, y)
    assert model.gradient_norms_.shape == (model.n_iter_, len(sizes) + 1)
    assert (model.gradient_norms_ > 0).all()
    assert same_weights(model, classifier(hidden_layer_sizes=sizes).fit(X, y))


@quiet
@pytest.mark.parametrize("alpha", [0.0, 2.0])
def test_recorded_gradients_are_root_mean_squares_over_weights(alpha):
    """With one batch and plain descent, a step is minus the rate times the gradient."""
    X, y, _ = table("numbers")
    parameters = {
        "solver": "sgd",
        "momentum": 0.0,
        "nesterovs_momentum": False,
        "batch_size": 100,
        "learning_rate_init": 0.1,
        "alpha": alpha,
        "hidden_layer_sizes": (8, 5),
        "activation": "tanh",
        "record_gradients": True,
    }
    models = [regressor(**parameters, max_iter=n).fit(X, y) for n in (3, 4)]
    for layer in range(3):
        step = models[1].coefs_[layer] - models[0].coefs_[layer]
        assert models[1].gradient_norms_[3, layer] == pytest.approx(
            np.sqrt(np.mean(step**2)) / 0.1, rel=1e-9
        )


@quiet
def test_recorded_gradients_are_averaged_over_steps():
    X, y, _ = table("number")
    parameters = {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False, "shuffle": False}
    parameters |= {"alpha": 0.0, "hidden_layer_sizes": (), "record_gradients": True}
    two = regressor(**parameters, batch_size=50, max_iter=1).fit(X, y)
    first = regressor(**parameters, batch_size=50, max_iter=1).fit(X[:50], y[:50])
    second = first.partial_fit(X[50:], y[50:])
    one = regressor(**parameters, batch_size=50, max_iter=1).fit(X[:50], y[:50]).gradient_norms_
    expected = np.sqrt((one[0] ** 2 + second.gradient_norms_[0] ** 2) / 2)
    np.testing.assert_allclose(two.gradient_norms_[0], expected, rtol=1e-10)


@quiet
def test_seconds_are_recorded():
    X, y, _ = table()
    assert 0 < classifier().fit(X, y).fit_time_ < 10
    assert 0 < classifier(solver="lbfgs", max_iter=300, tol=0.1).fit(X, y).fit_time_ < 10
