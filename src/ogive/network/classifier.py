"""MLPClassifier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from scipy import sparse
from sklearn.base import ClassifierMixin, _fit_context
from sklearn.utils._param_validation import StrOptions
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import _check_partial_fit_first_call, type_of_target
from sklearn.utils.validation import column_or_1d

from ogive.network.base import Array, BaseMLP
from ogive.network.documentation import documented
from ogive.network.prepared import Targets
from ogive.text import InputError

__all__ = ["MLPClassifier"]


@documented(
    summary="Multi-layer perceptron classifier for two classes, many classes and several labels.",
    own="""class_weight : dict, 'balanced' or None, default=None
    Weight of each class, multiplied into the sample weights; ``"balanced"`` weighs classes
    inversely to their frequency.""",
    example=""">>> from sklearn.datasets import load_iris
>>> from sklearn.preprocessing import scale
>>> from ogive import MLPClassifier
>>> X, y = load_iris(return_X_y=True)
>>> model = MLPClassifier((8, 8), activation=["tanh", "silu"], solver="lbfgs", random_state=0)
>>> bool(model.fit(scale(X), y).score(scale(X), y) > 0.95)
True""",
)
class MLPClassifier(ClassifierMixin, BaseMLP):  # type: ignore[misc]  # noqa: D101
    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        **BaseMLP._parameter_constraints,
        "class_weight": [dict, StrOptions({"balanced"}), None],
    }

    def __init__(
        self,
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
        class_weight: Any = None,
        record_gradients: bool = False,
        monitor: bool = False,
    ) -> None:
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
        self.class_weight = class_weight
        self.record_gradients = record_gradients
        self.monitor = monitor

    @property
    def loss(self) -> str:
        """The loss that is minimised: log loss."""
        return "log_loss"

    def _learn_target(self, y: Any, incremental: bool) -> Any:
        if sparse.issparse(y):
            y = y.toarray()
        if y.ndim == 2 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        # Whole numbers, truth values and text in one column are classes for certain.
        certain = y.ndim == 1 and y.dtype.kind in "iubU"
        kind = "multiclass" if certain else type_of_target(y, input_name="y", raise_unknown=True)
        if kind not in ("binary", "multiclass", "multilabel-indicator"):
            raise ValueError(
                f"Unknown label type: {kind}. Maybe you are trying to fit a classifier, which "
                "expects discrete classes on a regression target with continuous values."
            )
        labels = np.arange(y.shape[1]) if y.ndim == 2 else np.unique(y)
        if incremental or (self.warm_start and hasattr(self, "classes_")):
            if (y.ndim == 2) != self._multilabel:
                raise InputError(
                    "y must be of one kind in every call: "
                    + ("a label indicator matrix" if self._multilabel else "one class for each row")
                    + f", as in the first; got an array of shape {y.shape}.",
                    "每次调用的 y 必须是同一种形式："
                    + ("标签指示矩阵" if self._multilabel else "每行一个类别")
                    + f"，与第一次相同；现在得到的数组形状为 {y.shape}。",
                )
            if not incremental and set(labels) != set(self.classes_):
                raise ValueError(
                    "warm_start can only be used where `y` has the same classes as in the previous "
                    f"call to fit. Previously got {self.classes_}, `y` has {labels}"
                )
            if len(np.setdiff1d(labels, self.classes_, assume_unique=True)):
                raise ValueError(
                    "`y` has classes not in `self.classes_`. "
                    f"`self.classes_` has {self.classes_}. 'y' has {labels}."
                )
        else:
            self.classes_ = labels
            self._multilabel = y.ndim == 2
        return y

    def _encode(self, y: Any, dtype: np.dtype[Any]) -> Targets:
        if self._multilabel:
            return Targets(np.ascontiguousarray(y, dtype=dtype), None, y.shape[1])
        labels = np.searchsorted(self.classes_, y).astype(np.int32)
        n_classes = len(self.classes_)
        if n_classes > 2:
            return Targets(None, labels, n_classes)
        return Targets(labels.reshape(-1, 1).astype(dtype), None, 1)

    def _class_weights(self, y: Any) -> Array | None:
        if self.class_weight is None:
            return None
        given = self.class_weight
        if isinstance(given, Mapping) and not self._multilabel:
            unknown = [label for label in given if label not in self.classes_]
            if unknown:
                raise ValueError(
                    f"class_weight names {unknown}, which y does not have; its classes are "
                    f"{list(self.classes_)}."
                )
        return compute_sample_weight(given, y)  # type: ignore[no-any-return]

    def _core_loss(self) -> tuple[str, str]:
        if not self._multilabel and len(self.classes_) > 2:
            return "log_loss", "softmax"
        return "binary_log_loss", "logistic"

    def predict(self, X: Any) -> Array:
        """Predict the class of each row.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        y : ndarray of shape (n_samples,) or (n_samples, n_classes)
            Classes, or a label indicator matrix if the network was fitted to one.
        """
        outputs = self._outputs(X)
        if self._multilabel:
            return (outputs > 0.5).astype(int)
        if outputs.shape[1] > 1:
            return self.classes_[np.argmax(outputs, axis=1)]  # type: ignore[no-any-return]
        chosen = np.minimum(outputs.ravel() > 0.5, len(self.classes_) - 1)
        return self.classes_[chosen.astype(int)]  # type: ignore[no-any-return]

    def predict_proba(self, X: Any) -> Array:
        """Estimate the probability of each class.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        probabilities : ndarray of shape (n_samples, n_classes)
            Columns in the order of ``classes_``; for several labels, each one's own probability.
        """
        outputs = self._outputs(X)
        if self._multilabel or outputs.shape[1] > 1:
            return outputs
        if len(self.classes_) == 1:
            return np.ones_like(outputs)
        return np.hstack([1 - outputs, outputs])

    def predict_log_proba(self, X: Any) -> Array:
        """Return the logarithm of `predict_proba`.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        log_probabilities : ndarray of shape (n_samples, n_classes)
        """
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    @available_if(lambda self: self.solver != "lbfgs")  # type: ignore[untyped-decorator]
    @_fit_context(prefer_skip_nested_validation=True)  # type: ignore[untyped-decorator]
    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None, classes: Any = None) -> Any:
        """Train for one epoch on the given rows, going on from the present weights.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_classes)
        sample_weight : array-like of shape (n_samples,), default=None
        classes : array-like of shape (n_classes,), default=None
            All classes there will be; needed in the first call, and only there.

        Returns
        -------
        self : object
        """
        if _check_partial_fit_first_call(self, classes):
            self._multilabel = type_of_target(y).startswith("multilabel")
            self.classes_ = np.arange(np.shape(y)[1]) if self._multilabel else np.unique(classes)
        return self._partial_fit(X, y, sample_weight)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags
