import vl_convert

from ogive.plots import learning_curves

ORDER = ["gelu", "leaky_relu", "sigmoid", "step"]


def test_panels_are_in_the_order_given_and_fill_their_rows(curves):
    chart = learning_curves(curves, order=ORDER, columns=3).to_dict()
    assert chart["facet"]["sort"] == ORDER
    assert chart["columns"] == 2


def test_every_panel_shows_the_others_too(curves):
    svg = vl_convert.vegalite_to_svg(learning_curves(curves, order=ORDER).to_dict())
    lines = svg.count('class="mark-line')
    assert lines >= 2 * len(ORDER)


def test_axes_and_legend_are_in_the_language(curves):
    chinese = vl_convert.vegalite_to_svg(
        learning_curves(curves, order=ORDER, language="zh").to_dict()
    )
    assert "训练轮数" in chinese
    assert "验证数据" in chinese
    assert "Epoch" not in chinese


def test_the_loss_axis_is_logarithmic_and_holds_the_bands(curves):
    chart = learning_curves(curves, order=ORDER).to_dict()
    scale = chart["spec"]["layer"][0]["encoding"]["y"]["scale"]
    assert scale["type"] == "log"
    assert scale["domain"] == [min(c["low"] for c in curves), max(c["high"] for c in curves)]
