from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ogive
from ogive.comparison import COMPARED
from ogive.comparison.design.candidates import FACTORS
from ogive.comparison.design.factors import make_candidates
from ogive.text import InputError

BASE = {
    "activations": None,
    "hidden_layer_sizes": (64, 32),
    "learning_rates": (0.001, 0.003, 0.01),
    "task": "classification",
}


def made(vary, **given_values):
    return make_candidates(vary, **(BASE | given_values))


def labels(vary, **given_values):
    return [candidate.label for candidate in made(vary, **given_values)[1]]


def refusal(vary, **given_values):
    with pytest.raises(InputError) as refused:
        made(vary, **given_values)
    assert refused.value.text.zh
    return refused.value.text.en


def test_unless_told_otherwise_the_usual_activations_are_compared():
    names, candidates = made(None)
    assert names == ("activation",)
    assert tuple(candidate.label for candidate in candidates) == COMPARED
    assert all(candidate.hidden_layer_sizes == (64, 32) for candidate in candidates)
    assert [choice.value for choice in candidates[0].choices] == [0.001, 0.003, 0.01]


def test_while_something_else_varies_networks_have_relu():
    names, candidates = made("depth")
    assert names == ("depth",)
    assert [candidate.label for candidate in candidates] == [f"depth {n}" for n in (1, 2, 3, 4, 6)]
    assert {candidate.activation for candidate in candidates} == {"relu"}
    assert candidates[2].hidden_layer_sizes == (64, 64, 64)


def test_a_width_is_that_of_every_layer():
    _, candidates = made({"width": [8, 16]})
    assert [candidate.hidden_layer_sizes for candidate in candidates] == [(8, 8), (16, 16)]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "activation": st.lists(
                st.sampled_from(["relu", "tanh", "sigmoid"]), min_size=1, unique=True
            ),
            "depth": st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True),
            "width": st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True),
            "init": st.lists(
                st.sampled_from(["auto", "he_normal", "glorot_uniform"]), min_size=1, unique=True
            ),
            "learning_rate": st.lists(st.sampled_from([0.1, 0.01, 0.001]), min_size=1, unique=True),
        },
    ).filter(bool)
)
def test_crossing_gives_the_product_each_once(values):
    names, candidates = made(values)
    assert names == tuple(name for name in FACTORS if name in values)
    written = [
        tuple(f"{v:g}" if isinstance(v, float) else str(v) for v in combination)
        for combination in product(*(values[name] for name in names))
    ]
    assert [tuple(candidate.factors.values()) for candidate in candidates] == written
    assert all(tuple(candidate.factors) == names for candidate in candidates)
    found = {candidate.label for candidate in candidates}
    assert len(found) == len(candidates)
    for candidate in candidates:
        sizes = candidate.hidden_layer_sizes
        if "depth" in values:
            assert len(sizes) == int(candidate.factors["depth"])
        if "width" in values:
            assert set(sizes) == {int(candidate.factors["width"])}
        if "learning_rate" in values:
            (choice,) = candidate.choices
            assert f"{choice.value:g}" == candidate.factors["learning_rate"]
        if "init" in values:
            assert candidate.init == candidate.factors["init"]


def test_several_activations_given_are_crossed_with_what_varies():
    names, candidates = made("depth=2,6", activations=["relu", "sigmoid"])
    assert names == ("activation", "depth")
    assert [candidate.label for candidate in candidates] == [
        "relu, depth 2",
        "relu, depth 6",
        "sigmoid, depth 2",
        "sigmoid, depth 6",
    ]


def test_a_single_activation_given_is_that_of_all_networks_and_not_named():
    names, candidates = made("depth=2", activations=["tanh"])
    assert names == ("depth",)
    assert candidates[0].label == "depth 2"
    assert candidates[0].activation == "tanh"


def test_formulas_objects_and_lists_by_layer_are_activations_too():
    leaky = ogive.activation("leaky_relu", negative_slope=0.2)
    assert labels({"activation": [leaky, "max(0.1*z, z)", ["relu", "tanh"]]}) == [
        "leaky_relu(negative_slope=0.2)",
        "max(0.1*z, z)",
        "relu → tanh",
    ]


def test_a_formula_with_commas_is_one_activation_when_typed():
    assert labels("activation=relu,max(0.1*z, z)") == ["relu", "max(0.1*z, z)"]


