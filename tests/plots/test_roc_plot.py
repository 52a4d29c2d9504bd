import re

import numpy as np
import pytest
from chart_data import marks, said, svg
from sklearn.metrics import roc_auc_score
from two_class_scores import four_classes, two_classes

from ogive.plots import roc_curve
from ogive.text import InputError


def rates(truth, score, weight, at):
    """Count by hand."""
    taken = score >= at
    return (
        weight[taken & (truth == 0)].sum() / weight[truth == 0].sum(),
        weight[taken & (truth == 1)].sum() / weight[truth == 1].sum(),
    )


def curve(chart):
    return [r for r in marks(chart, "line", "threshold") if r["threshold"] is not None]


@pytest.mark.parametrize("weighted", [False, True])
def test_every_point_is_the_rates_at_its_threshold(weighted):
    truth, score, weight = two_classes()
    chart = roc_curve(truth, score, sample_weight=weight if weighted else None)
    used = weight if weighted else np.ones_like(weight)
    points = curve(chart)
    assert len(points) > 20
    for point in points:
        expected = rates(truth, score, used, point["threshold"])
        assert (point["x"], point["y"]) == pytest.approx(expected, abs=1e-6)


def test_the_legend_has_the_area_that_counting_pairs_gives():
    truth, score, _ = two_classes()
    positive, negative = score[truth == 1][:, None], score[truth == 0]
    area = np.mean((positive > negative) + 0.5 * (positive == negative))
    assert f"AUC {area:.3f}" in svg(roc_curve(truth, score))


def test_the_chosen_threshold_is_marked_on_every_curve():
    truth, score, weight = two_classes()
    models = {"first": score, "second": 1 - score}
    chart = roc_curve(truth, models, threshold=0.5)
    ones = np.ones_like(weight)
    for mark in marks(chart, "point", "name"):
        expected = rates(truth, models[mark["name"]], ones, 0.5)
        assert (mark["x"], mark["y"]) == pytest.approx(expected, abs=1e-6)
    assert len(marks(chart, "point", "name")) == 2


def test_rows_of_weight_0_do_not_count():
    truth, score, weight = two_classes()
    kept = weight > 0
    with_zeros = roc_curve(truth, score, sample_weight=weight)
    without = roc_curve(truth[kept], score[kept], sample_weight=weight[kept])
    assert curve(with_zeros) == curve(without)


def test_a_column_a_class_is_held_against_the_rest():
    truth, probability = four_classes()
    chart = svg(roc_curve(np.array(list("abcd"))[truth], probability))
    for i, name in enumerate("abcd"):
        assert f"{name}: AUC {roc_auc_score(truth == i, probability[:, i]):.3f}" in chart


def test_of_many_curves_the_lowest_four_are_named_and_the_others_counted():
    truth, probability = four_classes(2000, 12)
    areas = sorted(roc_auc_score(truth == i, probability[:, i]) for i in range(12))
    text = svg(roc_curve(truth, probability))
    assert f"the other 8: {areas[4]:.3f} to {areas[-1]:.3f}" in text
    assert text.count("AUC 0.") >= 4
    assert len({r["name"] for r in curve(roc_curve(truth, probability))}) == 12


def test_long_curves_are_thinned_without_leaving_the_curve():
    random = np.random.RandomState(0)
    truth = random.randint(0, 2, 60_000)
    score = random.normal(size=60_000) + truth
    points = curve(roc_curve(truth, score))
    assert 300 < len(points) < 2500
    x, y = (np.array([p[name] for p in points]) for name in "xy")
    assert np.hypot(np.diff(x), np.diff(y)).max() < 0.01
    for point in points[:: len(points) // 10]:
        expected = rates(truth, score, np.ones(len(truth)), point["threshold"])
        assert (point["x"], point["y"]) == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["False positive rate", "True positive rate (recall)", "chance", "threshold 0.5"]),
        ("zh", ["假阳性率", "真阳性率（召回率）", "随机猜测", "阈值 0.5"]),
    ],
)
def test_titles_are_in_the_language(language, words):
    truth, score, _ = two_classes()
    text = svg(roc_curve(truth, score, threshold=0.5, language=language))
    assert all(word in text for word in words)


def test_the_positive_class_can_be_chosen():
    truth, score, _ = two_classes()
    flipped = roc_curve(np.where(truth, "no", "yes"), -score, pos_label="yes")
    later = roc_curve(1 - truth, -score)
    assert [(r["x"], r["y"]) for r in curve(flipped)] == [(r["x"], r["y"]) for r in curve(later)]


def test_curves_are_told_apart_by_dashes_as_well_as_colours():
    truth, score, _ = two_classes()
    text = said(roc_curve(truth, {"a": score, "b": -score}))
    assert '"strokeDash"' in text


@pytest.mark.parametrize(
    ("truth", "score", "options", "message"),
    [
        ([1, 1, 1], [0.1, 0.2, 0.3], {}, "only the class 1;"),
        ([0, 1, 1], [0.1, np.nan, 0.3], {}, "is nan in row 1"),
        ([0, 1, 1], [0.1, np.inf, 0.3], {}, "is inf in row 1"),
        ([0.0, np.nan, 1.0], [0.1, 0.2, 0.3], {}, "missing value"),
        ([0, None, 1], [0.1, 0.2, 0.3], {}, "missing value"),
        ([0, "a", 1], [0.1, 0.2, 0.3], {}, "several types"),
        ([0, 1], [0.1, 0.2, 0.3], {}, "shape"),
        ([0, 1, 1], ["a", "b", "c"], {}, "must be numbers"),
        ([0, 1, 2], [0.1, 0.2, 0.3], {}, "one column"),
        ([0, 1, 1], np.ones((3, 3)), {}, "3 columns for 2 classes"),
        ([0, 1, 1], np.ones((3, 3)), {"classes": [0, 1, 2]}, "no row of the class 2;"),
        ([0, 1, 1], [0.1, 0.2, 0.3], {"pos_label": 7}, "pos_label=7"),
        ([0, 1, 1], [0.1, 0.2, 0.3], {"pos_label": np.int64(7)}, "pos_label=7 is no class"),
        ([0.0, np.nan, 1.0], [0.1, 0.2, 0.3], {}, "missing value (nan) in row 1"),
        ([0, 1, 1], [0.1, 0.2, 0.3], {"sample_weight": [1, 1]}, "each of the 3 rows"),
        ([0, 1, 1], [0.1, 0.2, 0.3], {"sample_weight": [1, 1, -1]}, "not negative"),
        ([0, 1, 1], [0.1, 0.2, 0.3], {"threshold": np.nan}, "threshold must be a finite"),
        ([], [], {}, "one column of class labels"),
        ([0, 1, 1], {}, {}, "names no model"),
    ],
)
def test_bad_input_is_named_in_both_languages(truth, score, options, message):
    if truth == [0, "a", 1] or None in truth:
        truth = np.array(truth, dtype=object)
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        roc_curve(truth, score, **options)
    assert any(ord(c) > 0x2E80 for c in caught.value.text.zh)
