from operator import itemgetter

import numpy as np
import pytest
from chart_data import marks, svg
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve as of_scikit_learn
from two_class_scores import four_classes, two_classes

from ogive.plots import calibration_curve
from ogive.plots.calibration import bins_of
from ogive.text import InputError

COUNT = itemgetter("count")


@pytest.mark.parametrize("strategy", ["uniform", "quantile"])
def test_points_are_those_of_scikit_learn(strategy):
    truth, score, _ = two_classes()
    drawn = marks(calibration_curve(truth, score, strategy=strategy), "point", "bin")
    observed, predicted = of_scikit_learn(truth, score, n_bins=10, strategy=strategy)
    np.testing.assert_allclose([r["y"] for r in drawn], observed, atol=1e-6)
    np.testing.assert_allclose([r["x"] for r in drawn], predicted, atol=1e-6)


def test_whole_weights_act_as_repeated_rows():
    truth, score, weight = two_classes()
    times = weight.astype(int)
    weighted = bins_of(truth == 1, score, weight + (weight == 0) * 1e-300)
    repeated = bins_of(np.repeat(truth, times) == 1, np.repeat(score, times), np.ones(times.sum()))
    np.testing.assert_allclose(weighted.observed, repeated.observed)
    np.testing.assert_allclose(weighted.predicted, repeated.predicted)
    assert weighted.calibration_error == pytest.approx(repeated.calibration_error)


@pytest.mark.parametrize(("k", "n"), [(0, 5), (3, 7), (12, 12), (450, 1000)])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_intervals_are_wilsons(k, n, level):
    expected = binomtest(k, n).proportion_ci(level, method="wilson")
    found = bins_of(np.arange(n) < k, np.full(n, 0.5), np.ones(n), level=level)
    assert len(found.low) == len(found.high) == 1
    assert (found.low[0], found.high[0]) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_counts_of_the_bins_add_up_to_the_rows():
    truth, score, _ = two_classes()
    drawn = marks(calibration_curve(truth, score, n_bins=7), "rect", "count")
    bars = list({bar["start"]: bar for bar in drawn}.values())
    assert sum(bar["count"] for bar in bars) == len(truth)
    for bar in bars:
        inside = (score > bar["start"]) & (score <= bar["end"])
        inside |= (bar["start"] == 0) & (score == 0)
        assert bar["count"] == inside.sum()


def test_the_legend_has_brier_score_and_calibration_error():
    truth, score, _ = two_classes()
    brier = np.mean((score - truth) ** 2)
    place = np.minimum(np.ceil(score * 10), 10)
    ece = sum(
        (place == b).mean() * abs(truth[place == b].mean() - score[place == b].mean())
        for b in np.unique(place)
    )
    assert f"Brier score {brier:.3f}, ECE {ece:.3f}" in svg(calibration_curve(truth, score))


def test_of_very_many_classes_the_twelve_worst_calibrated_are_drawn():
    truth, probability = four_classes(2000, 20)
    errors = {
        str(i): bins_of(truth == i, probability[:, i], np.ones(2000)).calibration_error
        for i in range(20)
    }
    chart = calibration_curve(truth, probability)
    assert "the other 8, with smaller ECE, are not drawn" in svg(chart)
    drawn = list(dict.fromkeys(r["name"] for r in marks(chart, "point", "bin")))
    assert drawn == sorted(errors, key=lambda name: -errors[name])[:12]


def test_more_than_three_curves_have_a_panel_each_with_their_own_rows():
    truth, probability = four_classes()
    chart = calibration_curve(truth, probability, classes=list(range(4)))
    panels = chart.to_dict()["concat"]
    assert [panel["title"]["text"] for panel in panels] == list("0123")
    for i, rows in enumerate(np.bincount(truth)):
        bars = [bar for bar in marks(chart, "rect", "count") if bar["name"] == str(i)]
        assert sum(bar["count"] for bar in bars) == len(truth)
        assert sum(bar["count"] * bar["y"] for bar in bars) == pytest.approx(rows, abs=1e-3)


def test_bins_of_few_rows_are_pale_small_and_not_joined():
    score = np.repeat([0.05, 0.25, 0.45, 0.55, 0.95], [60, 30, 9, 10, 3])
    truth = np.arange(len(score)) % 3 == 0
    chart = calibration_curve(truth.astype(int), score)
    points = marks(chart, "point", "bin")
    assert [p["count"] for p in points] == [60, 30, 9, 10, 3]
    assert [p["seen"] < 1 for p in points] == [False, False, True, False, True]
    assert sorted(p["area"] for p in points) == [p["area"] for p in sorted(points, key=COUNT)]
    assert [(r["count"], r["run"]) for r in marks(chart, "line", "bin")] == [
        (60, 0),
        (30, 0),
        (10, 1),
    ]
    assert "fewer than 10 rows" in svg(chart)


def test_without_such_bins_nothing_is_said_of_them():
    score = np.repeat([0.2, 0.8], 50)
    assert "fewer than" not in svg(calibration_curve(np.arange(100) % 2, score))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Predicted probability", "Share of positive rows", "Rows"]),
        ("zh", ["预测概率", "正类行的比例", "行数"]),
    ],
)
def test_titles_are_in_the_language(language, words):
    truth, score, _ = two_classes()
    text = svg(calibration_curve(truth, score, language=language))
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    ("score", "options", "message"),
    [
        ([0.1, 1.5, 0.2], {}, "probabilities lie from 0 to 1"),
        ([0.1, np.nan, 0.2], {}, "y_prob is nan in row 1"),
        ([0.1, 0.2, -20.53], {}, "y_prob is -20.53 in row 2"),
        (["a", "b", "c"], {}, "y_prob must be numbers: probabilities."),
        ({}, {}, "y_prob names no model"),
        (np.full((3, 3), 0.3), {}, "y_prob has 3 columns"),
        ([0.1, 0.5, 0.2], {"n_bins": 0}, "n_bins"),
        ([0.1, 0.5, 0.2], {"strategy": "equal"}, "strategy"),
        ([0.1, 0.5, 0.2], {"level": 1.0}, "level"),
    ],
)
def test_bad_input_is_named(score, options, message):
    with pytest.raises(InputError, match=message):
        calibration_curve([0, 1, 1], score, **options)
