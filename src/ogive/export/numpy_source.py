"""A model as Python source that needs NumPy and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
from sympy.printing.numpy import NumPyPrinter

from ogive import __version__
from ogive.activations import Activation
from ogive.export.expressions import Z, stable_expression
from ogive.export.layers import Layered, layered
from ogive.export.numpy_reduction import HELPERS, reduction_functions, reduction_numbers

__all__ = ["numpy_source"]

_HELPERS = {
    "_logistic": """def _logistic(z):
    return np.exp(-np.logaddexp(0.0, -z))""",
    "_softplus": """def _softplus(z):
    return np.logaddexp(0.0, z)""",
    "_erf": "_erf = np.vectorize(math.erf, otypes=[float])",
    "_erfc": "_erfc = np.vectorize(math.erfc, otypes=[float])",
    "_softmax": """def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)""",
    **HELPERS,
}

# Functions of a whole row; the first half of a gate's row is u, the second z.
_ROWS = {
    "softmax": "_softmax(z)",
    "softmin": "_softmax(-z)",
    "log_softmax": "z - z.max(axis=-1, keepdims=True) - np.log(np.exp(z - z.max(axis=-1, "
    "keepdims=True)).sum(axis=-1, keepdims=True))",
    "sparsemax": "np.maximum(z - _threshold(z), 0.0)",
}
_THRESHOLD = """def _threshold(z):
    ordered = -np.sort(-z, axis=-1)
    sums = np.cumsum(ordered, axis=-1) - 1.0
    count = (ordered * np.arange(1, z.shape[-1] + 1) > sums).sum(axis=-1, keepdims=True)
    return np.take_along_axis(sums, count - 1, axis=-1) / count"""


class _Printer(NumPyPrinter):  # type: ignore[misc]
    """Writes ``np.`` for ``numpy.``, and the helpers for what NumPy has not."""

    _module = "np"

    def __init__(self) -> None:
        super().__init__({"fully_qualified_modules": True})

    def _module_format(self, fqn: str, register: bool = True) -> str:
        return str(super()._module_format(fqn, register)).replace("numpy.", "np.")

    def _print_logistic(self, node: Any) -> str:
        return f"_logistic({self._print(node.args[0])})"

    def _print_softplus(self, node: Any) -> str:
        return f"_softplus({self._print(node.args[0])})"

    def _print_erf(self, node: Any) -> str:
        return f"_erf({self._print(node.args[0])})"

    def _print_erfc(self, node: Any) -> str:
        return f"_erfc({self._print(node.args[0])})"

    def _print_Rational(self, node: Any) -> str:
        return repr(float(node))

    def _print_Float(self, node: Any) -> str:
        return repr(float(node))


def numpy_source(model: Any) -> str:
    """Write a fitted model as Python source that imports NumPy only.

    Parameters
    ----------
    model : estimator or Pipeline
        See `layered`.

    Returns
    -------
    str
        A module with ``predict(X)``, and ``predict_proba(X)`` of a classifier, for X of shape
        (n_samples, n_features). That of a reduction from many classes to two has ``scores(X)``, of
        which the largest is predicted, and of pairs ``votes(X)``; but no ``predict_proba`` of
        pairs, whose probabilities are the solution of a system of equations for each row, nor of
        linear regressions.

    Raises
    ------
    InputError
        For models that cannot be exported.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from ogive import MLPClassifier
    >>> from ogive.export import numpy_source
    >>> X, y = load_iris(return_X_y=True)
    >>> model = MLPClassifier(hidden_layer_sizes=(4,), activation="tanh", max_iter=5).fit(X, y)
    >>> names = {}
    >>> exec(numpy_source(model), names)
    >>> bool((names["predict"](X) == model.predict(X)).all())
    True
    """
    layers = layered(model)
    functions = [_function(i, one, layers) for i, one in enumerate(layers.activations, 1)]
    body = "\n\n\n".join([*functions, *_predictions(layers)])
    helpers = [text for name, text in _HELPERS.items() if f"{name}(" in body]
    if "_threshold(" in body:
        helpers.append(_THRESHOLD)
    imports = ["import math\n"] if any("math." in one for one in helpers) else []
    name = type(model.steps[-1][1] if hasattr(model, "steps") else model).__name__
    if model is layers:
        name = "Model" if layers.reduction is None else layers.reduction.name
    parts = [
        f'"""{name} fitted by Ogive {__version__}: its predictions, in plain NumPy."""',
        "".join([*imports, "\nimport numpy as np" if imports else "import numpy as np"]),
        "\n".join(_numbers(layers)),
        "\n" + "\n\n\n".join([*helpers, body]),
    ]
    return "\n\n".join(parts) + "\n"


def _numbers(layers: Layered) -> list[str]:
    lines = []
    if layers.center is not None:
        lines += [f"center = {_array(layers.center)}", f"scale = {_array(layers.scale)}"]
    for i, (coef, intercept) in enumerate(zip(layers.coefs, layers.intercepts, strict=True), 1):
        lines += [f"W{i} = {_array(coef)}", f"b{i} = {_array(intercept)}"]
    lines += [f"s{i} = {_array(one)}" for i, one in enumerate(layers.slopes, 1) if one.size]
    if layers.classes is not None and not layers.labels_apart:
        lines.append(f"classes = np.array({layers.classes.tolist()!r})")
    if layers.reduction is not None:
        lines += reduction_numbers(layers.reduction)
    return lines


def _array(numbers: Any) -> str:
    return f"np.array({np.asarray(numbers, np.float64).tolist()!r})"


def _function(number: int, function: Activation, layers: Layered) -> str:
    head = f"def f{number}(z):  # {function.name}"
    if layers.slopes[number - 1].size:
        return f"{head}\n    return np.where(z > 0, z, s{number} * z)"
    if function.kind == "vector":
        return f"{head}\n    return {_ROWS[function.name]}"
    lines = [head]
    printer = _Printer()
    expression = stable_expression(function)
    if function.kind == "gate":
        lines.append("    u, z = np.split(z, 2, axis=-1)")
    written = printer.doprint(expression)
    if not expression.has(Z):
        written = f"np.full_like(z, {written})"
    # All branches of a case distinction are computed, also where they are not used.
    lines += ['    with np.errstate(all="ignore"):', f"        return {written}"]
    return "\n".join(lines)


def _predictions(layers: Layered) -> list[str]:
    lines = ["def outputs(X):", "    a = np.asarray(X, dtype=float)"]
    if layers.center is not None:
        lines.append("    a = (a - center) / scale")
    last = len(layers.coefs)
    lines += [f"    a = f{i}(a @ W{i} + b{i})" for i in range(1, last)]
    lines.append(f"    return a @ W{last} + b{last}")
    parts = ["\n".join(lines)]
    if layers.reduction is not None:
        return parts + reduction_functions(layers.reduction)
    if layers.classes is None:
        value = "np.exp(outputs(X))" if layers.last == "exp" else "outputs(X)"
        parts.append(f"def predict(X):\n    return {value}{'[:, 0]' * layers.single}")
    elif layers.labels_apart:
        parts.append("def predict_proba(X):\n    return _logistic(outputs(X))")
        parts.append("def predict(X):\n    return (outputs(X) > 0).astype(int)")
    elif layers.last == "logistic":
        parts.append(
            "def predict_proba(X):\n    a = _logistic(outputs(X))\n    return np.hstack([1 - a, a])"
        )
        parts.append("def predict(X):\n    return classes[(outputs(X)[:, 0] > 0).astype(int)]")
    else:
        parts.append("def predict_proba(X):\n    return _softmax(outputs(X))")
        parts.append("def predict(X):\n    return classes[outputs(X).argmax(axis=1)]")
    return parts
