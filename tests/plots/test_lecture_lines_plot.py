import vl_convert
from chart_data import marks

from ogive.plots import lines_with_bands


def draw(n_lines, *, percent=False, low=0.4):
    records = [
        {"line": f"line {i}", "x": x, "y": 0.5 + 0.01 * i, "low": low, "high": 0.6}
        for i in range(n_lines)
        for x in range(4)
    ]
    return lines_with_bands(records, x_title="Epoch", y_title="Share", percent=percent)


def test_each_series_has_a_line_its_points_and_a_band():
    chart = draw(2)
    assert len(marks(chart, "line", "line")) == 8
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    assert svg.count('aria-roledescription="point"') == 8
    assert len(marks(chart, "area", "low", "high")) == 8
    assert "line 1" in svg


def test_without_an_interval_there_is_no_band():
    svg = vl_convert.vegalite_to_svg(draw(1, low=None).to_dict())
    assert 'aria-roledescription="area mark"' not in svg


def test_a_single_series_needs_no_legend():
    assert draw(1).to_dict()["layer"][1]["encoding"]["color"]["legend"] is None


def test_shares_run_from_0_to_100_percent():
    scale = draw(1, percent=True).to_dict()["layer"][1]["encoding"]["y"]["scale"]
    assert scale["domain"] == [0, 1]


def test_series_are_told_apart_by_dashes_as_well_as_colour():
    encoding = draw(3).to_dict()["layer"][1]["encoding"]
    dashes = encoding["strokeDash"]["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == 3
