"""What is no array of numbers, and outputs that cannot take the result."""

from __future__ import annotations

import datetime
import decimal
import time

import numpy as np
import pytest

import ogive
from ogive.text import InputError

CALLS = {
    "value": lambda f, z: f(z),
    "derivative": lambda f, z: f.derivative(z),
    "both": lambda f, z: f.value_and_derivative(z),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    "bad",
    [
        "text",
        b"bytes",
        ["1.5"],
        None,
        [None, 1.0],
        1j,
        np.ones(3, complex),
        np.array(["2020-01-01"], "M8[D]"),
        np.array([5], "m8[s]"),
        np.ones(3, [("a", "f8")]),
        np.ones(3, object),
        [decimal.Decimal(1)],
        datetime.date(2020, 1, 1),
        {"a": 1.0},
        {1.0, 2.0},
        object(),
        len,
        iter([1.0]),
    ],
    ids=lambda bad: repr(bad).split(" at 0x")[0],
)
def test_no_numbers_are_refused_by_dtype(call, bad):
    start = time.perf_counter()
    with pytest.raises(InputError, match="z has dtype .*; an activation takes") as caught:
        call(ogive.activation("tanh"), bad)
    assert "dtype" in caught.value.text.zh
    assert time.perf_counter() - start < 0.1


def test_extended_precision_is_refused_rather_than_rounded():
    if np.dtype(np.longdouble).itemsize == 8:
        pytest.skip("long double is float64 here")
    with pytest.raises(InputError, match="dtype float128|dtype longdouble"):
        ogive.activation("tanh")(np.ones(3, np.longdouble))


def test_ragged_lists_are_refused():
    with pytest.raises(InputError, match="cannot be read as an array"):
        ogive.activation("tanh")([[1.0], [2.0, 3.0]])


def test_half_precision_is_computed_in_float32():
    z = np.linspace(-3, 3, 50, dtype=np.float16)
    result = ogive.activation("gelu")(z)
    assert result.dtype == np.float32
    np.testing.assert_array_equal(result, ogive.activation("gelu")(z.astype(np.float32)))


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.int16, np.int64, np.uint64])
def test_whole_numbers_of_any_size_become_float64(dtype):
    result = ogive.activation("silu")(np.array([0, 1, 1], dtype))
    assert result.dtype == np.float64
    assert result[1] == ogive.activation("silu")(1.0)


def test_a_masked_array_keeps_its_mask():
    z = np.ma.array([1.0, np.nan, 3.0], mask=[False, True, False])
    for numbers in (z, np.ma.array([1, 0, 3], mask=z.mask)):
        result = ogive.activation("tanh")(numbers)
        assert isinstance(result, np.ma.MaskedArray)
        assert result.mask.tolist() == [False, True, False]
        assert result[2] == ogive.activation("tanh")(3.0)


OUTS = {
    "shape": (lambda z: np.empty((3, 2)), "writable array of shape"),
    "broadcasting": (lambda z: np.empty((5, *z.shape)), "writable array of shape"),
    "dtype": (lambda z: np.empty(z.shape, np.float32), "dtype float64; got"),
    "integers": (lambda z: np.empty(z.shape, int), "dtype float64; got"),
    "list": (lambda z: [0.0], "must be a NumPy array, not list"),
    "text": (lambda z: "out", "must be a NumPy array, not str"),
    "read-only": (lambda z: np.broadcast_to(0.0, z.shape), "got read-only"),
}


@pytest.mark.parametrize("kind", ["tanh", "softmax"])
@pytest.mark.parametrize(("make", "message"), OUTS.values(), ids=OUTS)
def test_an_unsuitable_out_is_refused_before_anything_is_written(kind, make, message):
    z, function = np.ones((2, 3)), ogive.activation(kind)
    out = make(z)
    for call in (function, function.derivative if kind == "tanh" else function):
        with pytest.raises(InputError, match=message) as caught:
            call(z, out=out)
        assert caught.value.text.zh
    with pytest.raises(InputError, match="out must be"):
        function.value_and_derivative(z, out=(np.empty(z.shape), out) if kind == "tanh" else (out,))


@pytest.mark.parametrize("out", [np.empty(3), [np.empty(3)] * 2, (np.empty(3),), "ab"])
def test_two_results_need_a_tuple_of_two(out):
    with pytest.raises(InputError, match="out must be a tuple of two arrays"):
        ogive.activation("tanh").value_and_derivative(np.ones(3), out=out)


def test_two_results_do_not_go_to_the_same_place():
    out = np.empty(3)
    with pytest.raises(InputError, match="do not overlap"):
        ogive.activation("tanh").value_and_derivative(np.ones(3), out=(out, out))


@pytest.mark.parametrize("name", ["softmax", "glu"])
@pytest.mark.parametrize("z", [1.0, np.array(2.0), np.empty((3, 0))])
def test_functions_of_rows_need_rows(name, z):
    with pytest.raises(InputError, match="acts on rows, along the last axis"):
        ogive.activation(name)(z)


def test_gates_need_an_even_axis():
    with pytest.raises(InputError, match=r"must be even; z has shape \(2, 3\)"):
        ogive.activation("glu")(np.ones((2, 3)))
