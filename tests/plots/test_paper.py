import copy
import json
import pickle
import zlib

import altair as alt
import pytest
from two_class_scores import two_classes

from ogive.plots import calibration_curve, roc_curve


def first_pixel(png):
    """Return the channels of the upper left corner: of the first line only the first pixel."""
    kind = png[25]
    data, place = b"", 8
    while place < len(png):
        size = int.from_bytes(png[place : place + 4], "big")
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + size]
        place += 12 + size
    return tuple(zlib.decompress(data)[1 : 1 + {2: 3, 6: 4}[kind]])


@pytest.fixture(params=[roc_curve, calibration_curve], ids=["one", "above another"])
def chart(request):
    truth, score, _ = two_classes(40)
    return request.param(truth, score)


def test_a_saved_png_has_a_white_ground(chart, tmp_path):
    chart.save(tmp_path / "c.png")
    assert first_pixel((tmp_path / "c.png").read_bytes()) in [(255, 255, 255), (255,) * 4]


def test_a_saved_svg_has_a_white_ground(chart, tmp_path):
    chart.save(str(tmp_path / "c.svg"))
    assert 'fill="white"' in (tmp_path / "c.svg").read_text(encoding="utf-8")[:1500]


def test_the_chart_itself_and_its_page_stay_transparent(chart, tmp_path):
    chart.save(tmp_path / "c.png")
    assert chart.to_dict()["config"]["background"] == "transparent"
    chart.save(tmp_path / "c.json")
    saved = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert saved["config"]["background"] == "transparent"


def test_a_background_of_ones_own_stays(tmp_path):
    truth, score, _ = two_classes(40)
    for change in (
        lambda chart: chart.properties(background="#102030"),
        lambda chart: chart.configure(background="#102030"),
    ):
        change(roc_curve(truth, score)).save(tmp_path / "c.png")
        pixel = first_pixel((tmp_path / "c.png").read_bytes())
        assert pixel[:3] == (0x10, 0x20, 0x30)


def test_charts_are_still_altairs(chart):
    assert isinstance(chart, alt.LayerChart | alt.VConcatChart)
    assert copy.deepcopy(chart).to_dict() == chart.to_dict()
    assert pickle.loads(pickle.dumps(chart)).to_dict() == chart.to_dict()
    assert chart.properties(title="T").to_dict()["title"] == "T"
