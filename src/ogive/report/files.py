"""Files that a run writes: beside their place first, so that none is ever half-written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ogive.text import InputError

__all__ = ["replacing", "unwritable"]

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EISDIR: "它是一个文件夹",
    errno.ENOENT: "文件夹不存在",
    errno.EPERM: "操作不被允许",
    errno.EROFS: "文件系统是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超出磁盘配额",
    errno.ENAMETOOLONG: "文件名太长",
}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file beside `path` to write; it takes the place of `path` once all went well."""
    path = path.absolute()
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ogive-", suffix=path.suffix)
    except OSError as error:
        raise unwritable(path, error) from None
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> InputError:
    """Return the error that says why `path` could not be written."""
    en = error.strerror or str(error)
    zh = _REASONS.get(error.errno or 0, en)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return InputError(
            f"{path} cannot be written: {en}; make room there, or choose a place that has some.",
            f"无法写入 {path}：{zh}；请腾出空间，或选择有空间的位置。",
        )
    return InputError(
        f"{path} cannot be written: {en}; choose a place that exists and that you may write to.",
        f"无法写入 {path}：{zh}；请选择一个已存在且可写的位置。",
    )


def _umask() -> int:
    """Return the process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
