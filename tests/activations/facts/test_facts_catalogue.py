"""The facts of every function of the catalogue against an independent numerical search by Arb."""

from __future__ import annotations

import math
import time
from functools import cache

import numpy as np
import pytest
from arb import Oracle, number

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.facts import Interval, facts_of

ELEMENTWISE = [n for n, d in CATALOGUE.items() if d.kind == "elementwise"]
OTHERS = {
    "leaky_relu": {"negative_slope": 0.3},
    "elu": {"alpha": 0.37},
    "celu": {"alpha": 2.5},
    "silu": {"beta": 3.1},
    "softplus": {"beta": 0.2},
    "hardtanh": {"min_val": -0.5, "max_val": 2.0},
    "snake": {"alpha": 2.0},
    "isru": {"alpha": 4.0},
    "thresholded_relu": {"theta": 0.3},
}
CASES = [(name, ()) for name in ELEMENTWISE]
CASES += [(name, tuple(given.items())) for name, given in OTHERS.items()]
each = pytest.mark.parametrize(("name", "given"), CASES, ids=lambda part: str(part))
# Far enough for 1/z² to come near its limit, dense where the functions bend.
GRID = np.unique(
    np.concatenate(
        [np.linspace(-8, 8, 1201), np.linspace(-40, 40, 81), [-1e6, 1e6, -1e9, 1e9]]
        + [sign * 10.0 ** np.arange(-9, 5, 0.5) for sign in (-1, 1)]
    )
)


@cache
def facts(name, given):
    definition = CATALOGUE[name]
    return facts_of(definition, {p.name: p.default for p in definition.parameters} | dict(given))


@cache
def oracle(name, given):
    definition = CATALOGUE[name]
    parameters = {p.name: p.default for p in definition.parameters} | dict(given)
    return Oracle(definition, parameters)


@cache
def table(name, given):
    """Values and slopes over the grid, slopes not a number at kinks and jumps."""
    known, exact = facts(name, given), oracle(name, given)
    bends = {point.at.value for point in (*known.kinks, *known.jumps)}
    extra = [e.z.value for e in known.extrema]
    extra += [float(np.nextafter(b, side)) for b in bends for side in (-9, 9)]
    grid = np.unique(np.concatenate([GRID, extra]))
    pairs = [exact.at(z, _bits(z)) for z in grid.tolist()]
    values = np.array([float(value.mid()) for value, _ in pairs])
    slopes = np.array(
        [
            math.nan if z in bends else float(slope.mid())
            for z, (_, slope) in zip(grid.tolist(), pairs, strict=True)
        ]
    )
    # Far out a value may be beyond float64, or beyond Arb's precision.
    finite = np.isfinite(values)
    assert finite[np.abs(grid) <= 300].all()
    return grid[finite], values[finite], slopes[finite]


def _bits(z):
    return int(200 + 8 * min(abs(z), 200) + 2 * min(z * z, 1600))


def _contains(known, value):
    """Whether a rounded value lies in the set or within rounding of it."""
    return any(
        low - 1e-12 * max(1, abs(low)) <= value <= high + 1e-12 * max(1, abs(high))
        for low, high in map(_ends, known.pieces)
    )


def _ends(piece):
    if isinstance(piece, Interval):
        return piece.lower.value, piece.upper.value
    return piece.value.value, piece.value.value


def _approached(known, values, slack):
    for piece in known.pieces:
        low, high = _ends(piece)
        inside = [v for v in values if low - 1e-12 <= v <= high + 1e-12]
        assert inside, piece
        for end, nearest in ((low, min(inside)), (high, max(inside))):
            if math.isfinite(end):
                assert abs(nearest - end) <= slack * max(1, abs(end)), (piece, nearest)
            else:
                assert abs(nearest) > 12 and nearest * end > 0, (piece, nearest)


@each
def test_no_value_lies_outside_the_output_range_and_its_ends_are_approached(name, given):
    known, (_, values, _) = facts(name, given).output_range, table(name, given)
    for value in values:
        assert _contains(known, value), value
    _approached(known, values, 2e-4)


@each
def test_an_end_is_closed_where_it_is_attained(name, given):
    known, exact = facts(name, given), oracle(name, given)
    points = [z.value for z, _ in known.extrema]
    points += [kink.at.value for kink in known.kinks]
    points += np.linspace(-3.013, 2.997, 141).tolist()
    values = [exact.value(z) for z in points]
    for piece in known.output_range.pieces:
        if isinstance(piece, Interval):
            for end, closed in (
                (piece.lower, piece.lower_closed),
                (piece.upper, piece.upper_closed),
            ):
                if math.isfinite(end.value):
                    nearest = min(abs(value - end.value) for value in values)
                    assert (nearest <= 1e-15) == closed, (piece, nearest)


