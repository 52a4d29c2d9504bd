import math

import pytest
import vl_convert
from chart_data import marks

from ogive.plots import gradient_depth, gradient_shares


def records(measured, predicted=None, best=None):
    return [
        {
            "passed": n,
            "measured": value,
            "low": None if value is None else value / 1.1,
            "high": None if value is None else value * 1.1,
            "predicted": predicted,
            "best_case": best,
        }
        for n, value in enumerate(measured, 1)
    ]


def test_every_line_that_is_known_is_drawn():
    chart = gradient_depth(records([0.2, 0.03], predicted=0.1, best=0.25), greatest=0.25)
    assert len(marks(chart, "line", "passed", "value")) == 6
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    assert "greatest slope 0.25^n" in svg
    assert "mean field" in svg


@pytest.mark.parametrize("value", [0.0, math.inf, math.nan, None])
def test_what_a_logarithm_cannot_show_is_left_out(value):
    chart = gradient_depth(records([0.2, value if value else None]), greatest=1.0)
    assert [point["value"] for point in marks(chart, "line", "value")] == [0.2]
    assert vl_convert.vegalite_to_svg(gradient_depth(records([None]), greatest=1.0).to_dict())


def test_a_gradient_that_is_kept_has_an_axis_of_a_decade():
    low, high = gradient_depth(records([1.0, 1.05]), greatest=1.0).to_dict()["layer"][1][
        "encoding"
    ]["y"]["scale"]["domain"]
    assert high / low == pytest.approx(10)
    assert low < 0.9 < 1.2 < high


def test_titles_are_in_the_language():
    svg = vl_convert.vegalite_to_svg(
        gradient_depth(records([0.2, 0.1]), greatest=1.0, language="zh").to_dict()
    )
    assert "占输出层梯度的比例" in svg
    assert "实测" in svg


def test_activations_stand_in_the_order_given_and_only_with_marks():
    rows = [
        {"activation": "tanh", "measured": 0.3, "predicted": 0.31},
        {"activation": "glu", "measured": 0.01, "predicted": math.nan},
        {"activation": "step", "measured": 0.0, "predicted": 0.0},
    ]
    chart = gradient_shares(rows)
    drawn = marks(chart, "point", "activation")
    assert [point["activation"] for point in drawn] == ["tanh", "tanh", "glu"]
    assert chart.to_dict()["encoding"]["y"]["sort"] == ["tanh", "glu"]
