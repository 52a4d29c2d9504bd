"""Files that a run is asked to write, checked before the work."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ogive.report.files import replacing, unwritable
from ogive.text import InputError

__all__ = ["check_output", "replacing"]


def check_output(path: Path, *, force: bool, ours: bytes | None = None) -> Path:
    """Make sure that `path` can be written, before any long work.

    Parameters
    ----------
    path : Path
        The file to be written.
    force : bool
        Whether a file of that name may be overwritten.
    ours : bytes, optional
        A file that has these bytes in its first 4 kB was written by us and may be overwritten.
    """
    if path.is_dir():
        raise InputError(
            f"{path} is a folder; give the name of a file.",
            f"{path} 是文件夹；请给出文件名。",
        )
    folder = path.absolute().parent
    if not folder.is_dir():
        raise InputError(
            f"{path} cannot be written: the folder {folder} does not exist.",
            f"无法写入 {path}：文件夹 {folder} 不存在。",
        )
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".ogive-"):
            pass
    except OSError as error:
        raise unwritable(path, error) from None
    if path.exists() and not force and not _is_ours(path, ours):
        raise InputError(
            f"{path} exists already; choose another name, or add --force to overwrite it.",
            f"{path} 已存在；请换一个名称，或加上 --force 覆盖它。",
        )
    return path


def _is_ours(path: Path, mark: bytes | None) -> bool:
    if mark is None:
        return False
    try:
        with path.open("rb") as file:
            return mark in file.read(4096)
    except OSError:
        return False
