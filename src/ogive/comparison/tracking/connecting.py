"""Reaches MLflow: finds out soon where nobody answers, and keeps its noise and errors away."""

from __future__ import annotations

import http.client
import logging
import os
import socket
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ogive.text import InputError

if TYPE_CHECKING:
    from mlflow import MlflowClient

__all__ = ["artifact_location", "check_tracking", "connected"]

ANSWER_WITHIN = 5
"""Seconds in which a server has to answer that it is there."""

_PORTS = {"postgresql": 5432, "mysql": 3306, "mssql": 1433}
_SETTINGS = {
    # A server that stops answering half-way is given up after two tries.
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "1",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    # A folder of runs is what MLflow began with; newer ones want to be told that it is meant.
    "MLFLOW_ALLOW_FILE_STORE": "true",
    # MLflow would report to its makers that it is used.
    "MLFLOW_DISABLE_TELEMETRY": "true",
}


def check_tracking(uri: str) -> None:
    """Refuse a tracking URI where MLflow is missing or nobody answers, before any fit.

    Parameters
    ----------
    uri : str
        Of an MLflow server (``http://host:port``), a database (``sqlite:///runs.db``) or a folder.

    Raises
    ------
    InputError
        Within about 5 seconds.
    """
    with _settings():
        try:
            import mlflow  # noqa: F401
        except ImportError:
            raise InputError(
                "track needs MLflow, which is not installed: pip install 'ogive[mlflow]'.",
                "track 需要 MLflow，但尚未安装：pip install 'ogive[mlflow]'。",
            ) from None
    parts = urlsplit(uri)
    kind = parts.scheme.partition("+")[0]
    if kind in ("http", "https"):
        _ask(uri)
    elif kind in _PORTS:
        _knock(uri, _PORTS[kind])
    elif kind == "sqlite" and len(parts.path) > 1:
        _look(Path(parts.path[1:]))


@contextmanager
def connected(uri: str) -> Iterator[MlflowClient]:
    """Give a client of a server or database; whatever it cannot do becomes an `InputError`."""
    check_tracking(uri)
    with _settings(), _quiet():
        from mlflow import MlflowClient

        try:
            yield MlflowClient(tracking_uri=uri)
        except InputError:
            raise
        except Exception as error:  # MLflow's own, those of requests, SQLAlchemy, the file system
            raise _failed(uri, error) from error


def artifact_location(uri: str) -> str | None:
    """Return where a new experiment's files go: beside a SQLite database, or as the server says.

    MLflow itself would put them into whatever folder the command was called in.
    """
    parts = urlsplit(uri)
    if parts.scheme != "sqlite" or not parts.path.strip("/"):
        return None
    database = Path(parts.path[1:]).resolve()
    return (database.parent / "mlartifacts").as_uri()


def _ask(uri: str) -> None:
    """Find out whether a server answers at all, whatever it says."""
    request = urllib.request.Request(f"{uri.rstrip('/')}/health")
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_WITHIN):  # noqa: S310
            return
    except urllib.error.HTTPError:
        return
    except (OSError, http.client.HTTPException, ValueError) as error:
        where = _without_password(uri)
        why = str(getattr(error, "reason", error)) or type(error).__name__
        raise InputError(
            f"track: no MLflow server answers at {where} ({why}). Check the address, or start one "
            "by: mlflow server.",
            f"track：{where} 处没有 MLflow 服务器应答（{why}）。请检查地址，"
            "或用 mlflow server 启动一个。",
        ) from error


def _knock(uri: str, usual_port: int) -> None:
    """Find out whether a database server takes connections: MLflow tries for two minutes."""
    try:
        parts = urlsplit(uri)
        address = parts.hostname or "localhost", parts.port or usual_port
        socket.create_connection(address, timeout=ANSWER_WITHIN).close()
    except (OSError, ValueError) as error:
        where = _without_password(uri)
        raise InputError(
            f"track: no database answers at {where} ({error}). Check the address and that the "
            "server runs.",
            f"track：{where} 处没有数据库应答（{error}）。请检查地址，并确认服务器正在运行。",
        ) from error


def _look(database: Path) -> None:
    """Refuse a database file that cannot be there: MLflow tries that for two minutes, too."""
    folder = database.parent
    usable = database if database.exists() else folder
    if folder.is_dir() and not database.is_dir() and os.access(usable, os.R_OK | os.W_OK):
        return
    raise InputError(
        f"track: the database {str(database)!r} cannot be written to. Its folder must exist, and "
        "both must be yours to write; sqlite:///runs.db is in the current folder, and "
        "sqlite:////path/runs.db elsewhere.",
        f"track：无法写入数据库 {str(database)!r}。其所在文件夹必须存在且可写；"
        "sqlite:///runs.db 位于当前文件夹，sqlite:////路径/runs.db 位于别处。",
    )


def _failed(uri: str, error: Exception) -> InputError:
    where = _without_password(uri)
    line = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    line = line if len(line) <= 200 else f"{line[:197]}..."
    return InputError(
        f"track: MLflow at {where} could not log the comparison: {line}. Give the address of a "
        "server, such as http://127.0.0.1:5000, or a database, such as sqlite:///runs.db; the "
        "same command then logs it without fitting anything again if a store keeps the fits.",
        f"track：{where} 处的 MLflow 无法记录本次比较：{line}。请给出服务器地址，例如 "
        "http://127.0.0.1:5000，或数据库，例如 sqlite:///runs.db；若结果存于存储中，"
        "再次运行同一命令即可记录，无需重新训练。",
    )


def _without_password(uri: str) -> str:
    parts = urlsplit(uri)
    if "@" not in parts.netloc:
        return uri
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@contextmanager
def _settings() -> Iterator[None]:
    """Give MLflow its settings for a while; those that the user made stand."""
    added = {name: value for name, value in _SETTINGS.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what MLflow and its migrations tell of themselves off the screen."""
    loggers = [logging.getLogger(name) for name in ("mlflow", "alembic")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
