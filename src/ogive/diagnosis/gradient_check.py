"""`ogive.check_gradients`: the gradients training follows, against central differences."""

from __future__ import annotations

import copy
import sys
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.pipeline import Pipeline
from sklearn.utils import check_random_state

from ogive.diagnosis.gradient_differences import Objective, central_differences, sampled
from ogive.diagnosis.gradient_record import GradientCheck, GradientPart
from ogive.network.base import BaseMLP
from ogive.network.engine import build_table, single_threaded_blas
from ogive.network.parameters import check_gates, hidden_activations, hidden_sizes
from ogive.text import InputError, Text

__all__ = ["GradientCheck", "check_gradients"]

Array = NDArray[np.float64]

# A deviation counts as wrong where it exceeds this many times the differences' own error.
_MARGIN = 4.0
_TOO_SMALL = 0.05
_LARGEST_LOSS = 1e100

NO_DROPOUT = Text(
    "Dropout is switched off for the check: with it the loss is a different one at every pass.",
    "检查时关闭了 dropout：否则每次前向计算的损失都不同。",
)
NO_RANDOM_SLOPES = Text(
    "Random slopes (rrelu) have their mean value in the check.",
    "检查时随机斜率（rrelu）取其均值。",
)
UNFITTED = Text(
    "The model is not fitted: the check was made at starting weights.",
    "模型尚未拟合：检查在初始权重处进行。",
)


def check_gradients(
    estimator: Any,
    X: Any,
    y: Any = None,
    *,
    n_weights: int | None = 100,
    n_rows: int | None = 200,
    step: float = 1e-5,
    tolerance: float = 1e-5,
    sample_weight: Any = None,
    loss: Any = None,
    random_state: int = 0,
) -> GradientCheck:
    """Compare the gradient that training follows with central differences of the loss.

    Everything is computed in float64, the penalty `alpha` included. The estimator is not changed.

    Parameters
    ----------
    estimator : MLPClassifier, MLPRegressor, a Pipeline that ends in one, or torch.nn.Module
        Fitted or not: without weights, starting weights are drawn in a copy. A module is copied to
        float64 and put into evaluation mode.
    X : {array-like, sparse matrix} of shape (n_samples, n_features)
        Of a module, a tensor or array as it takes; not a loader.
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    n_weights : int or None, default=100
        How many elements of each array (weights, intercepts and slopes of each layer) are compared,
        drawn at random; None compares all.
    n_rows : int or None, default=200
        How many rows are used at most, drawn at random; None uses all.
    step : float, default=1e-5
        Of the differences, as a share of ``max(1, |weight|)``. Where a kink spoils the result,
        steps down to 0.01 times that are tried, where rounding does, steps up to 3000 times; the
        best is taken.
    tolerance : float, default=1e-5
        Relative error of a derivative that counts as none.
    sample_weight : array-like of shape (n_samples,), optional
    loss : callable, optional
        Of a PyTorch module: ``loss(answer, targets)``, the answer being all that the module
        returns. Without it one is inferred from outputs and targets, and a note says which.
    random_state : int, default=0
        Seed of all draws; global generators are not used.

    Returns
    -------
    GradientCheck

    Raises
    ------
    InputError
        For other models, numbers that cannot be used, and a loss that is not finite or too large.

    Examples
    --------
    >>> import ogive
    >>> from sklearn.datasets import load_iris
    >>> X, y = load_iris(return_X_y=True)
    >>> check = ogive.check_gradients(ogive.MLPClassifier((8,), activation="silu"), X, y)
    >>> check.verdict
    'right'
    """
    _check_numbers(n_weights, n_rows, step, tolerance)
    if y is None:
        raise InputError(
            "y is missing: the gradient is that of a loss, which needs targets. Give X and y as "
            "arrays or tensors; of a loader, one batch: X, y = next(iter(loader)).",
            "缺少 y：梯度是损失的梯度，需要目标。请以数组或张量给出 X 和 y；若是加载器，"
            "请给出其中一个批次：X, y = next(iter(loader))。",
        )
    notes: list[Text] = []
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(estimator, torch.nn.Module):
        from ogive.diagnosis.modules.weights.gradients import module_objective

        if sample_weight is not None:
            raise InputError(
                "sample_weight= is for estimators; put weights into the loss= of a PyTorch model.",
                "sample_weight= 只用于估计器；PyTorch 模型请把权重写进 loss=。",
            )
        objective, rows, notes = module_objective(estimator, X, y, loss, n_rows, random_state)
        return _compare(objective, type(estimator).__name__, True, rows, n_weights, step,
                        tolerance, random_state, notes)  # fmt: skip
    if loss is not None:
        raise InputError(
            "loss= is for PyTorch models; an estimator knows its own. Leave it out.",
            "loss= 只用于 PyTorch 模型；估计器自己已知道它。请去掉这个参数。",
        )
    network, X, fitted = _network_and_rows(estimator, X, y)
    if not fitted:
        notes.append(UNFITTED)
    if network.dropout:
        notes.append(NO_DROPOUT)
    objective, rows, core = _objective(
        network, X, y, sample_weight, fitted, n_rows, random_state, notes
    )
    with single_threaded_blas(core):
        return _compare(objective, type(network).__name__, fitted, rows, n_weights, step,
                        tolerance, random_state, notes)  # fmt: skip


