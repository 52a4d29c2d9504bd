"""The tables of the store. A change of them needs a revision in ``migrations/versions``."""

from __future__ import annotations

from sqlalchemy import (
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.schema import Column

__all__ = ["APPLICATION_ID", "HEAD", "VERSION_TABLE", "fits", "metadata", "run_fits", "runs"]

HEAD = "0001"
"""The newest revision, at which this version of ogive works."""

VERSION_TABLE = "ogive_version"

APPLICATION_ID = int.from_bytes(b"OGIV", "big")
"""Marks an SQLite file as ours, in its header."""

metadata = MetaData()

# A database of PostgreSQL may be shared with other applications, hence the prefix.
runs = Table(
    "ogive_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("data_name", Text),
    Column("fingerprint", String(64), nullable=False),
    Column("target", Text, nullable=False),
    Column("task", String(32), nullable=False),
    Column("settings", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("environment", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("notices", Text, nullable=False),
    Column("version", String(64), nullable=False),
    Column("created", DateTime, nullable=False),
    Column("updated", DateTime, nullable=False),
    Column("status", String(16), nullable=False),
    Column("seconds", Float(53), nullable=False),
    Column("n_repeats", Integer, nullable=False),
    Column("stopped", Text),
    Column("host", Text, nullable=False),
    Column("process", Text, nullable=False),
)

fits = Table(
    "ogive_fits",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("result", Text, nullable=False),
    Column("seconds", Float(53), nullable=False),
    Column("created", DateTime, nullable=False),
)

run_fits = Table(
    "ogive_run_fits",
    metadata,
    Column("run", Integer, ForeignKey("ogive_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), ForeignKey("ogive_fits.key"), primary_key=True),
    Index("ogive_run_fits_key", "key"),
)
