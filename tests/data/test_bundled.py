import pytest

from ogive.data.bundled import bundled_names, load_bundled
from ogive.text import InputError

SHAPES = {
    "breast_cancer": (569, 31),
    "diabetes": (442, 11),
    "digits": (1797, 65),
    "house": (500, 3),
    "house_collinear": (500, 4),
    "house_heteroscedastic": (500, 3),
    "iris": (150, 5),
    "pictures": (600, 13),
    "wine": (178, 14),
}


def test_every_bundled_name_is_listed():
    assert set(bundled_names()) == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_bundled_table_has_a_target_and_no_gaps(name):
    frame = load_bundled(name)
    assert frame.shape == SHAPES[name]
    target = {"house": "price", "pictures": "main"}.get(name.split("_")[0], "target")
    assert frame.columns[-1] == target
    assert frame.null_count().sum_horizontal().item() == 0


def test_classes_with_names_have_them():
    assert set(load_bundled("iris")["target"]) == {"setosa", "versicolor", "virginica"}


def test_an_unknown_name_lists_the_known_ones_nearest_first():
    with pytest.raises(InputError, match="there are: digits, breast_cancer"):
        load_bundled("digit")
