"""A model in ONNX, the Open Neural Network Exchange format."""

from __future__ import annotations

from typing import Any

from ogive import __version__
from ogive.export.layers import Layered, layered
from ogive.export.onnx_nodes import Graph
from ogive.export.onnx_reduction import reduction_outputs
from ogive.text import InputError

__all__ = ["onnx_model"]

OPSET = 18


def onnx_model(model: Any, dtype: str = "float32") -> Any:
    r"""Turn a fitted model into ONNX.

    Parameters
    ----------
    model : estimator or Pipeline
        See `layered`.
    dtype : {"float32", "float64"}, default="float32"
        Of the input and of all that is computed. Not every runtime has all operators in float64.

    Returns
    -------
    onnx.ModelProto
        With an input ``X`` of shape (n_samples, n_features), and the output ``prediction`` of a
        regression, or ``label`` and ``probabilities`` of a classifier. A reduction from many
        classes to two has ``label``, ``scores``, of which the largest is that of the label, and
        ``probabilities`` except of pairs and of linear regressions. ``SerializeToString()`` gives
        the bytes of a file.

    Raises
    ------
    InputError
        For models that cannot be exported, functions that have no form in ONNX, another `dtype`,
        or where the package onnx is not installed.

    Notes
    -----
    Functions are written by their expressions, in opset 18. ``erfc`` is 1 - Erf there, which loses
    the relative accuracy of the far tail of GELU: in float32 it is right to 6e-8 times \|z\|,
    which is a thousandth of it at z = -4 and all of it from z = -5.5 on.

    onnxruntime 1.32 has no Erf, Atan and Asinh in float64: functions with them (erf_curve, geglu,
    gelu, normal_cdf, serf; arctan_curve, gudermannian; asinh) run there in float32 only, and so
    does cosine before 1.29. All others were run in both, from 1.20 on.

    Scores of a reduction that are equal but for rounding may be decided otherwise than by the
    model.
    """
    try:
        import onnx
        from onnx import helper
    except ImportError:
        raise InputError(
            "ONNX needs the package onnx: pip install 'ogive[onnx]'.",
            "导出 ONNX 需要 onnx 包：pip install 'ogive[onnx]'。",
        ) from None
    if dtype not in ("float32", "float64"):
        raise InputError(
            f"dtype={dtype!r}: 'float32' or 'float64' was expected.",
            f"dtype={dtype!r}：应为 'float32' 或 'float64'。",
        )
    layers = layered(model)
    graph = Graph(dtype)
    a = "X"
    if layers.center is not None:
        a = graph.add(
            "Div", graph.add("Sub", a, graph.array(layers.center)), graph.array(layers.scale)
        )
    hidden = zip(layers.activations, layers.slopes, strict=True)
    for i, (coef, intercept) in enumerate(zip(layers.coefs, layers.intercepts, strict=True)):
        z = graph.add("Gemm", a, graph.array(coef), graph.array(intercept))
        if i + 1 < len(layers.coefs):
            function, slopes = next(hidden)
            a = graph.activation(function, z, slopes)
    found = reduction_outputs if layers.reduction is not None else _outputs
    outputs = found(graph, z, layers)
    element = graph.element
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "ogive",
            [helper.make_tensor_value_info("X", element, ["n_samples", layers.n_features])],
            [helper.make_tensor_value_info(*one) for one in outputs],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="ogive",
        producer_version=__version__,
        # What opset 18 came with: an older runtime reads it too.
        ir_version=8,
    )
    onnx.checker.check_model(made, full_check=True)
    return made


def _outputs(graph: Graph, z: str, layers: Layered) -> list[tuple[str, int, list[Any]]]:
    n = layers.coefs[-1].shape[1]
    if layers.classes is None:
        value = graph.add("Exp", z) if layers.last == "exp" else z
        shape: list[Any] = ["n_samples", n]
        if layers.single:
            value, shape = graph.add("Squeeze", value, graph.integers([1])), ["n_samples"]
        graph.add("Identity", value, name="prediction")
        return [("prediction", graph.element, shape)]
    if layers.last == "softmax":
        graph.add("Softmax", z, name="probabilities", axis=1)
    elif layers.labels_apart:
        graph.add("Sigmoid", z, name="probabilities")
        graph.add("Cast", graph.add("Greater", z, graph.number(0.0)), name="label", to=graph.INT64)
        return [
            ("label", graph.INT64, ["n_samples", n]),
            ("probabilities", graph.element, ["n_samples", n]),
        ]
    else:
        second = graph.add("Sigmoid", z)
        first = graph.add("Sigmoid", graph.add("Neg", z))
        graph.add("Concat", first, second, name="probabilities", axis=1)
        z = graph.add("Concat", graph.add("Mul", z, graph.number(0.0)), z, axis=1)
        n = 2
    best = graph.add("ArgMax", z, axis=1, keepdims=0)
    names, kind = graph.classes(layers.classes)
    graph.add("Gather", names, best, name="label", axis=0)
    return [
        ("label", kind, ["n_samples"]),
        ("probabilities", graph.element, ["n_samples", n]),
    ]
