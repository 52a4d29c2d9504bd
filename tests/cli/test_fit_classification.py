"""``ogive fit --model logistic|softmax|ovo|ovr|ecoc``; the first runs as a process of its own."""

import os
import re
import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from ogive import LogisticRegression
from ogive.classification.scores.scoring import share_interval
from ogive.data import load_bundled

IRIS = ("fit", "iris", "--target", "target", "--no-report")


def plain(text):
    return " ".join(text.split())


def fact(out, name):
    """Return the value beside a name."""
    return re.search(rf"^{name} {{2,}}(.+?) *$", out, re.MULTILINE).group(1)


@pytest.fixture
def visitors(tmp_path):
    """Two classes by age and city, with gaps, made with known odds."""
    random = np.random.RandomState(0)
    n = 600
    age, city = random.uniform(18, 80, n), random.choice(["Beijing", "Chengdu", "Wuhan"], n)
    z = 0.08 * (age - 50) + 1.5 * (city == "Wuhan")
    buys = random.uniform(size=n) < 1 / (1 + np.exp(-z))
    frame = pl.DataFrame({"age": age, "city": city, "buys": np.where(buys, "yes", "no")})
    frame.write_csv(tmp_path / "visitors.csv")
    return frame


def test_figures_statistics_report_and_model_come_of_one_command(tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "ogive", "fit", "breast_cancer", "--target", "target"]
        + ["--model", "logistic", "-o", "m.ogive", "-q"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "100", "OGIVE_LANG": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert fact(result.stdout, "target") == "target: benign 357, malignant 212"
    assert "Logistic regression: malignant against benign" in result.stdout
    assert "completely separated" in plain(result.stdout)
    assert "Report: ogive-classification.html\nModel: m.ogive\n" in result.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"m.ogive", "ogive-classification.html"}


def test_the_accuracy_is_that_of_the_confusion_matrix_with_its_interval(ogive):
    out = ogive(*IRIS, "--model", "softmax").out
    table = re.findall(r"^(?:setosa|versicolor|virginica) +(\d+) +(\d+) +(\d+) +10 ", out, re.M)
    right = sum(int(counts[i]) for i, counts in enumerate(table))
    low, high = share_interval(right, 30)
    assert fact(out, "held-out rows") == (
        f"accuracy {right / 30:.4f} (95% interval {low:.3f} to {high:.3f}; n = 30)"
    )
    assert fact(out, "without a model") == "always 'setosa': accuracy 0.3333"


def test_without_a_penalty_coefficients_are_per_unit_of_the_columns(ogive, visitors):
    arguments = ("fit", "visitors.csv", "--target", "buys", "--model", "logistic", "--no-report")
    out = ogive(*arguments, "--penalty", "none").out
    X = visitors.select(
        "age", chengdu=pl.col("city") == "Chengdu", wuhan=pl.col("city") == "Wuhan"
    ).cast(pl.Float64)
    model = LogisticRegression(C=np.inf).fit(X.to_numpy(), visitors["buys"].to_numpy())
    table = out[: out.index("odds ratio")]
    lines = dict(re.findall(r"^(age|city=\w+) +(-?[\d.]+) ", table, re.MULTILINE))
    for name, expected in zip(("age", "city=Chengdu", "city=Wuhan"), model.coef_[0], strict=True):
        assert float(lines[name]) == pytest.approx(expected, abs=1e-4)
    assert "columns in their own units" in plain(out)
    assert "Reference level of city: Beijing" in out
    assert "columns in their own units" in plain(ogive(*arguments, "--C", "inf").out)


