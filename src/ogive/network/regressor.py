"""MLPRegressor."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from sklearn.base import RegressorMixin, _fit_context
from sklearn.utils._param_validation import StrOptions
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import column_or_1d

from ogive.network.base import Array, BaseMLP
from ogive.network.documentation import documented
from ogive.network.prepared import Targets
from ogive.text import InputError

__all__ = ["MLPRegressor"]


@documented(
    summary="Multi-layer perceptron regressor.",
    own="""loss : {'squared_error', 'poisson'}, default='squared_error'
    What is minimised: half the squared error, or half the Poisson deviance with a
    logarithmic link (which needs ``y >= 0``).""",
    example=""">>> import numpy as np
>>> from ogive import MLPRegressor
>>> X = np.linspace(-1, 1, 200).reshape(-1, 1)
>>> y = np.sin(3 * X[:, 0])
>>> model = MLPRegressor(hidden_layer_sizes=(16,), activation="tanh", solver="lbfgs", max_iter=1000,
...                      random_state=0).fit(X, y)
>>> bool(model.score(X, y) > 0.999)
True""",
)
class MLPRegressor(RegressorMixin, BaseMLP):  # type: ignore[misc]  # noqa: D101
    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        **BaseMLP._parameter_constraints,
        "loss": [StrOptions({"squared_error", "poisson"})],
    }
    _numeric_target = True

    def __init__(
        self,
        loss: str = "squared_error",
        hidden_layer_sizes: Any = (100,),
        activation: Any = "relu",
        *,
        solver: str = "adam",
        alpha: float = 0.0001,
        batch_size: int | str = "auto",
        learning_rate: str = "constant",
        learning_rate_init: float = 0.001,
        power_t: float = 0.5,
        max_iter: int = 200,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 1e-4,
        verbose: bool | int = False,
        warm_start: bool = False,
        momentum: float = 0.9,
        nesterovs_momentum: bool = True,
        early_stopping: bool | str = False,
        validation_fraction: float = 0.1,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
        n_iter_no_change: float = 10,
        max_fun: int = 15000,
        init: str = "glorot_uniform",
        dropout: float = 0.0,
        weight_decay: float = 0.01,
        record_gradients: bool = False,
        monitor: bool = False,
    ) -> None:
        self.loss = loss
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.learning_rate_init = learning_rate_init
        self.power_t = power_t
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.verbose = verbose
        self.warm_start = warm_start
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.n_iter_no_change = n_iter_no_change
        self.max_fun = max_fun
        self.init = init
        self.dropout = dropout
        self.weight_decay = weight_decay
        self.record_gradients = record_gradients
        self.monitor = monitor

    def _learn_target(self, y: Any, incremental: bool) -> Any:
        if y.ndim == 2 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        if self.loss == "poisson" and np.min(y) < 0:
            raise InputError(
                f"loss='poisson' needs y >= 0, but the least value of y is {np.min(y):g}; use "
                "loss='squared_error' for targets that can be negative.",
                f"loss='poisson' 要求 y >= 0，但 y 的最小值是 {np.min(y):g}；"
                "目标可能为负时请用 loss='squared_error'。",
            )
        return y

    def _encode(self, y: Any, dtype: np.dtype[Any]) -> Targets:
        values = np.ascontiguousarray(y.reshape(len(y), -1), dtype=dtype)
        return Targets(values, None, values.shape[1])

    def _core_loss(self) -> tuple[str, str]:
        return self.loss, "exp" if self.loss == "poisson" else "identity"

    def predict(self, X: Any) -> Array:
        """Predict targets.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
        """
        outputs = self._outputs(X)
        return outputs.ravel() if outputs.shape[1] == 1 else outputs

    @available_if(lambda self: self.solver != "lbfgs")  # type: ignore[untyped-decorator]
    @_fit_context(prefer_skip_nested_validation=True)  # type: ignore[untyped-decorator]
    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Train for one epoch on the given rows, going on from the present weights.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), default=None

        Returns
        -------
        self : object
        """
        return self._partial_fit(X, y, sample_weight)
