import pytest
from chart_data import marks, said, svg

from ogive.plots import pareto_front
from ogive.plots.pareto_front import NAMED

POINTS = {"gelu": (0.05, 0.97), "relu": (0.02, 0.965), "tanh": (0.04, 0.96), "step": (0.03, 0.5)}
FRONT = {"gelu", "relu"}


@pytest.fixture
def records():
    return [
        {
            "candidate": name,
            "cost": cost,
            "score": score,
            "written": f"{score} ± 0.01",
            "on_front": name in FRONT,
        }
        for name, (cost, score) in POINTS.items()
    ]


def draw(records, **options):
    titles = {"cost_title": "Seconds a fit", "score_title": "Accuracy"}
    return pareto_front(records, **(titles | options))


def test_every_candidate_of_few_is_named(records):
    drawn = svg(draw(records))
    for name in POINTS:
        assert name in drawn


def test_of_many_only_the_front_is_named(records):
    many = [{**records[2], "candidate": f"tanh {i}", "score": 0.95 + i / 1e4} for i in range(NAMED)]
    labels = {m["candidate"]: m["label"] for m in marks(draw(records[:2] + many), "point", "label")}
    assert {name for name, label in labels.items() if label} == FRONT


def test_the_front_is_a_staircase_that_goes_on_level(records):
    corners = marks(draw(records), "line", "cost", "y")
    assert [corner["y"] for corner in corners] == [0.965, 0.97, 0.97]
    assert corners[-1]["cost"] > 0.05


def test_the_cost_axis_is_logarithmic(records):
    axes = [u["encoding"]["x"]["scale"]["type"] for u in draw(records).to_dict()["layer"]]
    assert set(axes) == {"log"}


def test_a_score_far_below_lies_on_the_edge_with_its_number(records):
    assert "step ↓ 0.5 ± 0.01" in svg(draw(records))


def test_an_error_far_above_lies_on_the_upper_edge(records):
    for record, error in zip(records, (1.0, 1.1, 1.2, 90.0), strict=True):
        record |= {"score": error, "written": f"{error} ± 0.1"}
    drawn = svg(draw(records, greater_is_better=False))
    assert "step ↑ 90.0 ± 0.1" in drawn
    corners = marks(draw(records, greater_is_better=False), "line", "cost", "y")
    assert [corner["y"] for corner in corners] == [1.1, 1.0, 1.0]


def test_the_legend_is_in_the_language(records):
    assert "前沿上" in svg(draw(records, language="zh"))
    assert "on the front" not in said(draw(records, language="zh"))


def test_one_candidate_alone_can_be_drawn(records):
    assert "gelu" in svg(draw(records[:1]))