def test_with_a_penalty_numbers_count_in_standard_deviations(ogive, visitors):
    arguments = ("fit", "visitors.csv", "--target", "buys", "--model", "logistic", "--no-report")
    age = visitors["age"].to_numpy()
    X = np.column_stack(
        [(age - age.mean()) / age.std(), *(visitors["city"] == c for c in ("Chengdu", "Wuhan"))]
    )
    model = LogisticRegression(C=0.01).fit(X, visitors["buys"].to_numpy())
    out = ogive(*arguments, "--C", "0.01").out
    coefficient = float(re.search(r"^age +(-?[\d.]+) ", out, re.MULTILINE).group(1))
    assert coefficient == pytest.approx(model.coef_[0, 0], rel=2e-4)
    assert "numbers in standard deviations" in plain(out)


def test_numbers_0_and_1_are_classes(ogive, visitors):
    frame = visitors.with_columns(buys=(pl.col("buys") == "yes").cast(pl.Int64))
    frame.write_csv("numbers.csv")
    result = ogive("fit", "numbers.csv", "--target", "buys", "--model", "logistic", "--no-report")
    assert result.code == 0, result.err
    assert re.fullmatch(r"buys: 0 \d+, 1 \d+", fact(result.out, "target"))


def test_a_threshold_moves_what_is_predicted(ogive, visitors):
    arguments = ("fit", "visitors.csv", "--target", "buys", "--model", "logistic", "--no-report")

    def found(*more):
        out = ogive(*arguments, *more).out
        return [int(n) for n in re.search(r"^yes +(\d+) +(\d+) ", out, re.MULTILINE).groups()]

    assert found("--threshold", "0.9")[1] < found()[1] < found("--threshold", "0.1")[1]
    out = ogive(*arguments, "--threshold", "0.9").out
    assert fact(out, "threshold") == "'yes' where its probability exceeds 0.9"


def test_gradient_descent_and_class_weights_can_be_chosen(ogive, visitors):
    arguments = ("fit", "visitors.csv", "--target", "buys", "--model", "logistic", "--no-report")
    result = ogive(*arguments, "--solver", "gd", "--max-iter", "3", "--learning-rate-init", "0.1")
    assert result.code == 0, result.err
    assert "not converged after 3 iterations" in plain(result.err)
    assert ogive(*arguments, "--class-weight", "balanced").code == 0


@pytest.mark.parametrize(
    ("options", "problems", "more"),
    [
        (("ovo",), "3, each a logistic regression", "No cycles"),
        (("ovo", "--decision", "elimination"), "3, each a logistic regression", "By elimination"),
        (("ovo", "--inner", "linear"), "3, each a linear regression", "The most doubtful row"),
        (("ovr",), "3, each a logistic regression", "two or more yes"),
        (("ecoc",), "3, each a logistic regression", "Code book of 3 classes"),
        (
            ("ecoc", "--code-book", "one_vs_one", "--decoding", "hamming"),
            "3, each a logistic regression",
            "hamming decoding",
        ),
        (("ecoc", "--code-size", "1"), "3, each a logistic regression", "optimised code book"),
        (
            ("ovr", "--inner", "network", "--max-iter", "5", "--hidden-layer-sizes", "4"),
            "3, each a network",
            "all say rest",
        ),
    ],
)
def test_each_way_to_many_classes_tells_its_own(options, problems, more, ogive):
    result = ogive(*IRIS, "--model", *options)
    assert result.code == 0, result.err
    assert fact(result.out, "two-class problems") == problems
    assert more in plain(result.out)


def test_a_code_book_by_hand_is_taken_as_it_is(ogive, tmp_path):
    random = np.random.RandomState(0)
    centres = {"A": (0, 0), "B": (4, 0), "C": (0, 4), "D": (4, 4)}
    rows = [(*random.normal(at, 0.5), name) for name, at in centres.items() for _ in range(25)]
    frame = pl.DataFrame(rows, schema=["x", "y", "kind"], orient="row")
    frame.write_csv(tmp_path / "t.csv")
    arguments = ("fit", "t.csv", "--target", "kind", "--model", "ecoc", "--no-report")
    result = ogive(*arguments, "--code-book", "AB|CD,AC|BD")
    assert result.code == 0, result.err
    assert fact(result.out, "two-class problems") == "2, each a logistic regression"
    assert "It corrects no error" in result.out
    assert fact(result.out, "held-out rows").startswith("accuracy 1.0000")
    missing = ogive(*arguments, "--code-book", "AB|CD,AB|CD")
    assert (missing.code, missing.out) == (2, "")
    assert "cannot be told apart" in missing.err


