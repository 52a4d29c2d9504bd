"""Measures the errors of Ogive, PyTorch, JAX and NumPy with SciPy side by side, against Arb.

    python -m tools.errors_of_peers build/errors_of_peers.json [NAME ...]

The documentation prints the file. A library that is not installed is left out, and named.
"""

from __future__ import annotations

import math
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from tools.accuracy import TYPES, exact, ulp_errors, write

from ogive import activation

__all__ = ["CALLS", "LOST", "PEERS", "compare", "installed", "measure", "places"]

LOST = 0.5  # from this relative error on, not one bit of the result is right
TINY = 4  # times the least normal number; below, subnormal numbers come into play

# What a user writes, and what is run. PyTorch and JAX derive the first by themselves.
CALLS = {
    "sigmoid": {
        "PyTorch": ("torch.sigmoid(z)",),
        "JAX": ("jax.nn.sigmoid(z)",),
        "NumPy": ("expit(z)", "expit(z) * (1 - expit(z))"),
    },
    "tanh": {
        "PyTorch": ("torch.tanh(z)",),
        "JAX": ("jnp.tanh(z)",),
        "NumPy": ("np.tanh(z)", "1 - np.tanh(z)**2"),
    },
    "gelu": {
        "PyTorch": ("F.gelu(z)",),
        "JAX": ("jax.nn.gelu(z, approximate=False)",),
        "NumPy": ("z * ndtr(z)", "ndtr(z) + z * np.exp(-z**2 / 2) / sqrt(2 * pi)"),
    },
    "gelu_tanh": {
        "PyTorch": ("F.gelu(z, approximate='tanh')",),
        "JAX": ("jax.nn.gelu(z, approximate=True)",),
        "NumPy": (
            "z / 2 * (1 + np.tanh(sqrt(2 / pi) * (z + 0.044715 * z**3)))",
            "(1 + np.tanh(sqrt(2 / pi) * (z + 0.044715 * z**3))) / 2"
            " + z / 2 * (1 - np.tanh(sqrt(2 / pi) * (z + 0.044715 * z**3))**2)"
            " * sqrt(2 / pi) * (1 + 0.134145 * z**2)",
        ),
    },
    "silu": {
        "PyTorch": ("F.silu(z)",),
        "JAX": ("jax.nn.silu(z)",),
        "NumPy": ("z * expit(z)", "expit(z) * (1 + z * (1 - expit(z)))"),
    },
    "mish": {
        "PyTorch": ("F.mish(z)",),
        "JAX": ("jax.nn.mish(z)",),
        "NumPy": (
            "z * np.tanh(np.logaddexp(0, z))",
            "np.tanh(np.logaddexp(0, z)) + z * expit(z) * (1 - np.tanh(np.logaddexp(0, z))**2)",
        ),
    },
    "softplus": {
        "PyTorch": ("F.softplus(z)",),
        "JAX": ("jax.nn.softplus(z)",),
        "NumPy": ("np.logaddexp(0, z)", "expit(z)"),
    },
    "logsigmoid": {
        "PyTorch": ("F.logsigmoid(z)",),
        "JAX": ("jax.nn.log_sigmoid(z)",),
        "NumPy": ("log_expit(z)", "expit(-z)"),
    },
    "elu": {
        "PyTorch": ("F.elu(z)",),
        "JAX": ("jax.nn.elu(z)",),
        "NumPy": ("np.where(z > 0, z, np.expm1(z))", "np.where(z > 0, 1, np.exp(z))"),
    },
    "selu": {
        "PyTorch": ("F.selu(z)",),
        "JAX": ("jax.nn.selu(z)",),
        "NumPy": (
            "1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(z))",
            "1.0507009873554805 * np.where(z > 0, 1, 1.6732632423543772 * np.exp(z))",
        ),
    },
    "tanhshrink": {
        "PyTorch": ("F.tanhshrink(z)",),
        "JAX": ("z - jnp.tanh(z)",),
        "NumPy": ("z - np.tanh(z)", "np.tanh(z)**2"),
    },
    "softsign": {
        "PyTorch": ("F.softsign(z)",),
        "JAX": ("jax.nn.soft_sign(z)",),
        "NumPy": ("z / (1 + np.abs(z))", "1 / (1 + np.abs(z))**2"),
    },
    "erf_curve": {
        "PyTorch": ("torch.erf(sqrt(pi) / 2 * z)",),
        "JAX": ("jax.scipy.special.erf(sqrt(pi) / 2 * z)",),
        "NumPy": ("erf(sqrt(pi) / 2 * z)", "np.exp(-pi / 4 * z**2)"),
    },
    "normal_cdf": {
        "PyTorch": ("torch.special.ndtr(z)",),
        "JAX": ("jax.scipy.special.ndtr(z)",),
        "NumPy": ("ndtr(z)", "np.exp(-z**2 / 2) / sqrt(2 * pi)"),
    },
}


