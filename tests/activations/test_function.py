from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from sklearn.base import BaseEstimator, clone

import ogive
from ogive.activations import CATALOGUE
from ogive.text import InputError


@pytest.fixture
def tanh():
    return ogive.activation("tanh")


@pytest.fixture
def z():
    return np.linspace(-4, 4, 24).reshape(2, 3, 4)


def test_shape_and_float_type_are_kept(tanh, z):
    for dtype in (np.float32, np.float64):
        result = tanh(z.astype(dtype))
        assert result.shape == z.shape
        assert result.dtype == dtype


def test_integers_give_float64(tanh):
    assert tanh([1, 2]).dtype == np.float64
    assert tanh(np.array([True, False])).dtype == np.float64


def test_a_scalar_gives_a_scalar(tanh):
    assert isinstance(tanh(0.5), np.float64)
    assert isinstance(tanh.derivative(np.float32(0.5)), np.float32)
    assert all(isinstance(part, np.float64) for part in tanh.value_and_derivative(1))


def test_an_empty_array_stays_empty(tanh):
    assert tanh(np.empty((0, 3))).shape == (0, 3)


@pytest.mark.parametrize(
    "view",
    [
        lambda z: z.T,
        lambda z: z[:, ::-2],
        lambda z: np.asfortranarray(z),
        lambda z: z.astype(">f8"),
        lambda z: z.astype("<f4").astype(">f4"),
        lambda z: np.broadcast_to(z[:1], z.shape),
        lambda z: np.frombuffer(b"x" + z.tobytes(), np.uint8)[1:].view(np.float64),
    ],
    ids=["transposed", "reversed", "fortran", "big-endian", "big32", "broadcast", "misaligned"],
)
def test_any_layout_gives_the_same_numbers(tanh, z, view):
    seen = view(z)
    expected = tanh(np.array(seen, seen.dtype.newbyteorder("=")))
    np.testing.assert_array_equal(tanh(seen), expected)
    np.testing.assert_array_equal(
        tanh.derivative(seen), tanh.derivative(np.array(expected * 0 + seen))
    )


def test_out_receives_the_result_and_is_returned(tanh, z):
    out = np.empty_like(z)
    assert tanh(z, out=out) is out
    np.testing.assert_array_equal(out, tanh(z))


def test_out_may_be_z_itself(tanh, z):
    expected, values = tanh.derivative(z), z.copy()
    tanh.derivative(values, out=values)
    np.testing.assert_array_equal(values, expected)


def test_out_may_overlap_z_anywhere(tanh):
    buffer = np.linspace(-3, 3, 1000)
    expected = tanh(buffer[:-1].copy())
    tanh(buffer[:-1], out=buffer[1:])
    np.testing.assert_array_equal(buffer[1:], expected)


@pytest.mark.parametrize("dtype", ["<f8", ">f8"])
def test_out_may_be_strided_or_byte_swapped(tanh, z, dtype):
    out = np.zeros((2, 3, 8), dtype)[..., ::2]
    tanh(z, out=out)
    np.testing.assert_array_equal(out, tanh(z))


def test_a_large_array_gives_the_same_numbers_as_its_parts(tanh):
    large = np.linspace(-9, 9, 300_001)
    np.testing.assert_array_equal(tanh(large)[150_000:], tanh(large[150_000:]))


@pytest.mark.parametrize(
    "out", [np.empty(3), np.empty((2, 3, 4), np.float32), np.empty((2, 3, 4), int), [0.0]]
)
def test_an_unsuitable_out_is_refused(tanh, z, out):
    with pytest.raises(InputError, match="out must be"):
        tanh(z, out=out)


def test_a_read_only_out_is_refused(tanh, z):
    out = np.empty_like(z)
    out.flags.writeable = False
    with pytest.raises(InputError, match="read-only"):
        tanh(z, out=out)


@pytest.mark.parametrize("bad", [[1j], ["a"], np.array(["2020"], "M8[s]"), [None]])
def test_other_types_are_refused_by_name(tanh, bad):
    with pytest.raises(InputError, match="dtype"):
        tanh(bad)


def test_both_outputs_can_be_given(tanh, z):
    out = np.empty_like(z), np.empty_like(z)
    result = tanh.value_and_derivative(z, out=out)
    assert result[0] is out[0]
    assert result[1] is out[1]
    np.testing.assert_array_equal(out, tanh.value_and_derivative(z))


@pytest.mark.parametrize("place", [0, 1])
def test_one_of_two_outputs_may_be_z_itself(tanh, z, place):
    expected = tanh.value_and_derivative(z)
    memory, other = z.copy(), np.empty_like(z)
    out = (memory, other) if place == 0 else (other, memory)
    result = tanh.value_and_derivative(memory, out=out)
    np.testing.assert_array_equal(result, expected)


def test_equal_functions_are_equal_and_hash_alike():
    first, second = ogive.activation("elu", alpha=2), ogive.activation("elu", alpha=2.0)
    assert first == second
    assert hash(first) == hash(second)
    assert first != ogive.activation("elu")
    assert first != "elu"