def test_everything_is_chinese_if_wanted(ogive):
    for model in ("softmax", "ovo", "ovr", "ecoc"):
        result = ogive(*IRIS, "--model", model, "--lang", "zh")
        assert result.code == 0, result.err
        for part in ("留出行", "准确率", "召回率", "总是猜“setosa”"):
            assert part in result.out
        for part in ("accuracy", "held-out", "rows ", "class"):
            assert part not in result.out.replace("n_classes", "")


@pytest.mark.parametrize("model", ["softmax", "ovo", "ovr", "ecoc"])
def test_two_classes_are_no_obstacle_and_what_they_mean_is_said(model, ogive, visitors):
    result = ogive("fit", "visitors.csv", "--target", "buys", "--model", model, "--no-report")
    assert result.code == 0, result.err
    assert "two classes" in result.err


def test_missing_values_are_imputed_and_that_is_said(ogive, visitors):
    some = pl.Series(np.arange(600) % 20 > 0)
    visitors.with_columns(age=pl.when(some).then(pl.col("age"))).write_csv("gaps.csv")
    for model in ("logistic", "ovo"):
        result = ogive("fit", "gaps.csv", "--target", "buys", "--model", model, "--no-report")
        assert result.code == 0, result.err
        assert "30 values are missing in age" in plain(result.err)


