import json
import re
from xml.dom import minidom

import numpy as np
import pytest

import ogive
from ogive.activations.sheet import Sheet, compared, html, label
from ogive.activations.sheet.sampling import Piece, sample, thinned, view
from ogive.activations.sheet.typeset import mathml, plain


def ends(curve):
    return [(float(piece.z[0]), float(piece.z[-1])) for piece in curve.pieces]


def test_a_smooth_curve_is_one_piece():
    curve = sample(np.tanh, -5, 5)
    assert ends(curve) == [(-5, 5)]
    assert curve.dots == ()


def test_a_steep_slope_is_no_jump():
    assert len(sample(lambda z: np.tanh(1e5 * z), -5, 5).pieces) == 1


@pytest.mark.parametrize("at", [0.0, 1 / 3, -2.5, 4.9999])
def test_a_jump_parts_the_curve_at_neighbouring_floats(at):
    curve = sample(lambda z: np.where(z >= at, 1.0, 0.0), -5, 5)
    assert ends(curve) == [(-5, np.nextafter(at, -9)), (at, 5)]
    assert {(dot.y, dot.closed) for dot in curve.dots} == {(0.0, False), (1.0, True)}


def test_a_point_between_two_jumps_is_kept():
    curve = sample(np.sign, -5, 5)
    assert [(dot.y, dot.closed) for dot in curve.dots] == [(-1, False), (0, True), (1, False)]


def test_the_derivative_at_a_kink_is_the_one_in_use():
    for side, value in {"torch": 0.0, "right": 1.0, "left": 0.0, "mean": 0.5}.items():
        relu = ogive.activation("relu", subgradient=side)
        closed = [dot for dot in sample(relu.derivative, -5, 5).dots if dot.closed]
        assert [(dot.z, dot.y) for dot in closed] == [(0.0, value)]


def test_a_curve_ends_where_the_function_is_undefined():
    assert ends(sample(np.log, -5, 5))[0][0] > 0
    assert len(sample(lambda z: 1 / z, -5, 5).pieces) == 2
    assert sample(lambda z: z * np.nan, -5, 5).pieces == ()
    for piece in sample(lambda z: 1 / (z - 1.00123), -5, 5).pieces:
        assert not piece.z[0] < 1.00123 < piece.z[-1]


def test_the_view_leaves_out_poles_but_nothing_else():
    assert view([sample(np.tanh, -5, 5)]) == pytest.approx((-1, 1), abs=1e-3)
    assert view([sample(np.exp, -5, 5)]) == pytest.approx((0, np.exp(5)), abs=0.01)
    low, high = view([sample(lambda z: 1 / z, -5, 5)])
    assert -10 < low < high < 10
    assert view([sample(lambda z: 0 * z + 3, -5, 5)]) == (2, 4)
    assert view([sample(lambda z: z * np.nan, -5, 5)]) == (-1, 1)


@pytest.mark.parametrize("function", [np.tanh, np.exp, np.sin, np.abs])
def test_thinned_curves_stay_within_the_tolerance(function):
    (piece,) = sample(function, -5, 5).pieces
    tolerance = 1e-3 * np.ptp(piece.y)
    few = thinned(piece, tolerance)
    assert few.z.size < piece.z.size / 4
    assert np.abs(np.interp(piece.z, *few) - piece.y).max() <= tolerance


def test_a_single_point_can_be_thinned():
    point = Piece(np.array([1.0]), np.array([2.0]))
    assert thinned(point, 0.1).z.tolist() == [1.0]


def test_formulas_are_written_in_characters():
    sigmoid = ogive.activation("sigmoid").expression
    assert plain(sigmoid).splitlines() == ["   1", "───────", "     -z", "1 + e"]
    assert plain(sigmoid, width=5) == "1/(1 + exp(-z))"
    assert plain(ogive.activation("leaky_relu", negative_slope=0.2).expression).count("0.2⋅z") == 1


def test_long_constants_are_cut_for_reading():
    written = plain(ogive.activation("selu").expression)
    assert "1.050701" in written
    assert "1.0507009" not in written


def test_mathml_has_its_own_notation_for_cases():
    text = mathml(ogive.activation("relu").expression, "<mi>f</mi>")
    minidom.parseString(text)
    assert "mtable" in text
    assert "piecewise" not in text


