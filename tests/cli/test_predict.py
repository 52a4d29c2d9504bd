import numpy as np
import polars as pl
import pytest

from ogive.data import load_bundled

FAST = ("--max-iter", "60", "--hidden-layer-sizes", "16")


@pytest.fixture
def fitted(ogive):
    """Run `ogive fit` on a bundled table, and return its model's name."""

    def fit(name):
        result = ogive("fit", name, "--target", "target", "-o", f"{name}.ogive", *FAST)
        assert result.code == 0, result.err
        return f"{name}.ogive"

    return fit


def test_predictions_go_to_standard_output_in_the_order_of_the_rows(ogive, fitted):
    result = ogive("predict", fitted("iris"), "iris")
    assert result.code == 0, result.err
    lines = result.out.splitlines()
    assert lines[0] == "prediction"
    right = np.array(lines[1:]) == load_bundled("iris")["target"].to_numpy()
    assert right.mean() > 0.8


@pytest.mark.parametrize("extension", ["csv", "tsv", "parquet", "feather", "jsonl"])
def test_the_extension_gives_the_format(extension, ogive, fitted, tmp_path):
    from ogive.data import read_table

    result = ogive("predict", fitted("wine"), "wine", "-o", f"p.{extension}", "--proba")
    assert result.out == f"178 predictions in p.{extension}\n"
    frame = read_table(tmp_path / f"p.{extension}")
    classes = ["class_0", "class_1", "class_2"]
    assert frame.columns == ["prediction", *(f"probability_{label}" for label in classes)]
    shares = frame.drop("prediction").to_numpy()
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-5)
    assert frame["prediction"].to_list() == [classes[i] for i in shares.argmax(axis=1)]


def test_a_regression_predicts_on_the_scale_of_the_target(ogive, fitted, tmp_path):
    from ogive.data import read_table

    ogive("predict", fitted("diabetes"), "diabetes", "-o", "p.csv")
    predicted = read_table(tmp_path / "p.csv")["prediction"].to_numpy()
    target = load_bundled("diabetes")["target"].to_numpy()
    assert abs(predicted.mean() - target.mean()) < 20
    assert np.corrcoef(predicted, target)[0, 1] > 0.5


def test_columns_may_come_in_any_order_and_without_the_target(ogive, fitted, tmp_path):
    model = fitted("iris")
    frame = load_bundled("iris")
    frame.drop("target").select(frame.columns[-2::-1]).write_csv(tmp_path / "t.csv")
    assert ogive("predict", model, "t.csv").out == ogive("predict", model, "iris").out


def test_a_missing_or_extra_column_is_named_in_both_languages(ogive, fitted, tmp_path):
    model = fitted("iris")
    frame = load_bundled("iris").rename({"sepal_width_(cm)": "sepal width"})
    frame.write_csv(tmp_path / "t.csv")
    for lang, message in (("en", "lacks the column 'sepal_width_(cm)'"), ("zh", "缺少列")):
        result = ogive("predict", model, "t.csv", "-o", "p.csv", "--lang", lang)
        assert (result.code, result.out) == (2, "")
        assert message in result.err
        assert "'sepal width'" in result.err
    assert not (tmp_path / "p.csv").exists()


def test_columns_left_out_in_training_may_be_there(ogive, tmp_path):
    rng = np.random.default_rng(0)
    table = pl.DataFrame(
        {
            "name": [f"n{i}" for i in range(60)],
            "note": rng.choice(["u", "v"], 60),
            "a": rng.normal(size=60),
            "y": rng.choice(["p", "q"], 60),
        }
    )
    table.write_csv(tmp_path / "t.csv")
    table.drop("name", "note").write_csv(tmp_path / "without.csv")
    ogive("fit", "t.csv", "--target", "y", "--ignore", "note", "-o", "m.ogive", *FAST)
    result = ogive("predict", "m.ogive", "t.csv")
    assert result.code == 0, result.err
    assert result.out == ogive("predict", "m.ogive", "without.csv").out


def test_an_existing_file_is_kept_unless_forced(ogive, fitted, tmp_path):
    model = fitted("iris")
    (tmp_path / "p.csv").write_text("precious")
    assert "exists already" in ogive("predict", model, "iris", "-o", "p.csv").err
    assert (tmp_path / "p.csv").read_text() == "precious"
    assert ogive("predict", model, "iris", "-o", "p.csv", "--force").code == 0


def test_an_unknown_format_is_refused_before_anything_else(ogive):
    result = ogive("predict", "none.ogive", "iris", "-o", "p.xls")
    assert result.code == 2
    assert "must end in one of .csv" in result.err