@pytest.mark.parametrize("model", ["logistic", "ovo", "ecoc"])
def test_a_category_only_held_out_is_not_judged(model, ogive, visitors):
    odd = visitors.with_columns(
        city=pl.when(pl.Series(np.arange(600) < 40))
        .then(pl.format("town {}", pl.int_range(600)))
        .otherwise(pl.col("city"))
    )
    frame = odd.head(25).vstack(odd.tail(560))
    frame.write_csv("odd.csv")
    result = ogive("fit", "odd.csv", "--target", "buys", "--model", model, "--no-report")
    assert result.code == 0, result.err
    n, total = re.search(r"(\d+) of the (\d+) rows held out were not judged", result.err).groups()
    assert 0 < int(n) < int(total) == 117
    assert f"n = {117 - int(n)})" in fact(result.out, "held-out rows")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--model", "logistic"), "use --model softmax"),
        (("--model", "softmax", "--task", "regression"), "--task regression needs --model linear"),
        (("--model", "softmax", "--threshold", "0.3"), "--threshold belongs to two classes"),
        (("--model", "softmax", "--decision", "vote"), "--decision belongs to one-vs-one"),
        (("--model", "ovo", "--decision", "dice"), "--decision must be one of vote, elimination"),
        (("--model", "ovr", "--code-size", "2"), "--code-size belongs to output codes"),
        (("--model", "softmax", "--inner", "linear"), "--inner belongs to one-vs-one"),
        (("--model", "ovo", "--inner", "tree"), "--inner must be one of logistic"),
        (("--model", "ovo", "--inner", "linear", "--C", "2"), "add --inner logistic"),
        (("--model", "ovo", "--inner", "linear", "--max-iter", "2"), "--max-iter does nothing"),
        (("--model", "ovo", "--alpha", "1"), "add --inner network"),
        (("--model", "softmax", "--batch-size", "9"), "--batch-size of --model softmax goes with"),
        (("--model", "softmax", "--missing", "drop"), "--missing belongs to linear regression"),
        (("--model", "softmax", "--C", "0"), "--C must be positive"),
        (("--model", "softmax", "--C", "2", "--penalty", "none"), "give one of the two"),
        (("--model", "softmax", "--solver", "sag"), "--solver must be one of auto"),
        (("--model", "ecoc", "--code-book", "bhc"), "did you mean bch?"),
        (("--model", "ecoc", "--code-book", "foo"), "made by hand, such as AB|CD,AC|BD. Got 'foo'"),
        (("--model", "softmax", "--penalty", "l1"), "L1 penalty is not offered; use l2 or none."),
        (("--model", "ecoc", "--code-book", "exhaustive", "--code-size", "2"), "leave it out"),
        (
            ("--model", "ecoc", "--code-book", "setosa|rose"),
            "--code-book 'setosa|rose' names 'rose'",
        ),
        (
            ("--model", "ecoc", "--code-size", "0.5"),
            "--code-size 0.5 gives 1 two-class problem, but 3 classes need at least 2 to have "
            "different code words: use --code-size 0.667 or more",
        ),
        (
            ("--model", "ecoc", "--code-book", "setosa|versicolor virginica"),
            "of --code-book (classes",
        ),
        (("--model", "ecoc", "--decoding", "morse"), "--decoding must be one of euclidean"),
    ],
)
def test_an_impossible_option_gets_one_sentence(options, message, ogive, tmp_path):
    result = ogive(*IRIS, *options)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1
    chinese = ogive(*IRIS, *options, "--lang", "zh").err
    assert len(chinese.splitlines()) == 1
    assert re.search("code_(book|size)", result.err + chinese) is None
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--C", "2"), "--C belongs to logistic and softmax regression"),
        (("--inner", "linear"), "--inner belongs to one-vs-one"),
        (("--no-report",), "--no-report belongs to linear regression and models of classes"),
    ],
)
def test_a_network_refuses_options_of_models_of_classes(options, message, ogive):
    result = ogive("fit", "iris", "--target", "target", *options)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def bad_tables():
    x = np.arange(40) % 7 + np.linspace(0, 1, 40)
    three = ["a"] * 20 + ["b"] * 19
    return {
        "one class": (pl.DataFrame({"x": x, "y": ["a"] * 40}), "in every row"),
        "a single row": (pl.DataFrame({"x": x, "y": [*three, "c"]}), "Class 'c' has too few rows"),
        "a quantity": (pl.DataFrame({"x": x, "y": x / 3}), "use --model linear"),
        "counts": (pl.DataFrame({"x": x, "y": np.arange(40) + 5}), "use --model linear"),
        "no target": (pl.DataFrame({"x": x, "y": [None] * 40}), "has no value in any row"),
        "few rows": (pl.DataFrame({"x": x[:6], "y": list("ababab")}), "at least 10"),
    }


@pytest.mark.parametrize("case", list(bad_tables()))
def test_a_table_that_cannot_be_used_gets_one_sentence(case, ogive, tmp_path):
    table, message = bad_tables()[case]
    table.write_parquet(tmp_path / "t.parquet")
    result = ogive("fit", "t.parquet", "--target", "y", "--model", "ovo", "-q")
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1


def test_rows_without_a_target_are_left_out(ogive, visitors):
    some = pl.Series(np.arange(600) % 10 > 0)
    visitors.with_columns(buys=pl.when(some).then(pl.col("buys"))).write_csv("t.csv")
    result = ogive("fit", "t.csv", "--target", "buys", "--model", "logistic", "--no-report")
    assert "Left out 60 rows without a value in the target" in plain(result.err)
    assert fact(result.out, "data").startswith("540 rows")


def test_ten_thousand_classes_one_vs_one_are_refused_before_they_fill_the_memory(ogive, tmp_path):
    labels = np.repeat(np.arange(10_000), 3)
    pl.DataFrame({"x": np.arange(30_000) % 11, "y": labels}).write_parquet(tmp_path / "t.parquet")
    arguments = ("fit", "t.parquet", "--target", "y", "--no-report", "-q")
    result = ogive(*arguments, "--model", "ovo", "--inner", "linear", "--task", "classification")
    assert (result.code, result.out) == (2, "")
    assert "GB" in result.err
    assert len(result.err.splitlines()) == 1


