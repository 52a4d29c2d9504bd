import vl_convert

from ogive.plots import gradients_by_layer

ORDER = ["gelu", "leaky_relu", "sigmoid", "step"]
LAYERS = ["hidden 1", "output"]


def draw(gradients, **options):
    return gradients_by_layer(gradients, order=ORDER, layers=LAYERS, **options).to_dict()


def test_gradients_of_0_have_no_mark_but_the_row_stays(gradients):
    svg = vl_convert.vegalite_to_svg(draw(gradients))
    assert "step" in svg
    assert svg.count('aria-roledescription="point"') == 6


def test_the_axis_is_logarithmic(gradients):
    layers = draw(gradients)["layer"]
    assert layers[1]["encoding"]["x"]["scale"]["type"] == "log"


def test_titles_are_in_the_language(gradients):
    assert "梯度" in vl_convert.vegalite_to_svg(draw(gradients, language="zh"))


def test_layers_are_told_apart_by_shape_as_well_as_colour(gradients):
    encoding = draw(gradients)["layer"][1]["encoding"]
    assert len(set(encoding["shape"]["scale"]["range"])) == len(LAYERS)
    assert len(set(encoding["color"]["scale"]["range"])) == len(LAYERS)
