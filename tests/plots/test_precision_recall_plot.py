import numpy as np
import pytest
from chart_data import marks, svg
from two_class_scores import four_classes, two_classes

from ogive.plots import precision_recall_curve
from ogive.text import InputError


def points(chart):
    return [r for r in marks(chart, "line", "threshold") if r["threshold"] is not None]


@pytest.mark.parametrize("weighted", [False, True])
def test_every_point_is_precision_and_recall_at_its_threshold(weighted):
    truth, score, weight = two_classes()
    used = weight if weighted else np.ones_like(weight)
    chart = precision_recall_curve(truth, score, sample_weight=weight if weighted else None)
    assert len(points(chart)) > 20
    for point in points(chart):
        taken = score >= point["threshold"]
        right = used[taken & (truth == 1)].sum()
        expected = right / used[truth == 1].sum(), right / used[taken].sum()
        assert (point["x"], point["y"]) == pytest.approx(expected, abs=1e-6)


def test_the_average_precision_is_the_area_of_the_steps_drawn():
    truth, score, _ = two_classes()
    chart = precision_recall_curve(truth, score)
    line = marks(chart, "line", "threshold")
    area = sum(a["y"] * (a["x"] - b["x"]) for a, b in zip(line, line[1:], strict=False))
    assert f"average precision {area:.3f}" in svg(chart)


def test_guessing_has_the_share_of_positive_rows():
    truth, score, weight = two_classes()
    share = np.average(truth, weights=weight)
    chart = precision_recall_curve(truth, score, sample_weight=weight)
    assert f"share of positive rows {share:.3f}" in svg(chart)
    reference = [r["y"] for r in marks(chart, "line") if "threshold" not in r]
    assert reference == pytest.approx([share, share])


def test_classes_of_different_shares_have_no_line_of_guessing():
    truth, probability = four_classes()
    assert "share of positive rows" not in svg(precision_recall_curve(truth, probability))


def test_a_threshold_above_every_score_has_no_mark():
    truth, score, _ = two_classes()
    assert marks(precision_recall_curve(truth, score, threshold=0.5), "point", "said")
    assert not marks(precision_recall_curve(truth, score, threshold=2.0), "point", "said")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Recall", "Precision", "average precision"]),
        ("zh", ["召回率", "精确率", "平均精确率"]),
    ],
)
def test_titles_are_in_the_language(language, words):
    truth, score, _ = two_classes()
    text = svg(precision_recall_curve(truth, score, language=language))
    assert all(word in text for word in words)


def test_one_class_only_is_an_error():
    with pytest.raises(InputError, match="only the class 'spam'"):
        precision_recall_curve(["spam", "spam"], [0.1, 0.2])
