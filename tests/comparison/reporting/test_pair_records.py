import numpy as np
import pytest
from scipy.integrate import trapezoid

from ogive.comparison.reporting.pair_records import (
    MOST_DENSITIES,
    MOST_IN_MATRIX,
    densities,
    matrix_records,
)

MEANS = {"tanh": 0.9, "relu": 0.95, "step": 0.4}


def test_every_pair_is_told_both_ways_round(new_comparison):
    comparison = new_comparison(MEANS)
    records = {(r["row"], r["column"]): r for r in matrix_records(comparison)}
    assert len(records) == 6
    assert records["relu", "step"]["verdict"] == "better"
    assert records["step", "relu"]["verdict"] == "worse"
    assert records["relu", "step"]["difference"].startswith("+0.5")
    assert records["step", "relu"]["difference"].startswith("\u22120.5")


def test_verdicts_and_probabilities_are_those_of_the_comparison(new_comparison):
    comparison = new_comparison({"relu": 0.9, "elu": 0.899, "tanh": 0.88})
    records = {(r["row"], r["column"]): r for r in matrix_records(comparison)}
    for pair in comparison.pairs():
        record = records[pair.first, pair.second]
        assert record["verdict"] == pair.verdict
        if 0.01 < pair.equivalent < 0.99:
            assert record["equivalent"] == f"{100 * pair.equivalent:.0f}%"


def test_only_what_is_certain_is_said_to_be(new_comparison):
    record = next(r for r in matrix_records(new_comparison(MEANS)) if r["row"] == "relu")
    assert (record["better"], record["worse"]) == (">99%", "<1%")


def test_of_very_many_the_best_are_in_the_matrix(new_comparison):
    many = {f"c{i}": 0.9 - 0.005 * i for i in range(40)}
    comparison = new_comparison(many)
    shown = {r["row"] for r in matrix_records(comparison)}
    assert shown == {row.label for row in comparison.rows()[:MOST_IN_MATRIX]}


def test_densities_are_about_the_differences_to_the_best(new_comparison):
    found = densities(new_comparison({"relu": 0.9, "elu": 0.897, "tanh": 0.88}))
    assert [r["candidate"] for r in found.records] == ["elu", "tanh"]
    low, high = found.domain
    assert low < -0.02 < 0.01 < high


def test_the_parts_of_a_density_have_the_areas_of_its_probabilities(new_comparison):
    comparison = new_comparison({"relu": 0.9, "elu": 0.89}, spread=0.01)
    (record,) = densities(comparison).records
    areas = {name: trapezoid(up, x) for name, (x, up) in record["parts"].items()}
    total = sum(areas.values())
    (pair,) = comparison.pairs()
    for name, probability in (("worse", pair.better), ("equivalent", pair.equivalent)):
        assert areas[name] / total == pytest.approx(probability, abs=0.01)


def test_parts_meet_at_the_borders_of_the_region(new_comparison):
    comparison = new_comparison({"relu": 0.9, "elu": 0.89}, spread=0.01)
    (record,) = densities(comparison).records
    worse, equivalent = record["parts"]["worse"], record["parts"]["equivalent"]
    assert worse[0][-1] == equivalent[0][0] == -comparison.rope
    assert worse[1][-1] == equivalent[1][0]


def test_a_candidate_far_off_is_a_number_and_does_not_stretch_the_axis(new_comparison):
    found = densities(new_comparison({"a": 0.9, "b": 0.899, "c": 0.898, "d": 0.897, "e": 0.2}))
    assert found.records[-1]["parts"] == {}
    assert found.records[-1]["beyond"].startswith("◀ \u22120.70")
    assert found.domain[0] > -0.1


def test_equal_differences_have_no_density_but_a_number(new_comparison, new_outcome, new_settings):
    done = {"a": [new_outcome(0.9)] * 10, "b": [new_outcome(0.8)] * 10}
    settings = new_settings(["a", "b"], scoring="auc")
    (record,) = densities(new_comparison(done, settings=settings)).records
    assert record["parts"] == {}
    assert record["beyond"] == "\u22120.100"


def test_only_the_nearest_have_a_density(new_comparison):
    many = {f"c{i}": 0.9 - 0.005 * i for i in range(20)}
    assert len(densities(new_comparison(many)).records) == MOST_DENSITIES


def test_errors_lie_to_the_right_where_they_are_worse(new_comparison, new_settings):
    settings = new_settings(["relu", "tanh"], scoring="rmse")
    means = {"relu": -3.0, "tanh": -3.1}
    comparison = new_comparison(means, classes=0, guess=-9.0, settings=settings, spread=0.05)
    (record,) = densities(comparison).records
    assert np.mean(record["parts"]["worse"][0]) > comparison.rope
    assert record["candidate"] == "tanh"
