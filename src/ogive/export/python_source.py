"""The lines of Python that make an estimator again and fit it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.pipeline import Pipeline

from ogive.activations import Activation
from ogive.text import InputError

__all__ = ["python_source"]


def python_source(estimator: Any, X: Any = None, y: Any = None) -> str:
    """Write an estimator, and the rows it is fitted to, as Python source.

    Parameters
    ----------
    estimator : estimator or Pipeline
        Only parameters that differ from their defaults are written; estimators inside as well.
    X : array-like of shape (n_samples, n_features), optional
    y : array-like of shape (n_samples,), optional
        Written as lists where given; otherwise the source asks for ``X`` and ``y``.

    Returns
    -------
    str

    Raises
    ------
    InputError
        For a parameter that cannot be written, such as a callable.

    Examples
    --------
    >>> from ogive import MLPClassifier
    >>> from ogive.export import python_source
    >>> print(python_source(MLPClassifier(activation="tanh", random_state=1)))
    from ogive import MLPClassifier
    <BLANKLINE>
    model = MLPClassifier(activation='tanh', random_state=1)
    model.fit(X, y)
    <BLANKLINE>
    """
    made = _construction(estimator)
    steps = list(_estimators(estimator))
    ours = ["activation"] if "activation(" in made else []
    ours += [type(step).__name__ for step in steps if _home(step) == "ogive"]
    imports = [] if "make_pipeline(" not in made else ["from sklearn.pipeline import make_pipeline"]
    imports += [
        f"from {_home(step)} import {type(step).__name__}"
        for step in steps
        if _home(step) != "ogive"
    ]
    if ours:
        names = sorted(set(ours), key=str.lower)
        imports.insert(0, f"from ogive import {', '.join(names)}")
    lines = list(dict.fromkeys(imports))
    data = [
        f"{name} = np.array({np.asarray(rows).tolist()!r})"
        for name, rows in (("X", X), ("y", y))
        if rows is not None
    ]
    if data:
        lines.insert(0, "import numpy as np\n")
        data.insert(0, "")
    return "\n".join([*lines, *data, "", f"model = {made}", "model.fit(X, y)"]) + "\n"


def _home(step: Any) -> str:
    module = type(step).__module__
    return "ogive" if module.startswith("ogive.") else ".".join(module.split(".")[:2])


def _steps(pipeline: Pipeline) -> list[Any]:
    return [step for _, step in pipeline.steps if step not in (None, "passthrough")]


def _estimators(estimator: Any) -> Iterator[Any]:
    """Yield an estimator, or the steps of a pipeline, and all that are inside."""
    if isinstance(estimator, Pipeline):
        for step in _steps(estimator):
            yield from _estimators(step)
        return
    yield estimator
    for value in estimator.get_params(deep=False).values():
        if isinstance(value, BaseEstimator):
            yield from _estimators(value)


def _construction(step: Any) -> str:
    if isinstance(step, Pipeline):
        return f"make_pipeline({', '.join(_construction(one) for one in _steps(step))})"
    given = step.get_params(deep=False)
    known = inspect.signature(type(step)).parameters
    # What has no default is known by its place: ``OneVsOneClassifier(estimator)``.
    required = [name for name, one in known.items() if one.default is one.empty and name in given]
    arguments = [_written(name, given[name]) for name in required]
    arguments += [
        f"{name}={_written(name, value)}"
        for name, value in given.items()
        if name not in required and not _same(value, known[name].default)
    ]
    return f"{type(step).__name__}({', '.join(arguments)})"


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(np.all(one == other))


def _written(name: str, value: Any) -> str:
    if isinstance(value, Activation):
        parameters = "".join(f", {key}={number!r}" for key, number in value.parameters.items())
        return f"activation({value.name!r}{parameters})"
    if isinstance(value, BaseEstimator):
        return _construction(value)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple):
        inside = ", ".join(_written(name, one) for one in value)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    raise InputError(
        f"{name}={value!r} cannot be written as source: numbers, texts, activations and lists of "
        "them can.",
        f"{name}={value!r} 无法写成源代码：可以写出的是数、文字、激活函数，以及它们的列表。",
    )
