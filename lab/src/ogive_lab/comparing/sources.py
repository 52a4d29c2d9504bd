"""Data as they travel from the server to a worker: a bundled name, or a table that was uploaded."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ogive.text import Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Source", "packed_table"]


@dataclass(frozen=True)
class Source:
    """A table, without reading it yet.

    Attributes
    ----------
    name : str
        What the data are called: the name of a bundled set or of a file.
    packed : bytes or None
        The table as `packed_table` wrote it; None where it is bundled.
    notices : tuple of Text
        What was noticed while the file was read.
    """

    name: str
    packed: bytes | None = None
    notices: tuple[Text, ...] = ()

    def table(self) -> pl.DataFrame:
        """Return the table."""
        import polars as pl

        if self.packed is None:
            return _bundled(self.name)
        return pl.read_ipc(io.BytesIO(self.packed))


def packed_table(frame: pl.DataFrame) -> bytes:
    """Return a table as bytes that `Source.table` reads back as it was."""
    file = io.BytesIO()
    frame.write_ipc(file, compression="lz4")
    return file.getvalue()


@lru_cache(maxsize=4)
def _bundled(name: str) -> pl.DataFrame:
    from ogive.data import load_bundled

    return load_bundled(name)
