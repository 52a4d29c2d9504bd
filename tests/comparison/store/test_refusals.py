"""Stores that cannot be used: each is refused in words, and left as it was."""

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import event

from ogive.comparison.running.journal import MemoryJournal
from ogive.comparison.store import open_store
from ogive.text import InputError

NOBODY = 65534


def refusal(where):
    with pytest.raises(InputError) as caught:
        open_store(where)
    assert caught.value.text.en != caught.value.text.zh
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.text.zh)
    return caught.value.text.en


def unchanged(path):
    before = path.read_bytes()
    message = refusal(path)
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    return message


def test_a_text_file_is_no_store(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("a,b\n1,2\n" * 200)
    assert "not a store of ogive: it is no SQLite database" in unchanged(path)


def test_another_applications_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE runs (id)")
    connection.close()
    assert "database of another application" in unchanged(path)


def test_an_empty_file_becomes_a_store(tmp_path):
    path = tmp_path / "new.db"
    path.touch()
    with open_store(path) as store:
        assert store.runs() == []


def test_a_damaged_store_is_left_as_it_is(tmp_path, new_comparison_of):
    path = tmp_path / "ogive.db"
    made = new_comparison_of()
    with open_store(path) as store:
        journal = store.begin(made.described())
        journal.finish(made.run(journal), 1.0)
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(InputError, match="is damaged"), open_store(path) as store:
        store.runs()
    assert path.read_bytes() == bytes(content)


def test_a_store_cut_short_is_damaged(tmp_path, new_comparison_of):
    path = tmp_path / "ogive.db"
    made = new_comparison_of()
    with open_store(path) as store:
        journal = store.begin(made.described())
        journal.finish(made.run(journal), 1.0)
    path.write_bytes(path.read_bytes()[:20000])
    with pytest.raises(InputError, match="is damaged"), open_store(path) as store:
        store.begin(made.described())


def test_a_folder_is_no_store(tmp_path):
    assert "is a folder; name a file in it" in refusal(tmp_path)


def test_a_folder_that_may_not_be_written_is_refused():
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o555)
        privileged = os.geteuid() == 0
        if privileged:
            os.seteuid(NOBODY)
        try:
            assert "cannot be opened for writing" in refusal(Path(folder) / "ogive.db")
            assert "cannot be opened for writing" in refusal(Path(folder) / "new" / "ogive.db")
        finally:
            if privileged:
                os.seteuid(0)


def test_a_file_that_may_not_be_written_is_refused(tmp_path_factory):
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        path = Path(folder) / "ogive.db"
        open_store(path).close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        privileged = os.geteuid() == 0
        if privileged:
            os.seteuid(NOBODY)
        try:
            assert "cannot be opened for writing" in refusal(path)
        finally:
            if privileged:
                os.seteuid(0)


def results_of(made):
    journal = MemoryJournal()
    made.run(journal)
    return list(journal._results.items())


def test_a_full_database_keeps_what_was_recorded(tmp_path, new_comparison_of):
    made = new_comparison_of()
    results = results_of(made)
    with open_store(tmp_path / "ogive.db") as store:
        journal = store.begin(made.described())
        journal.record(dict(results[:2]))
        store.engine.dispose()

        @event.listens_for(store.engine, "connect")
        def limit(connection, _):
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(InputError, match="The disk is full") as caught:
            for key, result in results[2:]:
                journal.record({f"{key[:-1]}{i:x}": result for i in range(16)})
        assert "磁盘已满" in caught.value.text.zh
        journal.pause(1.0)
    with open_store(tmp_path / "ogive.db") as store:
        again = store.begin(made.described())
        assert again.n_known_at_start >= 2
        assert made.run(again).n_known >= 2
        again.pause(0.0)
        with store.engine.begin() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


WRITER = """
import resource
from conftest import small
from ogive.comparison.running.journal import MemoryJournal
from ogive.comparison.store import open_store
from ogive.text import InputError
made = small(n_repeats=40)
memory = MemoryJournal()
small(n_repeats=1).run(memory)
result = next(iter(memory._results.values()))
store = open_store(sys.argv[1])
journal = store.begin(made.described())
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
n = 0
try:
    for key in made.described().planned:
        journal.record({key: result._replace(loss_curve=result.loss_curve.repeat(200))})
        n += 1
except InputError as error:
    print(n, error)
"""


def test_a_disk_that_takes_no_more_keeps_what_was_recorded(tmp_path, new_comparison_of, run_python):
    path = tmp_path / "ogive.db"
    written = run_python(WRITER, path)
    number, _, message = written.partition(" ")
    assert "is full" in message
    with open_store(path) as store:
        assert store.runs()[0].state == "paused"
        journal = store.begin(new_comparison_of(n_repeats=40).described())
        assert journal.n_known_at_start == int(number) > 0
        journal.pause(0.0)


def test_postgres_that_does_not_answer_is_told(server):
    with open_store(server.url()):
        pass
    message = refusal("postgresql://ogive:s3cret@127.0.0.1:1/runs")
    assert "does not answer at 'postgresql://ogive@127.0.0.1:1/runs'" in message
    assert "s3cret" not in message


def test_a_host_that_does_not_exist_is_told(server):
    assert "does not answer" in refusal("postgresql://ogive@nowhere.invalid/runs")


def test_a_wrong_password_is_told_and_not_shown(server):
    message = refusal(server.url(password="wr0ng"))
    assert "refused the user or the password" in message
    assert "wr0ng" not in message


def test_a_database_that_is_not_there_is_told(server):
    assert "There is no database" in refusal(server.url("missing"))


def test_a_server_without_psycopg_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'ogive[postgres]'" in refusal("postgresql://ogive@127.0.0.1/runs")


def test_who_may_not_make_tables_is_told(server, database):
    name = database.rpartition("/")[2]
    server.query("DROP ROLE IF EXISTS guest")
    server.query("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    message = refusal(f"postgresql://guest:guest@127.0.0.1:{server.port}/{name}")
    assert "may not make or write tables" in message


def test_a_server_that_restarts_meanwhile_costs_nothing(server, database, new_comparison_of):
    made = new_comparison_of()
    results = results_of(made)
    with open_store(database) as store:
        journal = store.begin(made.described())
        journal.record(dict(results[:8]))
        server.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        journal.record(dict(results[8:]))
        assert len(journal.known([key for key, _ in results])) == 16
        journal.pause(0.0)


def test_a_file_that_should_be_there_is_not_made(tmp_path):
    with pytest.raises(InputError, match=r"no store '.*typo\.db'; see whether its name") as caught:
        open_store(tmp_path / "typo.db", existing=True)
    assert "不存在" in caught.value.text.zh
    assert not list(tmp_path.iterdir())
    open_store(tmp_path / "typo.db").close()
    open_store(tmp_path / "typo.db", existing=True).close()


def test_a_server_that_never_answered_has_kept_nothing():
    message = refusal("postgresql://me@127.0.0.1:9/runs")
    assert "does not answer" in message
    assert "recorded" not in message


def test_what_was_recorded_is_told_only_where_something_was(tmp_path, new_comparison_of):
    made = new_comparison_of()
    with open_store(tmp_path / "kept.db") as store:
        run = store.begin(made.described())
        said = []
        for _ in range(2):
            with pytest.raises(InputError) as caught:
                run._write(lambda connection: connection.exec_driver_sql("nonsense"))
            said.append("What was recorded before is kept" in str(caught.value))
            made.run(run)
        run.pause(0.0)
    assert said == [False, True]