def _check_numbers(n_weights: Any, n_rows: Any, step: Any, tolerance: Any) -> None:
    name: str
    value: Any
    for name, value in (("n_weights", n_weights), ("n_rows", n_rows)):
        if value is not None and not (isinstance(value, Integral) and int(value) >= 1):
            raise InputError(
                f"{name} must be a positive whole number, or None for all. Got {value!r} instead.",
                f"{name} 必须是正整数，或用 None 表示全部；得到的却是 {value!r}。",
            )
    for name, value in (("step", step), ("tolerance", tolerance)):
        if not (isinstance(value, Real) and 0 < float(value) < 1):
            raise InputError(
                f"{name} must lie between 0 and 1. Got {value!r} instead.",
                f"{name} 必须在 0 与 1 之间，得到的却是 {value!r}。",
            )


def _network_and_rows(estimator: Any, X: Any, y: Any) -> tuple[BaseMLP, Any, bool]:
    """Return a copy of the network that may be changed, the rows it sees, and if it is fitted."""
    network, before = estimator, None
    if isinstance(estimator, Pipeline):
        network, before = estimator.steps[-1][1], estimator[:-1]
    if not isinstance(network, BaseMLP):
        is_class = isinstance(network, type)
        kind = f"the class {network.__name__}" if is_class else type(network).__name__
        raise InputError(
            f"check_gradients takes an MLPClassifier, an MLPRegressor, a Pipeline that ends in "
            f"one, or a PyTorch module. Got {kind} instead.",
            "check_gradients 接受 MLPClassifier、MLPRegressor、以它们结尾的 Pipeline，"
            f"或 PyTorch 模块；得到的却是 {kind}。",
        )
    fitted = hasattr(network, "coefs_")
    if before is not None and len(before):
        X = before.transform(X) if fitted else clone(before).fit_transform(X, y)
    return (copy.copy(network) if fitted else clone(network)), X, fitted


def _objective(
    network: Any,
    X: Any,
    y: Any,
    sample_weight: Any,
    fitted: bool,
    n_rows: int | None,
    random_state: int,
    notes: list[Text],
) -> tuple[Objective, int, Any]:
    wide = np.dtype(np.float64)
    if not fitted:
        network._validate_params()
    X, y = network._validate(X, y, reset=not fitted)
    y = network._learn_target(y, incremental=fitted)
    weight = network._weights(sample_weight, X, y)
    targets = network._encode(y, X.dtype)
    rows = sampled(X.shape[0], n_rows, np.random.default_rng(random_state))
    X = X[rows].astype(wide)
    values, labels = (
        None if part is None else part[rows] for part in (targets.values, targets.labels)
    )
    table = build_table(
        X,
        None if values is None else values.astype(wide),
        labels,
        None if weight is None else weight[rows].astype(wide),
    )
    if fitted:
        units = [network.n_features_in_, *(w.shape[1] for w in network.coefs_)]
        hidden = hidden_activations(network.activation, len(units) - 2)
    else:
        sizes = hidden_sizes(network.hidden_layer_sizes)
        units = [X.shape[1], *sizes, targets.n_outputs]
        hidden = hidden_activations(network.activation, len(sizes))
        check_gates(hidden, sizes)
        seed = random_state if network.random_state is None else network.random_state
        network._initialise(units, hidden, wide, check_random_state(copy.deepcopy(seed)))
    if any(function.name == "rrelu" for function in hidden):
        notes.append(NO_RANDOM_SLOPES)
    core = network._network(units, hidden, wide)
    # Training follows the squared error summed over outputs, whose mean is what is reported.
    factor = targets.n_outputs if network.loss == "squared_error" else 1

    def evaluate(weights: Array, alpha: float = network.alpha) -> tuple[float, Array]:
        core.set_flat_weights(weights)
        data, penalty, gradient = core.loss_and_gradient(table.data, alpha)
        return factor * data + penalty, gradient

    names = [f"hidden {i + 1}" for i in range(len(hidden))] + ["output"]
    parts = {
        "weights": network.coefs_,
        "intercepts": network.intercepts_,
        "slopes": network._slopes(),
    }
    arrays = [
        (name, part, array.shape)
        for part, given in parts.items()
        for name, array in zip(names, given, strict=False)
        if array.size
    ]
    at = core.flat_weights()
    own = evaluate(at, 0.0)[1].copy()
    return (
        Objective(arrays, at, lambda w: evaluate(w)[0], lambda w: evaluate(w)[1], own),
        len(rows),
        core,
    )


