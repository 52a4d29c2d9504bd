"""The builds for different instruction sets train the same networks to rounding."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import pytest

TRAIN = """
import json, warnings
import numpy as np
warnings.simplefilter("ignore")
import ogive
X = np.random.RandomState(0).randn(150, 21)
y = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0.5)
result = {}
for dtype in ("float32", "float64"):
    for solver in ("adam", "sgd", "lbfgs"):
        model = ogive.MLPClassifier(
            (19, 9), ["gelu", "tanh"], solver=solver, batch_size=40, max_iter=6, random_state=0
        ).fit(X.astype(dtype), y)
        result[f"{dtype} {solver}"] = [model.loss_, *model.predict_proba(X[:5]).ravel().tolist()]
print(json.dumps(result))
"""


@lru_cache
def train(run_in_build, build: str) -> dict[str, list[float]]:
    return json.loads(run_in_build(build, TRAIN))


@pytest.mark.parametrize("build", ["v2", "v3"])
def test_builds_train_the_same_networks(build, run_in_build):
    other, best = train(run_in_build, build), train(run_in_build, "v4")
    for case, expected in best.items():
        rtol = 2e-4 if case.startswith("float32") else 1e-8
        np.testing.assert_allclose(other[case], expected, rtol=rtol, err_msg=case)
