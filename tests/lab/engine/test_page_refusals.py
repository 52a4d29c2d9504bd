"""What the engine refuses, it refuses in both languages, by the name of what is wrong."""

import numpy as np
import pytest
from page_engine import RefusedError
from page_networks import create, rows

Z = np.zeros(3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"learning_rate_init": 0.0}, "learning_rate_init"),
        ({"momentum": 1.5}, "momentum"),
        ({"dropout": 1.0}, "dropout"),
        ({"alpha": -1.0}, "alpha"),
        ({"batch_size": 0}, "batch_size"),
        ({"init": "nothing"}, "nothing"),
        ({"solver": "lbfgs"}, "lbfgs"),
    ],
)
def test_settings_out_of_their_range(engine, arguments, said):
    X, y = rows("binary")
    with pytest.raises(RefusedError, match=said) as refusal:
        create(engine, "binary", X, y, [4], ["tanh"], **arguments)
    assert said in refusal.value.zh


def test_a_function_that_is_not_there(engine):
    with pytest.raises(RefusedError, match="rellu") as refusal:
        engine.call("functions.evaluate", {"name": "rellu"}, Z)
    assert "没有" in refusal.value.zh


def test_what_only_formulas_use_is_no_activation(engine):
    with pytest.raises(RefusedError, match="erfc"):
        engine.call("functions.evaluate", {"name": "erfc"}, Z)


def test_a_parameter_that_is_not_there(engine):
    with pytest.raises(RefusedError, match='tanh has no parameter "beta"'):
        engine.call("functions.evaluate", {"name": "tanh", "parameters": {"beta": 1.0}}, Z)


def test_a_curve_of_a_function_of_rows(engine):
    with pytest.raises(RefusedError, match="whole row"):
        engine.call("functions.evaluate", {"name": "softmax"}, Z)


def test_a_gate_on_an_odd_number_of_units(engine):
    X, y = rows("binary")
    with pytest.raises(RefusedError, match="even number"):
        create(engine, "binary", X, y, [5], ["glu"])


def test_rows_with_missing_values(engine):
    X, y = rows("binary")
    X[3, 1] = np.nan
    with pytest.raises(RefusedError, match="finite"):
        create(engine, "binary", X, y, [5], ["tanh"])


def test_classes_beyond_the_outputs(engine):
    X, y = rows("binary")
    with pytest.raises(RefusedError, match="numbered from 0 to 1"):
        create(engine, "binary", X, y + 1, [5], ["tanh"])


def test_no_rows_to_learn_from(engine):
    X, y = rows("binary", 5)
    with pytest.raises(RefusedError, match="no rows to learn from"):
        create(engine, "binary", X, y, [5], ["tanh"], range(5))


def test_a_network_too_large_for_a_page(engine):
    X, y = rows("binary")
    with pytest.raises(RefusedError, match="too large"):
        create(engine, "binary", X, y, [3000, 3000], ["tanh", "tanh"])


def test_weights_of_another_shape(engine):
    X, y = rows("binary")
    network = create(engine, "binary", X, y, [5], ["tanh"])
    given = {"coefs": [np.zeros(9), np.zeros(5)], "intercepts": [np.zeros(5), np.zeros(1)]}
    with pytest.raises(RefusedError, match="Layer 1 has 2 × 5 weights"):
        engine.call("networks.setWeights", network, given)


def test_a_network_that_is_gone(engine):
    X, y = rows("binary")
    network = create(engine, "binary", X, y, [5], ["tanh"])
    engine.call("networks.dispose", network)
    with pytest.raises(RefusedError, match="gone"):
        engine.call("networks.frame", network, {})
