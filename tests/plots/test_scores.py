import json

import vl_convert

from ogive.plots import score_distributions


def draw(points, means, **options):
    return score_distributions(points, means, score_title="Accuracy", **options).to_dict()


def test_rows_keep_the_order_given(points, means):
    chart = draw(points, means)
    assert chart["layer"][0]["encoding"]["y"]["sort"] == [m["activation"] for m in means]


def test_it_can_be_drawn(points, means):
    svg = vl_convert.vegalite_to_svg(draw(points, means))
    for mean in means:
        assert mean["activation"] in svg
    assert "Accuracy" in svg


def test_a_score_far_below_is_a_number_at_the_edge(points, means):
    assert "◀ 0.5 ± 0.01" in vl_convert.vegalite_to_svg(draw(points, means))
    assert "◀" not in vl_convert.vegalite_to_svg(draw(points[:15], means[:3]))


def test_an_error_far_above_is_a_number_at_the_right_edge(points, means):
    points = [{**point, "score": 10 - 9 * point["score"]} for point in points]
    for mean in means:
        mean |= {end: 10 - 9 * mean[end] for end in ("score", "low", "high")}
    drawn = vl_convert.vegalite_to_svg(draw(points, means, greater_is_better=False))
    assert "0.5 ± 0.01 ▶" in drawn
    assert "◀" not in drawn


def test_tooltips_are_in_the_language(points, means):
    assert "划分" in json.dumps(draw(points, means, language="zh"), ensure_ascii=False)
