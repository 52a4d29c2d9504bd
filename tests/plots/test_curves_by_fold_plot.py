import pytest
from chart_data import said, svg

from ogive.plots import curves_by_fold

ORDER = ["gelu", "relu", "tanh"]
SPLITS = ["fold 1", "fold 2", ""]


@pytest.fixture
def curves():
    return [
        {"candidate": name, "split": split, "epoch": [1, 2, 3], "loss": [1.0, 0.5, 0.25 + 0.01 * i]}
        for name in ORDER
        for i, split in enumerate(SPLITS)
    ]


def test_each_split_has_a_line_in_the_panel_of_its_candidate(curves):
    drawn = svg(curves_by_fold(curves, order=ORDER))
    assert drawn.count('stroke-width="0.8"') == 6
    assert drawn.count('stroke-width="2.4"') == 3


def test_panels_are_in_the_order_given_and_fill_their_rows(curves):
    chart = curves_by_fold(curves, order=ORDER, columns=2).to_dict()
    assert chart["facet"]["sort"] == ORDER
    assert chart["columns"] == 2


def test_the_loss_axis_is_logarithmic_and_holds_all_curves(curves):
    scale = curves_by_fold(curves, order=ORDER).to_dict()["spec"]["layer"][0]["encoding"]["y"][
        "scale"
    ]
    assert scale["type"] == "log"
    assert scale["domain"] == [0.25, 1.0]


def test_titles_are_in_the_language(curves):
    chinese = said(curves_by_fold(curves, order=ORDER, language="zh"))
    assert "一次划分的验证数据" in chinese
    assert "Epoch" not in chinese