def _compare(
    objective: Objective,
    model: str,
    fitted: bool,
    n_rows: int,
    n_weights: int | None,
    step: float,
    tolerance: float,
    random_state: int,
    notes: list[Text],
) -> GradientCheck:
    total = float(objective.loss(objective.at))
    gradient = objective.gradient(objective.at).copy()
    if not abs(total) <= _LARGEST_LOSS:
        raise InputError(
            f"the loss of {model} on these rows is {total:.3g}, which no difference can be taken "
            "of; scale the inputs, or take other weights.",
            f"{model} 在这些行上的损失是 {total:.3g}，无法求差分；请缩放输入，或换用其他权重。",
        )
    rng = np.random.default_rng(random_state)
    parts, start = [], 0
    for layer, part, shape in objective.arrays:
        size = int(np.prod(shape))
        chosen = sampled(size, n_weights, rng)
        numeric = central_differences(objective.loss, objective.at, start + chosen, step)
        at = start + chosen
        parts.append(
            _judged(layer, part, shape, chosen, gradient[at], objective.own[at], numeric, tolerance)
        )
        start += size
    order = list(dict.fromkeys(layer for layer, *_ in objective.arrays))
    parts.sort(key=lambda one: order.index(one.layer))
    return GradientCheck(tuple(parts), total, model, fitted, n_rows, random_state, tuple(notes))


def _judged(
    layer: str,
    part: str,
    shape: tuple[int, ...],
    chosen: NDArray[np.int64],
    analytic: Array,
    own: Array,
    numeric: Any,
    tolerance: float,
) -> GradientPart:
    deviation = np.abs(analytic - numeric.slope)
    larger = np.maximum(np.abs(analytic), np.abs(numeric.slope))
    clear = ~numeric.kinked
    # A derivative that is not a number is as wrong as one can be.
    wrong = clear & ~(deviation <= _MARGIN * numeric.error + tolerance * larger)
    wrong |= ~np.isfinite(analytic)
    # A penalty must not hide that the data's own derivative is lost in rounding.
    nothing = (own == 0) & (deviation <= _MARGIN * numeric.error)
    small = clear & ~wrong & ~nothing & (numeric.error > _TOO_SMALL * np.abs(own))
    telling = (clear & ~small) | wrong
    norm = float(np.linalg.norm(larger[telling]))
    error = float(np.linalg.norm(deviation[telling])) / norm if norm else 0.0
    if wrong.any():
        verdict: Any = "wrong"
    else:
        verdict = "right" if 2 * np.count_nonzero(telling) >= chosen.size else "cannot tell"
    shown = wrong if wrong.any() else telling
    worst = int(np.argmax(np.where(shown, deviation, -1.0))) if shown.any() else None
    return GradientPart(
        layer=layer,
        part=part,
        size=int(np.prod(shape)),
        n_compared=chosen.size,
        n_kinks=int(np.count_nonzero(numeric.kinked & ~wrong)),
        n_too_small=int(np.count_nonzero(small)),
        n_wrong=int(np.count_nonzero(wrong)),
        relative_error=error if telling.any() else float("nan"),
        worst_index=None
        if worst is None
        else tuple(int(i) for i in np.unravel_index(chosen[worst], shape)),
        worst_analytic=float("nan") if worst is None else float(analytic[worst]),
        worst_numeric=float("nan") if worst is None else float(numeric.slope[worst]),
        verdict=verdict,
    )
