import sqlite3

import pytest

FAST = ("-a", "relu,tanh", "--hidden-layer-sizes", "6", "--learning-rate", "0.01", "--max-iter")
FAST += ("5", "--folds", "2", "--repeats", "1", "--no-report")


def test_a_comparison_is_logged_to_mlflow(ogive, tmp_path):
    pytest.importorskip("mlflow")
    command = ("compare", "iris", "--target", "target", *FAST, "--track", "sqlite:///m.db")
    result = ogive(*command)
    assert result.code == 0, result.err
    assert "Logged to MLflow." in result.err
    with sqlite3.connect(tmp_path / "m.db") as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM runs")}
    assert {"relu", "tanh"} < names
