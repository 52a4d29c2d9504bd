"""The cases that ONNX and PyTorch keep for their own implementations, run on ours.

Differences that are meant, each with its reason:

- ONNX's HardSigmoid has alpha = 0.2 by default, ours (PyTorch's) is z/6 + 1/2; a formula serves.
- ONNX's Selu takes gamma and alpha as attributes and keeps float32 roundings of the two constants.
- ONNX's Shrink with bias other than lambd is neither of the two shrinkages.
- PyTorch's Softplus returns z itself where beta z > threshold; ours has no threshold.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import ogive

pytestmark = pytest.mark.slow  # neither library imports under a sanitizer


@pytest.fixture(scope="module")
def onnx_cases():
    """ONNX's cases of one node, by operator."""
    pytest.importorskip("onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from onnx.backend.test.case.node import collect_testcases

        cases = {}
        for case in collect_testcases(None):
            if len(case.model.graph.node) == 1 and case.data_sets:
                cases.setdefault(case.model.graph.node[0].op_type, []).append(case)
    return cases


def attributes(case):
    from onnx.helper import get_attribute_value

    node = case.model.graph.node[0]
    return {a.name: get_attribute_value(a) for a in node.attribute}


def onnx_function(operator, given, inputs):
    """Return our function for an operator with its attributes, or None where there is none."""
    fixed = {
        "Elu": lambda: ogive.activation("elu", alpha=given.get("alpha", 1.0)),
        "Celu": lambda: ogive.activation("celu", alpha=given.get("alpha", 1.0)),
        "LeakyRelu": lambda: ogive.activation(
            "leaky_relu", negative_slope=given.get("alpha", 0.01)
        ),
        "ThresholdedRelu": lambda: ogive.activation(
            "thresholded_relu", theta=given.get("alpha", 1.0)
        ),
        "Swish": lambda: ogive.activation("silu", beta=given.get("alpha", 1.0)),
        "HardSigmoid": lambda: ogive.activation(
            "max(0, min(1, alpha * z + beta))",
            alpha=given.get("alpha", 0.2),
            beta=given.get("beta", 0.5),
        ),
        "Gelu": lambda: ogive.activation(
            "gelu_tanh" if given.get("approximate") == b"tanh" else "gelu"
        ),
        "Selu": lambda: ogive.activation(
            "gamma * where(z > 0, z, alpha * expm1(z))",
            gamma=given.get("gamma", 1.0507009873554805),
            alpha=given.get("alpha", 1.6732632423543772),
        ),
        "Shrink": lambda: ogive.activation(
            "where(z < -lambd, z + bias, where(z > lambd, z - bias, 0))",
            lambd=given.get("lambd", 0.5),
            bias=given.get("bias", 0.0),
        ),
    }
    same = {
        "Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Softplus": "softplus",
        "Softsign": "softsign", "Mish": "mish", "HardSwish": "hardswish", "Exp": "exponential",
        "Sin": "sine", "Cos": "cosine", "Asinh": "asinh", "Abs": "absolute", "Sign": "sign",
        "Identity": "identity",
    }  # fmt: skip
    if operator in same:
        return ogive.activation(same[operator])
    return fixed[operator]()


@pytest.mark.parametrize(
    "operator",
    ["Elu", "Celu", "LeakyRelu", "ThresholdedRelu", "Swish", "HardSigmoid", "Gelu", "Selu",
     "Shrink", "Relu", "Sigmoid", "Tanh", "Softplus", "Softsign", "Mish", "HardSwish", "Exp", "Sin",
     "Cos", "Asinh", "Abs", "Sign", "Identity"],
)  # fmt: skip
def test_onnx(operator, onnx_cases):
    ran = 0
    for case in onnx_cases[operator]:
        for inputs, outputs in case.data_sets:
            z = inputs[0]
            if not isinstance(z, np.ndarray) or z.dtype not in (np.float32, np.float64):
                continue
            function = onnx_function(operator, attributes(case), inputs)
            np.testing.assert_allclose(function(z), outputs[0], rtol=case.rtol, atol=1e-6)
            ran += 1
    assert ran


@pytest.mark.parametrize(
    ("operator", "name"), [("Softmax", "softmax"), ("LogSoftmax", "log_softmax")]
)
def test_onnx_vectors(operator, name, onnx_cases):
    for case in onnx_cases[operator]:
        ((z,), (expected,)) = case.data_sets[0]
        axis = attributes(case).get("axis", -1)
        moved = ogive.activation(name)(np.moveaxis(z, axis, -1))
        np.testing.assert_allclose(np.moveaxis(moved, -1, axis), expected, rtol=1e-5, atol=1e-6)


def test_onnx_prelu(onnx_cases):
    for case in onnx_cases["PRelu"]:
        ((z, slope), (expected,)) = case.data_sets[0]
        for one in np.unique(slope):
            where = np.broadcast_to(slope, z.shape) == one
            function = ogive.activation("prelu", negative_slope=float(one))
            np.testing.assert_allclose(function(z)[where], expected[where], rtol=1e-6)


# Name of PyTorch's OpInfo -> (ours, {its keyword: ours})
TORCH = {
    "nn.functional.elu": ("elu", {"alpha": "alpha"}),
    "nn.functional.celu": ("celu", {"alpha": "alpha"}),
    "nn.functional.selu": ("selu", {}),
    "nn.functional.silu": ("silu", {}),
    "nn.functional.mish": ("mish", {}),
    "nn.functional.gelu": ("gelu", {}),
    "nn.functional.relu": ("relu", {}),
    "nn.functional.relu6": ("relu6", {}),
    "nn.functional.hardsigmoid": ("hardsigmoid", {}),
    "nn.functional.hardswish": ("hardswish", {}),
    "nn.functional.hardtanh": ("hardtanh", {"min_val": "min_val", "max_val": "max_val"}),
    "nn.functional.hardshrink": ("hardshrink", {"lambd": "lambd"}),
    "nn.functional.softshrink": ("softshrink", {"lambd": "lambd"}),
    "nn.functional.leaky_relu": ("leaky_relu", {"negative_slope": "negative_slope"}),
    "nn.functional.logsigmoid": ("logsigmoid", {}),
    "nn.functional.softsign": ("softsign", {}),
    "nn.functional.softplus": ("softplus", {"beta": "beta"}),
    "nn.functional.tanhshrink": ("tanhshrink", {}),
    "sigmoid": ("sigmoid", {}),
    "tanh": ("tanh", {}),
    "exp": ("exponential", {}),
    "sin": ("sine", {}),
    "cos": ("cosine", {}),
    "asinh": ("asinh", {}),
    "abs": ("absolute", {}),
    "sign": ("sign", {}),
    "special.ndtr": ("normal_cdf", {}),
    "softmax": ("softmax", {}),
    "log_softmax": ("log_softmax", {}),
    "nn.functional.softmin": ("softmin", {}),
    "nn.functional.glu": ("glu", {}),
}


@pytest.fixture(scope="module")
def op_infos():
    pytest.importorskip("torch")
    pytest.importorskip("expecttest")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from torch.testing._internal.common_methods_invocations import op_db
    infos = {}
    for info in op_db:
        infos.setdefault(info.name, info)
    return infos


def result_of(name, keywords, sample):
    """Return our value for one of PyTorch's samples, or None where it asks for another function."""
    given = dict(sample.kwargs)
    given.pop("inplace", None)
    given.pop("dtype", None)
    if name == "gelu":
        name = "gelu_tanh" if given.pop("approximate", "none") == "tanh" else "gelu"
    z = sample.input.detach().numpy()
    if name in ("softmax", "log_softmax", "softmin", "glu"):
        axis = given.pop("dim", sample.args[0] if sample.args else -1)
        if z.size == 0 or z.ndim == 0:
            return None
        return np.moveaxis(ogive.activation(name)(np.moveaxis(z, axis, -1)), -1, axis)
    given.pop("threshold", None)
    parameters = {keywords[key]: float(value) for key, value in given.items()}
    if name == "leaky_relu" and sample.args:
        parameters["negative_slope"] = float(sample.args[0])
    try:
        return ogive.activation(name, **parameters)(z)
    except ogive.text.InputError:
        return None  # a parameter outside its range, such as elu with a negative alpha


@pytest.mark.parametrize("operation", TORCH)
def test_pytorch(operation, op_infos):
    torch = pytest.importorskip("torch")
    name, keywords = TORCH[operation]
    info, ran = op_infos[operation], 0
    for sample in info.sample_inputs("cpu", torch.float64):
        computed = result_of(name, keywords, sample)
        if computed is None:
            continue
        expected = info.op(sample.input, *sample.args, **sample.kwargs).detach().numpy()
        if name == "softplus":  # where PyTorch has cut it off, its result is z itself
            z = sample.input.detach().numpy()
            cut = expected == z
            np.testing.assert_allclose(computed[~cut], expected[~cut], rtol=1e-12)
            assert (
                sample.kwargs.get("beta", 1) * z[cut] > sample.kwargs.get("threshold", 20)
            ).all()
            ran += 1
            continue
        np.testing.assert_allclose(computed, expected, rtol=1e-12, atol=1e-14)
        ran += 1
    assert ran
