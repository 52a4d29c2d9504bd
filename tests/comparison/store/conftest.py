"""A PostgreSQL server for the tests of the store, small problems, and processes that are killed."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from sklearn.datasets import load_iris

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.problem import read_problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.running.experiment import run
from ogive.comparison.running.local import Threads
from ogive.comparison.running.stopping import Stopping
from ogive.comparison.store import KeyMaker, describe_run, open_store

PASSWORD = "s3cret@/:word"
ESCAPED = "s3cret%40%2F%3Aword"
NUMBERS = itertools.count()


class Server(NamedTuple):
    """A running server, which asks for a password."""

    port: int
    folder: Path
    control: list[str]

    def url(self, database="postgres", password=ESCAPED):
        return f"postgresql://ogive:{password}@127.0.0.1:{self.port}/{database}"

    def query(self, sql, database="postgres"):
        import psycopg

        with psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="ogive",
            password=PASSWORD,
            dbname=database,
            autocommit=True,
        ) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else None

    def restart(self):
        subprocess.run([*self.control, "restart", "-m", "fast"], check=True, capture_output=True)


@pytest.fixture(scope="session")
def server():
    """Start a private PostgreSQL on loopback."""
    pytest.importorskip("psycopg")
    programs = {name: _program(name) for name in ("initdb", "pg_ctl")}
    if not all(programs.values()):
        pytest.skip("there is no PostgreSQL here (initdb, pg_ctl)")
    # The server refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="ogive-pg-"))
    prefix = []
    if os.geteuid() == 0:
        user = _user()
        if user is None or shutil.which("runuser") is None:
            pytest.skip("PostgreSQL does not run as root, and there is no other user for it")
        shutil.chown(folder, user)
        prefix = ["runuser", "-u", user, "--"]
    try:
        yield from _serve(programs, prefix, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(programs, prefix, folder):
    password = folder / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)
    data = folder / "data"
    done = subprocess.run(
        [*prefix, programs["initdb"], "--pgdata", data, "--username", "ogive"]
        + ["--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile", password, "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += " -c fsync=off -c max_connections=40 -c shared_buffers=16MB"
    control = [*prefix, programs["pg_ctl"], "-D", str(data), "-w", "-l", str(folder / "log")]
    control += ["-o", options]
    # Without pipes, which the server would inherit and hold open.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    started = subprocess.run([*control, "start"], check=False, **quiet)
    assert started.returncode == 0, (folder / "log").read_text()
    try:
        yield Server(port, folder, control)
    finally:
        subprocess.run([*control, "stop", "-m", "immediate"], check=False, **quiet)


def _program(name):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def _user():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


@pytest.fixture
def database(server):
    """Return the URL of an empty database of PostgreSQL."""
    name = f"test_{next(NUMBERS)}"
    server.query(f"CREATE DATABASE {name}")
    return server.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Return where an empty store can be, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "store" / "ogive.db")
    return request.getfixturevalue("database")


@pytest.fixture
def store(place):
    """Return an open store, on either database."""
    with open_store(place) as opened:
        yield opened


class Made(NamedTuple):
    """A small comparison, not begun."""

    problem: object
    settings: Settings
    keys: KeyMaker

    def described(self, **changed):
        fields = {"command": "ogive compare iris", "arguments": ["compare", "iris"]}
        fields |= {"data_name": "iris", "key_of": self.keys}
        return describe_run(self.problem, self.settings, **(fields | changed))

    def run(self, journal, stopping=None):
        return run(
            self.problem,
            self.settings,
            engine=Threads(1),
            journal=journal,
            key_of=self.keys,
            stopping=stopping or Stopping(),
        )


def small(activations=("relu", "tanh"), **changed):
    rates = (0.003, 0.01)
    choices = tuple(Choice("learning_rate_init", rate) for rate in rates)
    fields = {
        "candidates": tuple(
            Candidate(str(one), {"activation": str(one)}, "mlp", one, (4,), "auto", choices)
            for one in activations
        ),
        "learning_rates": rates,
        "hidden_layer_sizes": (4,),
        "n_splits": 2,
        "n_repeats": 2,
        "max_iter": 4,
        "batch_size": "auto",
        "alpha": 1e-4,
        "solver": "adam",
        "n_iter_no_change": 10,
        "validation_fraction": 0.2,
        "scoring": "accuracy",
        "random_state": 0,
        "dtype": np.float32,
        "prepare": None,
    }
    X, y = load_iris(return_X_y=True)
    problem = read_problem(X, y, task=None, target_name="kind", prepare=None)
    settings = Settings(**(fields | changed))
    return Made(problem, settings, KeyMaker(problem, settings))


@pytest.fixture
def run_python():
    """Run code in another process, which can import `small` from here."""
    return lambda code, *arguments: _output(code, arguments, 0)


@pytest.fixture
def run_killed():
    """Run code that ends by the signal which cannot be caught."""
    return lambda code, *arguments: _output(code, arguments, -signal.SIGKILL)


def _output(code, arguments, leaves_with):
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == leaves_with, done.stderr
    return done.stdout


@pytest.fixture
def new_comparison_of():
    """Make a small comparison of activations; settings may be changed."""
    return small
