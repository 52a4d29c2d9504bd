"""L-BFGS: SciPy's optimizer with the core's loss and gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.utils.optimize import _check_optimize_result

from ogive.network.engine import single_threaded_blas

__all__ = ["fit_lbfgs"]


def fit_lbfgs(estimator: Any, network: Any, table: Any, n_outputs: int) -> None:
    """Minimise the loss over all rows and set the fitted attributes.

    Parameters
    ----------
    estimator : MLPClassifier or MLPRegressor
    network : core network in float64
        The line search needs more digits than float32 has, so `network` and `table` are float64
        whatever the input's dtype.
    table : Table
    n_outputs : int
    """
    # Training follows the gradient of the squared error summed over outputs, while the loss that is
    # reported is their mean, both as in scikit-learn; a line search needs the two to agree.
    weight = n_outputs if estimator.loss == "squared_error" else 1
    parts = (0.0, 0.0)

    def objective(w: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        nonlocal parts
        network.set_flat_weights(w)
        data, penalty, gradient = network.loss_and_gradient(table.data, estimator.alpha)
        parts = (data, penalty)
        return weight * data + penalty, gradient

    options = {"maxfun": estimator.max_fun, "maxiter": estimator.max_iter, "gtol": estimator.tol}
    # SciPy's own steps call BLAS on vectors far too short to share between threads.
    with single_threaded_blas():
        start = network.flat_weights()
        result = minimize(objective, start, method="L-BFGS-B", jac=True, options=options)
        objective(result.x)
    estimator.n_iter_ = int(_check_optimize_result("lbfgs", result, estimator.max_iter))
    estimator.converged_ = bool(result.success)
    estimator.loss_ = sum(parts)
    if not np.isfinite(result.x).all():
        raise ValueError(
            "Solver produced non-finite parameter weights. The input data may contain large values "
            "and need to be preprocessed."
        )
