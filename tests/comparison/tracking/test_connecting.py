import os
import socket
import sys

import pytest

from ogive.comparison.tracking.connecting import (
    ANSWER_WITHIN,
    artifact_location,
    check_tracking,
    connected,
)
from ogive.text import InputError


def needs_mlflow():
    pytest.importorskip("mlflow")


@pytest.fixture
def silent_port():
    """Give a port that takes connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(5)
        yield server.getsockname()[1]


@pytest.fixture
def closed_port():
    """Give a port at which nobody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def test_without_mlflow_the_error_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)
    with pytest.raises(InputError, match=r"pip install 'ogive\[mlflow\]'"):
        check_tracking("http://127.0.0.1:5000")


def test_a_server_that_is_not_there_is_named(closed_port):
    needs_mlflow()
    with pytest.raises(InputError, match="no MLflow server answers at http://127.0.0.1:[0-9]+ "):
        check_tracking(f"http://127.0.0.1:{closed_port}")


def test_a_server_that_does_not_answer_is_given_up(silent_port, monkeypatch):
    needs_mlflow()
    assert ANSWER_WITHIN <= 5
    monkeypatch.setattr("ogive.comparison.tracking.connecting.ANSWER_WITHIN", 0.2)
    with pytest.raises(InputError, match="timed out"):
        check_tracking(f"http://127.0.0.1:{silent_port}")


def test_a_database_server_that_is_not_there_is_named_without_its_password(closed_port):
    needs_mlflow()
    with pytest.raises(InputError, match="no database answers") as error:
        check_tracking(f"postgresql+psycopg://me:secret@127.0.0.1:{closed_port}/runs")
    assert "secret" not in str(error.value) + error.value.text.zh
    assert "127.0.0.1" in error.value.text.zh


@pytest.mark.parametrize("name", ["missing/runs.db", "."])
def test_a_database_file_that_cannot_be_written_is_refused_at_once(name, tmp_path):
    needs_mlflow()
    with pytest.raises(InputError, match="cannot be written to"):
        check_tracking(f"sqlite:///{tmp_path / name}")


@pytest.mark.parametrize("uri", ["foo://bar", "ftp://somewhere"])
def test_an_address_that_mlflow_does_not_know_is_refused(uri):
    needs_mlflow()
    with (
        pytest.raises(InputError, match=f"MLflow at {uri} could not log"),
        connected(uri) as client,
    ):
        client.get_experiment_by_name("ogive")


def test_whatever_mlflow_raises_becomes_one_sentence(tmp_path):
    needs_mlflow()
    with pytest.raises(InputError, match="could not log the comparison: first line\\. Give"):  # noqa: SIM117
        with connected(str(tmp_path)):
            raise RuntimeError("first line\nsecond line")


def test_settings_for_mlflow_do_not_outlast_it(tmp_path, monkeypatch):
    needs_mlflow()
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "77")
    before = dict(os.environ)
    with connected(str(tmp_path)):
        assert os.environ["MLFLOW_DISABLE_TELEMETRY"] == "true"
        assert os.environ["MLFLOW_HTTP_REQUEST_TIMEOUT"] == "77"
    assert dict(os.environ) == before


def test_files_of_a_sqlite_database_go_beside_it(tmp_path):
    database = tmp_path / "runs.db"
    assert artifact_location(f"sqlite:///{database}") == (tmp_path / "mlartifacts").as_uri()
    assert artifact_location("http://127.0.0.1:5000") is None