def test_values_may_be_given_alone_and_as_any_sequence():
    assert labels({"depth": 3}) == ["depth 3"]
    assert labels({"depth": range(1, 3)}) == ["depth 1", "depth 2"]
    assert labels({"activation": "tanh"}) == ["tanh"]
    assert len(labels({"activation": "all"})) == len(ogive.activations())


def test_a_learning_rate_that_varies_is_not_chosen():
    _, candidates = made("learning_rate=0.1,0.001")
    assert [candidate.choices for candidate in candidates] == [
        (("learning_rate_init", 0.1),),
        (("learning_rate_init", 0.001),),
    ]
    assert candidates[1].label == "learning rate 0.001"


def test_learning_rates_given_are_those_compared_where_the_rate_varies_without_values():
    assert labels("learning_rate", learning_rates=(0.02, 0.2)) == [
        "learning rate 0.02",
        "learning rate 0.2",
    ]
    assert len(labels("learning_rate")) == 6


def test_learning_rates_in_two_places_are_refused():
    assert "both give learning rates" in refusal("learning_rate=0.1", learning_rates=(0.2,))


def test_factors_of_networks_leave_other_models_as_they_are():
    names, candidates = made(["model=logistic,mlp", "activation=relu,tanh", "depth=1,2"])
    assert names == ("model", "activation", "depth")
    assert [candidate.label for candidate in candidates] == [
        "logistic",
        "mlp, relu, depth 1",
        "mlp, relu, depth 2",
        "mlp, tanh, depth 1",
        "mlp, tanh, depth 2",
    ]
    assert candidates[0].factors == {"model": "logistic"}
    assert candidates[0].parameter == "C"


@pytest.mark.parametrize(
    ("task", "n_classes", "expected"),
    [
        ("regression", None, ["linear", "mlp"]),
        ("classification", 2, ["logistic", "mlp"]),
        ("classification", 3, ["logistic", "ovo", "ovr", "ecoc", "mlp"]),
    ],
)
def test_the_usual_models_are_those_for_the_task(task, n_classes, expected):
    assert labels("model", task=task, n_classes=n_classes) == expected


def test_settings_and_their_order_do_not_depend_on_the_order_given():
    assert made({"width": [8], "depth": [1, 2]}) == made({"depth": [1, 2], "width": [8]})


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ({}, "vary is empty"),
        ([], "vary is empty"),
        (3, "vary must be the name"),
        ({"depth": []}, "no value for 'depth'"),
        ({"depth": [2.0]}, "Got 2.0"),
        ({"depth": [True]}, "Got True"),
        ({"learning_rate": ["x"]}, "Got 'x'"),
        ({"depth": 1, "Depth": 2}, "more than once"),
        ({"alpha": [1]}, "cannot be varied"),
        ({"depth": np.array(-3)}, "Got array(-3)"),
        ({"activation": 3}, "must be a name such as 'relu'"),
        ({"activation": np.array(3)}, "must be a name such as 'relu'"),
        ("activation=rellu", "Did you mean 'relu'"),
        ("activation=relu,relu", "more than once"),
        ({"activation": [[]]}, "empty list"),
        ("model=logistic,depth=1", "depth is of networks"),
    ],
)
def test_what_cannot_be_varied_is_refused_saying_why(vary, said):
    assert said in refusal(vary)


def test_activations_in_two_places_are_refused():
    assert "both give activations" in refusal("activation=relu", activations=["tanh"])


def test_activations_without_a_network_are_refused():
    assert "activation is of networks" in refusal("model=logistic", activations=["tanh"])


def test_functions_by_layer_for_another_depth_are_refused_naming_both():
    said = refusal("depth=2,3", activations=[["relu", "tanh"]])
    assert "'relu → tanh' is for 2 hidden layers" in said
    assert "has 3" in said


def test_a_gate_that_cannot_halve_a_width_is_refused_before_anything_is_fitted():
    assert "even number" in refusal("width=7", activations=["glu"])


def test_too_many_candidates_are_refused_with_the_fits_they_would_take():
    said = refusal({"activation": "all", "depth": range(1, 11)})
    n = 10 * len(ogive.activations())
    assert f"{n:,} candidates" in said
    assert f"{3 * n:,} fits on every split" in said
