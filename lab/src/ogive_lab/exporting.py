"""The model of a page, written in the forms of `ogive.export`; runs in a worker process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np

from ogive.text import InputError
from ogive_lab.exporting_reduction import reduction_estimator, reduction_of, unfit
from ogive_lab.worker import Report

__all__ = ["Form", "export"]

Form = Literal["python", "numpy", "onnx", "json"]


def export(
    model: Mapping[str, Any], form: Form, report: Report, stopped: Callable[[], bool]
) -> bytes:
    """Write a model.

    Parameters
    ----------
    model : mapping
        What `ogive_lab.api.exports.PageModel` holds.
    form : {"python", "numpy", "onnx", "json"}
    report, stopped : callable
        As jobs are given them; a model is written in one go.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        If the numbers do not fit together, or the model has no such form.
    """
    from ogive import export as forms

    if form == "python":
        reduced = model["reduction"] is not None
        if model["estimator"] == "LogisticRegression" and model["y"] is None and not reduced:
            return _given_weights(model).encode()
        if reduced:
            _layers(model)  # what does not fit is refused in every form
        estimator = _estimator(model["estimator"], model["parameters"])
        if reduced:
            estimator = reduction_estimator(estimator, model)
        X, y = (None if model[key] is None else model[key] for key in ("X", "y"))
        return forms.python_source(_scaled(estimator, model), X, y).encode()
    layers = _layers(model)
    if form == "numpy":
        return forms.numpy_source(layers).encode()
    if form == "json":
        import json

        return json.dumps(forms.to_dict(layers), indent=1, ensure_ascii=False).encode()
    content: bytes = forms.onnx_model(layers).SerializeToString()
    return content


def _given_weights(model: Mapping[str, Any]) -> str:
    """Write a line that was drawn or trained in the page, which is no fit of any rows."""
    layers = _layers(model)
    if len(layers.coefs) != 1 or layers.center is not None:
        raise InputError(
            "A logistic regression with given weights has one layer and no scaling.",
            "给定权重的逻辑回归只有一层，且不做缩放。",
        )
    coef, intercept = layers.coefs[0].T, layers.intercepts[0]
    if len(coef) == 1:
        coef, intercept = coef[0], intercept[0]
    given = [repr(coef.tolist()), repr(intercept.tolist())]
    if layers.classes is not None:
        given.append(f"classes={layers.classes.tolist()!r}")
    return (
        "from ogive import LogisticRegression\n\n"
        f"model = LogisticRegression.from_weights({', '.join(given)})\n"
    )


def _layers(model: Mapping[str, Any]) -> Any:
    from ogive.activations import activation
    from ogive.export import Layered

    coefs = tuple(_array(one, 2, "coefs") for one in model["coefs"])
    intercepts = tuple(_array(one, 1, "intercepts") for one in model["intercepts"])
    functions = tuple(activation(one["name"], **one["parameters"]) for one in model["activations"])
    _check_widths(coefs, intercepts, functions)
    classes = model["classes"]
    n_outputs = coefs[-1].shape[1]
    reduction = None if model["reduction"] is None else reduction_of(model, n_outputs)
    if reduction is None and classes is not None and len(classes) != max(n_outputs, 2):
        raise unfit("classes", len(classes), max(n_outputs, 2))
    scaling = {
        key: None if model[key] is None else _array(model[key], 1, key)
        for key in ("center", "scale")
    }
    for key, numbers in scaling.items():
        if numbers is not None and len(numbers) != len(coefs[0]):
            raise unfit(key, len(numbers), len(coefs[0]))
    return Layered(
        coefs=coefs,
        intercepts=intercepts,
        activations=functions,
        slopes=tuple(np.empty(0) for _ in functions),
        last=model["output"],
        classes=None if classes is None else np.asarray(classes),
        labels_apart=False,
        single=n_outputs == 1,
        reduction=reduction,
        **scaling,
    )


def _check_widths(
    coefs: Sequence[Any], intercepts: Sequence[Any], functions: Sequence[Any]
) -> None:
    if not len(coefs) == len(intercepts) == len(functions) + 1:
        raise unfit("intercepts", len(intercepts), len(coefs))
    below = len(coefs[0])
    for coef, intercept, function in zip(coefs, intercepts, [*functions, None], strict=True):
        if coef.shape != (below, len(intercept)):
            raise unfit("coefs", coef.shape, (below, len(intercept)))
        gate = function is not None and function.kind == "gate"
        below = len(intercept) // 2 if gate else len(intercept)


def _array(given: Any, dimensions: int, name: str) -> Any:
    try:
        numbers = np.asarray(given, np.float64)
    except ValueError:
        numbers = np.empty(0)
    if numbers.ndim != dimensions or not numbers.size or not np.isfinite(numbers).all():
        raise InputError(
            f"{name} must hold finite numbers in rows of equal length.",
            f"{name} 必须由等长的行组成，且都是有限的数。",
        )
    return numbers


def _estimator(name: str, parameters: Mapping[str, Any]) -> Any:
    import ogive

    made = getattr(ogive, name)
    given = dict(parameters)
    unknown = sorted(set(given) - set(made().get_params(deep=False)))
    if unknown:
        raise InputError(
            f"{name} has no parameter {unknown[0]!r}.", f"{name} 没有参数 {unknown[0]!r}。"
        )
    if "activation" in given:
        given["activation"] = _activations(given["activation"])
    return made(**given)


def _activations(given: Any) -> Any:
    from ogive.activations import activation

    if not isinstance(given, list):
        return given
    functions = [
        activation(one["name"], **one["parameters"]) if one.get("parameters") else one["name"]
        for one in given
    ]
    return (
        functions[0] if functions and all(one == functions[0] for one in functions) else functions
    )


def _scaled(estimator: Any, model: Mapping[str, Any]) -> Any:
    if model["center"] is None:
        return estimator
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), estimator)