def test_the_logarithm_has_one_name_wherever_it_is_shown():
    function = ogive.activation("softplus")
    shown = html(function, "en"), plain(function.expression), function.latex
    assert all("log" in text and not re.search(r"\bln\b", text) for text in shown)
    assert ogive.activation("max(log(2), z)").facts.output_range.text == "[log(2), ∞)"


def test_mathml_keeps_exponentials_above_the_bar():
    text = mathml(ogive.activation("sigmoid").derivative_expression, "<mi>f</mi>")
    above = re.search(r"<mfrac>(.*?)</mfrac>", text).group(1)
    assert above.startswith("<msup><mi>e</mi>")


@pytest.mark.parametrize("name", ogive.activations())
def test_every_function_shows_in_a_notebook_without_the_net(name):
    shown = html(ogive.activation(name), "en")
    minidom.parseString(shown)
    assert shown.count("<math") >= 2
    assert "<svg" in shown or ogive.activation(name).kind != "elementwise"
    assert not re.search(r"src=|href=|<script|url\(", shown)
    assert re.findall(r"https?://[^\"]*", shown.replace("http://www.w3.org/", "")) == []
    assert "nan" not in re.sub(r"<title>.*?</title>", "", shown)


def test_notebooks_show_the_sheet_in_the_language():
    relu = ogive.activation("relu")
    assert "修正线性单元" in html(relu, "zh")
    assert relu._repr_html_().startswith("<div")


def test_angle_brackets_of_a_formula_are_no_markup():
    shown = html(ogive.activation("where(z < 1, z, 1)"), "en")
    minidom.parseString(shown)


def test_the_label_names_what_is_not_the_default():
    assert label(ogive.activation("elu")) == "elu"
    assert label(ogive.activation("elu", alpha=0.5)) == "elu(alpha=0.5)"
    assert "beta=1.5" in label(ogive.activation("z * sigmoid(beta * z)", beta=1.5))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["sigmoid", "elu", "step", "softmax", "glu"])
def test_a_sheet_is_plain_data(name, language):
    record = Sheet(ogive.activation(name)).to_dict(language)
    again = json.loads(json.dumps(record, allow_nan=False))
    assert again["name"] == name
    assert again["formulas"][0]["latex"]
    assert again["for"]
    assert again["references"]


def test_the_accuracy_is_the_cores():
    from ogive._engine import core

    accuracy = Sheet(ogive.activation("tanh")).accuracy
    assert accuracy["value_ulp"] == core.activation_facts()["tanh"]["value_ulp"]
    assert Sheet(ogive.activation("z * z")).accuracy is None


def test_a_gate_shows_both_partial_derivatives():
    heads = [formula.head for formula in Sheet(ogive.activation("glu")).formulas]
    assert heads == ["a", "∂a/∂u", "∂a/∂z"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_functions_are_compared_property_by_property(language):
    names = ["relu", "gelu", "sparsemax", "glu", "z*sin(z)", "step", "3 + 0*z"]
    sheets = [Sheet(ogive.activation(name)) for name in names]
    rows = dict(compared(sheets, language))
    assert all(len(texts) == len(names) for texts in rows.values())
    label = {"en": "Output range", "zh": "输出范围"}[language]
    undecided = {"en": "undecided", "zh": "未判定"}[language]
    assert rows[label][:5] == ["[0, ∞)", "[-0.169971, ∞)", "[0, 1]", "(-∞, ∞)", undecided]
    saturation = rows[{"en": "Saturates (float32)", "zh": "饱和（float32）"}[language]]
    assert saturation[0] == "≤ 0"
    assert saturation[5:] == ["< 0, ≥ 0", {"en": "everywhere", "zh": "处处"}[language]]
    assert rows[{"en": "Derivative range", "zh": "导数范围"}[language]][3] == "–"
    if language == "zh":
        assert not re.search(r"\b(yes|no|rising|neither|jumps)\b", str(rows))


def test_a_property_of_none_of_them_has_no_row():
    sheets = [Sheet(ogive.activation(name)) for name in ("tanh", "sigmoid")]
    assert "Kinks at" not in dict(compared(sheets, "en"))


def test_findings_of_a_formula_stand_on_its_sheet():
    codes = [finding.code for finding in Sheet(ogive.activation("3 * z")).findings]
    assert codes == ["OGV002"]