def test_probabilities_of_a_regression_are_refused(ogive, fitted):
    result = ogive("predict", fitted("diabetes"), "diabetes", "--proba")
    assert result.code == 2
    assert "--proba needs a classification model" in result.err


@pytest.fixture
def regression(ogive, tmp_path):
    """Fit a linear regression to a table with a category; return the table."""
    random = np.random.RandomState(0)
    table = pl.DataFrame({"x": random.normal(size=60), "c": random.choice(["u", "v"], 60)})
    table = table.with_columns(y=pl.col("x") * 2 + (pl.col("c") == "v") + random.normal(size=60))
    table.write_csv(tmp_path / "t.csv")
    result = ogive(
        "fit", "t.csv", "--target", "y", "--model", "linear", "--no-report", "-o", "m.ogive"
    )
    assert result.code == 0, result.err
    return table


@pytest.mark.parametrize("extension", ["csv", "tsv", "parquet", "jsonl"])
def test_rows_a_regression_cannot_predict_are_empty_and_told(
    extension, ogive, regression, tmp_path
):
    from ogive.data import read_table

    (tmp_path / "n.csv").write_text("x,c\n1,u\n2,w\n,v\n,u\n3,v\n")
    result = ogive("predict", "m.ogive", "n.csv", "-o", f"p.{extension}")
    assert result.code == 0, result.err
    assert "3 of 5 rows got no prediction. The first: Column 'c' holds 'w' in row 2" in result.err
    found = read_table(tmp_path / f"p.{extension}")["prediction"]
    assert found.is_null().to_list() == [False, True, True, True, False]
    (tmp_path / "good.csv").write_text("x,c\n1,u\n3,v\n")
    good = ogive("predict", "m.ogive", "good.csv")
    assert good.err == ""
    np.testing.assert_allclose(found.drop_nulls(), [float(v) for v in good.out.split()[1:]])


@pytest.mark.parametrize("cell", ["oops", "inf"])
def test_a_cell_that_is_no_number_is_refused_by_a_regression(cell, ogive, regression, tmp_path):
    (tmp_path / "n.csv").write_text(f"x,c\n1,u\n,w\n{cell},v\n")
    result = ogive("predict", "m.ogive", "n.csv")
    assert (result.code, result.out) == (2, "")
    assert "Column 'x' holds" in result.err
    assert "in row 3" in result.err
    assert len(result.err.splitlines()) == 1


def test_an_empty_prediction_is_a_line_that_readers_do_not_skip(ogive, regression, tmp_path):
    import pandas as pd

    (tmp_path / "n.csv").write_text("x,c\n1,u\n2,w\n3,v\n")
    ogive("predict", "m.ogive", "n.csv", "-o", "p.csv", "-q")
    assert pd.read_csv(tmp_path / "p.csv")["prediction"].isna().tolist() == [False, True, False]


def test_a_table_without_a_row_to_predict_is_refused(ogive, regression, tmp_path):
    (tmp_path / "n.csv").write_text("x,c\n2,w\n,v\n")
    result = ogive("predict", "m.ogive", "n.csv")
    assert (result.code, result.out) == (2, "")
    assert "holds 'w' in row 1" in result.err


@pytest.mark.parametrize("interval", ["confidence", "prediction"])
def test_intervals_are_those_of_the_regression(interval, ogive, regression, tmp_path):
    from ogive import LinearRegression

    result = ogive(
        "predict", "m.ogive", "t.csv", "--interval", interval, "--level", "0.9", "-o", "p.csv"
    )
    assert result.code == 0, result.err
    found = pl.read_csv(tmp_path / "p.csv")
    X = regression.select("x", v=(pl.col("c") == "v").cast(pl.Float64))
    expected = LinearRegression().fit(X, regression["y"]).predict(X, interval, 0.9)
    assert found.columns == ["prediction", "low", "high"]
    np.testing.assert_allclose(found.to_numpy(), np.column_stack(expected), rtol=1e-9)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--interval", "both"), "--interval must be one of confidence, prediction"),
        (("--interval", "confidence", "--level", "95"), "--level must lie between 0 and 1"),
        (("--level", "0.9"), "add --interval confidence"),
    ],
)
def test_impossible_intervals_are_refused(options, message, ogive, regression):
    result = ogive("predict", "m.ogive", "t.csv", *options)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_intervals_of_a_network_are_refused(ogive, fitted):
    result = ogive("predict", fitted("diabetes"), "diabetes", "--interval", "confidence")
    assert result.code == 2
    assert "--interval needs a linear regression" in result.err
