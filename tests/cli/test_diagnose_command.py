import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from ogive.data import load_bundled
from ogive.diagnosis.finding import CODES

HEALTHY = ("--max-iter", "40", "--hidden-layer-sizes", "16")
HOT = ("--learning-rate-init", "0.3", "--max-iter", "12", "--hidden-layer-sizes", "32,16")


@pytest.fixture
def fitted(ogive):
    """Run `ogive fit` with given options on a bundled table, and return its model's name."""

    def fit(name, *options):
        result = ogive("fit", name, "--target", "target", "-o", "m.ogive", "--force", *options)
        assert result.code == 0, result.err
        return "m.ogive"

    return fit


def test_a_healthy_network_is_told_to_be_so(ogive, fitted):
    result = ogive("diagnose", fitted("iris", *HEALTHY), "iris", "--fail-on", "issue")
    assert result.code == 0, result.err
    first = result.out.splitlines()[0]
    assert "passed" in first
    assert "issue" not in first


def test_findings_come_before_the_units_of_each_layer(ogive, fitted):
    result = ogive("diagnose", fitted("digits", *HOT), "digits")
    assert result.code == 0, result.err
    out = result.out
    assert re.match(r"\d+ issues?", out)
    assert out.index("issue OGV1") < out.index("passed: ") < out.index("hidden 1  relu")
    assert "→ Lower the learning rate from 0.3" in out
    assert "× dead" in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 100


def test_chinese_is_chinese_throughout(ogive, fitted):
    result = ogive("diagnose", fitted("digits", *HOT), "digits", "--lang", "zh")
    assert result.code == 0, result.err
    assert "隐藏层 1" in result.out
    for part in ("issue", "passed", "hidden", "units", "Lower"):
        assert part not in result.out


@pytest.mark.parametrize(("given", "code"), [("issue", 1), ("tip", 1)])
def test_an_issue_ends_the_run_with_1_where_that_is_asked_for(given, code, ogive, fitted):
    model = fitted("digits", *HOT)
    assert ogive("diagnose", model, "digits", "--fail-on", given).code == code
    assert ogive("diagnose", model, "digits").code == 0


def test_json_goes_to_standard_output_and_the_rest_to_standard_error(ogive, fitted):
    result = ogive("diagnose", fitted("digits", *HOT), "digits", "--json", "-")
    assert result.code == 0, result.err
    found = json.loads(result.out)
    assert found["codes"]
    assert set(found["codes"]) <= set(CODES)
    assert {one["code"] for one in found["findings"]} == set(CODES)
    assert found["n_rows"] == 1797
    assert "issue OGV1" in result.err


def test_limits_can_be_set_and_are_in_the_json(ogive, fitted):
    model = fitted("iris", *HEALTHY)
    result = ogive(
        "diagnose", model, "iris", "--json", "j.json", "--threshold", "dead_share=0.25",
        "--threshold", "unit_rows=1e6",
    )  # fmt: skip
    assert result.code == 0, result.err
    with Path("j.json").open(encoding="utf-8") as file:
        limits = json.load(file)["thresholds"]
    assert limits["dead_share"] == 0.25
    assert "not applicable: Dead units (OGV101)" in " ".join(result.out.split())


def test_a_table_without_the_target_is_measured_without_gradients(ogive, fitted, tmp_path):
    model = fitted("iris", *HEALTHY)
    load_bundled("iris").drop("target").write_csv(tmp_path / "t.csv")
    result = ogive("diagnose", model, "t.csv")
    assert result.code == 0, result.err
    assert "There is no column 'target'" in result.err
    assert "not applicable: Vanishing gradient (OGV102)" in " ".join(result.out.split())


def test_a_regression_is_measured_on_the_scale_it_learnt(ogive, fitted):
    result = ogive("diagnose", fitted("diabetes", *HEALTHY), "diabetes", "--json", "j.json")
    assert result.code == 0, result.err
    with Path("j.json").open(encoding="utf-8") as file:
        found = json.load(file)
    assert found["task"] == "regression"
    assert 0.2 < found["score"] < 1
    assert found["loss"] < 1


def test_a_monitored_training_survives_in_the_model_file(ogive, fitted):
    model = fitted("iris", *HEALTHY, "--monitor")
    result = ogive("diagnose", model, "iris", "--json", "j.json")
    assert result.code == 0, result.err
    with Path("j.json").open(encoding="utf-8") as file:
        course = json.load(file)["course"]
    assert course["epoch"][0] == 1
    assert course["layers"] == ["hidden 1", "output"]


