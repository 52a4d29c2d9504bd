import numpy as np
import pytest
from numpy.testing import assert_array_equal

from ogive.classification.codes.bch import PRIMITIVE, bch_code, bch_words

# Length, words asked for, dimension, distance: from the tables of Lin and Costello, "Error control
# coding", for the codes of one, two and three errors of length 15 and others.
KNOWN = [
    (3, 16, 4, 3),
    (4, 2**11, 11, 3),
    (4, 2**7, 7, 5),
    (4, 2**5, 5, 7),
    (5, 2**6, 6, 15),
    (5, 2**11, 11, 11),
    (6, 2**10, 10, 27),
    (6, 2**7, 7, 31),
    (7, 2**8, 8, 63),
    (8, 2**9, 9, 127),
]


def random_state():
    return np.random.RandomState(0)


@pytest.mark.parametrize(("m", "words", "dimension", "distance"), KNOWN)
def test_a_code_has_the_dimension_and_designed_distance_of_the_tables(
    m, words, dimension, distance
):
    code = bch_code(m, words)
    assert (code.length, code.dimension, code.designed_distance) == (
        2**m - 1,
        dimension,
        distance,
    )
    assert len(code.generator) == code.length - code.dimension + 1


def test_the_generator_of_the_code_that_corrects_two_errors_of_15_is_the_one_in_textbooks():
    # 1 + x^4 + x^6 + x^7 + x^8
    assert_array_equal(bch_code(4, 128).generator, [1, 0, 0, 0, 1, 0, 1, 1, 1])


@pytest.mark.parametrize(("m", "words"), [(3, 16), (4, 128), (4, 32), (5, 64), (6, 128)])
def test_words_are_as_far_apart_as_designed(m, words):
    code = bch_code(m, words)
    weights = bch_words(code, 2**12, random_state()).sum(axis=1)
    # The code is linear: its least distance is its least weight above 0.
    assert len(weights) == 2**code.dimension
    assert np.sort(weights)[1] >= code.designed_distance


def test_words_are_a_cyclic_code():
    words = {word.tobytes() for word in bch_words(bch_code(4, 32), 32, random_state())}
    turned = np.roll(bch_words(bch_code(4, 32), 32, random_state()), 1, axis=1)
    assert {word.tobytes() for word in turned} == words


def test_of_many_words_some_are_drawn():
    words = bch_words(bch_code(6, 2**30), 500, random_state())
    assert len(np.unique(words, axis=0)) == len(words) > 490


def test_where_no_code_of_the_length_has_so_many_words_there_is_none():
    assert bch_code(3, 17) is None
    assert bch_code(2, 4) is None


@pytest.mark.parametrize("m", PRIMITIVE)
def test_the_polynomials_are_primitive(m):
    element, seen = 1, 0
    while seen == 0 or element != 1:
        element <<= 1
        if element >> m:
            element ^= PRIMITIVE[m]
        seen += 1
    assert seen == 2**m - 1
