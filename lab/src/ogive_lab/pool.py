"""The worker processes: begun ahead of time, replaced where they die or have to be killed."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import pickle
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any

from ogive_lab import worker
from ogive_lab.worker import Function

__all__ = ["Worker"]

log = logging.getLogger("ogive_lab")

# A clean process forks the workers: they begin in milliseconds, and share what is imported there.
_CONTEXT: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
_CONTEXT.set_forkserver_preload(["ogive_lab.worker", "ogive_lab.preloaded"])

_STARTING = threading.Lock()

Heard = Callable[[str, Any], None]


class Worker:
    """One process that does one job at a time; to be used in the thread of the event loop.

    Parameters
    ----------
    heard : callable
        Called in that thread with what the worker sends: ``("ready", None)``,
        ``("progress", value)``, ``("done", result)``, ``("refused", (text, details))``,
        ``("stopped", None)``, ``("memory", None)``, ``("failed", trace)``, and at last
        ``("gone", None)``.
    megabytes : int, optional
        Of memory that its jobs may have, where the system can see to that.
    """

    def __init__(self, heard: Heard, megabytes: int | None = None) -> None:
        self._megabytes = megabytes
        self._loop = asyncio.get_running_loop()
        self._heard = heard
        self._number = 0
        self._pipe: Connection | None = None
        self._process: Any = None
        self._over = False
        # Beginning a process may take a second, in which the event loop must not stand still.
        threading.Thread(target=self._run, daemon=True, name="lab worker").start()

    def begin(self, function: Function) -> None:
        """Have a job done.

        Raises
        ------
        Exception
            Whatever pickle raises if the function cannot be sent to another process.
        """
        packed = pickle.dumps(function)
        self._number += 1
        self._tell(("job", self._number, packed))

    def ask_to_stop(self) -> None:
        """Let the job know that nobody waits for it any more."""
        self._tell(("stop", self._number, b""))

    def kill(self) -> None:
        """End the process; "gone" is heard soon."""
        self._over = True
        if self._process is not None:
            self._process.kill()

    @property
    def pid(self) -> int | None:
        """The number of the process; None before there is one."""
        return None if self._process is None else self._process.pid

    def _tell(self, message: tuple[str, int, bytes]) -> None:
        assert self._pipe is not None
        pipe = self._pipe

        def send() -> None:
            try:
                pipe.send(message)
            except (OSError, ValueError):  # it has gone, which is heard separately
                return

        # A large table may fill the pipe while the worker is busy.
        if len(message[2]) < 2**15:
            send()
        else:
            threading.Thread(target=send, daemon=True).start()

    def _run(self) -> None:
        """Begin the process and listen to it until it ends."""
        try:
            ours, theirs = _CONTEXT.Pipe()
            process = _CONTEXT.Process(
                target=worker.main, args=(theirs, self._megabytes), daemon=True
            )
            _start(process)
            theirs.close()
            self._pipe, self._process = ours, process
            if self._over:
                process.kill()
            try:
                while True:
                    self._say(*ours.recv())
            except (EOFError, ConnectionError):
                process.join()
                ours.close()
        except Exception:
            log.exception("A worker of the lab could not be used")
        finally:
            self._say("gone", None)

    def _say(self, what: str, value: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(self._heard, what, value)
        except RuntimeError:  # the loop is closed: the server has ended
            return


def _start(process: Any) -> None:
    """Begin a process that does not run the server's main module, as multiprocessing has it.

    No job is in that module; it takes time, and a script that begins a lab without asking whether
    it is the main one would begin another in each worker.
    """
    with _STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = main
