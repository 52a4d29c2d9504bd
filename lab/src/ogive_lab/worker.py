"""What runs in a worker process: one job after another, told to stop or killed from outside.

Nothing here imports the server, so that a worker holds what its jobs need and no more.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from ogive.text import InputError

__all__ = ["Function", "Report", "Stopped", "details_of", "main"]

Report = Callable[[Any], None]
Function = Callable[[Report, Callable[[], bool]], Any]

BETWEEN_REPORTS = 0.05
NICENESS = 10
DETAILS = ("place",)


def details_of(error: InputError) -> dict[str, Any]:
    """Return what an error knows beside its text that a page can use."""
    return {key: value for key in DETAILS if (value := getattr(error, key, None)) is not None}


class Stopped(Exception):
    """A function may raise it to end where it was asked to stop."""


def main(pipe: Connection, megabytes: int | None) -> None:
    """Do the jobs that come through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        os.nice(NICENESS)  # the server goes first
    if sys.platform == "linux" and megabytes is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 2**20,) * 2)
    _Worker(pipe).work()


class _Worker:
    """The main thread does a job, another one listens to the server."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe
        self.sending = threading.Lock()
        self.arrived = threading.Semaphore(0)
        self.jobs: list[tuple[int, bytes]] = []
        self.wanted = -1
        threading.Thread(target=self._listen, daemon=True).start()

    def work(self) -> None:
        self._send("ready", None)
        while True:
            self.arrived.acquire()
            number, packed = self.jobs.pop(0)
            self._do(number, packed)

    def _listen(self) -> None:
        while True:
            try:
                what, number, packed = self.pipe.recv()
            except (EOFError, OSError):
                os._exit(0)  # the server has gone, and whatever runs here is of use to nobody
            if what == "job":
                self.wanted = number
                self.jobs.append((number, packed))
                self.arrived.release()
            elif self.wanted == number:
                self.wanted = -1

    def _do(self, number: int, packed: bytes) -> None:
        last = 0.0

        def report(progress: Any) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= BETWEEN_REPORTS and self.wanted == number:
                last = now
                self._send("progress", progress)

        def stopped() -> bool:
            return self.wanted != number

        try:
            function: Function = pickle.loads(packed)
            self._send("done", function(report, stopped))
        except Stopped:
            self._send("stopped", None)
        except InputError as error:
            self._send("refused", (error.text, details_of(error)))
        except MemoryError:
            self._send("memory", None)
        except BaseException:
            self._send("failed", traceback.format_exc())

    def _send(self, what: str, value: Any) -> None:
        try:
            packed = pickle.dumps((what, value))  # fails here where it cannot be sent at all
            with self.sending:
                self.pipe.send_bytes(packed)
        except OSError:
            os._exit(0)  # the server has gone while something was under way
