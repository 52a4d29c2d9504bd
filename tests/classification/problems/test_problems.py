import numpy as np
import pytest

from ogive.classification.problems import Problems


@pytest.mark.parametrize("n_classes", [2, 3, 9])
def test_each_class_against_the_rest_is_the_code_book_with_1_on_its_diagonal(n_classes):
    found = Problems.against_rest(n_classes)
    wanted = Problems.code_book((2 * np.eye(n_classes) - 1).astype(np.int8))
    assert len(found) == n_classes
    for name in ("starts", "members", "sides"):
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name), strict=True)


def test_classes_of_a_problem_and_their_sides_are_returned():
    members, sides = Problems.against_rest(3).of(1)
    assert members.tolist() == [0, 1, 2]
    assert sides.tolist() == [-1, 1, -1]
