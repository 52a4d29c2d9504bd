from __future__ import annotations

import pytest

import ogive
from ogive.text import InputError


def test_every_name_gives_its_function():
    assert [ogive.activation(name).name for name in ogive.activations()] == ogive.activations()


@pytest.mark.parametrize(("alias", "name"), [("logistic", "sigmoid"), ("swish", "silu")])
def test_an_alias_gives_the_same_function(alias, name):
    assert ogive.activation(alias) == ogive.activation(name)


def test_an_activation_is_returned_as_it_is():
    function = ogive.activation("elu", alpha=2)
    assert ogive.activation(function) is function


def test_parameters_of_an_activation_can_be_changed():
    changed = ogive.activation(ogive.activation("elu", alpha=2), alpha=3)
    assert changed == ogive.activation("elu", alpha=3)


def test_a_wrong_name_is_answered_with_the_nearest():
    with pytest.raises(InputError) as caught:
        ogive.activation("rellu")
    count = len(ogive.activations())
    assert str(caught.value) == (
        "activation 'rellu' is not in the catalogue. Did you mean 'relu'?"
        f" ogive.activations() lists all {count}."
    )
    assert "您是想用 'relu' 吗？" in caught.value.text.zh


def test_capitals_are_a_near_miss():
    with pytest.raises(InputError, match="Did you mean 'relu'"):
        ogive.activation("ReLU")


def test_a_name_near_to_nothing_is_answered_with_the_list():
    with pytest.raises(InputError, match=r"catalogue\. ogive\.activations\(\) lists all"):
        ogive.activation("xyzzy")


@pytest.mark.parametrize("name", [None, 3, ["relu"]])
def test_only_a_name_is_taken(name):
    with pytest.raises(InputError, match="must be a name"):
        ogive.activation(name)


def test_a_wrong_parameter_is_answered_with_the_right_ones():
    with pytest.raises(InputError, match="no parameter 'slope'; it takes 'negative_slope'"):
        ogive.activation("leaky_relu", slope=0.1)
    with pytest.raises(InputError, match="'relu' has no parameters"):
        ogive.activation("relu", alpha=1)


@pytest.mark.parametrize("value", ["a", True, float("nan"), float("inf"), 0, -1, None, [1.0]])
def test_a_value_out_of_the_domain_is_refused(value):
    with pytest.raises(InputError, match="beta of 'softplus' must be a number from 1e-30"):
        ogive.activation("softplus", beta=value)
