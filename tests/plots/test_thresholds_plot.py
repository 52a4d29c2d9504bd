import numpy as np
import pytest
from chart_data import marks, svg
from sklearn import metrics
from two_class_scores import two_classes

from ogive.plots import threshold_curves
from ogive.plots.thresholds import threshold_metrics
from ogive.text import InputError


@pytest.mark.parametrize("weighted", [False, True])
def test_the_measures_are_those_of_predictions_at_each_threshold(weighted):
    truth, score, weight = two_classes(120)
    used = weight if weighted else None
    found = threshold_metrics(truth, score, sample_weight=used)
    for i, at in enumerate(found.threshold):
        predicted = (score >= at).astype(int)
        expected = [
            function(truth, predicted, sample_weight=used, **options)
            for function, options in (
                (metrics.accuracy_score, {}),
                (metrics.precision_score, {}),
                (metrics.recall_score, {}),
                (metrics.recall_score, {"pos_label": 0}),
                (metrics.f1_score, {}),
            )
        ]
        got = [found.accuracy, found.precision, found.recall, found.specificity, found.f1]
        assert [values[i] for values in got] == pytest.approx(expected, abs=1e-12)


def test_thresholds_are_the_scores_that_occur():
    truth, score, _ = two_classes()
    np.testing.assert_array_equal(threshold_metrics(truth, score).threshold, np.unique(score))


def test_the_curves_drawn_are_the_measures():
    truth, score, _ = two_classes()
    found = threshold_metrics(truth, score)
    drawn = [r for r in marks(threshold_curves(truth, score), "line") if r["group"] == "recall"]
    assert drawn[-1]["x"] == score.max()
    assert [r["y"] for r in drawn if r["x"] > 0] == pytest.approx(
        found.recall[found.threshold > 0], abs=1e-6
    )


def test_the_greatest_f1_is_marked():
    truth, score, _ = two_classes()
    best = max(np.unique(score), key=lambda at: metrics.f1_score(truth, (score >= at).astype(int)))
    value = metrics.f1_score(truth, (score >= best).astype(int))
    assert f"greatest F1, {value:.3f} at {best:.3g}" in svg(threshold_curves(truth, score))


def test_scores_of_a_decision_function_have_their_own_range():
    truth, score, _ = two_classes()
    chart = threshold_curves(truth, 10 * score - 5, threshold=6.0).to_dict()
    low, high = chart["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low == pytest.approx((10 * score - 5).min())
    assert high == 6.0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["accuracy", "precision", "recall", "specificity", "threshold 0.4"]),
        ("zh", ["准确率", "精确率", "召回率", "特异度", "阈值 0.4"]),
    ],
)
def test_titles_are_in_the_language(language, words):
    truth, score, _ = two_classes()
    text = svg(threshold_curves(truth, score, threshold=0.4, language=language))
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    ("truth", "score", "message"),
    [
        ([1, 1], [0.1, 0.2], "only the class"),
        ([0, 1], [0.1, np.nan], "is nan"),
        ([0, 1], [0.1, 0.2, 0.3], "shape"),
        ([0, 1], np.ones((2, 3)), "one model and one class"),
    ],
)
def test_bad_input_is_named(truth, score, message):
    with pytest.raises(InputError, match=message):
        threshold_curves(truth, score)


def axis_of_values(chart):
    y = chart.to_dict()["layer"][0]["encoding"]["y"]
    return y["title"], tuple(y["scale"]["domain"])


def test_the_axis_of_a_good_model_starts_near_its_curves_and_says_so():
    random = np.random.RandomState(0)
    truth = random.randint(0, 2, 500)
    score = np.where(truth, 0.999, 0.001) + 0.0005 * random.rand(500)
    score[:8] = 1 - score[:8]
    title, (low, high) = axis_of_values(threshold_curves(truth, score))
    assert high == 1
    assert low >= 0.8
    assert title == f"Value (axis starts at {low:g})"
    metrics = threshold_metrics(truth, score)
    middle = (metrics.threshold > 0.1) & (metrics.threshold < 0.9)
    assert metrics.f1[middle].min(initial=1) > low


def test_the_axis_of_a_poor_model_starts_at_0():
    random = np.random.RandomState(0)
    assert axis_of_values(threshold_curves(random.randint(0, 2, 200), random.rand(200))) == (
        "Value",
        (0, 1),
    )


def test_no_two_measures_have_the_same_colour_or_the_same_dashes_and_width():
    chart = threshold_curves(*two_classes()[:2])
    encoding = chart.to_dict()["layer"][0]["encoding"]
    colours, dashes = (encoding[name]["scale"]["range"] for name in ("color", "strokeDash"))
    widths = {r["group"]: r["width"] for r in marks(chart, "line", "width")}
    assert len(set(colours)) == 5
    names = encoding["strokeDash"]["scale"]["domain"]
    assert len({(tuple(d), widths[name]) for d, name in zip(dashes, names, strict=True)}) == 5
