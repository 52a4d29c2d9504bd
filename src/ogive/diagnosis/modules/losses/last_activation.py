"""Which activation a PyTorch model applies last, read from the graph of its outputs."""

from __future__ import annotations

from typing import Any

__all__ = ["last_activation"]

UNKNOWN = "unknown"

# Nodes of autograd, without "Backward0": the same for a module, a function and a method.
_ACTIVATIONS = {
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "Sigmoid": "logistic",
    "LogSigmoid": "logsigmoid",
    "Relu": "relu",
    "LeakyRelu": "leaky_relu",
    "Tanh": "tanh",
    "Softplus": "softplus",
    "Exp": "exponential",
    "Elu": "elu",
    "Celu": "celu",
    "Gelu": "gelu",
    "Silu": "silu",
    "Mish": "mish",
    "Hardtanh": "hardtanh",
    "Hardsigmoid": "hardsigmoid",
    "Hardswish": "hardswish",
    "PreluKernel": "prelu",
    "RreluWithNoise": "rrelu",
}
_SHAPES = {
    *("View", "UnsafeView", "ReshapeAlias", "Squeeze", "Unsqueeze", "Select", "Slice", "Permute"),
    *("Transpose", "T", "Clone", "ToCopy", "Expand", "Index", "Unbind", "Split", "Alias"),
    "BackwardHookFunction",
}
_AFFINE = {
    *("Addmm", "Mm", "Bmm", "Mv", "Dot", "Addmv", "Baddbmm", "Addbmm", "Trilinear", "Mean", "Sum"),
    *("Convolution", "NativeBatchNorm", "NativeLayerNorm", "NativeGroupNorm", "Embedding"),
    *("MkldnnConvolution", "MkldnnLinear", "CudnnConvolution", "CudnnBatchNorm", "BatchNorm"),
    "AccumulateGrad",
}
_SUMS = {"Add", "Sub"}
_LONGEST = 200


def last_activation(outputs: Any, last_module: Any = None) -> str:
    """Return the name of the activation that made `outputs`.

    Parameters
    ----------
    outputs : torch.Tensor
        Computed with gradients enabled.
    last_module : torch.nn.Module, optional
        The last module that was called, for activations that autograd does not know by name.

    Returns
    -------
    str
        "softmax", "log_softmax", "logistic", "relu", "tanh" and others of the catalogue;
        "identity" after an affine map or a normalisation; "unknown" after other arithmetic, such as
        ``10 * tanh(z)``, or where there is no graph.
    """
    name = _told_by(outputs.grad_fn, _LONGEST)
    return _of_module(last_module) if name == UNKNOWN and last_module is not None else name


def _told_by(node: Any, budget: int) -> str:
    while node is not None and budget > 0:
        kind = node_kind(node)
        if kind in _ACTIVATIONS:
            return _ACTIVATIONS[kind]
        if kind in _AFFINE:
            return "identity"
        before = [one for one, _ in node.next_functions if one is not None]
        if kind in _SUMS and before:
            told = {_told_by(one, budget // len(before)) for one in before}
            return "identity" if told == {"identity"} else UNKNOWN
        if kind not in _SHAPES or not before:
            return UNKNOWN
        node = before[0]
        budget -= 1
    return UNKNOWN


def node_kind(node: Any) -> str:
    """Return the operation of a node of autograd: "Addmm" of ``AddmmBackward0``."""
    return str(node.name()).rsplit("::", 1)[-1].rstrip("0123456789").removesuffix("Backward")


def _of_module(module: Any) -> str:
    from ogive.activations import Activation

    function = getattr(module, "function", None)
    if isinstance(function, Activation):
        return "logistic" if function.name == "sigmoid" else function.name
    return UNKNOWN
