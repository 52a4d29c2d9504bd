import struct
import zlib

import numpy as np
import pytest

from ogive.plots.plane import Box
from ogive.plots.regions_image import crossings, hatching, png

BOX = Box((0.0, 10.0), (-5.0, 5.0))


def decoded(data):
    """Read the palette, transparency and rows of a PNG file, from the top."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        (check,) = struct.unpack(">I", data[at + 8 + size : at + 12 + size])
        assert check == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + size
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8)
    return lines.reshape(height, width + 1)[:, 1:], chunks[b"PLTE"], chunks[b"tRNS"]


def test_the_picture_has_the_cells_with_the_lowest_row_at_the_bottom():
    cells = np.arange(12).reshape(3, 4) % 5
    rows, palette, alpha = decoded(png(cells, ["#0102ff"] * 5, alpha=9))
    np.testing.assert_array_equal(rows, cells[::-1])
    assert palette == bytes([1, 2, 255]) * 5
    assert alpha == bytes([9]) * 5


@pytest.mark.parametrize("rising", [True, False])
def test_strokes_lie_in_the_zone_and_slope_as_told(rising):
    random = np.random.RandomState(0)
    zone = np.kron(random.rand(8, 8) < 0.4, np.ones((10, 10))).astype(bool)
    strokes = np.array(hatching(zone, BOX, 3, rising=rising))
    assert len(strokes) > 30
    steps = strokes[:, 2:] - strokes[:, :2]
    np.testing.assert_allclose(steps[:, 1], (1 if rising else -1) * steps[:, 0])
    for part in (0.0013, 0.317, 0.521, 0.9987):
        place = strokes[:, :2] + part * steps
        column = np.floor(place[:, 0] / 10 * 80).astype(int)
        row = np.floor((place[:, 1] + 5) / 10 * 80).astype(int)
        assert zone[row, column].all()


def test_an_empty_zone_has_no_strokes():
    assert hatching(np.zeros((20, 20), dtype=bool), BOX, 3, rising=True) == []


def test_a_full_zone_is_crossed_from_edge_to_edge():
    strokes = np.array(hatching(np.ones((20, 20), dtype=bool), BOX, 20, rising=True))
    longest = np.hypot(strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1]).max()
    assert longest > 0.9 * np.hypot(10, 10)


def test_crossings_of_a_circle_lie_on_it():
    x, y = BOX.grid(80).T
    strokes = np.array(crossings(((x - 5) ** 2 + y**2 - 9).reshape(80, 80), BOX))
    radius = np.hypot(strokes[:, [0, 2]] - 5, strokes[:, [1, 3]])
    np.testing.assert_allclose(radius, 3, atol=2e-3)
    length = np.hypot(strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1]).sum()
    assert length == pytest.approx(2 * np.pi * 3, rel=1e-3)


def test_where_nothing_changes_its_sign_nothing_crosses():
    assert crossings(np.ones((9, 9)), BOX) == []
