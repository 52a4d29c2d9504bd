import numpy as np
import pytest
from chart_data import marks, said, svg

from ogive.plots import posterior_densities


@pytest.fixture
def records():
    x = np.linspace(-0.03, -0.01, 20)
    return [
        {
            "candidate": "tanh",
            "worse": "80%",
            "equivalent": "20%",
            "better": "<1%",
            "parts": {
                "worse": (x.tolist(), np.linspace(0, 1, 20).tolist()),
                "equivalent": ([-0.01, 0.0, 0.01], [1.0, 0.5, 0.0]),
            },
            "beyond": "",
        },
        {
            "candidate": "step",
            "worse": ">99%",
            "equivalent": "<1%",
            "better": "<1%",
            "parts": {},
            "beyond": "◀ −0.407",
        },
    ]


def draw(records, **options):
    values = {
        "reference": "gelu",
        "rope": 0.01,
        "rope_written": "0.01",
        "domain": (-0.03, 0.02),
        "difference_title": "Difference in accuracy to gelu",
    }
    return posterior_densities(records, **(values | options))


def test_the_three_probabilities_are_written(records):
    drawn = svg(draw(records))
    assert "worse 80% · equivalent 20% · better &lt;1%" in drawn
    assert "Difference in accuracy to gelu" in drawn


def test_the_region_of_equivalence_is_shaded(records):
    (band,) = marks(draw(records), "rect", "x", "x2")
    assert (band["x"], band["x2"]) == (-0.01, 0.01)


def test_a_region_wider_than_the_axis_ends_with_it(records):
    (band,) = marks(draw(records, rope=5.0), "rect", "x", "x2")
    assert (band["x"], band["x2"]) == (-0.03, 0.02)


def test_each_part_of_a_density_says_what_it_means(records):
    areas = marks(draw(records), "area", "region")
    assert [area["region"] for area in areas] == [
        "worse than gelu",
        "equivalent in practice: within ±0.01",
    ]


def test_densities_keep_within_their_rows(records):
    areas = marks(draw(records + records), "area", "region")
    for area in areas:
        assert area["base"] <= min(area["y"])
        assert max(area["y"]) < area["base"] + 0.7


def test_a_density_beyond_the_axis_is_a_number(records):
    drawn = svg(draw(records))
    assert "◀ −0.407" in drawn
    assert "step" in drawn


def test_texts_are_in_the_language(records):
    chinese = said(draw(records, language="zh", difference_title="差"))
    assert "更差 80% · 等效 20%" in chinese
    assert "equivalent " not in chinese
