"""The schema: made at its newest, upgraded wholly or not at all, refused when it is newer."""

import shutil
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from ogive.comparison.store import open_store
from ogive.comparison.store.migrating import MIGRATIONS, migrate
from ogive.comparison.store.schema import HEAD, VERSION_TABLE, metadata
from ogive.text import InputError

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade():
    op.add_column("ogive_runs", sa.Column("note", sa.Text))
    op.execute("UPDATE ogive_runs SET note = 'upgraded'")
    {failing}
"""


@pytest.fixture
def with_next(tmp_path):
    """Make a folder of revisions that has one more; it may fail after its first steps."""

    def make(failing="pass"):
        folder = tmp_path / f"migrations-{len(failing)}"
        shutil.copytree(MIGRATIONS, folder)
        revision = NEXT.format(head=HEAD, failing=failing)
        (folder / "versions" / "next.py").write_text(revision)
        return folder

    return make


def address(store):
    return store.location.url.render_as_string(hide_password=False)


@pytest.fixture
def filled(store, new_comparison_of):
    """Return a store with one run."""
    made = new_comparison_of()
    journal = store.begin(made.described())
    journal.finish(made.run(journal), 1.0)
    return store


def revision(store):
    with store.engine.begin() as connection:
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def test_the_newest_revision_is_the_one_this_version_works_with():
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_revisions_make_the_tables_that_are_declared(store):
    with store.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    assert revision(store) == HEAD


def test_an_older_store_is_upgraded_with_all_it_holds(filled, with_next):
    migrate(filled.engine, filled.location, head="next", migrations=with_next())
    assert revision(filled) == "next"
    with filled.engine.begin() as connection:
        notes = connection.execute(text("SELECT note FROM ogive_runs")).scalars().all()
    assert notes == ["upgraded"]
    assert filled.runs()[0].n_fits == 16


def test_a_copy_is_put_beside_a_file_before_it_is_upgraded(tmp_path, with_next, new_comparison_of):
    path = tmp_path / "ogive.db"
    with open_store(path) as store:
        made = new_comparison_of()
        store.begin(made.described()).pause(3.0)
        migrate(store.engine, store.location, head="next", migrations=with_next())
    with open_store(tmp_path / f"ogive.db.{HEAD}.backup") as copy:
        assert copy.runs()[0].seconds == 3.0


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(filled, with_next):
    failing = with_next("raise RuntimeError('half-way')")
    with pytest.raises(RuntimeError, match="half-way"):
        migrate(filled.engine, filled.location, head="next", migrations=failing)
    assert revision(filled) == HEAD
    with filled.engine.begin() as connection:
        names = {column["name"] for column in inspect(connection).get_columns("ogive_runs")}
    assert "note" not in names
    with open_store(address(filled)) as again:
        assert again.runs()[0].n_fits == 16


def test_a_newer_store_is_refused_and_left_as_it_is(filled, with_next):
    migrate(filled.engine, filled.location, head="next", migrations=with_next())
    with pytest.raises(InputError, match="newer version of ogive.*'next'") as caught:
        open_store(address(filled))
    assert "更新版本" in caught.value.text.zh
    assert "s3cret" not in caught.value.text.en
    assert revision(filled) == "next"


OPEN = """
import sys, time
from ogive.comparison.store import open_store
sys.stdin.readline()
with open_store(sys.argv[1]) as store:
    print(len(store.runs()))
"""


def test_several_processes_may_make_a_store_at_once(place):
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, place],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for one in started:
        one.stdin.write("\n")
        one.stdin.flush()
    ended = [one.communicate(timeout=120) for one in started]
    assert [out for out, _ in ended] == ["0\n"] * 3, [error for _, error in ended]