def _by_ogive(name, z):
    return activation(name).value_and_derivative(z)


def _by_torch(name, z):
    import torch

    at = torch.from_numpy(z.copy()).requires_grad_()
    space = {"torch": torch, "F": torch.nn.functional, "pi": math.pi, "sqrt": math.sqrt, "z": at}
    result = eval(CALLS[name]["PyTorch"][0], space)
    result.sum().backward()
    return result.detach().numpy(), at.grad.numpy()


def _by_jax(name, z):
    import jax

    space = {"jax": jax, "jnp": jax.numpy, "pi": math.pi, "sqrt": math.sqrt}
    function = eval(f"lambda z: {CALLS[name]['JAX'][0]}", space)
    with jax.enable_x64(z.dtype == np.float64):
        at = jax.numpy.asarray(z)
        slope = jax.jit(jax.vmap(jax.grad(function)))(at)
        return np.asarray(jax.jit(function)(at)), np.asarray(slope)


def _by_numpy(name, z):
    from scipy import special

    space = {key: getattr(special, key) for key in ("erf", "expit", "log_expit", "ndtr")}
    space.update(np=np, pi=math.pi, sqrt=math.sqrt, z=z)
    with np.errstate(all="ignore"):
        return [np.asarray(eval(code, space), z.dtype) for code in CALLS[name]["NumPy"]]


PEERS = {
    "Ogive": (("ogive",), _by_ogive),
    "PyTorch": (("torch",), _by_torch),
    "JAX": (("jax", "jaxlib"), _by_jax),
    "NumPy": (("numpy", "scipy"), _by_numpy),
}


def installed():
    """Return the versions of each peer's packages; None for a peer that is not installed."""
    found = {}
    for peer, (packages, _) in PEERS.items():
        try:
            found[peer] = {package: version(package) for package in packages}
        except PackageNotFoundError:
            found[peer] = None
    return found


