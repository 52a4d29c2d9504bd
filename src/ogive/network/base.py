"""What the classifier and the regressor share: fitting, continuing, predicting."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, ClassVar

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, _fit_context
from sklearn.utils import check_random_state
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from ogive.network.engine import (
    Table,
    build_network,
    build_table,
    check_memory,
    single_threaded_blas,
)
from ogive.network.history import Epoch, warn_of_outcome
from ogive.network.initialisation import initial_layer, initial_slopes
from ogive.network.kept_state import KeptState
from ogive.network.lbfgs import fit_lbfgs
from ogive.network.parameters import (
    CONSTRAINTS,
    batch_rows,
    check_gates,
    hidden_activations,
    hidden_sizes,
    n_handed_on,
)
from ogive.network.prepared import Prepared, Targets
from ogive.network.training import (
    Rows,
    prepare_training,
    take_history,
    train,
    validation_split,
)
from ogive.text import InputError

__all__ = ["BaseMLP"]

Array = np.ndarray[Any, Any]
Callbacks = Sequence[Callable[[Epoch], Any]] | None


class BaseMLP(KeptState, BaseEstimator, ABC):  # type: ignore[misc]
    """Base of the multi-layer perceptrons; use MLPClassifier or MLPRegressor."""

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = CONSTRAINTS
    classes_: Any
    _multilabel: bool

    @abstractmethod
    def _encode(self, y: Any, dtype: np.dtype[Any]) -> Targets:
        """Return validated `y` in the core's form."""

    @abstractmethod
    def _learn_target(self, y: Any, incremental: bool) -> Any:
        """Check `y`, learn its classes where there are any, and return it."""

    @abstractmethod
    def _core_loss(self) -> tuple[str, str]:
        """Return the core's name of the loss and scikit-learn's of the output activation."""

    def _class_weights(self, y: Any) -> Array | None:
        return None

    @_fit_context(prefer_skip_nested_validation=True)  # type: ignore[untyped-decorator]
    def fit(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        *,
        validation_data: tuple[Any, Any] | None = None,
        callbacks: Callbacks = None,
    ) -> Any:
        """Fit the network to data matrix X and target(s) y.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)
            The input data. float32 stays float32; anything else is computed in float64.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Class labels, a label indicator matrix, or real numbers.
        sample_weight : array-like of shape (n_samples,), default=None
            Sample weights.
        validation_data : tuple (X, y), default=None
            Rows to validate on after each epoch, in place of a part set aside by
            `early_stopping`. Fills ``validation_scores_`` and ``validation_loss_curve_``.
        callbacks : sequence of callables, default=None
            Each is called with an `Epoch` after every epoch; a true return value stops training.

        Returns
        -------
        self : object
            The fitted estimator.
        """
        sizes = hidden_sizes(self.hidden_layer_sizes)
        first_pass = not hasattr(self, "coefs_") or not self.warm_start
        X, y = self._validate(X, y, reset=first_pass)
        y = self._learn_target(y, incremental=False)
        weight = self._weights(sample_weight, X, y)
        targets = self._encode(y, X.dtype)
        random_state = check_random_state(self.random_state)
        if self.solver == "lbfgs":
            if validation_data is not None or callbacks:
                raise InputError(
                    "solver='lbfgs' has no epochs, so validation_data and callbacks cannot be used "
                    "with it; choose 'adam', 'adamw' or 'sgd', or leave them out.",
                    "solver='lbfgs' 没有轮次，不能使用 validation_data 和 callbacks；"
                    "请选 'adam'、'adamw' 或 'sgd'，或去掉这两个参数。",
                )
            return self._fit_lbfgs(X, targets, weight, sizes, random_state, first_pass)
        table = build_table(X, targets.values, targets.labels, weight)
        prepared = self._prepare(
            table,
            X.dtype,
            targets.n_outputs,
            np.arange(X.shape[0]),
            y,
            random_state,
            first_pass=first_pass,
            validation=self._validation_table(validation_data, X),
        )
        train(self, prepared.run, prepared.network, callbacks)
        return self._finish(prepared)

    def _partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        if self.solver == "lbfgs":
            raise AttributeError(
                "partial_fit is only available for stochastic optimizers. lbfgs is not stochastic."
            )
        if self.early_stopping:
            raise ValueError("partial_fit does not support early_stopping=True")
        first_pass = not hasattr(self, "coefs_")
        X, y = self._validate(X, y, reset=first_pass)
        y = self._learn_target(y, incremental=True)
        targets = self._encode(y, X.dtype)
        table = build_table(X, targets.values, targets.labels, self._weights(sample_weight, X, y))
        prepared = self._prepare(
            table,
            X.dtype,
            targets.n_outputs,
            np.arange(X.shape[0]),
            y,
            check_random_state(self.random_state),
            first_pass=first_pass,
            incremental=True,
        )
        train(self, prepared.run, prepared.network, None)
        return self._finish(prepared)

    def _validate(self, X: Any, y: Any, reset: bool) -> tuple[Any, Any]:
        return validate_data(  # type: ignore[no-any-return]
            self,
            X,
            y,
            accept_sparse="csr",
            multi_output=True,
            y_numeric=self._numeric_target,
            dtype=(np.float64, np.float32),
            order="C",
            reset=reset,
        )

    _numeric_target = False

    def _weights(self, sample_weight: Any, X: Any, y: Any) -> Array | None:
        per_class = self._class_weights(y)
        if sample_weight is None:
            weight = per_class
        else:
            weight = _check_sample_weight(sample_weight, X, dtype=X.dtype)
            if per_class is not None:
                weight = weight * per_class
        return None if weight is None else np.ascontiguousarray(weight, dtype=X.dtype)

    def _validation_table(self, validation_data: Any, like: Any) -> Table | None:
        if validation_data is None:
            return None
        if not isinstance(validation_data, tuple | list) or len(validation_data) != 2:
            raise InputError(
                "validation_data must be a pair (X, y), got "
                f"{type(validation_data).__name__}; pass both the rows and their targets.",
                f"validation_data 必须是一对 (X, y)，得到的是 {type(validation_data).__name__}；"
                "请传入 validation_data=(X_validation, y_validation)。",
            )
        X, y = validation_data
        X, y = self._validate(X, y, reset=False)
        # The core trains and validates in one dtype, on dense rows or on sparse ones.
        X = X.astype(like.dtype, copy=False)
        if sparse.issparse(X) != sparse.issparse(like):
            X = X.toarray() if sparse.issparse(X) else sparse.csr_array(X)
        targets = self._encode(self._learn_target(y, incremental=True), X.dtype)
        return build_table(X, targets.values, targets.labels)

    def _prepare(
        self,
        table: Table,
        dtype: np.dtype[Any],
        n_outputs: int,
        rows: Array,
        y: Any,
        random_state: np.random.RandomState,
        *,
        first_pass: bool,
        incremental: bool = False,
        validation: Table | None = None,
        validation_rows: Array | None = None,
    ) -> Prepared:
        sizes = hidden_sizes(self.hidden_layer_sizes)
        units = [self.n_features_in_, *sizes, n_outputs]
        if self.batch_size != "auto" and self.batch_size > len(rows):
            warnings.warn(
                "Got `batch_size` less than 1 or larger than sample size. "
                "It is going to be clipped",
                stacklevel=4,
            )
        check_memory(units, batch_rows(self.batch_size, len(rows)), dtype)
        hidden = hidden_activations(self.activation, len(sizes))
        check_gates(hidden, sizes)
        if first_pass:
            self._initialise(units, hidden, dtype, random_state)
        network = self._network(units, hidden, dtype)
        optimizer = self._optimizer_state() if incremental else None
        if optimizer is not None:
            network.set_optimizer_state(*optimizer)
        else:
            network.reset_optimizer(self.solver, self.learning_rate_init)

        held = validation_rows if validation_rows is not None else np.empty(0, np.int64)
        if validation is not None and validation_rows is None:
            held = np.arange(validation.n_rows)
        elif validation is None and self.early_stopping:
            # As in scikit-learn, only two classes are stratified: they have a single output.
            two_classes = not self._numeric_target and n_outputs == 1 and y.ndim == 1
            stratify = y[rows] if two_classes else None
            kept, aside = validation_split(
                len(rows), stratify, self.validation_fraction, random_state
            )
            rows, held, validation = rows[kept], rows[aside], table
        run = prepare_training(
            self,
            network,
            Rows(table, rows, validation, held),
            dtype,
            random_state,
            incremental,
        )
        return Prepared(run, network, random_state, incremental)

    def _initialise(
        self,
        units: list[int],
        hidden: list[Any],
        dtype: np.dtype[Any],
        random_state: np.random.RandomState,
    ) -> None:
        self.coefs_: list[Array] = []
        self.intercepts_: list[Array] = []
        fan_in = units[0]
        for layer, fan_out in enumerate(units[1:]):
            after = hidden[layer] if layer < len(hidden) else None
            # scikit-learn draws the last layer by the hidden activation's factor, too.
            deciding = after if after is not None else (hidden[-1] if hidden else None)
            logistic = deciding is not None and deciding.name == "sigmoid"
            coef, intercept = initial_layer(
                self.init, after, fan_in, fan_out, random_state, 2.0 if logistic else 6.0
            )
            self.coefs_.append(coef.astype(dtype, copy=False))
            self.intercepts_.append(intercept.astype(dtype, copy=False))
            fan_in = fan_out if after is None else n_handed_on(after, fan_out)
        self.negative_slopes_: list[Array] = [
            initial_slopes(function, n_units).astype(dtype)
            for function, n_units in zip(hidden, units[1:], strict=False)
        ]
        self.n_layers_ = len(units)
        self.n_outputs_ = units[-1]
        self.out_activation_ = self._core_loss()[1]
        self.n_iter_ = 0
        self.t_ = 0
        self._no_improvement_count = 0.0
        self.loss_curve_: list[float] = []
        self.validation_scores_: list[float] | None = None
        self.validation_loss_curve_: list[float] | None = None
        self.best_validation_score_: float | None = None
        self.best_loss_: float | None = None
        self.nonfinite_ = None
        self.course_ = None
        self.__dict__.pop("_core", None)
        self.__dict__.pop("_optimizer", None)

    def _network(self, units: list[int], hidden: list[Any], dtype: np.dtype[Any]) -> Any:
        fitted = [self.coefs_[0].shape[0], *(w.shape[1] for w in self.coefs_)]
        if fitted != units:
            have, wanted = "-".join(map(str, fitted)), "-".join(map(str, units))
            raise InputError(
                f"the network fitted so far has layers {have}, but the parameters and data now ask "
                f"for {wanted}; keep hidden_layer_sizes and the targets, or fit anew with "
                "warm_start=False.",
                f"已拟合网络的层宽为 {have}，而现在的参数和数据要求 {wanted}；"
                "请保持 hidden_layer_sizes 和目标个数不变，或用 warm_start=False 重新拟合。",
            )
        network = build_network(units, hidden, self._core_loss()[0], dtype)
        network.set_weights(
            [np.ascontiguousarray(w, dtype=dtype) for w in self.coefs_],
            [np.ascontiguousarray(b, dtype=dtype) for b in self.intercepts_],
            [np.ascontiguousarray(s, dtype=dtype) for s in self._slopes()],
        )
        return network

    def _slopes(self) -> list[Array]:
        """Return the learnt slopes; models written before these existed have none."""
        return getattr(self, "negative_slopes_", [np.empty(0)] * (len(self.coefs_) - 1))

    def _take_weights(self, network: Any, dtype: np.dtype[Any] | None = None) -> None:
        """Set the fitted attributes that hold the weights."""
        self.coefs_, self.intercepts_, self.negative_slopes_ = (
            [w if dtype is None else w.astype(dtype, copy=False) for w in part]
            for part in network.weights()
        )

    def _finish(self, prepared: Prepared) -> Any:
        outcome = take_history(self, prepared.run, prepared.network)
        if not isinstance(self.random_state, int | np.integer):
            key, position = prepared.run.random_state()
            state: Any = prepared.random_state.get_state(legacy=False)
            if state["bit_generator"] == "MT19937":
                state["state"] = {"key": key, "pos": position}
                prepared.random_state.set_state(state)
        if not (prepared.incremental and outcome == "max_iter"):
            warn_of_outcome(self, outcome)
        return self

    def _fit_lbfgs(
        self,
        X: Any,
        targets: Targets,
        weight: Array | None,
        sizes: list[int],
        random_state: np.random.RandomState,
        first_pass: bool,
    ) -> Any:
        start = perf_counter()
        units = [X.shape[1], *sizes, targets.n_outputs]
        check_memory(units, min(1024, X.shape[0]), np.dtype(np.float64))
        hidden = hidden_activations(self.activation, len(sizes))
        if self.dropout > 0:
            raise InputError(
                f"dropout={self.dropout:g} needs a stochastic solver; use solver='adam', 'adamw' "
                "or 'sgd', or dropout=0 with 'lbfgs'.",
                f"dropout={self.dropout:g} 需要随机求解器：请用 solver='adam'、'adamw' 或 'sgd'，"
                "或在用 'lbfgs' 时令 dropout=0。",
            )
        check_gates(hidden, sizes)
        if first_pass:
            self._initialise(units, hidden, X.dtype, random_state)
        wide = np.dtype(np.float64)
        network = self._network(units, hidden, wide)
        table = build_table(
            X.astype(wide, copy=False),
            None if targets.values is None else targets.values.astype(wide, copy=False),
            targets.labels,
            None if weight is None else weight.astype(wide, copy=False),
        )
        fit_lbfgs(self, network, table, targets.n_outputs)
        self._take_weights(network, X.dtype)
        self.best_iter_ = self.n_iter_
        self.fit_time_ = perf_counter() - start
        return self

    def _outputs(self, X: Any) -> Array:
        """Return the network's outputs, of shape (n_samples, n_outputs), for unchecked X."""
        check_is_fitted(self)
        X = validate_data(
            self, X, accept_sparse="csr", dtype=(np.float64, np.float32), order="C", reset=False
        )
        units = [self.n_features_in_, *(w.shape[1] for w in self.coefs_)]
        hidden = hidden_activations(self.activation, len(units) - 2)
        network = self._network(units, hidden, X.dtype)
        with single_threaded_blas(network):
            return network.outputs(build_table(X).data)  # type: ignore[no-any-return]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