def test_the_report_is_written_and_named(ogive, fitted, tmp_path):
    result = ogive("diagnose", fitted("digits", *HOT), "digits", "--report", "r.html")
    assert result.code == 0, result.err
    assert result.out.endswith("Report: r.html\n")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "ogive diagnose m.ogive digits --report r.html" in html
    assert 'id="page-OGV' in html


def test_remedies_are_tried_and_told(ogive, fitted, tmp_path):
    result = ogive(
        "diagnose", fitted("iris", "--learning-rate-init", "3", "--max-iter", "10"), "iris",
        "--try-remedies", "--seeds", "3", "--report", "r.html", "--json", "j.json",
    )  # fmt: skip
    assert result.code == 0, result.err
    with Path("j.json").open(encoding="utf-8") as file:
        trial = json.load(file)["trial"]
    assert trial["n_seeds"] == 3
    assert trial["remedies"]
    assert "Remedies that were tried" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", list(CODES))
def test_every_code_is_explained_without_a_model(code, language, ogive):
    result = ogive("diagnose", "--explain", code.lower(), "--lang", language)
    assert result.code == 0, result.err
    assert code in result.out
    assert len(result.out.splitlines()) > 10


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "MODEL is missing"),
        (("m.ogive",), "DATA is missing"),
        (("m.ogive", "iris"), "m.ogive is not found"),
        (("m.ogive", "iris", "--threshold", "dead_shar=1"), "did you mean dead_share?"),
        (("m.ogive", "iris", "--threshold", "foo=1"), "lists its limits with their defaults"),
        (("m.ogive", "iris", "--threshold", "dead_share=-1"), "dead_share must be a number"),
        (("m.ogive", "iris", "--threshold", "dead_share"), "--threshold must be a name and a"),
        (("m.ogive", "iris", "--fail-on", "isue"), "did you mean issue?"),
        (("m.ogive", "iris", "--seeds", "5"), "add --try-remedies"),
        (("m.ogive", "iris", "--try-remedies", "--seeds", "1"), "at least 2"),
        (("--explain", "OGV999"), "there is no finding 'OGV999'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments, message, ogive):
    result = ogive("diagnose", *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("kind", "message"),
    [("linear", "'ogive fit --model linear' checks"), ("softmax", "'ogive fit --model logistic'"),
     ("ovo", "'ogive fit --model ovo' prints")],
)  # fmt: skip
def test_a_model_without_layers_is_refused_with_what_to_use_instead(kind, message, ogive):
    data = ("house", "price") if kind == "linear" else ("iris", "target")
    options = ("--no-report", "-q", "-o", "m.ogive")
    fit = ogive("fit", data[0], "--target", data[1], "--model", kind, *options)
    assert fit.code == 0, fit.err
    result = ogive("diagnose", "m.ogive", data[0])
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1


def test_a_class_that_the_network_never_saw_is_named(ogive, fitted, tmp_path):
    model = fitted("iris", *HEALTHY)
    table = load_bundled("iris").with_columns(
        target=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("rose")).otherwise(pl.col("target"))
    )
    table.write_csv(tmp_path / "t.csv")
    result = ogive("diagnose", model, "t.csv")
    assert (result.code, result.out) == (2, "")
    assert "holds 'rose', a class that the model does not know" in result.err


def test_rows_without_a_target_are_left_out_and_told(ogive, fitted, tmp_path):
    model = fitted("iris", *HEALTHY)
    table = load_bundled("iris").with_columns(
        target=pl.when(pl.int_range(pl.len()) < 4).then(None).otherwise(pl.col("target"))
    )
    table.write_csv(tmp_path / "t.csv")
    result = ogive("diagnose", model, "t.csv", "--json", "j.json")
    assert result.code == 0, result.err
    assert "Left out 4 rows without a value in the target 'target'" in result.err
    with Path("j.json").open(encoding="utf-8") as file:
        assert json.load(file)["n_rows"] == 146


def test_the_monitor_belongs_to_networks(ogive):
    result = ogive("fit", "iris", "--target", "target", "--model", "ovo", "--monitor")
    assert (result.code, result.out) == (2, "")
    assert "--monitor belongs to networks" in result.err


def test_it_runs_as_a_process_whose_encoding_lacks_block_marks(fitted, tmp_path):
    fitted("digits", *HOT)
    done = subprocess.run(
        [sys.executable, "-m", "ogive", "diagnose", "m.ogive", "digits", "--fail-on", "issue"],
        cwd=tmp_path,
        env={**os.environ, "OGIVE_LANG": "en", "COLUMNS": "80", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    bar = next(line for line in done.stdout.splitlines() if line.startswith("hidden 2  relu"))
    assert set(bar.split()[3]) <= set("#x.=cs")
    assert "Traceback" not in done.stderr
