import re

import polars as pl
import pytest

FAST = ("--max-iter", "30", "--hidden-layer-sizes", "8")


def test_a_network_is_trained_saved_and_scored_on_held_out_rows(ogive, tmp_path):
    result = ogive("fit", "iris", "--target", "target", "-o", "m.ogive", *FAST)
    assert result.code == 0, result.err
    assert re.search(r"held-out rows +accuracy 0\.\d{4} \(n = 30\)", result.out)
    assert [path.name for path in tmp_path.iterdir()] == ["m.ogive"]


def test_the_summary_is_chinese_if_wanted(ogive):
    result = ogive("fit", "diabetes", "--target", "target", "--lang", "zh", *FAST)
    assert result.code == 0, result.err
    assert "决定系数 R²" in result.out
    assert "目标" in result.out


def test_the_same_seed_gives_the_same_scores(ogive):
    arguments = ("fit", "wine", "--target", "target", "--force", *FAST)

    def scores(seed):
        return re.findall(r"accuracy (\S+)", ogive(*arguments, "--seed", seed).out)

    assert scores("1") == scores("1")


@pytest.mark.parametrize("solver", ["adamw", "sgd", "lbfgs"])
def test_every_solver_can_be_chosen(solver, ogive):
    result = ogive("fit", "iris", "--target", "target", "--solver", solver, *FAST)
    assert result.code == 0, result.err


def test_layers_may_have_activations_of_their_own(ogive):
    arguments = ("fit", "iris", "--target", "target", "--hidden-layer-sizes", "8,4")
    assert "tanh, gelu" in ogive(*arguments, "--activation", "tanh,gelu").out
    result = ogive(*arguments, "--activation", "tanh,gelu,relu", "--force")
    assert result.code == 2
    assert "names 3 functions for 2 hidden layers" in result.err


def test_an_existing_file_is_kept_unless_forced(ogive, tmp_path):
    (tmp_path / "model.ogive").write_text("precious")
    result = ogive("fit", "iris", "--target", "target", *FAST)
    assert (result.code, result.out) == (2, "")
    assert "model.ogive exists already" in result.err
    assert (tmp_path / "model.ogive").read_text() == "precious"
    assert ogive("fit", "iris", "--target", "target", "--force", *FAST).code == 0


def test_left_out_columns_are_reported(ogive, tmp_path):
    table = pl.DataFrame({"a": range(40), "k": [1] * 40, "y": ["p", "q"] * 20})
    table.write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "y", *FAST)
    assert "Left out the column with the same value in every row: k." in result.err
    assert ogive("fit", "t.csv", "--target", "y", "--force", "-q", *FAST).err == ""


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["p", "q"] * 4, "8 rows with a target; at least 10 are needed"),
        (["p"] * 19 + ["q"], "Class 'q' has too few rows (1)"),
    ],
)
def test_too_little_data_is_refused(labels, message, ogive, tmp_path):
    pl.DataFrame({"a": range(len(labels)), "y": labels}).write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "y")
    assert result.code == 2
    assert message in result.err
    assert not (tmp_path / "model.ogive").exists()


def test_training_that_diverges_at_once_is_refused(ogive, tmp_path):
    result = ogive("fit", "wine", "--target", "target", "--learning-rate-init", "1e30")
    assert result.code == 2
    assert "nothing was learned" in result.err
    assert list(tmp_path.iterdir()) == []


def test_training_cut_short_is_said(ogive):
    result = ogive("fit", "wine", "--target", "target", "--max-iter", "2")
    assert "had not converged after 2 epochs" in result.err


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--alpha", "-1", "--alpha must be a number of at least 0"),
        ("--max-iter", "0", "--max-iter must be a whole number of at least 1"),
        ("--learning-rate-init", "0", "--learning-rate-init must be positive"),
        ("--seed", "-1", "--seed must be a whole number of at least 0"),
        ("--solver", "adm", "did you mean adam?"),
        ("--activation", "rellu", "Did you mean 'relu'?"),
        ("--task", "cluster", "--task must be one of auto, classification, regression"),
        ("--ignore", "nothing", "no column 'nothing'"),
        ("--output", "none/m.ogive", "does not exist"),
        ("--output", ".", "is a folder"),
    ],
)
def test_an_impossible_option_gets_one_sentence(option, value, message, ogive, tmp_path):
    result = ogive("fit", "iris", "--target", "target", option, value)
    assert result.code == 2
    assert message in result.err
    assert len(result.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
