from ogive.comparison.store import open_store
from ogive.comparison.store.secrets import without_store


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