@each
def test_no_slope_lies_outside_the_derivative_range_and_its_ends_are_approached(name, given):
    known, (_, _, slopes) = facts(name, given).derivative_range, table(name, given)
    slopes = slopes[~np.isnan(slopes)]
    for slope in slopes:
        assert _contains(known, slope), slope
    used = [kink.used.value for kink in facts(name, given).kinks]
    _approached(known, [*slopes, *used], 2e-3)


@each
@pytest.mark.parametrize("subgradient", ["torch", "mean"])
def test_every_slope_used_at_a_kink_lies_in_the_derivative_range(name, given, subgradient):
    definition = CATALOGUE[name]
    parameters = {p.name: p.default for p in definition.parameters} | dict(given)
    known = facts_of(definition, parameters, subgradient)
    for kink in known.kinks:
        assert kink.used.value in known.derivative_range


@each
def test_lipschitz_constant_is_the_largest_slope(name, given):
    known, (grid, values, slopes) = facts(name, given), table(name, given)
    largest = np.nanmax(np.abs(slopes))
    if math.isinf(known.lipschitz.value):
        assert known.jumps or largest > 1e3
    else:
        assert largest <= known.lipschitz.value * (1 + 1e-12)
        assert largest >= known.lipschitz.value * (1 - 2e-3)
        wide = np.diff(grid) > 1e-4
        steps = np.abs(np.diff(values)[wide] / np.diff(grid)[wide])
        assert (steps <= known.lipschitz.value * (1 + 1e-5)).all()


@each
def test_monotonicity_shows_in_the_signs_of_differences(name, given):
    known, exact = facts(name, given), oracle(name, given)
    grid = np.linspace(-4.5, 4.5, 181)
    balls = [exact.at(z, 400)[0] for z in grid.tolist()]
    pairs = list(zip(balls, balls[1:], strict=False))
    rises, falls = any(a < b for a, b in pairs), any(a > b for a, b in pairs)
    flat = any(not (a < b) and not (a > b) for a, b in pairs)
    expected = {
        (True, False, False): "strictly increasing",
        (True, False, True): "increasing",
        (False, True, False): "strictly decreasing",
        (False, True, True): "decreasing",
        (False, False, True): "constant",
    }.get((rises, falls, flat), "not monotonic")
    assert known.monotonic == expected
    assert bool(known.falls_on) == (expected == "not monotonic")


@each
def test_it_falls_where_the_facts_say_and_nowhere_else(name, given):
    known, (grid, _, slopes) = facts(name, given), table(name, given)
    if known.monotonic != "not monotonic":
        return
    period = known.period.value if known.period else math.inf
    start = min((part.lower.value for part in known.falls_on), default=0)
    for z, slope in zip(grid.tolist(), slopes.tolist(), strict=True):
        if abs(z) > 1e3 or math.isnan(slope) or abs(slope) < 1e-300:
            continue
        place = z if math.isinf(period) else start + (z - start) % period
        edges = [e for part in known.falls_on for e in (part.lower.value, part.upper.value)]
        if min(abs(place - e) for e in edges) > 1e-9:
            assert (slope < 0) == any(place in part for part in known.falls_on), z


@each
def test_kinks_and_jumps_are_seen_in_one_sided_differences(name, given):
    known, exact = facts(name, given), oracle(name, given)
    step = number("1e-40")
    for kink in known.kinks:
        at = _exact_place(kink.at)
        for side, expected in ((-1, kink.left.value), (1, kink.right.value)):
            near, far = (exact.at(at + side * k * step, 400)[0] for k in (1, 2))
            slope = float(((far - near) / (side * step)).mid())
            assert slope == pytest.approx(expected, abs=1e-12)
    for jump in known.jumps:
        at = _exact_place(jump.at)
        for side, expected in ((-1, jump.left), (1, jump.right)):
            value = float(exact.at(at + side * step, 400)[0].mid())
            assert value == pytest.approx(expected.value, abs=1e-12)
        assert float(exact.at(at, 400)[0].mid()) == pytest.approx(jump.value.value, abs=1e-12)


def _exact_place(place):
    assert place.exact
    return number(place.text)


@each
def test_away_from_kinks_and_jumps_value_and_slope_are_continuous(name, given):
    known, exact = facts(name, given), oracle(name, given)
    places = [p.at.value for p in (*known.kinks, *known.jumps)]
    step = number("1e-30")
    for z in np.linspace(-7, 7, 141).tolist() + [0.5, -0.5, 1.0, -1.0, 3.0, -3.0, 6.0, 0.0]:
        z = round(z, 10)
        if any(abs(z - place) < 1e-9 for place in places):
            continue
        below, above = (exact.at(number(repr(z)) + side * step, 300) for side in (-1, 1))
        assert abs(float((above[0] - below[0]).mid())) < 1e-20
        assert abs(float((above[1] - below[1]).mid())) < 1e-20
    assert known.differentiable == (not known.kinks and not known.jumps)


