"""What is advised is written as the model at hand would have it."""

import pytest
from diagnosis.checks.made_measurements import make_hidden, make_measured, make_output

from ogive.diagnosis.checks.changes.of_networks import (
    fewer_units,
    init_auto,
    scale_inputs,
    use_activation,
)
from ogive.diagnosis.checks.changes.of_training import more_units


def of_torch(*hidden, **more):
    return make_measured(*hidden, make_output(), framework="torch", **more)


def test_a_model_with_modules_is_told_another_module():
    told = use_activation(of_torch(make_hidden(1)), "leaky_relu").text
    assert told.en.startswith("Put nn.LeakyReLU(0.01) in place of the activation, and")
    assert "F." not in told.en + told.zh


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("relu", "leaky_relu", "Call F.leaky_relu in place of F.relu in forward"),
        ("sigmoid", "relu", "Call F.relu in place of torch.sigmoid in forward"),
        ("relu", "tanh", "Call torch.tanh in place of F.relu in forward"),
    ],
)
def test_a_model_that_calls_functions_is_told_another_function(old, new, wanted):
    told = use_activation(of_torch(make_hidden(1, function=old, called=True)), new).text
    assert told.en.startswith(wanted)
    assert "nn.ReLU" not in told.en and "nn.LeakyReLU" not in told.en + told.zh


def test_a_model_that_calls_several_functions_is_told_no_single_one():
    layers = make_hidden(1, called=True), make_hidden(2, function="tanh", called=True)
    told = use_activation(of_torch(*layers), "elu").text
    assert told.en.startswith("Call F.elu in place of the activation in forward")


def test_a_model_with_both_is_told_both():
    told = use_activation(of_torch(make_hidden(1, called=True), make_hidden(2)), "elu").text
    assert "nn.ELU()" in told.en and "F.elu in forward" in told.en


def test_a_model_without_an_activation_has_none_to_put_another_in_place_of():
    assert "in place of" not in use_activation(of_torch(), "relu").text.en


@pytest.mark.parametrize(
    ("function", "rule", "other"),
    [("relu", "kaiming_uniform_", "xavier"), ("sigmoid", "xavier_uniform_", "kaiming")],
)
def test_initial_weights_are_those_of_the_activation_there(function, rule, other):
    told = init_auto(of_torch(make_hidden(1, function=function))).text
    assert rule in told.en and rule in told.zh
    assert other not in told.en + told.zh


def test_a_model_with_positions_is_told_to_standardise_channels():
    told = scale_inputs(of_torch(make_hidden(1, n_values=4000), n_rows=40)).text
    assert "channel" in told.en and "通道" in told.zh
    assert "feature" in scale_inputs(of_torch(make_hidden(1))).text.en


def test_widths_of_one_layer_are_written_as_a_tuple():
    measured = of_torch(make_hidden(1))
    assert more_units(measured).text.en == "Give the hidden layers more units: (64,)."
    assert "(5,)" in fewer_units(measured, [5]).text.zh


def test_the_functions_that_a_module_calls_are_told_from_its_modules():
    torch = pytest.importorskip("torch")
    import ogive

    class Both(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = torch.nn.Linear(4, 8), torch.nn.Linear(8, 8)
            self.relu, self.c = torch.nn.ReLU(), torch.nn.Linear(8, 3)

        def forward(self, x):
            return self.c(torch.nn.functional.relu(self.b(self.relu(self.a(x)))))

    found = ogive.diagnose(Both(), torch.randn(60, 4))
    assert [one.called for one in found.measurements.hidden] == [False, True]
