"""DATA as the command line takes it: a file, or the name of a bundled data set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ogive.data.bundled import BUNDLED, load_bundled
from ogive.data.reading import read_table
from ogive.data.wording import listed, nearest, nearest_first
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["load_table"]


def load_table(source: str, notices: list[Text] | None = None) -> pl.DataFrame:
    """Return the bundled data set named `source`, or else read the file of that name.

    A word without extension or folder can only be a bundled name, as every file that can be read
    has an extension. `notices` takes up what the user should know of how it was read.
    """
    if source in BUNDLED:
        return load_bundled(source)
    path = Path(source)
    if not source.strip() or (path.name == source and not path.suffix and not path.exists()):
        raise _neither_file_nor_bundled(source)
    return read_table(path, notices)


def _neither_file_nor_bundled(source: str) -> InputError:
    files = sorted(file.name for file in Path().iterdir() if file.is_file() and file.suffix)
    # A file of that very name, save for its extension, is meant rather than a name that is alike.
    similar = next((file for file in files if file.split(".")[0] == source), None)
    similar = similar or nearest(source, (*BUNDLED, *files))
    if similar is not None and source.strip():
        return InputError(
            f"{source!r} is neither a file nor a bundled data set; did you mean {similar!r}?",
            f"“{source}”既不是文件，也不是自带数据集；您是不是要用“{similar}”？",
        )
    names = listed(nearest_first(source, BUNDLED))
    return InputError(
        f"{source!r} is neither a file nor a bundled data set; bundled are: {names.en}.",
        f"“{source}”既不是文件，也不是自带数据集；自带的数据集有：{names.zh}。",
    )
