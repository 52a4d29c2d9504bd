import mpmath
import numpy as np
import pytest

from ogive.lecture import binary_classification


def exact_loss(z, label):
    with mpmath.workdps(30):
        a = 1 / (1 + mpmath.exp(-z))
        return float(-mpmath.log(a if label else 1 - a))


@pytest.mark.parametrize(("line", "weights"), [("L1", (-1, 2, -2)), ("L2", (-1, 1, -1))])
def test_each_loss_of_the_table_is_right(line, weights):
    example = binary_classification()
    explanation = example.explain(line)
    w1, w2, b = weights
    for i, (x1, x2) in enumerate(example.X.rows()):
        z = w1 * x1 + w2 * x2 + b
        assert explanation.z[i] == z
        assert explanation.loss[i] == pytest.approx(exact_loss(z, example.y[i]), rel=1e-14)


def test_the_table_to_six_decimals():
    example = binary_classification()
    assert example.explain("L1").loss.round(6).tolist() == [0.018150, 0.126928, 1.313262]
    assert example.explain("L2").loss.round(6).tolist() == [0.313262, 0.126928, 0.313262]
    assert round(example.explain("L1").a[2], 6) == 0.731059


def test_l1_is_wrong_about_c_only_and_l2_about_none():
    example = binary_classification()
    assert example.explain("L1").right.tolist() == [True, True, False]
    assert example.explain("L2").right.all()
    np.testing.assert_array_equal(example.lines["L2"].predict(example.X), example.y)


def test_the_text_shows_both_lines_in_both_languages():
    english = binary_classification("en").text()
    assert "L1: x2 = 0.5 x1 + 1: positives (1) above the line" in english
    assert "L2: x2 = x1 + 1: positives (1) above the line" in english
    assert "1.313262" in english
    chinese = str(binary_classification("zh"))
    assert "L2: x2 = x1 + 1：正类（1）在直线上方" in chinese
    assert "wrong" not in chinese
