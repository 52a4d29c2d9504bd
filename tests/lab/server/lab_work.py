"""Work for the worker processes of the tests: pickled by name, so in a module of its own."""

import os
import time

from ogive.text import InputError
from ogive_lab.worker import Stopped


def quick(value, report, stopped):
    return value


def until(path, report, stopped):
    """Go on until there is a file, or until asked to stop."""
    report({"begun": True})
    while not path.exists():
        if stopped():
            raise Stopped
        time.sleep(0.01)
    return os.getpid()


def counting(n, report, stopped):
    for i in range(n):
        report({"done": i, "total": n})
    return n


def endless(path, report, stopped):
    """Never look whether to stop."""
    path.touch()
    while True:
        time.sleep(0.01)


def refused(report, stopped):
    error = InputError("Not so.", "不可以。")
    error.place = (2, 5)
    raise error


def broken(report, stopped):
    raise RuntimeError("a secret of the worker")


def dying(report, stopped):
    os._exit(3)


def exhausted(report, stopped):
    raise MemoryError


def strange_result(report, stopped):
    return lambda: None


def greedy(report, stopped):
    return len(bytearray(3 * 2**30))


def process(report, stopped):
    return os.getpid()
