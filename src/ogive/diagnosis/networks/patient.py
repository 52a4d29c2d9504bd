"""From what a user gives to the network in it, and the rows as that network takes them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils import _safe_indexing
from sklearn.utils.validation import check_is_fitted, validate_data

from ogive.diagnosis.measurements import NonFiniteValue
from ogive.network.base import BaseMLP
from ogive.text import InputError

__all__ = ["Patient", "Rows", "given_rows", "take_apart"]

_SCALERS = ("Scaler", "QuantileTransformer", "PowerTransformer", "Normalizer")


class Patient(NamedTuple):
    """A fitted network, what stands before it, and the name of what scales its inputs."""

    network: BaseMLP
    before: tuple[Any, ...]
    scaled_by: str | None


class Rows(NamedTuple):
    """Rows as the network takes them, those with values that are not finite left out.

    `y` is None where no targets were given; `nonfinite` is the first value left out.
    """

    X: Any
    y: Any
    n_given: int
    nonfinite: NonFiniteValue | None


def take_apart(model: Any) -> Patient:
    """Return the network of a fitted model.

    Parameters
    ----------
    model : MLPClassifier, MLPRegressor, or a Pipeline or search whose last step is one

    Raises
    ------
    InputError
        For anything else; it says what could be done.
    sklearn.exceptions.NotFittedError
        If it was not fitted.
    """
    before: list[Any] = []
    inner = model
    while not isinstance(inner, BaseMLP):
        if hasattr(inner, "steps") and inner.steps:
            before += [step for _, step in inner.steps[:-1] if step not in (None, "passthrough")]
            inner = inner.steps[-1][1]
        elif hasattr(inner, "estimator") and hasattr(inner, "refit"):  # a search
            check_is_fitted(inner)
            if not hasattr(inner, "best_estimator_"):
                raise InputError(
                    f"{type(inner).__name__} has refit=False and so keeps no network; fit it with "
                    "refit=True, or diagnose a network that you fitted.",
                    f"{type(inner).__name__} 的 refit=False，没有保留网络；请用 refit=True 拟合，"
                    "或诊断自己拟合的网络。",
                )
            inner = inner.best_estimator_
        else:
            raise _no_network(model, inner)
    check_is_fitted(inner)
    scalers = [type(one).__name__ for one in before]
    scaled_by = next((name for name in reversed(scalers) if name.endswith(_SCALERS)), None)
    return Patient(inner, tuple(before), scaled_by)


def _no_network(model: Any, inner: Any) -> InputError:
    name = type(inner).__name__
    if isinstance(inner, type):
        return InputError(
            f"model is the class {inner.__name__}, not a fitted object of it; fit one first: "
            f"{inner.__name__}(...).fit(X, y).",
            f"model 是类 {inner.__name__}，而不是拟合好的对象；请先拟合："
            f"{inner.__name__}(...).fit(X, y)。",
        )
    if hasattr(inner, "findings"):
        return InputError(
            f"{name} has no layers of its own to measure; its findings are told by its method "
            "findings(). ogive.diagnose takes an MLPClassifier, an MLPRegressor, a Pipeline that "
            "ends in one, or a torch.nn.Module.",
            f"{name} 没有可测量的层；请用它的 findings() 方法查看诊断。ogive.diagnose 接受 "
            "MLPClassifier、MLPRegressor、以它们结尾的 Pipeline，或 torch.nn.Module。",
        )
    return InputError(
        f"ogive.diagnose cannot measure {name}; give an ogive.MLPClassifier or MLPRegressor, a "
        "Pipeline that ends in one, or a torch.nn.Module.",
        f"ogive.diagnose 无法测量 {name}；请给出 ogive.MLPClassifier 或 MLPRegressor、"
        "以它们结尾的 Pipeline，或 torch.nn.Module。",
    )


def given_rows(patient: Patient, X: Any, y: Any) -> Rows:
    """Take rows through the steps before the network and check them, without changing anything.

    Raises
    ------
    InputError, ValueError
        For rows of another width than those of the fit, targets of another length, and where no
        row is finite.
    """
    n_given = np.shape(X)[0]
    keep_y = _finite_targets(y)
    if keep_y is not None and len(keep_y) == n_given:
        X, y = _safe_indexing(X, keep_y), _safe_indexing(y, keep_y)
        left_out = NonFiniteValue("target", None, None, None, int(n_given - len(y)))
    else:
        left_out = None
    for step in patient.before:
        X = step.transform(X)
    with_y: dict[str, Any] = {}
    if y is not None:
        with_y = {"y": y, "multi_output": True, "y_numeric": patient.network._numeric_target}
    checked = validate_data(
        patient.network,
        X,
        **with_y,
        accept_sparse="csr",
        dtype=(np.float64, np.float32),
        order="C",
        reset=False,
        ensure_all_finite=False,
    )
    X, y = (checked, None) if y is None else checked
    finite = _finite_rows(X)
    if finite.all():
        return Rows(X, y, n_given, left_out)
    if not finite.any():
        raise InputError(
            "every row has a value that is not finite (NaN or infinite), so nothing can be "
            "measured; fill in or leave out what is missing, for example by a SimpleImputer.",
            "每一行都含有非有限的值（NaN 或无穷大），无法测量；请补全或删去缺失的值，"
            "例如使用 SimpleImputer。",
        )
    n_bad = int(np.count_nonzero(~finite))
    left_out = NonFiniteValue("input", None, None, None, n_bad)
    return Rows(X[finite], None if y is None else y[finite], n_given, left_out)


def _finite_targets(y: Any) -> NDArray[np.bool_] | None:
    """Return which targets are finite; None where all are, or where they are no numbers."""
    if y is None or not (hasattr(y, "__len__") or hasattr(y, "__array__")):
        return None
    values = np.asarray(y)
    if values.dtype.kind != "f" or np.isfinite(values).all():
        return None
    known = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    return known if known.any() else None


def _finite_rows(X: Any) -> NDArray[np.bool_]:
    finite = np.ones(X.shape[0], dtype=bool)
    if sparse.issparse(X):
        rows = np.repeat(np.arange(X.shape[0]), np.diff(X.indptr))
        finite[rows[~np.isfinite(X.data)]] = False
        return finite
    with np.errstate(over="ignore", invalid="ignore"):
        whole = np.isfinite(X.sum(dtype=np.float64))
    return finite if whole else np.isfinite(X).all(axis=1)
