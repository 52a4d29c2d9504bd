import math

import pytest
from chart_data import marks, said, svg

from ogive.plots import pairwise_matrix
from ogive.plots.pairwise_matrix import SIGNS

ORDER = ["gelu", "relu", "step"]
VERDICTS = {
    ("gelu", "relu"): "equivalent",
    ("gelu", "step"): "better",
    ("relu", "step"): "no_evidence",
    ("relu", "gelu"): "equivalent",
    ("step", "gelu"): "worse",
    ("step", "relu"): "no_evidence",
}


def record(row, column, verdict):
    return {
        "row": row,
        "column": column,
        "verdict": verdict,
        "difference": "+0.012",
        "interval": "[0.001, 0.023]",
        "p_holm": "0.030",
        "better": "96%",
        "equivalent": "4%",
        "worse": "<1%",
    }


@pytest.fixture
def records():
    return [record(*pair, verdict) for pair, verdict in VERDICTS.items()]


def test_every_pair_has_its_cell_and_no_candidate_meets_itself(records):
    cells = marks(pairwise_matrix(records, ORDER), "rect", "row")
    assert {(c["row"], c["column"]): c["verdict"] for c in cells} == VERDICTS


def test_verdicts_are_told_apart_without_colour(records):
    cells = marks(pairwise_matrix(records, ORDER), "rect", "row")
    assert {cell["verdict"]: cell["sign"] for cell in cells} == SIGNS
    assert len(set(SIGNS.values())) == 4
    drawn = svg(pairwise_matrix(records, ORDER))
    for sign in SIGNS.values():
        assert f"{sign}  " in drawn  # in the legend


def test_wide_cells_have_the_difference_and_narrow_ones_the_sign_alone(records):
    assert "▲ +0.012" in svg(pairwise_matrix(records, ORDER, width=600))
    narrow = svg(pairwise_matrix(records, ORDER, width=90))
    assert "+0.012<" not in narrow
    assert ">▲<" in narrow


def test_columns_bear_the_numbers_of_their_rows(records):
    drawn = svg(pairwise_matrix(records, ORDER))
    for i, name in enumerate(ORDER, start=1):
        assert f"{i}  {name}" in drawn
        assert f">{i}<" in drawn


def test_pointing_at_a_cell_tells_everything(records):
    tooltip = pairwise_matrix(records, ORDER).to_dict()["layer"][0]["encoding"]["tooltip"]
    fields = {entry["field"] for entry in tooltip}
    assert fields >= {"row", "column", "between", "p_holm", "better", "equivalent", "worse"}


def test_thirty_candidates_have_room():
    order = [f"candidate {i}" for i in range(30)]
    cells = [record(a, b, "no_evidence") for a in order for b in order if a != b]
    chart = pairwise_matrix(cells, order, width=700)
    drawn = svg(chart)
    assert all(f"{i + 1}  {name}" in drawn for i, name in enumerate(order))
    assert chart.to_dict()["height"] <= 600
    assert math.isclose(len(marks(chart, "rect", "row")), 870)


def test_legend_and_tooltips_are_in_the_language(records):
    chinese = said(pairwise_matrix(records, ORDER, language="zh"))
    assert "该行更好" in chinese
    assert "better than" not in chinese
    assert "equivalent in practice" not in chinese
