import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

OVERFITTED = ("--no-early-stopping", "--hidden-layer-sizes", "200", "--max-iter", "600")


def noisy_table(n_rows, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_rows, 20))
    columns = {f"x{i}": X[:, i] for i in range(20)} | {"c": rng.choice(["a", "b"], n_rows)}
    return pl.DataFrame(
        columns | {"y": np.where(X[:, 0] + 1.5 * rng.normal(size=n_rows) > 0, "p", "q")}
    )


@pytest.fixture
def overfitted(ogive, tmp_path):
    """Learn 120 rows with hardly any signal by heart; 500 more rows are in new.csv."""
    noisy_table(120, 0).write_csv(tmp_path / "learnt.csv")
    noisy_table(500, 1).write_csv(tmp_path / "new.csv")
    result = ogive("fit", "learnt.csv", "--target", "y", *OVERFITTED, "-o", "m.ogive")
    assert result.code == 0, result.err
    return result


def found(name="j.json"):
    with Path(name).open(encoding="utf-8") as file:
        return json.load(file)


def overfitting(name="j.json"):
    return [one for one in found(name)["findings"] if one["kind"] == "overfitting"]


def test_rows_that_were_not_learnt_show_overfitting(ogive, overfitted):
    result = ogive("diagnose", "m.ogive", "new.csv", "--json", "j.json", "--fail-on", "issue")
    assert result.code == 1
    assert "500 of the 500 rows were not learnt from" in result.err
    assert overfitting()[0]["severity"] == "issue"


def test_the_rows_that_the_fit_held_out_are_known_again_in_its_own_table(ogive, overfitted):
    result = ogive("diagnose", "m.ogive", "learnt.csv", "--json", "j.json")
    assert "24 of the 120 rows were not learnt from" in result.err
    assert overfitting()


def test_the_fit_itself_tells_of_overfitting(overfitted):
    assert "overfitting and underfitting (OGV111)" in " ".join(overfitted.err.split())


def test_rows_not_learnt_from_can_be_given_apart(ogive, overfitted):
    result = ogive(
        "diagnose", "m.ogive", "learnt.csv", "--validation", "new.csv", "--json", "j.json"
    )
    assert result.code == 0, result.err
    assert found()["n_rows"] == 120
    assert overfitting()[0]["numbers"]["validation_score"] == pytest.approx(0.6, abs=0.1)


def test_rows_to_compare_with_need_their_targets(ogive, overfitted, tmp_path):
    noisy_table(50, 2).drop("y").write_csv(tmp_path / "bare.csv")
    result = ogive("diagnose", "m.ogive", "new.csv", "--validation", "bare.csv")
    assert (result.code, result.out) == (2, "")
    assert "bare.csv has no column 'y'" in result.err


def test_a_model_file_that_remembers_no_rows_says_so(ogive, overfitted):
    from ogive.persistence import load_model, save_model

    model = load_model(Path("m.ogive"))
    model.learnt = None
    save_model(model, Path("old.ogive"))
    result = ogive("diagnose", "old.ogive", "new.csv")
    assert result.code == 0
    assert "does not remember which rows it learnt" in " ".join(result.err.split())


@pytest.mark.parametrize("n_rows", [1, 100])
def test_rows_of_one_class_are_measured(n_rows, ogive, overfitted, tmp_path):
    noisy_table(300, 3).filter(pl.col("y") == "p").head(n_rows).write_csv(tmp_path / "p.csv")
    result = ogive("diagnose", "m.ogive", "p.csv", "--json", "j.json")
    assert result.code == 0, result.err
    assert found()["n_rows"] == n_rows


def test_one_row_of_a_regression_is_measured(ogive, tmp_path):
    fit = ogive("fit", "diabetes", "--target", "target", "--max-iter", "10", "-o", "m.ogive")
    assert fit.code == 0, fit.err
    from ogive.data import load_bundled

    load_bundled("diabetes").head(1).write_csv(tmp_path / "one.csv")
    result = ogive("diagnose", "m.ogive", "one.csv")
    assert result.code == 0, result.err


@pytest.mark.parametrize("command", ["diagnose", "predict"])
def test_a_category_that_training_never_met_is_told(command, ogive, overfitted, tmp_path):
    noisy_table(50, 2).with_columns(c=pl.lit("zebra")).write_csv(tmp_path / "z.csv")
    result = ogive(command, "m.ogive", "z.csv")
    assert result.code == 0, result.err
    told = " ".join(result.err.split())
    assert "50 of 50 rows hold a category" in told
    assert "'zebra'" in told


def test_remedies_say_what_to_type(ogive, overfitted):
    result = ogive("diagnose", "m.ogive", "new.csv")
    told = " ".join(result.out.split())
    assert "(ogive fit: --dropout 0.3)" in told
    assert "(ogive fit: --early-stopping)" in told


def test_remedies_say_what_to_type_as_parameters_do():
    from ogive.cli.remedy_options import fit_options

    assert fit_options({"activation": ["relu", "tanh"], "init": "auto"}) == [
        "--activation", "relu,tanh", "--init", "auto",
    ]  # fmt: skip
    assert fit_options({"hidden_layer_sizes": (8, 4)}) == ["--hidden-layer-sizes", "8,4"]
    assert fit_options({"loss": "poisson"}) is None
    assert fit_options({}) is None


def test_what_a_remedy_asks_for_can_be_typed(ogive, overfitted):
    from ogive.persistence import load_model

    result = ogive(
        "fit", "learnt.csv", "--target", "y", "-o", "n.ogive", "--max-iter", "5",
        "--init", "he_normal", "--dropout", "0.3", "--class-weight", "balanced",
    )  # fmt: skip
    assert result.code == 0, result.err
    network = load_model(Path("n.ogive")).estimator
    assert (network.init, network.dropout) == ("he_normal", 0.3)
    assert network.class_weight == "balanced"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--init", "he"), "--init"),
        (("--dropout", "1"), "--dropout must be at least 0 and below 1"),
        (("--dropout", "0.2", "--solver", "lbfgs"), "does nothing with --solver lbfgs"),
        (("--class-weight", "much"), "--class-weight"),
        (("--class-weight", "balanced", "--target", "x0"), "--class-weight is of classes"),
        (("--init", "auto", "--model", "logistic"), "--init belongs to networks"),
    ],
)
def test_options_that_mean_nothing_are_refused_in_a_sentence(options, message, ogive, tmp_path):
    noisy_table(60, 2).write_csv(tmp_path / "t.csv")
    target = () if "--target" in options else ("--target", "y")
    result = ogive("fit", "t.csv", *target, *options)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1
