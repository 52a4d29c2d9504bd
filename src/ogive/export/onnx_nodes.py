"""Nodes of an ONNX graph, and expressions of SymPy written as such."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy

from ogive.activations import Activation
from ogive.export.expressions import U, Z, logistic, softplus, stable_expression
from ogive.text import InputError

__all__ = ["Graph"]

# Operators of one operand.
_UNARY = {
    sympy.exp: "Exp",
    sympy.log: "Log",
    sympy.tanh: "Tanh",
    sympy.sinh: "Sinh",
    sympy.cosh: "Cosh",
    sympy.sin: "Sin",
    sympy.cos: "Cos",
    sympy.tan: "Tan",
    sympy.atan: "Atan",
    sympy.asinh: "Asinh",
    sympy.erf: "Erf",
    sympy.Abs: "Abs",
    sympy.sign: "Sign",
    logistic: "Sigmoid",
    softplus: "Softplus",
}
_COMPARISONS = {
    sympy.StrictGreaterThan: "Greater",
    sympy.GreaterThan: "GreaterOrEqual",
    sympy.StrictLessThan: "Less",
    sympy.LessThan: "LessOrEqual",
    sympy.Equality: "Equal",
}
_ROWS = {"softmax": "Softmax", "log_softmax": "LogSoftmax"}


class Graph:
    """Collects nodes and the arrays that they read; equal constants are kept once."""

    def __init__(self, dtype: str) -> None:
        from onnx import TensorProto

        self.dtype = np.dtype(dtype)
        self.element = TensorProto.FLOAT if dtype == "float32" else TensorProto.DOUBLE
        self.INT64 = TensorProto.INT64
        self.STRING = TensorProto.STRING
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self._numbers: dict[float, str] = {}

    def add(self, operator: str, *inputs: str, name: str | None = None, **attributes: Any) -> str:
        """Add a node and return the name of its output."""
        from onnx import helper

        name = name or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def array(self, numbers: Any) -> str:
        """Return the name of an array of floats."""
        return self._kept(np.asarray(numbers, self.dtype))

    def integers(self, numbers: list[int]) -> str:
        """Return the name of an array of int64."""
        return self._kept(np.asarray(numbers, np.int64))

    def number(self, value: float) -> str:
        """Return the name of one float."""
        if value not in self._numbers:
            self._numbers[value] = self._kept(np.asarray(value, self.dtype))
        return self._numbers[value]

    def classes(self, labels: np.ndarray[Any, Any]) -> tuple[str, int]:
        """Return the name of the labels and the type of their elements: whole numbers or texts."""
        from onnx import helper

        if labels.dtype.kind in "iub":
            return self.integers(labels.astype(np.int64).tolist()), self.INT64
        texts: Any = [str(label).encode() for label in labels]
        name = f"c{len(self.initializers)}"
        self.initializers.append(helper.make_tensor(name, self.STRING, [len(texts)], texts))
        return name, self.STRING

    def activation(self, function: Activation, z: str, slopes: np.ndarray[Any, Any]) -> str:
        """Add a function and return the name of its output.

        Raises
        ------
        InputError
            If ONNX has no form for it.
        """
        if slopes.size:
            return self.add("PRelu", z, self.array(slopes))
        if function.kind == "vector":
            if function.name == "softmin":
                return self.add("Softmax", self.add("Neg", z), axis=-1)
            if function.name not in _ROWS:
                raise _no_form(function, function.name)
            return self.add(_ROWS[function.name], z, axis=-1)
        values = {Z: z}
        if function.kind == "gate":
            from onnx import helper

            halves = [f"h{len(self.nodes)}", f"t{len(self.nodes)}"]
            self.nodes.append(helper.make_node("Split", [z], halves, axis=-1, num_outputs=2))
            values = {U: halves[0], Z: halves[1]}
        written = self._written(stable_expression(function), values, function)
        # A constant function has the shape of z all the same.
        return (
            self.add("Add", written, self.add("Mul", z, self.number(0.0)))
            if (not stable_expression(function).free_symbols)
            else written
        )

    def _kept(self, values: np.ndarray[Any, Any]) -> str:
        from onnx import numpy_helper

        name = f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(values, name))
        return name

    def _written(self, node: Any, values: dict[Any, str], function: Activation) -> str:
        if node in values:
            return values[node]
        if node.is_number and node is not sympy.true and node is not sympy.false:
            return self.number(float(node))

        def write(part: Any) -> str:
            return self._written(part, values, function)

        if node.is_Mul and self.dtype == np.float64 and any(map(_is_logistic, node.args)):
            return self._divided(node, write)
        if node.is_Add or node.is_Mul:
            total = write(node.args[0])
            for part in node.args[1:]:
                total = self.add("Add" if node.is_Add else "Mul", total, write(part))
            return total
        if node.is_Pow:
            if node.exp == sympy.Rational(1, 2):
                return self.add("Sqrt", write(node.base))
            if node.exp == -1:
                return self.add("Reciprocal", write(node.base))
            return self.add("Pow", write(node.base), write(node.exp))
        if isinstance(node, sympy.erfc):
            return self.add("Sub", self.number(1.0), self.add("Erf", write(node.args[0])))
        if isinstance(node, sympy.Piecewise):
            return self._cases(node, values, function)
        if isinstance(node, sympy.Min | sympy.Max):
            return self.add(type(node).__name__, *[write(part) for part in node.args])
        if isinstance(node, sympy.Or | sympy.And):
            joined = write(node.args[0])
            for part in node.args[1:]:
                joined = self.add(type(node).__name__, joined, write(part))
            return joined
        if isinstance(node, sympy.Not):
            return self.add("Not", write(node.args[0]))
        for known, operator in (*_COMPARISONS.items(), *_UNARY.items()):
            if node.func == known:
                return self.add(operator, *[write(part) for part in node.args])
        raise _no_form(function, str(node.func))

    def _divided(self, product: Any, write: Callable[[Any], str]) -> str:
        """Add a product with ``1 / (1 + exp(-w))`` among its factors.

        onnxruntime makes one operator of z * Sigmoid(w), which it lacks in float64, and then
        refuses the model (seen in 1.20 to 1.29).
        """
        rest = [write(part) for part in product.args if not _is_logistic(part)]
        total = rest[0] if rest else self.number(1.0)
        for part in rest[1:]:
            total = self.add("Mul", total, part)
        for part in filter(_is_logistic, product.args):
            power = self.add("Exp", self.add("Neg", write(part.args[0])))
            total = self.add("Div", total, self.add("Add", power, self.number(1.0)))
        return total

    def _cases(self, node: Any, values: dict[Any, str], function: Activation) -> str:
        *cases, (last, _) = node.args
        result = self._written(last, values, function)
        for value, condition in reversed(cases):
            result = self.add(
                "Where",
                self._written(condition, values, function),
                self._written(value, values, function),
                result,
            )
        return result


def _is_logistic(node: Any) -> bool:
    return isinstance(node, logistic)


def _no_form(function: Activation, what: str) -> InputError:
    return InputError(
        f"{function.name!r} cannot be exported to ONNX: it has no operator for {what}.",
        f"{function.name!r} 无法导出为 ONNX：ONNX 没有与 {what} 对应的算子。",
    )
