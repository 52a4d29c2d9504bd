import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.svm import SVC

import ogive

X, Y = load_iris(return_X_y=True)
FEW = {"n_splits": 2, "n_repeats": 1, "max_iter": 2, "learning_rates": (0.01,)}
LEAKY = ogive.activation("leaky_relu", negative_slope=0.2)


@pytest.mark.parametrize(
    "given",
    [
        {"activations": ["relu", LEAKY, ["tanh", "max(0.1*z, z)"]]},
        {"vary": "depth", "activations": ["tanh"], "hidden_layer_sizes": (8,)},
        {"vary": {"activation": [LEAKY, "relu"], "depth": [1, 2]}},
        {"vary": {"model": ["logistic", "mlp", ("mine", SVC(C=2.0))]}, "activations": ["tanh"]},
        {"vary": ["width=4,8", "init=he_normal"], "scoring": "log_loss", "dtype": "float64"},
    ],
)
def test_the_call_compares_the_same_again(given):
    first = ogive.compare(X, Y, **FEW, **given)
    second = eval(first.command, {"ogive": ogive, "X": X, "y": Y, "SVC": SVC})
    assert second.command == first.command
    assert second.settings.labels == first.settings.labels
    assert second.settings.vary == first.settings.vary
    for one, other in zip(first.outcomes, second.outcomes, strict=True):
        assert np.array_equal([o.score for o in one], [o.score for o in other])
