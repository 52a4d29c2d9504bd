import pytest
import vl_convert

from ogive.plots.critical_difference import critical_difference

RANKS = [
    {"label": "relu", "rank": 1.5},
    {"label": "tanh", "rank": 2.25},
    {"label": "sigmoid", "rank": 2.75},
    {"label": "step", "rank": 3.5},
]


def draw(ranks=RANKS, groups=((0, 2), (1, 3)), difference=1.4, **options):
    return critical_difference(ranks, groups, difference, **options).to_dict()


def records(chart, field):
    """Return the records of the layers that have a field."""
    found = []
    for layer in chart["layer"]:
        values = (
            chart["datasets"].get(layer["data"].get("name")) if "name" in layer["data"] else None
        )
        found += [one for one in values or layer["data"]["values"] if field in one]
    return found


def texts(chart):
    return {record["text"]: record for record in records(chart, "text")}


def test_it_can_be_drawn_with_every_name_and_its_rank():
    svg = vl_convert.vegalite_to_svg(draw())
    for part in ("relu", "1.50", "step", "3.50", "critical difference 1.40", "average rank"):
        assert part in svg


def test_it_speaks_chinese():
    svg = vl_convert.vegalite_to_svg(draw(language="zh"))
    assert "临界差 1.40" in svg
    assert "average" not in svg


def test_the_better_half_stands_on_the_left_and_the_best_on_top():
    found = texts(draw())
    assert found["relu"]["x"] == found["tanh"]["x"] < found["step"]["x"] == found["sigmoid"]["x"]
    assert found["relu"]["y"] == found["step"]["y"] < found["tanh"]["y"] == found["sigmoid"]["y"]


def test_the_ruler_is_as_long_as_the_difference_on_the_line_of_ranks():
    chart = draw(difference=2.0)
    found = texts(chart)
    ruler = records({"layer": [chart["layer"][3]], "datasets": chart.get("datasets", {})}, "x2")[0]
    one = (found["4"]["x"] - found["1"]["x"]) / 3
    assert ruler["x2"] - ruler["x"] == pytest.approx(2 * one)


def test_a_difference_that_does_not_fit_the_line_is_told_in_words():
    assert any("longer than the whole line" in text for text in texts(draw(difference=3.4)))


def test_a_bar_spans_its_group_and_names_it():
    chart = draw()
    found = texts(chart)
    one = (found["4"]["x"] - found["1"]["x"]) / 3
    first, second = records(chart, "members")
    assert first["members"] == "relu, tanh, sigmoid"
    assert first["x2"] - first["x"] - 8 == pytest.approx(1.25 * one)
    assert first["y"] < second["y"]


def test_bars_that_do_not_meet_share_a_line():
    first, second = records(draw(groups=[(0, 1), (2, 3)]), "members")
    assert first["y"] == second["y"]


def test_without_groups_there_is_no_bar():
    assert records(draw(groups=[]), "members") == []


@pytest.mark.parametrize("n", [2, 3, 20])
def test_few_and_many_candidates_stay_within_the_chart(n):
    ranks = [{"label": f"candidate {i}", "rank": 1 + i} for i in range(n)]
    chart = draw(ranks, [(0, n - 1)], n / 2)
    for record in records(chart, "x"):
        assert 0 <= record["x"] <= chart["width"]
        assert 0 < record["y"] < chart["height"]


def test_numbers_of_the_line_do_not_run_together():
    ranks = [{"label": "a rather long name of a candidate", "rank": 1 + i} for i in range(20)]
    places = sorted(record["x"] for text, record in texts(draw(ranks)).items() if text.isdigit())
    assert min(b - a for a, b in zip(places, places[1:], strict=False)) > 20
