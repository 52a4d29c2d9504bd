import numpy as np
import pytest
from chart_data import marks, said, svg

from ogive import LogisticRegression
from ogive.plots import logistic_loss
from ogive.text import InputError

POINTS = [[2, 4], [2, 1], [3, 3]]


@pytest.fixture
def explained():
    model = LogisticRegression.from_weights([-1, 2], -2)
    return model.explain(POINTS, [1, 0, 0], names=list("ABC"))


def test_the_samples_of_the_lecture_lie_at_their_losses(explained):
    samples = {r["name"]: r for r in marks(logistic_loss(explained), "point", "a")}
    assert {name: r["z"] for name, r in samples.items()} == {"A": 4.0, "B": -2.0, "C": 1.0}
    assert {name: round(r["loss"], 6) for name, r in samples.items()} == {
        "A": 0.018150,
        "B": 0.126928,
        "C": 1.313262,
    }
    assert samples["C"]["a"] == pytest.approx(0.731059, abs=1e-6)


def test_the_curves_are_minus_the_logarithm_of_the_probability(explained):
    for point in marks(logistic_loss(explained), "line", "loss"):
        a = 1 / (1 + np.exp(-point["z"]))
        y = 1 if point["group"] == "class 1" else 0
        assert point["loss"] == pytest.approx(-np.log(a if y else 1 - a), abs=1e-9)
        assert point["slope"] == pytest.approx(a - y, abs=1e-9)


def test_slopes_are_those_of_the_curve(explained):
    line = [r for r in marks(logistic_loss(explained), "line", "loss") if r["group"] == "class 0"]
    line = line[: len(line) // 2]
    z, loss, slope = (np.array([r[name] for r in line]) for name in ("z", "loss", "slope"))
    np.testing.assert_allclose(np.gradient(loss, z)[1:-1], slope[1:-1], atol=1e-3)


def test_wrong_samples_are_ringed_and_the_mean_is_told(explained):
    chart = logistic_loss(explained)
    assert "2 of 3 right. Ringed: wrong." in said(chart)
    assert "Mean loss 0.486113" in said(chart)
    ringed = [r["name"] for r in marks(chart, "point", "a")]
    assert ringed.count("C") == 4
    assert ringed.count("A") == 2


def test_z_of_thousands_is_drawn_without_a_warning():
    model = LogisticRegression.from_weights([1.0, 0.0], 0.0)
    chart = logistic_loss(model.explain([[1e4, 0.0], [-1e4, 0.0]], [0, 0]))
    largest = max(r["loss"] for r in marks(chart, "point", "a"))
    assert largest == pytest.approx(1e4)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Loss", "Slope", "class 1"]), ("zh", ["损失", "斜率", "类别 1", "圆圈"])],
)
def test_texts_are_in_the_language(explained, language, words):
    text = svg(logistic_loss(explained, language=language))
    assert [word for word in words if word not in text] == []


def test_models_of_more_classes_are_refused():
    model = LogisticRegression.from_weights(np.eye(3, 2), np.zeros(3), classes=[0, 1, 2])
    with pytest.raises(InputError, match="3 classes"):
        logistic_loss(model.explain(POINTS, [0, 1, 2]))


def test_other_things_are_refused():
    with pytest.raises(InputError, match="Got int instead"):
        logistic_loss(3)


@pytest.fixture(scope="module")
def many():
    z = np.random.RandomState(0).normal(size=400)
    z[:6] = 300.0
    model = LogisticRegression.from_weights([1.0, 0.0], 0.0)
    return model.explain(np.column_stack([z, z]), (z > 0).astype(int))


def test_a_few_far_samples_of_many_do_not_stretch_the_axis(many):
    chart = logistic_loss(many)
    drawn = marks(chart, "point", "a")
    assert max(abs(r["z"]) for r in drawn) < 10
    assert "6 of 400 samples lie beyond this range of z" in said(chart)
    assert "400 个样本中有 6 个" in said(logistic_loss(many, language="zh"))
    assert len({r["name"] for r in drawn}) == 394


def test_marks_of_many_samples_are_small_and_pale(explained, many):
    def look(explanation):
        marks = [
            unit["mark"]
            for panel in logistic_loss(explanation).to_dict()["vconcat"]
            for unit in panel["layer"]
            if unit["mark"]["type"] == "point" and unit["mark"]["filled"]
        ]
        return marks[0]["size"], marks[0]["opacity"]

    few, more = look(explained), look(many)
    assert more[0] < few[0] / 2
    assert more[1] < few[1] / 2


def test_an_explanation_without_y_has_no_loss_to_draw():
    model = LogisticRegression.from_weights([-1, 2], -2)
    with pytest.raises(InputError, match=r"needs y.*explain\(X, y\)") as error:
        logistic_loss(model.explain(POINTS))
    assert "需要 y" in error.value.text.zh
