"""The builds for different instruction sets find the same minimum."""

from __future__ import annotations

import json

import numpy as np
import pytest

FIT = """
import json
import numpy as np
from ogive import LogisticRegression, OneVsOneClassifier
X = np.random.RandomState(0).randn(150, 21)
y = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0.5)
softmax = LogisticRegression(tol=1e-10).fit(X, y)
pairs = OneVsOneClassifier(LogisticRegression(tol=1e-10)).fit(X, y)
print(json.dumps([
    softmax.coef_.ravel().tolist(),
    pairs.estimators_.coef_.ravel().tolist(),
    pairs.decision_function(X).ravel().tolist(),
]))
"""


@pytest.mark.parametrize("build", ["v2", "v3", "v4"])
def test_builds_find_the_same_coefficients_and_votes(build, run_in_build, capsys):
    exec(FIT, {})
    here = json.loads(capsys.readouterr().out)
    there = json.loads(run_in_build(build, FIT))
    for mine, other in zip(here, there, strict=True):
        np.testing.assert_allclose(other, mine, rtol=1e-6, atol=1e-8)
