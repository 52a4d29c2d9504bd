import pytest

from ogive.comparison.store import open_store
from ogive.comparison.store.secrets import without_passwords, without_store


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("http://me:s3cr%40t@host/x", "http://me:***@host/x"),
        ("postgresql+psycopg://a:b@c@h/d", "postgresql+psycopg://a:***@h/d"),
        ("postgresql://h/d?user=a&password=b&x=1", "postgresql://h/d?user=a&password=***&x=1"),
        ("compare('http://a:b@c', 'x@y')", "compare('http://a:***@c', 'x@y')"),
        ("http://host:5000 a@b.csv", "http://host:5000 a@b.csv"),
        ("sqlite:////home/me/x.db", "sqlite:////home/me/x.db"),
    ],
)
def test_passwords_and_nothing_else_are_left_out(typed, kept):
    assert without_passwords(typed) == kept


def test_the_store_of_a_command_line_is_not_kept():
    words = ["/home/me", "compare", "--store", "postgresql://a:b@c/d", "--store=x", "iris"]
    assert without_store([*words, "--", "--store"]) == (
        *("/home/me", "compare", "iris", "--", "--store"),
    )


def test_a_run_holds_no_password(tmp_path, new_comparison_of):
    described = new_comparison_of().described(
        command="ogive compare iris --track http://me:secret@host",
        arguments=["/", "compare", "iris", "--store=postgresql://a:secret@h/d"]
        + ["--track", "http://me:secret@host"],
    )
    with open_store(tmp_path / "kept.db") as store:
        run = store.run(store.begin(described).id)
    assert "secret" not in repr((run.command, run.arguments))
    assert run.arguments == ("/", "compare", "iris", "--track", "http://me:***@host")
    assert not any(b"secret" in path.read_bytes() for path in tmp_path.iterdir())
