"""Reads what might take its reader along in a process of its own first."""

from __future__ import annotations

import subprocess
import sys

__all__ = ["breaks_its_reader"]

_READ = """
import io, sys
import polars as pl
raw = sys.stdin.buffer.read()
try:
    (pl.read_ipc if raw.startswith(b"ARROW1") else pl.read_ipc_stream)(io.BytesIO(raw))
except BaseException:
    sys.exit(1)
"""


def breaks_its_reader(raw: bytes) -> bool:
    """Return whether reading an Arrow file ends the process that reads it.

    Polars reserves as much memory as a compressed file announces; where a damaged one announces
    more than there is, Rust aborts, which no exception handler sees.

    Parameters
    ----------
    raw : bytes
        The file.
    """
    done = subprocess.run(
        [sys.executable, "-c", _READ], input=raw, capture_output=True, check=False
    )
    return done.returncode not in (0, 1)
