import numpy as np
import pytest

from ogive.comparison.reporting.score_records import (
    cost_records,
    gradient_records,
    mean_records,
    score_records,
)

MEANS = {"tanh": 0.9, "relu": 0.95}


def test_every_score_of_every_split_is_drawn(new_comparison):
    comparison = new_comparison(MEANS)
    records = score_records(comparison, "en")
    assert len(records) == 20
    assert [r["score"] for r in records if r["activation"] == "tanh"] == pytest.approx(
        comparison.scores["tanh"], abs=1e-6
    )
    assert records[0]["split"] == "repeat 1, fold 1"
    assert records[9]["split"] == "repeat 2, fold 5"


def test_means_are_those_of_the_table(new_comparison):
    comparison = new_comparison(MEANS)
    for record, row in zip(mean_records(comparison), comparison.rows(), strict=True):
        assert (record["activation"], record["score"]) == (row.label, row.score)
        assert (record["low"], record["high"]) == (row.score_low, row.score_high)


def test_errors_are_positive_and_their_intervals_the_right_way_round(new_comparison, new_settings):
    settings = new_settings(["relu", "tanh"], scoring="mae")
    comparison = new_comparison(
        {"relu": -3.0, "tanh": -4.0}, classes=0, guess=-9.0, settings=settings
    )
    best = mean_records(comparison)[0]
    assert best["activation"] == "relu"
    assert 2.9 < best["low"] < best["score"] < best["high"] < 3.1
    assert score_records(comparison, "en")[0]["score"] > 0


def test_costs_are_those_of_the_table_with_the_front(new_comparison, new_outcome):
    done = {
        label: [new_outcome(score + 0.001 * i, seconds=seconds) for i in range(10)]
        for label, score, seconds in (("a", 0.9, 0.1), ("b", 0.8, 0.2), ("c", 0.7, 0.05))
    }
    records = cost_records(new_comparison(done), "seconds")
    assert [(r["candidate"], r["cost"], r["on_front"]) for r in records] == [
        ("a", 0.1, True),
        ("b", 0.2, False),
        ("c", 0.05, True),
    ]


def test_times_of_prediction_come_in_microseconds(new_comparison, new_outcome):
    done = [new_outcome(0.9 + 0.001 * i, predict_seconds=2.5e-6) for i in range(10)]
    assert [r["cost"] for r in cost_records(new_comparison({"a": done}), "predict_seconds")] == [
        2.5
    ]


def test_costs_that_were_not_measured_are_left_out(new_comparison):
    assert cost_records(new_comparison(MEANS), "predict_seconds") == []


def test_gradients_come_layer_by_layer(new_comparison, new_outcome):
    done = [new_outcome(0.9 + 0.01 * i, gradients=np.array([10.0**-i, 1.0])) for i in (1, 3)]
    comparison = new_comparison({"relu": done}, guesses=[0.1, 0.1])
    records = gradient_records(comparison, "zh")
    assert [(r["layer"], r["gradient"]) for r in records] == [("隐藏层 1", 0.01), ("输出层", 1.0)]
