"""``ogive compare`` and what the store has of it."""

import json

import pytest

FAST = ("-a", "relu,tanh", "--hidden-layer-sizes", "6", "--learning-rate", "0.01", "--max-iter")
FAST += ("5", "--folds", "2", "--repeats", "1", "--no-report")
IRIS = ("compare", "iris", "--target", "target", *FAST)


@pytest.fixture
def table(tmp_path):
    """Write a table of so many rows."""

    def write(n, name="t.csv"):
        rows = "".join(f"{i % 7},{i % 5},{'ab'[i % 7 > 3]}\n" for i in range(n))
        (tmp_path / name).write_text("u,v,y\n" + rows)
        return ("compare", name, "--target", "y", *FAST)

    return write


def stop_after_the_first_fit(monkeypatch):
    """Let Ctrl-C be typed when the first fit has been recorded."""
    from ogive.comparison.store import StoredRun

    record = StoredRun.record

    def once(self, finished):
        record(self, dict([next(iter(finished.items()))]))
        raise KeyboardInterrupt

    monkeypatch.setattr(StoredRun, "record", once)
    return lambda: monkeypatch.setattr(StoredRun, "record", record)


def test_the_same_command_is_answered_from_the_store(ogive):
    first = ogive(*IRIS, "--json", "-", "--no-times")
    again = ogive(*IRIS, "--json", "-", "--no-times")
    assert (
        "iris: this was compared before; all 4 fits are taken from the store (run 1)" in again.err
    )
    assert "before" not in first.err
    assert again.out == first.out


def test_another_candidate_costs_its_own_fits_only(ogive):
    ogive(*IRIS)
    more = ("compare", "iris", "--target", "target", *FAST[2:], "-a", "relu,tanh,gelu")
    assert "4 of them were done before and are taken from the store." in ogive(*more).err
    assert [run["run"] for run in json.loads(ogive("runs", "--json").out)] == [2, 1]


def test_without_a_store_nothing_is_kept(ogive):
    result = ogive(*IRIS, "--no-store", "--json", "-")
    assert json.loads(result.out)["run"] is None
    assert json.loads(ogive("runs", "--json").out) == []


def test_a_run_is_taken_up_with_the_arguments_it_was_begun_with(ogive, monkeypatch, tmp_path):
    whole = ogive(*IRIS, "--no-store", "--no-times", "--csv", "-").out
    go_on = stop_after_the_first_fit(monkeypatch)
    stopped = ogive(*IRIS, "--no-times", "--csv", "-")
    assert (stopped.code, stopped.out) == (130, "")
    assert "of 4 fits are done and kept as run 1" in stopped.err
    go_on()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    taken_up = ogive("compare", "--resume")
    assert taken_up.code == 0, taken_up.err
    assert "1 of them were done before" in taken_up.err
    assert taken_up.out == whole


def test_a_file_is_found_from_another_folder_and_goes_by_its_name(
    ogive, table, monkeypatch, tmp_path
):
    command = table(80)
    go_on = stop_after_the_first_fit(monkeypatch)
    assert ogive(*command).code == 130
    go_on()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    found = json.loads(ogive("compare", "--resume", "1", "--json", "-").out)
    assert (found["data_name"], found["data"]["n_rows"]) == ("t.csv", 80)
    assert found["command"] == f"ogive {' '.join(command)}"


def test_data_that_changed_meanwhile_are_refused(ogive, table, monkeypatch):
    command = table(80)
    go_on = stop_after_the_first_fit(monkeypatch)
    assert ogive(*command).code == 130
    go_on()
    table(81)
    for lang, sentence in (("en", "have changed since run 1 was begun"), ("zh", "已发生变化")):
        refused = ogive("compare", "--resume", "--lang", lang)
        assert (refused.code, refused.out) == (2, "")
        assert sentence in refused.err
        assert len(refused.err.splitlines()) == 1
    table(80)
    assert ogive("compare", "--resume").code == 0


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        ("--resume", "There is no unfinished run to continue", "没有未完成的运行"),
        ("--resume 7", "There is no run 7 in the store; there are: 1.", "没有运行 7"),
        ("--resume 0", "--resume must be a whole number of at least 1", "--resume 必须是"),
        ("--resume 1 --folds 3", "--folds would change it", "--folds 会改变它"),
        ("--resume 1 iris --target target", "leave out DATA", "请去掉 DATA"),
        ("--resume --no-store", "leave out --no-store", "请去掉 --no-store"),
    ],
)
def test_what_cannot_be_taken_up_is_told_in_a_sentence(arguments, en, zh, ogive):
    ogive(*IRIS, "-q")
    for lang, sentence in (("en", en), ("zh", zh)):
        result = ogive("compare", *arguments.split(), "--lang", lang)
        assert (result.code, result.out) == (2, "")
        assert sentence in result.err
        assert len(result.err.splitlines()) == 1


def test_a_run_begun_in_python_is_continued_there(ogive, tmp_path):
    from sklearn.datasets import load_iris

    import ogive as package

    package.compare(
        *load_iris(return_X_y=True), activations=["relu", "tanh"], max_iter=2, n_repeats=1,
        n_splits=2, store=tmp_path / "s.db",
    )  # fmt: skip
    result = ogive("compare", "--resume", "1", "--store", "s.db")
    assert result.code == 2
    assert "Run 1 was not begun on the command line" in result.err


def test_a_store_that_is_another_file_is_refused_and_left_alone(ogive, tmp_path):
    (tmp_path / "notes.txt").write_text("precious notes, no database\n" * 50)
    result = ogive(*IRIS, "--store", "notes.txt")
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert (tmp_path / "notes.txt").read_text() == "precious notes, no database\n" * 50


def test_a_password_that_was_not_kept_is_asked_for(ogive, monkeypatch):
    stop_after_the_first_fit(monkeypatch)
    monkeypatch.setattr("ogive.comparison.tracking.check_tracking", lambda *_: None)
    ogive(*IRIS, "--track", "http://me:secret@h:1", "--jobs", "1")
    result = ogive("compare", "--resume")
    assert result.code == 2
    assert "The password of --track http://me:***@h:1 was not kept with run 1" in result.err
    assert "secret" not in ogive("runs", "--json").out
