"""Plain data of the kinds the figures draw."""

import pytest

NAMES = ["gelu", "leaky_relu", "sigmoid", "step"]
GROUPS = ["best", "level", "unsure", "worse"]
SCORES = [0.97, 0.965, 0.95, 0.5]


@pytest.fixture
def means():
    return [
        {
            "activation": name,
            "score": score,
            "low": score - 0.01,
            "high": score + 0.01,
            "group": group,
            "written": f"{score} ± 0.01",
            "seconds": 0.02 + 0.001 * i,
        }
        for i, (name, score, group) in enumerate(zip(NAMES, SCORES, GROUPS, strict=True))
    ]


@pytest.fixture
def points(means):
    return [
        {
            "activation": mean["activation"],
            "split": f"split {i}",
            "score": mean["score"] + 0.002 * i,
            "group": mean["group"],
        }
        for mean in means
        for i in range(5)
    ]


@pytest.fixture
def curves():
    return [
        {
            "activation": name,
            "epoch": epoch,
            "part": part,
            "mean": 1 / epoch,
            "low": 0.9 / epoch,
            "high": 1.1 / epoch,
        }
        for name in NAMES
        for part in ("fitting", "validation")
        for epoch in range(1, 20)
    ]


@pytest.fixture
def gradients():
    return [
        {"activation": name, "layer": layer, "gradient": 0.0 if name == "step" else 10.0**-i}
        for name in NAMES
        for i, layer in enumerate(["hidden 1", "output"])
    ]
