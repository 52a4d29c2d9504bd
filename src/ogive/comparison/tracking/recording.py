"""Logs a comparison to MLflow, so that logging it again changes nothing and doubles nothing."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogive.comparison.tracking import content
from ogive.comparison.tracking.connecting import artifact_location, connected
from ogive.text import InputError, Language

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run

    from ogive.comparison.result import Comparison

__all__ = ["track"]

PARENT = "mlflow.parentRunId"
NAME = "mlflow.runName"
MOST_AT_ONCE = 900
"""Metrics in one request, of which MLflow takes 1000."""


def track(
    comparison: Comparison,
    uri: str,
    *,
    experiment: str = "ogive",
    report: str | os.PathLike[str] | None = None,
    language: Language = "en",
) -> str:
    """Log a comparison to MLflow: one run, with a nested run for each candidate.

    The run has the settings as parameters; identity, data, command and environment as tags; the
    verdict and the reasons as its description; and report, JSON and CSV as artifacts. A candidate's
    run has the numbers of its row in the table, and those of every split with the split's number,
    from 1, as the step. A comparison that is logged again, such as after it was resumed, updates
    the run that it has.

    Parameters
    ----------
    comparison : Comparison
    uri : str
        Of a tracking server (``http://host:port``), a database (``sqlite:///runs.db``) or a folder.
    experiment : str, default="ogive"
        Name of the experiment; it is created where it is missing.
    report : path-like, optional
        HTML report to log; by default one is written for it.
    language : {"en", "zh"}, default="en"
        Language of the description, and of the report that is written.

    Returns
    -------
    str
        MLflow's id of the run.

    Raises
    ------
    InputError
        Where MLflow is missing, no server answers (within about 5 seconds), or it cannot log. The
        comparison is not touched.
    """
    files = _Files(comparison, report, language)
    with connected(uri) as client:
        number = _experiment(client, experiment, artifact_location(uri))
        identity = content.identity_of(comparison)
        run = _found(client, number, f"tags.`ogive.identity` = '{identity}'")
        tags = content.tags_of(comparison, language)
        if run is None:
            name = comparison.data_name or comparison.data.target
            run = client.create_run(number, tags={**tags, NAME: f"compare {name}"})
        _write(client, run, content.parameters_of(comparison), content.metrics_of(comparison), tags)
        for row in comparison.rows():
            _write_candidate(client, run, comparison, row)
        with files as folder:
            for path in sorted(folder.iterdir()):
                client.log_artifact(run.info.run_id, str(path))
        client.set_terminated(run.info.run_id, "FINISHED")
        return str(run.info.run_id)


class _Files:
    """The files to log, in a folder that goes away afterwards."""

    def __init__(
        self,
        comparison: Comparison,
        report: str | os.PathLike[str] | None,
        language: Language,
    ) -> None:
        if report is not None and not Path(report).is_file():
            raise InputError(
                f"report: there is no file {os.fspath(report)!r} to log; leave it out to have one "
                "written.",
                f"report：找不到要记录的文件 {os.fspath(report)!r}；省略它即可自动生成一份。",
            )
        self.comparison, self.report, self.language = comparison, report, language

    def __enter__(self) -> Path:
        self._folder = tempfile.TemporaryDirectory(prefix="ogive-track-")
        folder = Path(self._folder.name)
        (folder / "result.json").write_text(self.comparison.to_json(), encoding="utf-8")
        (folder / "result.csv").write_text(self.comparison.to_csv(), encoding="utf-8")
        page = folder / "report.html"
        if self.report is None:
            self.comparison.report(page, self.language)
        else:
            page.write_bytes(Path(self.report).read_bytes())
        return folder

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _experiment(client: MlflowClient, name: str, location: str | None) -> str:
    """Return the id of an experiment, which is created where it is missing."""
    known = client.get_experiment_by_name(name)
    if known is None:
        return str(client.create_experiment(name, artifact_location=location))
    if known.lifecycle_stage == "deleted":
        raise InputError(
            f"experiment {name!r} was deleted in MLflow; restore it there "
            f"(mlflow experiments restore -x {known.experiment_id}) or give another name.",
            f"MLflow 中的实验 {name!r} 已被删除；请先恢复"
            f"（mlflow experiments restore -x {known.experiment_id}），或换一个名称。",
        )
    return str(known.experiment_id)


def _found(client: MlflowClient, experiment: str, condition: str) -> Run | None:
    """Return the oldest run for which a condition holds."""
    found = client.search_runs(
        [experiment], condition, max_results=1, order_by=["attributes.start_time ASC"]
    )
    return found[0] if found else None


def _write_candidate(client: MlflowClient, parent: Run, comparison: Comparison, row: Any) -> None:
    """Write the nested run of one candidate."""
    experiment, parent_id = parent.info.experiment_id, parent.info.run_id
    number = list(comparison.settings.labels).index(row.label)
    tags = {"ogive.candidate": str(number), "ogive.group": row.group}
    condition = f"tags.`{PARENT}` = '{parent_id}' AND tags.`ogive.candidate` = '{number}'"
    run = _found(client, experiment, condition)
    if run is None:
        run = client.create_run(experiment, tags={**tags, PARENT: parent_id, NAME: row.label})
    metrics = content.candidate_metrics(comparison, row)
    _write(client, run, content.candidate_parameters(comparison, row.label), metrics, tags)
    _write_splits(client, run, comparison, number)
    client.set_terminated(run.info.run_id, "FINISHED")


def _write(
    client: MlflowClient,
    run: Run,
    parameters: Mapping[str, str],
    metrics: Mapping[str, float],
    tags: Mapping[str, str],
) -> None:
    """Write what a run does not have yet, or has otherwise; a parameter keeps its first value."""
    from mlflow.entities import Metric, Param, RunTag

    now, known = int(time.time() * 1000), run.data
    client.log_batch(
        run.info.run_id,
        metrics=[
            Metric(name, value, now, 0)
            for name, value in metrics.items()
            if known.metrics.get(name) != value
        ],
        params=[
            Param(name, value) for name, value in parameters.items() if name not in known.params
        ],
        tags=[RunTag(name, value) for name, value in tags.items() if known.tags.get(name) != value],
    )


def _write_splits(client: MlflowClient, run: Run, comparison: Comparison, number: int) -> None:
    """Write what a candidate did on each split, as far as it is not there already."""
    from mlflow.entities import Metric

    now = int(time.time() * 1000)
    by_split = [
        content.split_metrics(comparison, outcome) for outcome in comparison.outcomes[number]
    ]
    names = sorted({name for metrics in by_split for name in metrics})
    known: dict[tuple[str, int], float] = {}
    for name in names:
        if name in run.data.metrics:
            for one in client.get_metric_history(run.info.run_id, name):
                known[name, one.step] = one.value
    missing = [
        Metric(name, value, now, step)
        for step, metrics in enumerate(by_split, start=1)
        for name, value in metrics.items()
        if known.get((name, step)) != value
    ]
    for part in _parts(missing):
        client.log_batch(run.info.run_id, metrics=part)


def _parts(metrics: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(metrics), MOST_AT_ONCE):
        yield metrics[start : start + MOST_AT_ONCE]