def test_choices_are_part_of_equality():
    relu, prelu = ogive.activation("relu"), ogive.activation("prelu")
    assert relu != ogive.activation("relu", subgradient="right")
    assert prelu != ogive.activation("prelu", per_unit=True)
    assert prelu == ogive.activation("prelu", per_unit=False)


EXAMPLES = [
    *map(ogive.activation, ogive.activations()),
    ogive.activation("relu", subgradient="right"),
    ogive.activation("prelu", negative_slope=0.1, per_unit=True),
    ogive.activation("z * sigmoid(beta * z)", beta=1.5),
]


@pytest.mark.parametrize("function", EXAMPLES, ids=repr)
def test_copies_and_pickles_are_equal(function):
    assert pickle.loads(pickle.dumps(function)) == function
    assert copy.deepcopy(function) == function


@pytest.mark.parametrize("function", EXAMPLES, ids=repr)
def test_a_stored_function_is_small_whatever_was_computed_with_it(function):
    function.expression  # noqa: B018
    assert len(pickle.dumps(function)) < 300


@pytest.mark.parametrize("function", EXAMPLES, ids=repr)
def test_repr_makes_an_equal_function(function):
    assert eval(repr(function), {"activation": ogive.activation}) == function


def test_repr_names_what_was_chosen():
    function = ogive.activation("leaky_relu", negative_slope=0.2, subgradient="mean")
    assert repr(function) == "activation('leaky_relu', negative_slope=0.2, subgradient='mean')"


def test_states_stored_before_there_was_a_choice_are_read():
    function = object.__new__(ogive.Activation)
    function.__setstate__({"name": "elu", "parameters": {"alpha": 0.5}})
    assert function == ogive.activation("elu", alpha=0.5)


def test_a_function_cannot_be_changed(tanh):
    with pytest.raises(AttributeError, match="immutable"):
        tanh.subgradient = "right"
    with pytest.raises(AttributeError, match="immutable"):
        del tanh.parameters
    with pytest.raises(TypeError):
        ogive.activation("elu").parameters["alpha"] = 3.0


def test_it_serves_as_a_parameter_of_an_estimator():
    class Estimator(BaseEstimator):
        def __init__(self, activation="relu"):
            self.activation = activation

    estimator = Estimator(ogive.activation("silu", beta=2))
    cloned = clone(estimator)
    assert cloned.get_params() == estimator.get_params()
    assert cloned.set_params(activation="tanh").activation == "tanh"


def test_the_gain_of_leaky_relu_follows_its_slope():
    assert ogive.activation("leaky_relu", negative_slope=1).gain == pytest.approx(0.5**0.5)
    assert ogive.activation("relu").gain == 1


@pytest.mark.parametrize("name", ogive.activations())
def test_every_gain_is_a_usable_factor(name):
    assert 0.1 < ogive.activation(name).gain < 10


def test_it_knows_its_record_and_initialisation(tanh):
    assert tanh.definition is CATALOGUE["tanh"]
    assert tanh.init == "glorot_uniform"


@pytest.mark.parametrize(
    ("formula", "init"),
    [
        ("z * sigmoid(z)", "he_uniform"),
        ("max(0, -z)", "he_uniform"),
        ("2 * tanh(z)", "glorot_uniform"),
        ("z * abs(z)", "glorot_uniform"),
        ("sin(z)", "glorot_uniform"),
    ],
)
def test_a_formula_is_initialised_by_the_sides_that_go_flat(formula, init):
    assert ogive.activation(formula).init == init


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("sigmoid", (0, 0), (1, 0)),
        ("relu", (0, 0), (np.inf, 1)),
        ("identity", (-np.inf, 1), (np.inf, 1)),
        ("softplus", (0, 0), (np.inf, 1)),
    ],
)
def test_limits_are_what_the_kernels_tend_to(name, left, right):
    assert ogive.activation(name).limits == (left, right)


def test_saturation_and_bounds_follow_from_the_limits(tanh):
    assert tanh.saturates == (True, True)
    assert tanh.bounded == (True, True)
    assert ogive.activation("relu").saturates == (True, False)
    assert ogive.activation("relu").bounded == (True, False)


def test_what_has_no_limit_is_asked_its_range():
    assert ogive.activation("sine").bounded == (True, True)
    assert ogive.activation("z * sin(z)").bounded == (False, False)


@pytest.mark.parametrize("name", [*ogive.activations("vector"), *ogive.activations("gate")])
def test_functions_of_rows_have_no_ends(name):
    function = ogive.activation(name)
    assert function.limits is function.saturates is function.bounded is None
    assert function.kind in ("vector", "gate")


def test_descending_is_the_race_of_the_lecture(tanh):
    assert tanh.descend().steps == 14
    assert tanh.descend(start=0.9, stop=0.5, learning_rate=0.2, over="input").steps > 1
