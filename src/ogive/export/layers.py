"""What all exports are written from: matrices, the functions between them, and what comes last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

from ogive.activations import Activation, activation
from ogive.classification.logistic import LogisticRegression
from ogive.export.reducing import REDUCTIONS, parts_of_reduction
from ogive.export.reduction import Reduction
from ogive.linear import LinearRegression
from ogive.network import MLPClassifier, MLPRegressor
from ogive.network.parameters import hidden_activations
from ogive.text import InputError

__all__ = ["Layered", "layered"]

Array = NDArray[np.float64]
Last = Literal["identity", "logistic", "softmax", "exp"]


@dataclass(frozen=True)
class Layered:
    """A fitted model as layers.

    Attributes
    ----------
    coefs : tuple of ndarray of shape (fan_in, fan_out), float64
    intercepts : tuple of ndarray of shape (fan_out,), float64
    activations : tuple of Activation
        One after each layer but the last, with learnt slopes put in where a layer has one.
    slopes : tuple of ndarray
        Of a layer whose units have learnt slopes of their own, otherwise empty.
    last : {"identity", "logistic", "softmax", "exp"}
        What is applied to the last layer's z.
    classes : ndarray or None
        Labels of a classifier; with "logistic" and one output the first is that of z <= 0.
    labels_apart : bool
        Whether each output is a label of its own (multi-label).
    single : bool
        Whether a regression predicts one number a row, not a row of them.
    center, scale : ndarray or None
        Features are standardised by these first.
    reduction : Reduction or None
        Where the outputs are those of two-class models, how they decide among `classes`.
    """

    coefs: tuple[Array, ...]
    intercepts: tuple[Array, ...]
    activations: tuple[Activation, ...]
    slopes: tuple[Array, ...]
    last: Last
    classes: NDArray[Any] | None
    labels_apart: bool
    single: bool
    center: Array | None
    scale: Array | None
    reduction: Reduction | None = None

    @property
    def n_features(self) -> int:
        """Number of columns of X."""
        return int(self.coefs[0].shape[0])


def layered(model: Any) -> Layered:
    """Return `model` as layers.

    Parameters
    ----------
    model : MLPClassifier, MLPRegressor, LogisticRegression or LinearRegression
        Fitted; or a OneVsOneClassifier, OneVsRestClassifier or OutputCodeClassifier of one of the
        last two; or a Pipeline of a StandardScaler and one of these. Layers are returned as they
        are.

    Returns
    -------
    Layered

    Raises
    ------
    InputError
        For any other model.
    sklearn.exceptions.NotFittedError
        If it is not fitted.
    """
    if isinstance(model, Layered):
        return model
    scaler = None
    if isinstance(model, Pipeline):
        steps = [step for _, step in model.steps if step not in (None, "passthrough")]
        if len(steps) == 2 and type(steps[0]) is StandardScaler:
            scaler = steps[0]
        elif len(steps) != 1:
            raise _unknown(model)
        model = steps[-1]
    check_is_fitted(model)
    if isinstance(model, (MLPClassifier, MLPRegressor)):
        parts = _of_network(model)
    elif isinstance(model, (LogisticRegression, LinearRegression)):
        parts = _of_linear(model)
    elif isinstance(model, REDUCTIONS):
        parts = parts_of_reduction(model)
    else:
        raise _unknown(model)
    return Layered(**parts, **_standardising(scaler, parts["coefs"][0].shape[0]))


def _of_network(model: Any) -> dict[str, Any]:
    functions = hidden_activations(model.activation, len(model.coefs_) - 1)
    put_in, slopes = [], []
    for function, own in zip(functions, model.negative_slopes_, strict=True):
        whole = own.size == 1
        if whole:
            function = activation(function.name, negative_slope=float(own[0]))
        put_in.append(function)
        slopes.append(np.asarray([] if whole else own, np.float64))
    classifier = isinstance(model, MLPClassifier)
    return {
        "coefs": tuple(np.asarray(coef, np.float64) for coef in model.coefs_),
        "intercepts": tuple(np.asarray(one, np.float64) for one in model.intercepts_),
        "activations": tuple(put_in),
        "slopes": tuple(slopes),
        "last": model.out_activation_,
        "classes": np.asarray(model.classes_) if classifier else None,
        "labels_apart": classifier and model._multilabel,
        "single": model.n_outputs_ == 1,
    }


def _of_linear(model: Any) -> dict[str, Any]:
    coef = np.atleast_2d(np.asarray(model.coef_, np.float64))
    intercept = np.broadcast_to(np.asarray(model.intercept_, np.float64), (coef.shape[0],))
    classes = None
    last: Last = "identity"
    if isinstance(model, LogisticRegression):
        classes = np.asarray(model.classes_)
        last = "logistic" if coef.shape[0] == 1 else "softmax"
    return {
        "coefs": (coef.T.copy(),),
        "intercepts": (intercept.copy(),),
        "activations": (),
        "slopes": (),
        "last": last,
        "classes": classes,
        "labels_apart": False,
        "single": np.ndim(model.coef_) == 1,
    }


def _standardising(scaler: Any, n_features: int) -> dict[str, Any]:
    if scaler is None:
        return {"center": None, "scale": None}
    mean = scaler.mean_ if scaler.with_mean else np.zeros(n_features)
    scale = scaler.scale_ if scaler.with_std else np.ones(n_features)
    return {"center": np.asarray(mean, np.float64), "scale": np.asarray(scale, np.float64)}


def _unknown(model: Any) -> InputError:
    name = type(model).__name__
    return InputError(
        f"a {name} cannot be exported: give a fitted MLPClassifier, MLPRegressor, "
        "LogisticRegression, LinearRegression, OneVsOneClassifier, OneVsRestClassifier or "
        "OutputCodeClassifier of this package, or a Pipeline of a StandardScaler and one of them.",
        f"{name} 无法导出：请给出本库中已拟合的 MLPClassifier、MLPRegressor、LogisticRegression、"
        "LinearRegression、OneVsOneClassifier、OneVsRestClassifier 或 OutputCodeClassifier，"
        "或由 StandardScaler 和其中之一组成的 Pipeline。",
    )
