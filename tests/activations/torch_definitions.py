"""The definitions of the catalogue once more, in PyTorch's words."""

from __future__ import annotations

import math


def in_torch(name, x, p):
    """The function `name` with the parameters `p` at the tensor `x`, for autograd too."""
    import torch
    from torch.nn import functional as F

    sigmoid, tanh, where, pi = torch.sigmoid, torch.tanh, torch.where, math.pi
    return {
        "identity": lambda: x * 1,
        "step": lambda: (x >= 0) + 0 * x,
        "sign": lambda: torch.sign(x),
        "absolute": lambda: torch.abs(x),
        "relu": lambda: F.relu(x),
        "leaky_relu": lambda: F.leaky_relu(x, p["negative_slope"]),
        "prelu": lambda: F.prelu(x, torch.tensor([p["negative_slope"]], dtype=x.dtype)),
        "rrelu": lambda: F.rrelu(x, p["lower"], p["upper"], training=False),
        "relu6": lambda: F.relu6(x),
        "hardtanh": lambda: F.hardtanh(x, p["min_val"], p["max_val"]),
        "thresholded_relu": lambda: F.threshold(x, p["theta"], 0.0),
        "squared_relu": lambda: F.relu(x) ** 2,
        "hardsigmoid": lambda: F.hardsigmoid(x),
        "hardswish": lambda: F.hardswish(x),
        "hardshrink": lambda: F.hardshrink(x, p["lambd"]),
        "softshrink": lambda: F.softshrink(x, p["lambd"]),
        "triangular": lambda: F.relu(1 - torch.abs(x)),
        "sigmoid": lambda: F.sigmoid(x),
        "tanh": lambda: F.tanh(x),
        "lecun_tanh": lambda: 1.7159 * tanh(2 / 3 * x),
        "penalized_tanh": lambda: where(x > 0, tanh(x), p["slope"] * tanh(x)),
        "softsign": lambda: F.softsign(x),
        "isru": lambda: x * torch.rsqrt(1 + p["alpha"] * x * x),
        "arctan_curve": lambda: 2 / pi * torch.atan(pi / 2 * x),
        "erf_curve": lambda: torch.erf(math.sqrt(pi) / 2 * x),
        "gudermannian": lambda: 2 / pi * torch.asin(tanh(pi / 2 * x)),
        "normal_cdf": lambda: torch.special.ndtr(x),
        "cloglog": lambda: -torch.expm1(-torch.exp(x)),
        "elu": lambda: F.elu(x, p["alpha"]),
        "celu": lambda: F.celu(x, p["alpha"]),
        "selu": lambda: F.selu(x),
        "isrlu": lambda: where(x >= 0, x, x / torch.sqrt(1 + p["alpha"] * x**2)),
        "softplus": lambda: F.softplus(x, p["beta"]),
        "logsigmoid": lambda: F.logsigmoid(x),
        "squareplus": lambda: (x + torch.sqrt(x * x + p["b"])) / 2,
        "exponential": lambda: torch.exp(x),
        "silu": lambda: F.silu(p["beta"] * x) / p["beta"],
        "quick_gelu": lambda: x * sigmoid(1.702 * x),
        "gelu": lambda: F.gelu(x),
        "gelu_tanh": lambda: F.gelu(x, approximate="tanh"),
        "mish": lambda: F.mish(x),
        "golu": lambda: x * torch.exp(-torch.exp(-x)),
        "smish": lambda: x * tanh(torch.log1p(sigmoid(x))),
        "logish": lambda: x * torch.log1p(sigmoid(x)),
        "serf": lambda: x * torch.erf(F.softplus(x)),
        "tanhexp": lambda: x * tanh(torch.exp(x)),
        "elish": lambda: where(x >= 0, x, torch.expm1(x)) * sigmoid(x),
        "tanhshrink": lambda: F.tanhshrink(x),
        "bent_identity": lambda: (torch.sqrt(x * x + 1) - 1) / 2 + x,
        # PyTorch's own sign and abs would have the slope 0 at 0, where symlog has none to choose.
        "symlog": lambda: where(x > 0, 1, -1) * torch.log1p(where(x > 0, x, -x)),
        "asinh": lambda: torch.asinh(x),
        "sine": lambda: torch.sin(x),
        "cosine": lambda: torch.cos(x),
        "snake": lambda: x + torch.sin(p["alpha"] * x) ** 2 / p["alpha"],
        "gaussian": lambda: torch.exp(-x * x),
    }[name]()
