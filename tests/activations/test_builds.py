"""The builds for different instruction sets give the same numbers to rounding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from oracle import points

import ogive
from ogive._engine import core

EVALUATE = """
import numpy as np
from ogive.activations import activation, activations
with np.load(sys.argv[2]) as arrays:
    given = dict(arrays)
results = {
    f"{name}/{dtype}/{kind}": result
    for name in activations()
    for dtype, z in given.items()
    for kind, result in enumerate(activation(name).value_and_derivative(z))
}
np.savez(sys.argv[3], **results)
"""


@pytest.mark.parametrize("build", ["v2", "v3", "v4"])
def test_builds_agree_within_their_contracts(build, run_in_build, tmp_path: Path):
    given = {np.dtype(dtype).name: points(dtype) for dtype in (np.float32, np.float64)}
    np.savez(tmp_path / "z.npz", **given)
    run_in_build(build, EVALUATE, str(tmp_path / "z.npz"), str(tmp_path / "results.npz"))
    with np.load(tmp_path / "results.npz") as results:
        for name, facts in core.activation_facts().items():
            for dtype, z in given.items():
                value, derivative = ogive.activation(name).value_and_derivative(z)
                _agree(results[f"{name}/{dtype}/0"], value, facts["value_ulp"], 0)
                _agree(
                    results[f"{name}/{dtype}/1"],
                    derivative,
                    facts["derivative_ulp"],
                    facts["derivative_epsilons"],
                )


def _agree(first, second, ulps, epsilons):
    differ = first != second
    first, second = first[differ], second[differ]
    one = np.maximum(ulps * np.spacing(np.abs(second)), epsilons * np.finfo(second.dtype).eps)
    assert (np.abs(first - second) <= 2 * one).all()
