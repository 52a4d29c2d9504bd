"""The core's functions as NumPy ufuncs."""

from __future__ import annotations

import gc
import os
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import ogive
from ogive._engine import core
from ogive.activations import CATALOGUE

ELEMENTWISE = ogive.activations("elementwise")


def function(name="tanh", kinks=()):
    defaults = [parameter.default for parameter in CATALOGUE[name].parameters]
    return core.Function(name, defaults, list(kinks))


@pytest.fixture
def z():
    return np.random.default_rng(0).normal(0, 3, (7, 11, 13))


@pytest.mark.parametrize("which", ["value", "derivative", "value_and_derivative"])
def test_they_are_real_ufuncs(which):
    ufunc = getattr(function(), which)
    assert isinstance(ufunc, np.ufunc)
    assert (ufunc.nin, ufunc.nout) == (1, 2 if which == "value_and_derivative" else 1)
    assert len(ufunc.types) == 2


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_pass_gives_what_two_give_within_the_contract(name, dtype, z):
    f, facts, numbers = function(name), core.activation_facts()[name], z.astype(dtype)
    value, derivative = f.value_and_derivative(numbers)
    _agree(value, f.value(numbers), facts["value_ulp"], facts["value_epsilons"])
    _agree(derivative, f.derivative(numbers), facts["derivative_ulp"], facts["derivative_epsilons"])


def _agree(first, second, ulps, epsilons):
    one = np.maximum(ulps * np.spacing(np.abs(second)), epsilons * np.finfo(second.dtype).eps)
    assert (np.abs(first - second) <= 2 * one).all()


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_way_for_small_arrays_gives_the_same_numbers(name, dtype, z):
    f, numbers = function(name), z.astype(dtype)
    for which in ("value", "derivative", "value_and_derivative"):
        quick = getattr(f, f"quick_{which}")(numbers)
        np.testing.assert_array_equal(quick, getattr(f, which)(numbers))
        assert np.asarray(quick).dtype == dtype


@pytest.mark.parametrize(
    "given",
    [
        1.0,
        [1.0],
        np.float64(1),
        np.array(1.0),
        np.arange(3),
        np.ones(3, np.float16),
        np.ones(6)[::2],
        np.ones(3, ">f8"),
        np.ones((2, 3)).T,
        np.ones(1 << 20),
        np.ma.ones(3),
        None,
        "z",
    ],
    ids=lambda given: f"{type(given).__name__}",
)
def test_the_way_for_small_arrays_leaves_everything_else_alone(given):
    assert function().quick_value(given) is None


@pytest.mark.parametrize("steps", [(1, 2), (2, 1), (-1, 1), (3, -2), (0, 1)])
def test_every_stride_gives_the_same_numbers(steps):
    step, out_step = steps
    line = np.random.default_rng(1).normal(0, 3, 3000)
    source = np.lib.stride_tricks.as_strided(line[1500:], (300,), (step * 8,))
    memory = np.full(2000, np.nan)
    out = memory[1000 : 1000 + 300 * out_step : out_step]
    function().value(source, out=out)
    np.testing.assert_array_equal(out, function().value(source.copy()))
    assert np.isnan(memory).sum() == len(memory) - 300


def test_where_leaves_the_rest_alone(z):
    out = np.full(z.shape, 7.0)
    function().value(z, out=out, where=z > 0)
    assert (out[z <= 0] == 7).all()
    np.testing.assert_array_equal(out[z > 0], function().value(z[z > 0]))


def test_at_changes_chosen_elements(z):
    line = z.ravel().copy()
    function("relu").value.at(line, np.array([0, 5, 5]))
    assert line[5] == max(z.ravel()[5], 0)


@pytest.mark.parametrize("shift", [-1000, -17, -1, 1, 17, 1000])
@pytest.mark.parametrize("n", [1000, 300_000])
def test_overlapping_memory_gives_the_numbers_of_separate_memory(shift, n):
    memory = np.linspace(-3, 3, n + 2000)
    source, out = memory[1000 : 1000 + n], memory[1000 + shift : 1000 + shift + n]
    expected = function().value(source.copy())
    function().value(source, out=out)
    np.testing.assert_array_equal(out, expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_threads_change_no_number(dtype):
    z = np.linspace(-9, 9, 700_001).astype(dtype)
    parts = [function("gelu").value(part) for part in np.array_split(z, 100)]
    np.testing.assert_array_equal(function("gelu").value(z), np.concatenate(parts))


@pytest.mark.parametrize("n", [4095, 4096, 5001, 16_385, 33_000, 150_001])
def test_no_size_leaves_an_element_out(n):
    z = np.random.default_rng(4).normal(size=n)
    out = np.full(n, np.nan)
    for _ in range(20):  # helpers may be asleep, awake, or late
        out.fill(np.nan)
        function("softplus").value(z, out=out)
        np.testing.assert_allclose(out, np.logaddexp(0, z), rtol=1e-14)


def test_several_threads_may_call_at_once():
    inputs = [np.random.default_rng(i).normal(size=200_000) for i in range(6)]
    gelu = function("gelu").value
    expected = [gelu(z) for z in inputs]
    with ThreadPoolExecutor(6) as pool:
        for _ in range(5):
            for one, other in zip(pool.map(gelu, inputs), expected, strict=True):
                np.testing.assert_array_equal(one, other)


def test_a_forked_process_computes_on():
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    z = np.random.default_rng(4).normal(size=500_000)
    expected = [function("gelu").value(z) for _ in range(10)][-1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads
        child = os.fork()
    if child == 0:
        os._exit(0 if np.array_equal(function("gelu").value(z), expected) else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_ufunc_outlives_its_function(z):
    kept = [function("gelu", [(0.0, 5.0)]).value_and_derivative for _ in range(50)]
    gc.collect()
    assert all(ufunc(0.0)[1] == 5 for ufunc in kept)
    names = {str(ufunc) for ufunc in kept}
    assert names == {"<ufunc 'value and derivative of gelu'>"}


def test_functions_do_not_leak():
    resource = pytest.importorskip("resource")

    def use():
        for _ in range(3000):
            function("gelu", [(0.0, 5.0)]).value(1.0)
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    use()
    assert use() - use() > -3000  # kilobytes


EXTREMES = [0.0, 5e-324, 1e-310, 1e-40, -1e-40, 88.8, -104.0, 709.9, -746.0, 1e30, 1e308, -1e308]


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_no_warning_comes_out_whatever_goes_in(name):
    f = function(name)
    with warnings.catch_warnings(), np.errstate(all="warn"):
        warnings.simplefilter("error")
        for dtype in (np.float32, np.float64):
            with np.errstate(all="ignore"):
                z = np.array([*EXTREMES, np.inf, -np.inf, np.nan], dtype)
            f.value_and_derivative(z)
            f.value(z[::2])
            f.derivative(z)


def test_flags_raised_by_others_stay():
    with np.errstate(over="raise"), pytest.raises(FloatingPointError):
        np.exp(np.array([1000.0]))
    assert function().value(np.array([1e30]))[0] == 1


@pytest.mark.parametrize("name", ["tanh", "relu", "gelu", "leaky_relu"])
def test_the_network_s_parameters_are_those_of_the_ufunc(name, z):
    f = ogive.activation(name)
    np.testing.assert_array_equal(f(z), f.compiled.value(z))


def test_what_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="rellu"):
        core.Function("rellu", [], [])
    with pytest.raises(ValueError, match="too many parameters"):
        core.Function("relu", [1.0] * 9, [])
