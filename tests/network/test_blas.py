"""Large products go to BLAS, and give the same network."""

import numpy as np
import pytest
from scipy.linalg import cython_blas

from ogive import MLPClassifier
from ogive._engine import core


@pytest.fixture
def without_blas():
    core.forget_blas()
    yield
    capsules = cython_blas.__pyx_capi__
    core.use_blas(capsules["sgemm"], capsules["dgemm"])


def fitted(dtype):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(120, 1100)).astype(dtype)
    y = rng.integers(0, 3, 120)
    # A tolerance that no epoch meets ends training after two, without a warning.
    model = MLPClassifier((2048, 8), max_iter=9, batch_size=40, tol=1e9, n_iter_no_change=1)
    return model.set_params(random_state=0).fit(X, y)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_large_network_is_the_same_with_and_without_blas(dtype, request):
    with_blas = fitted(dtype)
    assert with_blas._core.uses_blas(40)
    request.getfixturevalue("without_blas")
    without = fitted(dtype)
    tolerance = 1e-3 if dtype is np.float32 else 1e-9
    np.testing.assert_allclose(with_blas.loss_curve_, without.loss_curve_, rtol=tolerance)


def test_a_small_network_does_not_use_blas():
    X = np.arange(8.0).reshape(-1, 1)
    model = MLPClassifier((4,), max_iter=9, tol=1e9, n_iter_no_change=1, random_state=0)
    model.fit(X, [0, 0, 0, 0, 1, 1, 1, 1])
    assert not model._core.uses_blas(8)


def test_blas_is_taken_only_from_a_capsule():
    with pytest.raises(TypeError, match="capsule"):
        core.use_blas(1, 2)
