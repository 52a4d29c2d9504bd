import numpy as np
import pytest

from ogive.plots.plane import Box, two_features
from ogive.text import InputError

BOX = Box((0.0, 4.0), (10.0, 30.0))
LINES = [
    (1.0, 0.0, -2.0),
    (0.0, 1.0, -20.0),
    (-3.0, 0.7, -9.0),
    (3.0, -0.7, 9.0),
    (5.0, 1.0, -31.0),
]


@pytest.mark.parametrize("z", LINES)
def test_both_ends_of_a_chord_lie_on_the_line_and_on_the_edge(z):
    ends = BOX.chord(z)
    np.testing.assert_allclose(ends @ z[:2] + z[2], 0, atol=1e-9)
    edges = np.abs(ends[:, :, None] - np.array([BOX.x, BOX.y])).min(axis=(1, 2))
    np.testing.assert_allclose(edges, 0, atol=1e-9)
    assert (ends >= [0 - 1e-9, 10 - 1e-9]).all()
    assert (ends <= [4 + 1e-9, 30 + 1e-9]).all()


def test_a_line_that_misses_the_box_has_no_chord():
    assert BOX.chord((1.0, 0.0, -5.0)) is None
    assert BOX.chord((0.0, 0.0, 1.0)) is None


def test_a_chord_can_be_kept_within_half_planes():
    ends = BOX.chord((0.0, 1.0, -20.0), [(1.0, 0.0, -1.0), (-1.0, 0.0, 3.0)])
    np.testing.assert_allclose(sorted(ends[:, 0]), [1.0, 3.0])
    assert BOX.chord((0.0, 1.0, -20.0), [(0.0, 1.0, -25.0)]) is None


@pytest.mark.parametrize("z", [*LINES, (0.0, 0.0, 1.0), (0.0, 0.0, -1.0), (1.0, 1.0, 0.0)])
def test_the_half_plane_has_the_share_of_the_box_that_counting_finds(z):
    corners = BOX.half(z)
    x, y = corners.T if len(corners) else (np.zeros(1), np.zeros(1))
    area = 0.5 * abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 80.0
    grid = BOX.grid(400)
    counted = np.mean(grid @ z[:2] + z[2] >= 0)
    assert area == pytest.approx(counted, abs=5e-3)


def test_a_grid_has_the_middles_of_its_cells():
    np.testing.assert_allclose(BOX.grid(2), [[1, 15], [3, 15], [1, 25], [3, 25]])


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([[1.0, 2.0, 3.0]], "two features"),
        ([1.0, 2.0], "two features"),
        (np.empty((0, 2)), "two features"),
        ([[1.0, np.nan]], "nan in row 0, column x1"),
        ([["a", "b"]], "columns of numbers"),
    ],
)
def test_other_than_two_finite_features_are_refused(X, message):
    with pytest.raises(InputError, match=message):
        two_features(X)
