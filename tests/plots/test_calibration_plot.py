import numpy as np
import pytest
from chart_data import marks, svg
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve as of_scikit_learn
from two_class_scores import four_classes, two_classes

from ogive.plots import calibration_curve
from ogive.plots.calibration import bins_of
from ogive.text import InputError


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


def test_of_many_classes_the_worst_calibrated_are_named():
    truth, probability = four_classes(2000, 12)
    chart = svg(calibration_curve(truth, probability))
    assert "the other 8, with smaller ECE" in chart


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