@each
def test_parity_shows_in_samples(name, given):
    known, exact = facts(name, given), oracle(name, given)
    points = (0.05, 0.3, 0.49, 0.8, 1.3, 2.2, 3.3, 5.1, 7.7)
    pairs = [(exact.value(z), exact.value(-z)) for z in points]
    odd = all(a == pytest.approx(-b, rel=1e-14, abs=1e-300) for a, b in pairs)
    even = all(a == pytest.approx(b, rel=1e-14, abs=1e-300) for a, b in pairs)
    assert known.parity == ("odd" if odd else "even" if even else "neither")
    assert known.zero_centered == odd


@each
def test_curvature_shows_in_chords(name, given):
    known, exact = facts(name, given), oracle(name, given)
    grid = [number(k) / 10 for k in range(-80, 81)]
    balls = [exact.at(z, 400)[0] for z in grid]
    above = below = False
    for first, middle, last in zip(balls, balls[1:], balls[2:], strict=False):
        above, below = above or first + last > 2 * middle, below or first + last < 2 * middle
    expected = {(True, False): "convex", (False, True): "concave", (False, False): "linear"}
    assert known.convexity == expected.get((above, below), "neither")


@each
def test_extrema_are_higher_or_lower_than_both_neighbours(name, given):
    known, exact = facts(name, given), oracle(name, given)
    for z, value in known.extrema:
        before, at, after = (exact.value(z.value + d) for d in (-1e-5, 0.0, 1e-5))
        assert at == pytest.approx(value.value, rel=1e-13)
        assert (before - at) * (after - at) > 0
    if known.monotonic != "not monotonic":
        assert not known.extrema


@each
def test_limits_are_approached(name, given):
    known, exact = facts(name, given), oracle(name, given)
    for end, z in zip(known.limits, (-2000, 2000), strict=True):
        if end.value is None:
            assert known.period is not None
            continue
        value, slope = exact.at(z, 20000)
        if math.isfinite(end.value.value):
            assert float(value.mid()) == pytest.approx(end.value.value, abs=1e-2)
        else:
            assert float(value) * end.value.value > 0 and abs(float(value)) > 7
        if end.slope is not None and math.isfinite(end.slope.value):
            assert float(slope.mid()) == pytest.approx(end.slope.value, abs=1e-2)


@each
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_saturation_is_where_the_rounded_value_reaches_its_limit(name, given, dtype):
    known, exact = facts(name, given), oracle(name, given)
    sides = known.saturation[np.dtype(dtype).name]
    for point, end, side in zip(sides, known.limits, (-1, 1), strict=True):
        if point is None:
            reachable = end.value is not None and math.isfinite(end.value.value)
            assert not reachable or known.cheap
            continue
        slack = max(abs(point) * 1e-9, 1e-9)
        beyond = _rounded(exact.at(point + side * slack, _precise(point))[0], dtype)
        before = _rounded(exact.at(point - side * slack, _precise(point))[0], dtype)
        assert beyond == dtype(end.value.value)
        assert before != dtype(end.value.value)


def _precise(z):
    return int(400 + 10 * min(abs(z), 800) + 3 * min(z * z, 2000))


def _rounded(ball, dtype):
    """Round a narrow ball once."""
    middle = ball.mid()
    if dtype is np.float64:
        return np.float64(_nearest(middle, 53, -1074))
    return np.float32(_nearest(middle, 24, -149))


def _nearest(middle, digits, lowest):
    mantissa, exponent = (int(part) for part in middle.man_exp())
    if mantissa == 0:
        return 0.0
    unit = max(exponent + abs(mantissa).bit_length() - digits, lowest)
    shift = unit - exponent
    if shift <= 0:
        return math.ldexp(mantissa, exponent)
    whole, rest = divmod(abs(mantissa), 1 << shift)
    half = 1 << (shift - 1)
    whole += rest > half or (rest == half and whole % 2 == 1)
    return math.ldexp(whole if mantissa > 0 else -whole, unit)


@pytest.mark.parametrize("name", CATALOGUE)
def test_nothing_is_undecided(name):
    assert facts(name, ()).undecided == ()


def test_the_whole_catalogue_takes_at_most_twenty_seconds(monkeypatch, tmp_path):
    from ogive.activations.facts import cache as kept

    monkeypatch.setenv("OGIVE_CACHE", str(tmp_path))
    kept.clear_memory()
    begin = time.process_time()
    for definition in CATALOGUE.values():
        facts_of(definition, {p.name: p.default for p in definition.parameters})
    assert time.process_time() - begin <= 20
