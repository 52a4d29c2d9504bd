import json
import re

import pytest
import vl_convert

import ogive
from ogive.plots.activation import activation_curves
from ogive.plots.writing import write_chart


def draw(*names, **options):
    return activation_curves([ogive.activation(name) for name in names], **options)


def data(specification):
    """Return the data of every layer of a panel, wherever they are kept."""
    kept = specification.get("datasets", {})
    return [
        layer["data"].get("values") or kept[layer["data"]["name"]]
        for layer in specification["layer"]
    ]


def test_value_and_derivative_are_told_apart_without_colour():
    encoding = draw("tanh").to_dict()["layer"][0]["encoding"]
    assert len({tuple(dash) for dash in encoding["strokeDash"]["scale"]["range"]}) == 2
    assert len(set(encoding["color"]["scale"]["range"])) == 2


def test_no_line_is_drawn_across_a_jump():
    pieces = {}
    for record in data(draw("step").to_dict())[0]:
        pieces.setdefault((record["name"], record["piece"]), []).append(record)
    value = [piece for (name, _), piece in pieces.items() if name.startswith("value")]
    assert [{record["y"] for record in piece} for piece in value] == [{0.0}, {1.0}]


def test_a_jump_has_a_full_and_an_empty_circle():
    specification = draw("relu").to_dict()
    marks = [layer["mark"].get("filled") for layer in specification["layer"]]
    dots = dict(zip(marks, data(specification), strict=True))
    assert [dot["y"] for dot in dots[True]] == [0.0]
    assert [dot["y"] for dot in dots[False]] == [1.0]


def test_several_functions_have_a_panel_for_values_and_one_for_derivatives():
    panels = draw("relu", "gelu", "silu").to_dict()["vconcat"]
    assert len(panels) == 2
    scale = panels[0]["layer"][0]["encoding"]["strokeDash"]["scale"]
    assert scale["domain"] == ["relu", "gelu", "silu"]
    assert len({tuple(dash) for dash in scale["range"]}) == 3


def test_more_functions_than_colours_still_differ():
    names = ogive.activations()[:12]
    encoding = draw(*names).to_dict()["vconcat"][0]["layer"][0]["encoding"]
    looks = zip(
        encoding["color"]["scale"]["range"], encoding["strokeDash"]["scale"]["range"], strict=True
    )
    assert len({json.dumps(look) for look in looks}) == 12


def test_a_pole_does_not_crush_the_rest():
    domain = draw("1/z").to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert -100 < domain[0] < domain[1] < 100


def test_every_number_in_the_chart_is_finite():
    for name in ("1/z", "log(z)", "sqrt(z)", "step"):
        json.dumps(draw(name).to_dict(), allow_nan=False)


def test_titles_are_in_the_language():
    assert "导数" in vl_convert.vegalite_to_svg(draw("tanh", language="zh").to_dict())
    assert "derivative" in vl_convert.vegalite_to_svg(draw("tanh", "relu").to_dict())


@pytest.mark.parametrize(
    ("name", "begins"), [("c.svg", b"<svg"), ("c.png", b"\x89PNG"), ("C.HTML", b"<!doctype html>")]
)
def test_a_chart_is_written_as_the_name_says(name, begins, tmp_path):
    path = tmp_path / name
    write_chart(draw("tanh"), path, title="tanh")
    assert path.read_bytes().startswith(begins)


def test_the_page_loads_nothing_and_its_title_is_no_markup(tmp_path):
    path = tmp_path / "c.html"
    write_chart(draw("tanh"), path, title="where(z<1, z, 1)", language="zh")
    page = path.read_text(encoding="utf-8")
    assert 'lang="zh-Hans"' in page
    assert "<h1>where(z&lt;1, z, 1)</h1>" in page
    assert "default-src 'none'" in page
    outside = re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    assert not re.search(r"<(script|link|img)[^>]*(src|href)=\"(?!data:)", outside)
