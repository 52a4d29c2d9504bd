import json
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mlflow")

from mlflow import MlflowClient

from ogive.comparison.tracking import track
from ogive.comparison.tracking.content import identity_of
from ogive.text import InputError

MEANS = {"tanh": 0.9, "relu": 0.95}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give the address of a folder of runs, which MLflow makes faster than a database."""
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    return (tmp_path / "runs").as_uri()


def runs_of(uri, experiment="ogive"):
    client = MlflowClient(uri)
    number = client.get_experiment_by_name(experiment).experiment_id
    return client, {run.info.run_name: run for run in client.search_runs([number])}


@pytest.fixture
def page(tmp_path):
    """Give a report, which takes a while to write."""
    written = tmp_path / "mine.html"
    written.write_text("<p>mine</p>", "utf-8")
    return written


@pytest.fixture
def logged(new_comparison, folder, page):
    """Log a comparison once."""
    comparison = new_comparison(MEANS, data_name="wine")
    number = track(comparison, folder, report=page)
    client, runs = runs_of(folder)
    return comparison, number, client, runs


def test_a_comparison_is_one_run_with_a_nested_run_for_each_candidate(logged):
    _, number, _, runs = logged
    assert set(runs) == {"compare wine", "tanh", "relu"}
    assert runs["compare wine"].info.run_id == number
    assert {runs[name].data.tags["mlflow.parentRunId"] for name in MEANS} == {number}
    assert {run.info.status for run in runs.values()} == {"FINISHED"}


def test_settings_are_parameters_and_origin_and_verdict_are_tags(logged):
    comparison, _, _, runs = logged
    data = runs["compare wine"].data
    assert data.params["scoring"] == "accuracy"
    assert data.params["learning_rates"] == "0.001, 0.003, 0.01"
    assert data.params["n_rows"] == str(comparison.data.n_rows)
    assert data.tags["ogive.command"] == comparison.command
    assert data.tags["ogive.identity"] == identity_of(comparison)
    assert data.tags["mlflow.note.content"].startswith(comparison.verdict.en)


def test_a_candidate_has_the_numbers_of_its_row_and_of_every_split(logged):
    comparison, _, client, runs = logged
    row = next(row for row in comparison.rows() if row.label == "tanh")
    found = runs["tanh"].data.metrics
    for name in ("score", "score_low", "difference", "p_holm", "p_worse", "seconds", "rank"):
        assert found[name] == pytest.approx(getattr(row, name))
    history = client.get_metric_history(runs["tanh"].info.run_id, "split_score")
    assert [one.step for one in history] == list(range(1, 11))
    assert [one.value for one in history] == pytest.approx(comparison.scores["tanh"])


def test_report_json_and_csv_are_its_files(logged, tmp_path):
    comparison, number, client, _ = logged
    files = [one.path for one in client.list_artifacts(number)]
    assert sorted(files) == ["report.html", "result.csv", "result.json"]
    kept = Path(client.download_artifacts(number, "result.json", tmp_path))
    assert json.loads(kept.read_text("utf-8"))["best"] == comparison.best


def test_logging_again_updates_the_run_and_doubles_nothing(logged, folder, page):
    comparison, number, _, before = logged
    assert track(comparison, folder, report=page) == number
    client, after = runs_of(folder)
    assert set(after) == set(before)
    assert len(client.get_metric_history(after["tanh"].info.run_id, "split_score")) == 10
    assert len(client.get_metric_history(after["tanh"].info.run_id, "score")) == 1


def test_a_comparison_that_went_on_is_the_same_run_with_the_splits_added(logged, folder, page):
    comparison, number, _, _ = logged
    longer = replace(
        comparison,
        settings=replace(comparison.settings, n_repeats=3),
        outcomes=[[*done, *done[:5]] for done in comparison.outcomes],
        guesses=[*comparison.guesses, *comparison.guesses[:5]],
    )
    assert track(longer, folder, report=page) == number
    client, runs = runs_of(folder)
    assert len(client.get_metric_history(runs["tanh"].info.run_id, "split_score")) == 15
    assert runs["compare wine"].data.metrics["n_repeats"] == 3
    assert runs["tanh"].data.metrics["score_low"] == pytest.approx(
        next(row.score_low for row in longer.rows() if row.label == "tanh")
    )


def test_other_settings_are_another_run(logged, folder, page):
    comparison, number, _, _ = logged
    other = replace(comparison, settings=replace(comparison.settings, max_iter=7))
    assert track(other, folder, report=page) != number


def test_errors_are_logged_as_people_read_them(new_comparison, new_settings, folder, page):
    means = {"tanh": -60.0, "relu": -50.0}
    given = new_settings(means, scoring="rmse")
    track(new_comparison(means, guess=-80.0, classes=0, settings=given), folder, report=page)
    _, runs = runs_of(folder)
    found = runs["tanh"].data.metrics
    assert found["score_low"] < found["score"] == pytest.approx(60, abs=0.1)
    assert found["score"] < found["score_high"]
    assert found["difference_low"] < found["difference"] == pytest.approx(10, abs=0.1)


def test_numbers_that_are_not_finite_are_left_out(new_comparison, new_outcome, folder, page):
    odd = [new_outcome(0.5 + i / 100, dead_share=np.nan, seconds=np.inf) for i in range(10)]
    track(new_comparison({"relu": 0.9, "odd": odd}), folder, report=page)
    _, runs = runs_of(folder)
    assert "dead_share" not in runs["odd"].data.metrics
    assert "seconds" not in runs["odd"].data.metrics


def test_a_report_that_was_written_is_taken(new_comparison, folder, tmp_path, page):
    number = track(new_comparison(MEANS), folder, report=page, experiment="other")
    client, _ = runs_of(folder, "other")
    kept = Path(client.download_artifacts(number, "report.html", tmp_path))
    assert kept.read_text("utf-8") == "<p>mine</p>"


def test_without_one_a_report_is_written(new_comparison, folder, tmp_path):
    comparison = new_comparison(MEANS)
    number = track(comparison, folder, language="zh")
    client, _ = runs_of(folder)
    kept = Path(client.download_artifacts(number, "report.html", tmp_path))
    assert 'lang="zh' in kept.read_text("utf-8")


def test_a_report_that_is_missing_is_named(new_comparison, folder, tmp_path):
    with pytest.raises(InputError, match=r"no file '.*gone\.html' to log"):
        track(new_comparison(MEANS), folder, report=tmp_path / "gone.html")


def test_a_deleted_experiment_is_named_with_the_way_to_restore_it(logged, folder, page):
    comparison, _, client, _ = logged
    client.delete_experiment(client.get_experiment_by_name("ogive").experiment_id)
    with pytest.raises(InputError, match="mlflow experiments restore"):
        track(comparison, folder, report=page)


def test_a_sqlite_database_keeps_runs_too_and_their_files_beside_it(
    new_comparison, monkeypatch, page
):
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    # Making the tables takes hundreds of writes to the disk, unless it is none.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as place:
        uri = f"sqlite:///{place}/runs.db"
        first, second = (track(new_comparison(MEANS), uri, report=page) for _ in range(2))
        _, runs = runs_of(uri)
        assert first == second == runs["compare kind"].info.run_id
        assert len(runs) == 3
        assert list(Path(place, "mlartifacts").rglob("result.csv"))
