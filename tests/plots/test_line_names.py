import numpy as np
import pytest

from ogive.plots.line_names import HEIGHT, beside, wide

SIZE = 278.0
NAMES = ["A|B", "A|C", "A|D", "B|C", "B|D", "C|D"]
NOTHING = np.empty((0, 2))


def fan(n):
    """Lines that cross in the middle of the map."""
    angles = np.pi * (np.arange(n) + 0.3) / n
    ends = 130 * np.column_stack([np.cos(angles), np.sin(angles)])
    return [np.concatenate([SIZE / 2 - end, SIZE / 2 + end])[None] for end in ends]


def along(line, n=2000):
    parts = np.linspace(0, 1, n)[:, None]
    return line[0, :2] + parts * (line[0, 2:] - line[0, :2])


def inside(middle, name, places):
    half = np.array([wide(name) / 2, HEIGHT / 2])
    return (np.abs(places - middle) < half).all(axis=1)


def test_names_of_crossing_lines_cover_neither_lines_nor_one_another():
    lines = fan(6)
    found = beside(NAMES, lines, NOTHING, SIZE)
    for name, middle in zip(NAMES, found, strict=True):
        assert not any(inside(middle, name, along(line)).any() for line in lines)
    gaps = np.abs(found[:, None] - found) >= [wide("A|B"), HEIGHT]
    assert (gaps.any(axis=2) | np.eye(6, dtype=bool)).all()


def test_a_name_is_nearer_to_its_own_line_than_to_another():
    lines = fan(6)
    for k, middle in enumerate(beside(NAMES, lines, NOTHING, SIZE)):
        away = [np.linalg.norm(along(line) - middle, axis=1).min() for line in lines]
        assert int(np.argmin(away)) == k


def test_names_keep_off_marks_where_there_is_room():
    random = np.random.RandomState(0)
    marks = SIZE / 2 + 40 * random.normal(size=(200, 2))
    line = np.array([[0.0, SIZE / 2, SIZE, SIZE / 2]])
    (middle,) = beside(["A|rest"], [line], marks, SIZE)
    assert not inside(middle, "A|rest", marks).any()


@pytest.mark.parametrize("line", [[0.0, 0.0, 3.0, 3.0], [0.0, 277.0, 278.0, 277.0]])
def test_names_stay_within_the_map(line):
    name = "setosa|versicolor"
    (middle,) = beside([name], [np.array([line])], NOTHING, SIZE)
    half = np.array([wide(name) / 2, HEIGHT / 2])
    assert (middle >= half).all()
    assert (middle <= SIZE - half).all()


def test_curves_of_many_short_strokes_have_one_name():
    angles = np.linspace(0, 2 * np.pi, 300)
    circle = SIZE / 2 + 80 * np.column_stack([np.cos(angles), np.sin(angles)])
    line = np.column_stack([circle[:-1], circle[1:]])
    (middle,) = beside(["f1"], [line], NOTHING, SIZE)
    assert not inside(middle, "f1", circle).any()
    assert abs(np.hypot(*(middle - SIZE / 2)) - 80) < 20
