"""A training that is taken back goes on as if nothing had been."""

import numpy as np
import pytest
from page_engine import RefusedError
from page_networks import create, rows


def _network(engine, units=(6, 5), **parameters):
    X, y = rows("multiclass")
    held = [1, 5, 9]
    given = {"batch_size": 9, "random_state": 8, "learning_rate_init": 0.01, **parameters}
    return create(engine, "multiclass", X, y, list(units), ["prelu", "tanh"], held, **given)


def _train(engine, network, steps):
    return engine.call("networks.train", network, {"steps": steps}, {"weights": True})


def _assert_same(one, other):
    assert one["step"] == other["step"]
    assert one["epoch"] == other["epoch"]
    for name in ("loss", "validationLosses", "validationScores"):
        np.testing.assert_array_equal(one[name], other[name])
    for name in ("coefs", "intercepts", "slopes"):
        for mine, wanted in zip(one["weights"][name], other["weights"][name], strict=True):
            np.testing.assert_array_equal(mine, wanted)


@pytest.mark.parametrize("steps", [0, 3, 14, 37])
@pytest.mark.parametrize(
    "parameters",
    [{}, {"solver": "sgd"}, {"dropout": 0.2}, {"learning_rate": "cosine", "max_iter": 50}],
    ids=lambda parameters: "-".join(parameters) or "adam",
)
def test_what_follows_a_restored_state_is_the_same_to_the_bit(engine, steps, parameters):
    network = _network(engine, **parameters)
    _train(engine, network, steps)
    state = engine.call("networks.snapshot", network)
    first = _train(engine, network, 50)
    engine.call("networks.restore", network, state)
    _assert_same(_train(engine, network, 50), first)


def test_looking_at_a_network_does_not_change_its_training(engine):
    watched, alone = _network(engine), _network(engine)
    seen = {
        "map": {"x": [0.0, 1.0], "y": [0.0, 1.0], "columns": 9, "rows": 9},
        "units": True,
        "layers": True,
    }
    for _ in range(20):
        engine.call("networks.train", watched, {"steps": 1}, seen)
        engine.call("networks.sample", watched, 3)
    _assert_same(_train(engine, watched, 20), _train(engine, alone, 40))


def test_a_state_goes_to_another_network_of_the_same_kind(engine):
    one, other = _network(engine), _network(engine, random_state=77)
    _train(engine, one, 20)
    engine.call("networks.restore", other, engine.call("networks.snapshot", one))
    _assert_same(_train(engine, other, 30), _train(engine, one, 30))


def test_the_state_of_another_network_is_refused(engine):
    state = engine.call("networks.snapshot", _network(engine, units=(6, 4)))
    network = _network(engine)
    before = _train(engine, network, 5)
    with pytest.raises(RefusedError, match="another network"):
        engine.call("networks.restore", network, state)
    with pytest.raises(RefusedError, match="another network"):
        engine.call("networks.restore", network, state[:-8])
    _assert_same(_train(engine, network, 0), before)
