"""The builds for different instruction sets train the same networks to rounding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import lru_cache

import numpy as np
import pytest

TRAIN = """
import json, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
try:
    from ogive._engine import level
except ImportError:
    sys.exit(3)
if level != sys.argv[1]:
    sys.exit(3)
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
def train(build: str) -> dict[str, list[float]]:
    done = subprocess.run(
        [sys.executable, "-c", TRAIN, build],
        env={**os.environ, "OGIVE_CORE": build},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 3:
        pytest.skip(f"the {build} build is missing or not for this machine")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("build", ["v2", "v3"])
def test_builds_train_the_same_networks(build):
    other, best = train(build), train("v4")
    for case, expected in best.items():
        rtol = 2e-4 if case.startswith("float32") else 1e-8
        np.testing.assert_allclose(other[case], expected, rtol=rtol, err_msg=case)
