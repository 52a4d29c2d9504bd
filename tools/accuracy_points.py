"""Arguments at which an activation is measured: everywhere, and densely where it is delicate."""

from __future__ import annotations

import numpy as np

__all__ = ["points", "zeros"]

_BITS = {np.dtype(np.float32): np.uint32, np.dtype(np.float64): np.uint64}
REACH = {np.dtype(np.float32): 112.0, np.dtype(np.float64): 760.0}  # exp(-z) is 0 beyond


def _between(holds, low, high, dtype):
    """Return the two neighbouring floats between which a property of z changes."""
    for _ in range(80):
        middle = dtype.type(low + (high - low) / 2)
        if middle in (low, high):
            break
        if holds(middle) == holds(low):
            low = middle
        else:
            high = middle
    return [low, high]


def zeros(of, dtype):
    """Return where a function changes its sign between -3000 and 3000, to the last bit."""
    grid = np.sinh(np.linspace(-8.7, 8.7, 8001)).astype(dtype)

    def positive(z):
        return bool(of(np.array([z], dtype))[0] > 0)

    signs = np.sign(of(grid))
    changes = np.flatnonzero(signs[1:] * signs[:-1] < 0)
    found = [_between(positive, grid[i], grid[i + 1], np.dtype(dtype))[0] for i in changes]
    return np.array(found, dtype)


def _delicate(function, dtype):
    """Zeros of value and derivative, kinks, and the edges of saturation and of underflow."""
    grid = np.sinh(np.linspace(-8, 8, 4001)).astype(dtype)
    value, slope = function.value_and_derivative(grid)
    left, right = function(np.array([-np.inf, np.inf], dtype))

    def is_limit(of, limit):
        return lambda z: bool(of(np.array([z], dtype))[0] == limit)

    tests = [is_limit(function, limit) for limit in (left, right) if np.isfinite(limit)]
    tests += [is_limit(function.derivative, limit) for limit in (0.0, 1.0)]
    found = [*zeros(function, dtype)[:24], *zeros(function.derivative, dtype)[:24]]
    for test in tests:
        held = np.array([test(z) for z in grid[::8]])
        for i in np.flatnonzero(held[1:] != held[:-1])[:24]:
            found += _between(test, grid[::8][i], grid[::8][i + 1], dtype)
    # A kink is where the slope changes by more than its neighbours do.
    with np.errstate(all="ignore"):
        change = np.abs(np.diff(slope))
    for i in np.argsort(-np.nan_to_num(change, nan=0.0, posinf=0.0))[:4]:
        found.append(grid[i])
    return np.unique([0.0, 1.0, -1.0, 3.0, -3.0, 6.0, 0.5, -0.5, *map(float, found)]).astype(dtype)


def points(function, dtype, count=200_000, seed=20):
    """Return at least `count` distinct finite arguments of `dtype`, sorted by size."""
    dtype = np.dtype(dtype)
    info, rng, reach = np.finfo(dtype), np.random.default_rng(seed), REACH[dtype]
    part = count // 5
    around = _delicate(function, dtype)
    each = part // (2 * len(around)) + 1
    shape = (len(around), each)
    near = np.concatenate(
        [
            around[:, None] + rng.normal(size=shape) * 10 ** rng.uniform(-9, -1, each),
            around[:, None] * (1 + rng.integers(-300, 301, shape) * float(info.eps)),
        ]
    ).ravel()  # fmt: skip
    half_log_2 = np.log(2.0) * (np.arange(-1100, 1101) + 0.5)  # where an exponent's rounding turns
    magnitude = rng.choice([-1.0, 1.0], part)
    sizes = 10.0 ** rng.uniform(np.log10(float(info.tiny)), np.log10(reach), part)
    huge = rng.integers(0, np.iinfo(_BITS[dtype]).max, 2000, _BITS[dtype]).view(dtype)
    subnormal = rng.integers(1, 1 << info.nmant, 1000, dtype=_BITS[dtype]).view(dtype)
    edges = [float(info.max), float(info.tiny), float(info.smallest_subnormal)]
    everything = np.concatenate(
        [
            near,
            magnitude * sizes,
            half_log_2,
            huge[np.isfinite(huge)].astype(np.float64),
            subnormal,
            np.negative(subnormal),
            edges,
            np.negative(edges),
            rng.uniform(-reach, reach, part),
            rng.uniform(-20, 20, part),
            rng.uniform(-3, 3, part),
        ]
    )
    with np.errstate(over="ignore"):
        z = np.unique(everything.astype(dtype))
    while len(z) < count + 1:
        z = np.unique(np.concatenate([z, rng.uniform(-9, 9, count // 8).astype(dtype)]))
    z = z[np.isfinite(z)]
    return z[np.argsort(np.abs(z), kind="stable")]