def test_the_same_seed_holds_the_same_rows_out(ogive):
    def out(seed):
        return re.sub(r"[\d.]+ s for", "s for", ogive(*IRIS, "--model", "ovr", "--seed", seed).out)

    assert out("1") == out("1") != out("2")


def test_levels_of_intervals_can_be_chosen(ogive):
    out = ogive(*IRIS, "--model", "softmax", "--level", "0.9").out
    assert "(90% interval" in fact(out, "held-out rows")
    assert "90% low" in out


def test_digits_are_told_apart_by_all_pairs(ogive):
    out = ogive("fit", "digits", "--target", "target", "--model", "ovo", "--no-report", "-q").out
    assert fact(out, "two-class problems") == "45, each a logistic regression"
    assert float(fact(out, "held-out rows").split()[1]) > 0.95
    counts = load_bundled("digits")["target"].value_counts()["count"]
    assert (
        fact(out, "target") == f"target: 10 classes, of {counts.min()} to {counts.max()} rows each"
    )


def test_coefficients_of_many_classes_are_not_printed_and_that_is_said(ogive, tmp_path):
    random = np.random.RandomState(0)
    y = np.repeat(np.arange(15), 20)
    frame = pl.DataFrame({"a": y + random.normal(size=300), "b": -y + random.normal(size=300)})
    frame.with_columns(k=pl.Series([f"class {i}" for i in y])).write_csv(tmp_path / "t.csv")
    arguments = ("fit", "t.csv", "--target", "k", "--model", "softmax", "--no-report")
    result = ogive(*arguments)
    assert result.code == 0, result.err
    assert "coefficients of 15 classes are not printed" in plain(result.err)
    assert "Softmax regression:" not in result.out
    assert "Classes, those found least first" in result.out


def findings(out):
    """Return the codes of the findings printed."""
    return re.findall(r"\bOGV\d+\b", out)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_models_find_out_the_same_of_the_rows(language, ogive):
    expected = findings(ogive(*IRIS, "--model", "softmax", "-q", "--lang", language).out)
    assert "OGV302" in expected
    for model in ("ovo", "ovr", "ecoc"):
        found = findings(ogive(*IRIS, "--model", model, "-q", "--lang", language).out)
        assert found == expected


def test_the_penalty_inside_decides_how_grave_separation_is(ogive):
    held = ogive(*IRIS, "--model", "ovr", "-q").out
    free = ogive(*IRIS, "--model", "ovr", "--penalty", "none", "-q").out
    assert "tip OGV302" in held
    assert "issue OGV302" in free


def test_separation_is_no_matter_of_least_squares(ogive):
    assert findings(ogive(*IRIS, "--model", "ovo", "--inner", "linear", "-q").out) == []


def test_a_matrix_of_ten_classes_fits_the_screen(ogive):
    out = ogive("fit", "digits", "--target", "target", "--model", "ovr", "--no-report", "-q").out
    table = out[out.index("Class of the row") : out.index("Recall:")].splitlines()
    assert max(map(len, table)) <= 80
    assert table[2].split()[-3:] == ["rows", "recall", "precision"]
    assert len(table) == 15


def test_code_book_and_decoding_are_explained_in_chinese(ogive):
    out = ogive(*IRIS, "--model", "ecoc", "--decoding", "loss", "-q", "--lang", "zh").out
    told = "".join(out.split())
    assert "输出码（多对多），穷举（exhaustive）码本，按损失（logistic_loss）解码" in told


def test_what_takes_long_after_the_fit_is_told(ogive, monkeypatch):
    from ogive.cli import progress

    monkeypatch.setattr(progress, "SECONDS_BEFORE_A_STAGE", 0.0)
    arguments = ("fit", "iris", "--target", "target", "--model", "ovo", "-o", "m.ogive")
    en = ogive(*arguments).err
    assert "Writing the report …\n" in en
    assert "Saving the model …\n" in en
    assert "正在生成报告 …\n" in ogive(*arguments, "--force", "--lang", "zh").err
