import ogive
from ogive.comparison.design.activation_choice import (
    activation_call,
    chosen_activations,
    resolve_activations,
)


def test_a_call_gives_back_the_activation_it_is_for():
    given = [
        "relu",
        ogive.activation("leaky_relu", negative_slope=0.2),
        ogive.activation("relu", subgradient="right"),
        ogive.activation("prelu", per_unit=True),
        ogive.activation("z * sigmoid(beta * z)", beta=1.5),
    ]
    for item in given:
        back = eval(activation_call(item), {"ogive": ogive})
        assert resolve_activations([back]) == ((back,), resolve_activations([item])[1])
    assert activation_call(["relu", given[1]]) == (
        "['relu', ogive.activation('leaky_relu', negative_slope=0.2)]"
    )


def test_one_activation_may_stand_alone():
    tanh = ogive.activation("tanh")
    assert chosen_activations(tanh) == [tanh]
    assert chosen_activations("tanh") == ["tanh"]
    assert chosen_activations(["all"]) == ogive.activations()
