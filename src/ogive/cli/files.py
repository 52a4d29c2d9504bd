"""Files that a run writes: checked before the work, written beside, then put in their place."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ogive.text import InputError

__all__ = ["check_output", "replacing"]

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "操作不被允许",
    errno.EROFS: "文件系统是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENAMETOOLONG: "文件名太长",
}


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
        raise _unwritable(path, error) from None
    if path.exists() and not force and not _is_ours(path, ours):
        raise InputError(
            f"{path} exists already; choose another name, or add --force to overwrite it.",
            f"{path} 已存在；请换一个名称，或加上 --force 覆盖它。",
        )
    return path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file beside `path` to write; it takes the place of `path` once all went well."""
    path = path.absolute()
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ogive-", suffix=path.suffix)
    except OSError as error:
        raise _unwritable(path, error) from None
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _is_ours(path: Path, mark: bytes | None) -> bool:
    if mark is None:
        return False
    try:
        with path.open("rb") as file:
            return mark in file.read(4096)
    except OSError:
        return False


def _unwritable(path: Path, error: OSError) -> InputError:
    en = error.strerror or str(error)
    zh = _REASONS.get(error.errno or 0, en)
    return InputError(f"{path} cannot be written: {en}.", f"无法写入 {path}：{zh}。")
