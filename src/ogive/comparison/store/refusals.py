"""What databases complain of, in words that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

from ogive.comparison.store.locating import Location
from ogive.text import InputError, Text

__all__ = [
    "foreign",
    "missing",
    "newer",
    "no_driver",
    "refused",
    "run_is_gone",
    "translated",
    "unwritable",
]

_RESUME = Text(
    "What was recorded before is kept: the same command continues it.",
    "此前记录的结果都还在：再次运行同一命令即可继续。",
)


@contextmanager
def translated(location: Location, *, kept: bool = False) -> Iterator[None]:
    """Turn errors of the database within into `InputError`; those of our own making pass.

    Parameters
    ----------
    location : Location
    kept : bool, default=False
        Whether the run that they end has fits in the store, which the errors say then.
    """
    try:
        yield
    except DBAPIError as error:
        raise refused(location, error.orig, kept=kept) from error
    except sqlite3.Error as error:  # while a connection is set up
        raise refused(location, error, kept=kept) from error


def refused(location: Location, error: Any, *, kept: bool = False) -> InputError:
    """Return the error for what the database's driver raised."""
    refusal = _refused(location, error)
    known, transient = refusal.text, isinstance(refusal, _Passing)
    if not transient:
        return refusal
    if not kept:
        return InputError(*known)
    return InputError(f"{known.en} {_RESUME.en}", f"{known.zh}{_RESUME.zh}")


class _Passing(InputError):
    """Something that can be put right, after which the same command continues."""


def _refused(location: Location, error: Any) -> InputError:
    where = location.shown
    if location.path is None:
        return _refused_by_postgres(where, error)
    name = str(getattr(error, "sqlite_errorname", ""))
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT") or name.startswith("SQLITE_CORRUPT"):
        return _damaged(where, name)
    if name == "SQLITE_FULL":
        return _Passing(
            f"The disk is full: the store {where!r} cannot grow. Free some space, or name a store "
            "on another disk.",
            f"磁盘已满，存储 {where!r} 无法写入更多内容。请腾出空间，或将存储放到其他磁盘上。",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return unwritable(where)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _Passing(
            f"Another program has kept the store {where!r} locked for a long time; end it, or "
            "try again later.",
            f"另一个程序长时间锁定了存储 {where!r}；请结束该程序，或稍后再试。",
        )
    return _Passing(
        f"The store {where!r} cannot be read or written ({error}). Check the disk and whether it "
        "is full.",
        f"存储 {where!r} 无法读写（{error}）。请检查磁盘，以及磁盘是否已满。",
    )


def missing(where: str) -> InputError:
    """Return the error for a file that should be there, and is not made."""
    return InputError(
        f"There is no store {where!r}; see whether its name is right. 'ogive compare' makes a "
        "store where it is told to keep its fits.",
        f"存储 {where!r} 不存在；请检查名称是否正确。“ogive compare”会在指定的位置新建存储。",
    )


def unwritable(where: str) -> InputError:
    """Return the error for a file or folder that may not be written."""
    return InputError(
        f"The store {where!r} cannot be opened for writing; its folder has to exist and be "
        "writable. Name another file with OGIVE_STORE.",
        f"无法以写入方式打开存储 {where!r}；其文件夹必须存在且可写。"
        "也可用 OGIVE_STORE 指定其他文件。",
    )


def _damaged(where: str, name: str) -> InputError:
    if name == "SQLITE_NOTADB":
        return InputError(
            f"{where!r} is not a store of ogive: it is no SQLite database. It was left as it is; "
            "name another file.",
            f"{where!r} 不是 ogive 的存储：它不是 SQLite 数据库。文件未被改动；请指定其他文件。",
        )
    return InputError(
        f"The store {where!r} is damaged. It was left as it is: restore a copy, save what can be "
        "read with 'sqlite3 FILE .recover', or name another file.",
        f"存储 {where!r} 已损坏。文件未被改动：请恢复备份，或用“sqlite3 文件 .recover”"
        "抢救可读的内容，或指定其他文件。",
    )


def foreign(where: str) -> InputError:
    """Return the error for another application's database."""
    return InputError(
        f"{where!r} is a database of another application, not a store of ogive. It was left as "
        "it is; name another file.",
        f"{where!r} 是其他应用程序的数据库，不是 ogive 的存储。文件未被改动；请指定其他文件。",
    )


def newer(where: str, revision: str) -> InputError:
    """Return the error for a store that a later version of ogive made or upgraded."""
    return InputError(
        f"The store {where!r} was written by a newer version of ogive (its schema is "
        f"{revision!r}). It was left as it is: upgrade ogive, or name another store.",
        f"存储 {where!r} 由更新版本的 ogive 写成（其模式版本为 {revision!r}）。"
        "存储未被改动：请升级 ogive，或指定其他存储。",
    )


def no_driver() -> InputError:
    """Return the error for PostgreSQL without psycopg."""
    return InputError(
        "A store in PostgreSQL needs psycopg, which is not installed: "
        "pip install 'ogive[postgres]'.",
        "使用 PostgreSQL 存储需要 psycopg，但它尚未安装：pip install 'ogive[postgres]'。",
    )


def run_is_gone(identifier: int) -> InputError:
    """Return the error for a run that was deleted while it went on."""
    return InputError(
        f"Run {identifier} was deleted from the store while it was going on; start it again.",
        f"运行 {identifier} 在进行过程中被从存储中删除；请重新开始。",
    )


def _refused_by_postgres(where: str, error: Any) -> InputError:
    said = " ".join(str(error).split()) or type(error).__name__
    code = getattr(error, "sqlstate", None) or ""
    if code == "28P01" or "password authentication failed" in said or "no password" in said:
        return InputError(
            f"PostgreSQL refused the user or the password for {where!r}; check them in "
            "OGIVE_STORE (postgresql://user:password@host/database).",
            f"PostgreSQL 拒绝了 {where!r} 的用户名或密码；请检查 OGIVE_STORE"
            "（postgresql://user:password@host/database）。",
        )
    if code == "3D000" or ('database "' in said and "does not exist" in said):
        return InputError(
            f"There is no database {where!r}; make it, for instance with createdb.",
            f"数据库 {where!r} 不存在；请先创建，例如用 createdb。",
        )
    if code == "53100":
        return _Passing(
            f"The disk of the PostgreSQL server {where!r} is full; free some space.",
            f"PostgreSQL 服务器 {where!r} 的磁盘已满；请腾出空间。",
        )
    if code == "42501":
        return InputError(
            f"The user may not make or write tables in {where!r}; grant CREATE on its schema.",
            f"该用户无权在 {where!r} 中建表或写入；请授予其模式的 CREATE 权限。",
        )
    if code and not code.startswith(("08", "57")):
        return _Passing(
            f"PostgreSQL refused what ogive asked of {where!r}: {said}.",
            f"PostgreSQL 拒绝了 ogive 对 {where!r} 的操作：{said}。",
        )
    return _Passing(
        f"PostgreSQL does not answer at {where!r}; check that it runs and can be reached from "
        "here.",
        f"位于 {where!r} 的 PostgreSQL 没有响应；请检查它是否在运行、能否从这里连接。",
    )
