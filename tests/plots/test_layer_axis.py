import pytest
from layer_data import names_of

from ogive.plots.layer_axis import height_of, layer_labels


def test_short_names_stay_as_they_are():
    assert layer_labels(["hidden 1", "output"]) == ["hidden 1", "output"]


@pytest.mark.parametrize("n", [2, 30])
def test_long_names_are_short_and_all_different(n):
    labels = layer_labels(names_of(n, long=True))
    assert len(set(labels)) == n
    assert max(map(len, labels)) <= 24


def test_what_tells_long_names_apart_is_kept():
    first, second = layer_labels(["model.stage_a.activation_function", "model.stage_b.activation_"])
    assert "stage_a" in first
    assert "stage_b" in second


def test_names_that_are_alike_where_they_are_shown_get_numbers():
    names = [f"{'a' * 30}{middle}{'b' * 30}" for middle in "xyz"]
    labels = layer_labels(names)
    assert [label.split()[0] for label in labels] == ["1", "2", "3"]


def test_many_layers_have_lower_rows():
    assert height_of(30) / 30 < height_of(5) / 5
