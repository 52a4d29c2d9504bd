"""What NumPy, SciPy, PyTorch, JAX and numexpr have of each activation function.

Each entry is called as ``call(z)`` and returns what the library's own user would have: the value,
the derivative, or both. A library that lacks a function takes part with the formula its users
would write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["FUNCTIONS", "KINDS", "argument_of", "peers_of"]

KINDS = ("value", "derivative", "both")

# name -> (value, derivative) as NumPy and numexpr write them in z; None: not at hand there.
FORMULAS: dict[str, tuple[str, str]] = {
    "sigmoid": ("1/(1+exp(-z))", "exp(-z)/(1+exp(-z))**2"),
    "tanh": ("tanh(z)", "1-tanh(z)**2"),
    "relu": ("where(z>0,z,0*z)", "where(z>0,0*z+1,0*z)"),
    "leaky_relu": ("where(z>0,z,0.01*z)", "where(z>0,0*z+1,0*z+0.01)"),
    "elu": ("where(z>0,z,expm1(z))", "where(z>0,0*z+1,exp(z))"),
    "softplus": ("log1p(exp(-abs(z)))+where(z>0,z,0*z)", "1/(1+exp(-z))"),
    "silu": ("z/(1+exp(-z))", "(1+exp(-z)*(1+z))/(1+exp(-z))**2"),
    "softsign": ("z/(1+abs(z))", "1/(1+abs(z))**2"),
    "exponential": ("exp(z)", "exp(z)"),
    "sine": ("sin(z)", "cos(z)"),
    "cosine": ("cos(z)", "-sin(z)"),
    "asinh": ("arcsinh(z)", "1/sqrt(1+z*z)"),
    "arctan_curve": ("0.6366197723675814*arctan(1.5707963267948966*z)",
                     "1/(1+2.4674011002723395*z*z)"),
    "isru": ("z/sqrt(1+z*z)", "1/sqrt(1+z*z)**3"),
    "bent_identity": ("(sqrt(z*z+1)-1)/2+z", "1+z/(2*sqrt(z*z+1))"),
    "squareplus": ("(z+sqrt(z*z+4))/2", "(1+z/sqrt(z*z+4))/2"),
    "gaussian": ("exp(-z*z)", "-2*z*exp(-z*z)"),
    "tanhshrink": ("z-tanh(z)", "tanh(z)**2"),
    "squared_relu": ("where(z>0,z*z,0*z)", "where(z>0,2*z,0*z)"),
    "absolute": ("abs(z)", "where(z>0,0*z+1,where(z<0,0*z-1,0*z))"),
    "snake": ("z+sin(z)**2", "1+sin(2*z)"),
    "hardsigmoid": ("where(z<-3,0*z,where(z>3,0*z+1,z/6+0.5))",
                    "where((z>-3)&(z<3),0*z+0.16666666666666666,0*z)"),
}  # fmt: skip

TORCH = {
    "sigmoid": "sigmoid", "tanh": "tanh", "relu": "relu", "leaky_relu": "leaky_relu", "elu": "elu",
    "celu": "celu", "selu": "selu", "softplus": "softplus", "silu": "silu", "gelu": "gelu",
    "mish": "mish", "softsign": "softsign", "hardsigmoid": "hardsigmoid", "hardswish": "hardswish",
    "hardtanh": "hardtanh", "relu6": "relu6", "logsigmoid": "logsigmoid",
    "tanhshrink": "tanhshrink", "softshrink": "softshrink", "hardshrink": "hardshrink",
}  # fmt: skip
TORCH_OTHER = {
    "exponential": "exp", "sine": "sin", "cosine": "cos", "asinh": "asinh", "absolute": "abs",
}  # fmt: skip
JAX = {
    "sigmoid": "sigmoid", "relu": "relu", "leaky_relu": "leaky_relu", "elu": "elu", "celu": "celu",
    "selu": "selu", "softplus": "softplus", "silu": "silu", "mish": "mish",
    "softsign": "soft_sign", "hardsigmoid": "hard_sigmoid", "hardswish": "hard_silu",
    "hardtanh": "hard_tanh", "relu6": "relu6", "logsigmoid": "log_sigmoid",
    "squareplus": "squareplus",
}  # fmt: skip

FUNCTIONS = tuple(sorted({*FORMULAS, *TORCH, *JAX, "gelu_tanh", "erf_curve", "normal_cdf"}))
ROOT = 0.886226925452758  # sqrt(pi) / 2


def _numpy(name: str, kind: str) -> Callable[..., Any] | None:
    if name not in FORMULAS:
        return None
    space = {n: getattr(np, n) for n in ("exp", "tanh", "where", "expm1", "log1p", "sin", "cos",
             "arcsinh", "sqrt", "arctan", "abs")}  # fmt: skip
    value, derivative = (eval(f"lambda z: {text}", space) for text in FORMULAS[name])
    return {
        "value": value,
        "derivative": derivative,
        "both": lambda z: (value(z), derivative(z)),
    }[kind]


def _scipy(name: str, kind: str) -> Callable[..., Any] | None:
    from scipy import special

    own = {
        "sigmoid": special.expit,
        "logsigmoid": special.log_expit,
        "normal_cdf": special.ndtr,
        "erf_curve": lambda z: special.erf(z * z.dtype.type(ROOT)),
        "gelu": lambda z: z * special.ndtr(z),
        "silu": lambda z: z * special.expit(z),
    }
    return own.get(name) if kind == "value" else None


def _numexpr(name: str, kind: str) -> Callable[..., Any] | None:
    if name not in FORMULAS:
        return None
    import numexpr

    value, derivative = FORMULAS[name]

    def run(text: str, z: Any) -> Any:
        return numexpr.evaluate(text, {"z": z})

    if kind == "both":
        return lambda z: (run(value, z), run(derivative, z))
    text = value if kind == "value" else derivative
    return lambda z: run(text, z)


def _torch(name: str, kind: str) -> Callable[..., Any] | None:
    import torch
    from torch.nn import functional

    other: dict[str, Callable[..., Any]] = {
        "gelu_tanh": lambda t: functional.gelu(t, approximate="tanh"),
        "erf_curve": lambda t: torch.erf(t * ROOT),
        "normal_cdf": torch.special.ndtr,
    }
    if name in TORCH:
        f = getattr(functional, TORCH[name], None) or getattr(torch, TORCH[name])
    elif name in TORCH_OTHER:
        f = getattr(torch, TORCH_OTHER[name])
    elif name in other:
        f = other[name]
    else:
        return None

    def value(z: Any) -> Any:
        with torch.no_grad():
            return f(torch.from_numpy(z))

    def both(z: Any) -> Any:
        t = torch.from_numpy(z).requires_grad_()
        a = f(t)
        (d,) = torch.autograd.grad(a, t, torch.ones_like(a))
        return a.detach(), d

    return value if kind == "value" else both


def _jax(name: str, kind: str) -> Callable[..., Any] | None:
    import jax
    from jax import numpy as jnp

    jax.config.update("jax_enable_x64", True)
    other: dict[str, Callable[..., Any]] = {
        "tanh": jnp.tanh,
        "gelu": lambda z: jax.nn.gelu(z, approximate=False),
        "gelu_tanh": lambda z: jax.nn.gelu(z, approximate=True),
        "erf_curve": lambda z: jax.scipy.special.erf(z * ROOT),
        "normal_cdf": jax.scipy.special.ndtr,
        "hardshrink": lambda z: jnp.where(jnp.abs(z) > 0.5, z, 0),
        "softshrink": lambda z: jnp.sign(z) * jnp.maximum(jnp.abs(z) - 0.5, 0),
    }
    if name in JAX:
        f = getattr(jax.nn, JAX[name])
    elif name in other:
        f = other[name]
    elif name in FORMULAS:
        space = {n: getattr(jnp, n) for n in ("exp", "tanh", "where", "expm1", "log1p", "sin",
                 "cos", "arcsinh", "sqrt", "arctan", "abs")}  # fmt: skip
        f = eval(f"lambda z: {FORMULAS[name][0]}", space)
    else:
        return None

    def both(z: Any) -> Any:
        a, back = jax.vjp(f, z)
        return a, back(jnp.ones_like(a))[0]

    def derivative(z: Any) -> Any:
        return both(z)[1]

    compiled = jax.jit({"value": f, "derivative": derivative, "both": both}[kind])
    return lambda z: jax.block_until_ready(compiled(z))


_LIBRARIES = {"NumPy": _numpy, "SciPy": _scipy, "numexpr": _numexpr, "PyTorch": _torch, "JAX": _jax}


def argument_of(library: str, z: Any) -> Any:
    """Return z as the library's users have it: an array of its own where that is no copy's cost."""
    if library != "JAX":
        return z
    import jax

    jax.config.update("jax_enable_x64", True)
    return jax.block_until_ready(jax.numpy.asarray(z))


def peers_of(name: str, kind: str) -> dict[str, Callable[..., Any]]:
    """Return the libraries that compute it, where they are installed."""
    found = {}
    for library, make in _LIBRARIES.items():
        try:
            call = make(name, kind)
        except ImportError:
            continue
        if call is not None:
            found[library] = call
    return found
