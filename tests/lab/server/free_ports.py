"""Ports for labs of the tests."""

import contextlib

from ogive_lab.serving import bound_socket


def free_port():
    with contextlib.closing(bound_socket("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
