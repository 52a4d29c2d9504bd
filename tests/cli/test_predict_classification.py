"""``ogive predict`` for models of classes."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ogive.data import load_bundled


@pytest.fixture
def fitted(ogive):
    """Run `ogive fit` on iris, and return its model's name."""

    def fit(*options, data="iris"):
        arguments = ("fit", data, "--target", "target", "-o", "m.ogive", "--no-report", "--force")
        result = ogive(*arguments, "--model", *options)
        assert result.code == 0, result.err
        return "m.ogive"

    return fit


def predicted(ogive, *arguments):
    result = ogive("predict", *arguments, "-o", "p.csv", "--force")
    assert result.code == 0, result.err
    return pl.read_csv("p.csv")


@pytest.mark.parametrize(
    "options",
    [
        ("softmax",),
        ("ovo",),
        ("ovo", "--decision", "elimination"),
        ("ovr",),
        ("ecoc",),
        ("ecoc", "--decoding", "probabilistic"),
        ("ovo", "--inner", "network", "--max-iter", "40"),
    ],
)
def test_classes_and_probabilities_are_predicted(options, ogive, fitted):
    found = predicted(ogive, fitted(*options), "iris", "--proba")
    right = found["prediction"].to_numpy() == load_bundled("iris")["target"].to_numpy()
    assert right.mean() > 0.8
    shares = found.drop("prediction")
    assert shares.columns == [f"probability_{k}" for k in ("setosa", "versicolor", "virginica")]
    np.testing.assert_allclose(shares.to_numpy().sum(axis=1), 1, atol=1e-12)


@pytest.mark.parametrize("model", ["ovo", "ovr", "ecoc"])
def test_least_squares_inside_predict_classes_and_refuse_what_they_have_not(model, ogive, fitted):
    name = fitted(model, "--inner", "linear")
    assert predicted(ogive, name, "iris").height == 150
    result = ogive("predict", name, "iris", "--interval", "prediction")
    assert result.code == 2
    assert "--interval needs a linear regression" in result.err


def test_the_threshold_of_the_fit_is_that_of_the_prediction(ogive, fitted):
    usual = predicted(ogive, fitted("logistic", data="breast_cancer"), "breast_cancer", "--proba")
    options = ("logistic", "--threshold", "0.9")
    wary = predicted(ogive, fitted(*options, data="breast_cancer"), "breast_cancer", "--proba")
    assert usual["probability_malignant"].equals(wary["probability_malignant"])
    for found, threshold in ((usual, 0.5), (wary, 0.9)):
        expected = found["probability_malignant"] > threshold
        assert (found["prediction"] == "malignant").equals(expected, check_names=False)
    assert (wary["prediction"] == "malignant").sum() < (usual["prediction"] == "malignant").sum()


MODELS = [("logistic",), ("softmax",), ("ovo",), ("ovr",), ("ecoc",), ("ovo", "--inner", "linear")]


@pytest.fixture
def of_table(ogive, tmp_path):
    """Fit a model of two classes to a number `x` and a category `c` without gaps."""
    random = np.random.RandomState(0)
    frame = pl.DataFrame(
        {"x": random.normal(size=90), "c": ["a", "b", "c"] * 30, "target": ["p", "q"] * 45}
    )
    frame.write_csv("t.csv")

    def fit(*options):
        arguments = ("fit", "t.csv", "--target", "target", "--no-report", "-o", "m.ogive")
        result = ogive(*arguments, "--model", *options)
        assert result.code == 0, result.err

    return fit


@pytest.mark.parametrize("options", MODELS, ids=" ".join)
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "3 of 5 rows got no prediction. The first: Column 'c' holds 'z' in row 2"),
        ("zh", "5 行中有 3 行没有预测。其中第一行：列“c”的第 2 行是“z”"),
    ],
)
def test_rows_of_which_a_model_knows_nothing_stay_empty(options, language, told, ogive, of_table):
    of_table(*options)
    Path("new.csv").write_text("x,c\n1,a\n2,z\n,b\n3,\n4,c\n")
    result = ogive("predict", "m.ogive", "new.csv", "-o", "p.csv", "--lang", language)
    assert result.code == 0, result.err
    assert told in result.err
    found = pl.read_csv("p.csv")["prediction"].to_list()
    assert found[1:4] == ["", "", ""]
    assert {found[0], found[4]} <= {"p", "q"}


@pytest.mark.parametrize("options", MODELS, ids=" ".join)
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Column 'x' holds 'oops' in row 2, where a number is expected"),
        ("zh", "列“x”的第 2 行是“oops”"),
    ],
)
def test_a_cell_that_is_no_number_is_refused(options, language, told, ogive, of_table):
    of_table(*options)
    Path("new.csv").write_text("x,c\n1,a\noops,b\n,z\n")
    result = ogive("predict", "m.ogive", "new.csv", "--lang", language)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert len(result.err.splitlines()) == 1


def test_probabilities_of_linear_regressions_are_refused_in_one_sentence(ogive, fitted):
    result = ogive("predict", fitted("ovr", "--inner", "linear"), "iris", "--proba")
    assert (result.code, result.out) == (2, "")
    assert "--proba needs a model with probabilities" in result.err
    assert len(result.err.splitlines()) == 1
