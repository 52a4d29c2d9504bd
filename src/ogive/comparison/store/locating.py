"""Where the store is: a file, or a database of PostgreSQL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from ogive.text import InputError

__all__ = ["ENVIRONMENT_VARIABLE", "Location", "default_path", "locate"]

ENVIRONMENT_VARIABLE = "OGIVE_STORE"


@dataclass(frozen=True)
class Location:
    """Where a store is.

    Attributes
    ----------
    url : sqlalchemy.URL
        For SQLAlchemy; may hold a password.
    path : Path or None
        The file of SQLite.
    shown : str
        For people; holds no password.
    """

    url: URL
    path: Path | None
    shown: str

    def __repr__(self) -> str:
        return f"Location({self.shown!r})"


def default_path() -> Path:
    """Return the file that is used where nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("ogive", appauthor=False) / "ogive.db"


def locate(where: str | os.PathLike[str] | None = None) -> Location:
    """Return where the store is.

    Parameters
    ----------
    where : str or path-like, optional
        A file, or a URL that begins with ``sqlite:///``, ``postgresql://`` or ``postgres://``;
        by default the environment variable `OGIVE_STORE`, else `default_path`.

    Raises
    ------
    InputError
        If it is neither; the message shows no password.
    """
    if where is None:
        where = os.environ.get(ENVIRONMENT_VARIABLE) or default_path()
    text = os.fspath(where)
    if "://" not in text:
        return _file(Path(text).expanduser())
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # what they say may hold the password
        raise _unreadable() from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise InputError(
                "A store in memory would keep nothing; name a file, as in sqlite:///runs.db.",
                "内存中的存储保存不了任何东西；请指定文件，例如 sqlite:///runs.db。",
            )
        return _file(Path(url.database).expanduser())
    if kind in ("postgresql", "postgres"):
        # Without its "@" escaped, the end of a password is taken for a part of the host.
        if "@" in (url.host or ""):
            raise _unreadable()
        return Location(url.set(drivername="postgresql+psycopg"), None, _shown(url))
    raise InputError(
        f"A store can be a file of SQLite or a database of PostgreSQL, not {kind!r}; give a path, "
        "or a URL such as postgresql://user:password@host/database.",
        f"存储只能是 SQLite 文件或 PostgreSQL 数据库，不能是 {kind!r}；"
        "请给出路径，或形如 postgresql://user:password@host/database 的 URL。",
    )


def _file(path: Path) -> Location:
    if path.is_dir():
        raise InputError(
            f"The store {str(path)!r} is a folder; name a file in it, such as "
            f"{str(path / 'ogive.db')!r}.",
            f"存储 {str(path)!r} 是文件夹；请指定其中的文件，例如 {str(path / 'ogive.db')!r}。",
        )
    path = path.absolute()
    return Location(URL.create("sqlite", database=str(path)), path, str(path))


def _shown(url: URL) -> str:
    """Return the URL without password and options, among which one may stand too."""
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{user}{url.host or ''}{port}/{url.database or ''}"


def _unreadable() -> InputError:
    return InputError(
        "The URL of the store cannot be read. It is written "
        "postgresql://user:password@host:port/database or sqlite:///path; in user and password "
        "write '@' as %40, ':' as %3A and '/' as %2F.",
        "无法读取存储的 URL。应写作 postgresql://user:password@host:port/database 或 "
        "sqlite:///path；用户名和密码中的 '@' 写作 %40，':' 写作 %3A，'/' 写作 %2F。",
    )
