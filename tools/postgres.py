"""A private PostgreSQL on loopback, for tests and benchmarks of the store."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

__all__ = ["Missing", "Server", "serve"]

PASSWORD = "s3cret@/:word"


class Missing(RuntimeError):
    """There is no PostgreSQL here, or no user that may run it."""


class Server(NamedTuple):
    """A running server, which asks its user "ogive" for a password."""

    port: int

    def url(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """Return the URL of a database."""
        escaped = quote(password, safe="")
        return f"postgresql://ogive:{escaped}@127.0.0.1:{self.port}/{database}"

    def query(self, sql: str) -> None:
        """Run one statement as the superuser."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql)

    def new_database(self, name: str) -> str:
        """Make an empty database and return its URL."""
        self.query(f"DROP DATABASE IF EXISTS {name}")
        self.query(f"CREATE DATABASE {name}")
        return self.url(name)


@contextmanager
def serve(*settings: str) -> Iterator[Server]:
    """Start a server in a folder of its own, and stop and delete it afterwards.

    Parameters
    ----------
    *settings : str
        Further options of the server, as ``fsync=off``.

    Raises
    ------
    Missing
        If it cannot be started here.
    """
    programs = [_program(name) for name in ("initdb", "pg_ctl")]
    if not all(programs):
        raise Missing("there is no PostgreSQL here (initdb, pg_ctl)")
    folder = Path(tempfile.mkdtemp(prefix="ogive-pg-"))
    prefix = []
    if os.geteuid() == 0:  # as which the server refuses to run
        user = _user()
        if user is None or shutil.which("runuser") is None:
            raise Missing("PostgreSQL does not run as root, and there is no other user for it")
        shutil.chown(folder, user)
        prefix = ["runuser", "-u", user, "--"]
    try:
        yield from _started(programs, prefix, folder, settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(
    programs: list[Any], prefix: list[str], folder: Path, settings: tuple[str, ...]
) -> Iterator[Server]:
    password = folder / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)
    data, log = folder / "data", folder / "log"
    # Without pipes, which the server would inherit and hold open.
    with (folder / "output").open("w") as output:
        quiet: dict[str, Any] = {"stdout": output, "stderr": output, "cwd": folder}
        made = subprocess.run(
            [*prefix, programs[0], "--pgdata", data, "--username", "ogive", "--no-sync"]
            + ["--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile", password],
            check=False,
            **quiet,
        )
        if made.returncode:
            raise RuntimeError((folder / "output").read_text())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        options += "".join(f" -c {one}" for one in settings)
        control = [*prefix, programs[1], "-D", data, "-w", "-l", log]
        if subprocess.run([*control, "-o", options, "start"], check=False, **quiet).returncode:
            raise RuntimeError(log.read_text())
        try:
            yield Server(port)
        finally:
            subprocess.run([*control, "stop", "-m", "immediate"], check=False, **quiet)


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def _user() -> str | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None
