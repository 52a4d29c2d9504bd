from hypothesis import given
from hypothesis import strategies as st

from ogive.plots.line_names import wide
from ogive.plots.point_names import HEIGHT, LINE, NARROWEST, SIZE, place_names

NAMES = ["identity", "step", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "elu"]
UNIT = (0.0, 1.0)


def boxes(placed):
    found = []
    for record in placed:
        x, y = record["x"] * NARROWEST, (1 - record["label_y"]) * HEIGHT
        length = wide(record["label"], SIZE)
        left = x + 9 if record["side"] == "right" else x - 9 - length
        found.append((left, y - LINE / 2, left + length, y + LINE / 2))
    return found


@given(
    st.lists(
        st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
        min_size=len(NAMES),
        max_size=len(NAMES),
    )
)
def test_names_never_cover_each_other(spots):
    records = [{"label": name, "x": x, "y": y} for name, (x, y) in zip(NAMES, spots, strict=True)]
    found = boxes(place_names(records, UNIT, UNIT))
    for i, a in enumerate(found):
        assert a[1] >= -1e-6
        assert a[3] <= HEIGHT + 1e-6
        for b in found[:i]:
            across = min(a[2], b[2]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[1], b[1])
            assert across <= 1e-6 or down <= 1e-6


def test_a_name_keeps_clear_of_the_line():
    record = {"label": "relu", "x": 0.2, "y": 0.5}
    (free,) = place_names([record], UNIT, UNIT)
    (box,) = boxes(place_names([record], UNIT, UNIT, [(0.0, 0.5), (1.0, 0.5)]))
    assert (free["side"], free["moved"]) == ("right", False)
    assert box[3] <= 0.5 * HEIGHT or box[1] >= 0.5 * HEIGHT


def test_points_without_a_name_have_no_side():
    (placed,) = place_names([{"label": "", "x": 0.5, "y": 0.5}], UNIT, UNIT)
    assert placed["side"] == ""