def places(dtype, count=4000, seed=3):
    """Return about `count` arguments of `dtype`, none of them tiny, in both tails as well."""
    dtype, rng = np.dtype(dtype), np.random.default_rng(seed)
    info = np.finfo(dtype)
    reach = 104.0 if dtype == np.float32 else 745.0  # exp(-z) is 0 beyond
    low, high = (math.log10(float(size)) for size in (info.tiny, info.max))
    part = count // 5
    sides = rng.choice([-1.0, 1.0], (2, part))
    z = np.concatenate(
        [
            rng.uniform(-3, 3, part),
            rng.uniform(-20, 20, part),
            rng.uniform(-reach, reach, part),
            sides[0] * 10.0 ** rng.uniform(-4, 1, part),
            sides[1] * 10.0 ** rng.uniform(low, math.log10(reach), part),
            # Beyond `reach` little happens but overflow.
            10.0 ** rng.uniform(2, high - 0.01, part // 40),
            -(10.0 ** rng.uniform(2, high - 0.01, part // 40)),
            np.arange(-40, 41) / 2,
        ]
    ).astype(dtype)
    return np.unique(z[(np.abs(z) >= TINY * info.tiny) | (z == 0)])


def compare(name, z, peers):
    """Compare peers with the exact value and derivative of one function at the floats z.

    Returns
    -------
    list of dict
        For each kind and peer the greatest error in ulps ("ulp", infinities and NaN left out) and
        where it is ("at"); of the points at which not one bit is right the one with the greatest
        true result ("lost_at") and what the peer gives there ("gives"); and the argument nearest
        to 0 at which it gives NaN or an infinity ("not_finite_at"). None where there is no point.
    """
    from flint import ctx

    z = np.sort(z)
    parameters, true = list(activation(name).parameters.values()), [None] * len(z)
    # From the middle outwards on each side, so that the bits a tail needs grow as it goes.
    before = ctx.prec
    for side in (np.flatnonzero(z >= 0), np.flatnonzero(z < 0)[::-1]):
        ctx.prec = 128
        for i in side.tolist():
            true[i] = exact(name, float(z[i]), parameters)
    ctx.prec = before
    computed = {peer: PEERS[peer][1](name, z) for peer in peers}
    keep = {
        "value": np.ones(len(z), bool),
        "derivative": ~_near_a_zero(z, [slope for _, slope in true]),
    }
    records = []
    for which, kind in enumerate(("value", "derivative")):
        for peer in peers:
            column = computed[peer][which]
            assert column.dtype == z.dtype, (name, peer)
            worst = _worst(
                z.tolist(), column.tolist(), [t[which] for t in true], keep[kind], z.dtype
            )
            records.append(
                {"name": name, "dtype": z.dtype.name, "kind": kind, "peer": peer, **worst}
            )
    return records


def _near_a_zero(z, slopes):
    """Tell which points are within 0.25 of a change of sign, where relative errors say little."""
    positive = np.array([slope > 0 for slope in slopes])
    normal = np.array([abs(float(slope)) > 0 for slope in slopes])
    near, at = np.zeros(len(z), bool), np.flatnonzero(normal)
    for i in np.flatnonzero(positive[at[1:]] != positive[at[:-1]]):
        near |= (z >= z[at[i]] - 0.25) & (z <= z[at[i + 1]] + 0.25)
    return near


def _worst(z, computed, true, keep, dtype):
    info, tiny = np.finfo(dtype), TINY * float(np.finfo(dtype).tiny)
    found = {"ulp": 0.0, "at": None, "lost_at": None, "gives": None, "not_finite_at": None}
    greatest = 0.0
    for at, result, right, kept in zip(z, computed, true, keep.tolist(), strict=True):
        size = abs(float(right))
        if not kept or 0 < size < tiny:
            continue
        ulps, _ = ulp_errors(result, right, info)
        if not math.isfinite(ulps):
            nearest = found["not_finite_at"]
            if nearest is None or abs(at) < abs(nearest):
                found["not_finite_at"] = at
            continue
        if ulps > found["ulp"]:
            found["ulp"], found["at"] = ulps, at
        lost = ulps > 1000 and abs(result - float(right)) >= LOST * size
        if lost and size > greatest:
            greatest, found["lost_at"], found["gives"] = size, at, result
    return found


def measure(names=tuple(CALLS), count=4000, dtypes=TYPES, progress=None):
    """Measure the installed peers; return all that the documentation prints."""
    versions = installed()
    peers = [peer for peer, found in versions.items() if found]
    records, sizes = [], {}
    for dtype in dtypes:
        z = places(dtype, count)
        sizes[dtype] = len(z)
        for name in names:
            records += compare(name, z, peers)
            if progress:
                progress(f"{name} {dtype}")
    return {
        "versions": {peer: found for peer, found in versions.items() if found},
        "absent": [peer for peer, found in versions.items() if not found],
        "points": sizes,
        "calls": {name: CALLS[name] for name in names},
        "records": records,
    }


def main(path, *names):
    """Measure, and write the result to a file."""
    measured = measure(
        names or tuple(CALLS), progress=lambda done: print(done, file=sys.stderr, flush=True)
    )
    write(measured, Path(path))


if __name__ == "__main__":
    main(*sys.argv[1:])
