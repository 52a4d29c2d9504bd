import csv
import io
import json

import pytest

FAST = ("-a", "relu,tanh", "--hidden-layer-sizes", "6", "--learning-rate", "0.01", "--max-iter")
FAST += ("5", "--folds", "2", "--repeats", "1", "--no-report", "-q")


@pytest.fixture
def kept(ogive):
    """Make two runs: iris, then wine."""
    for name in ("iris", "wine"):
        assert ogive("compare", name, "--target", "target", *FAST).code == 0
    return ogive


@pytest.fixture
def begun(ogive, monkeypatch):
    """Begin a run that ends before its first repeat is complete."""
    from ogive.comparison.store import StoredRun

    record = StoredRun.record

    def once(self, finished):
        record(self, dict([next(iter(finished.items()))]))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(StoredRun, "record", once)
        assert ogive("compare", "iris", "--target", "target", *FAST).code == 130
    return ogive


def test_runs_are_listed_the_newest_first(kept):
    lines = kept("runs").out.splitlines()
    assert " ".join(lines[0].split()) == "Run When Data Target Compared Fits State Best"
    assert [line.split()[0] for line in lines[2:]] == ["2", "1"]
    assert "wine target activation (2) 4/4 finished" in " ".join(lines[2].split())


def test_the_list_is_chinese_if_wanted(kept):
    out = kept("runs", "--lang", "zh").out
    assert "编号" in out
    assert "已完成" in out


def test_the_list_is_json_for_machines(kept):
    newest, oldest = json.loads(kept("runs", "--json").out)
    assert (newest["run"], newest["data"], oldest["data"]) == (2, "wine", "iris")
    assert newest["state"] == "finished"
    assert newest["candidates"] == ["relu", "tanh"]
    assert newest["best"] in newest["candidates"]
    assert (newest["n_fits"], newest["n_planned"]) == (4, 4)


def test_an_empty_store_says_how_runs_come_about(ogive):
    result = ogive("runs")
    assert (result.code, result.out.strip()) == (
        0,
        "There are no runs yet; 'ogive compare' makes them.",
    )


def test_looking_for_runs_makes_no_store(ogive, tmp_path, monkeypatch):
    monkeypatch.setenv("OGIVE_STORE", str(tmp_path / "own" / "usual.db"))
    assert ogive("runs", "--json").out == "[]\n"
    for command in (("runs",), ("runs", "show", "1"), ("compare", "--resume")):
        assert "There are no runs yet" in "".join(ogive(*command)[1:])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    ["runs", "runs show 1", "runs report 1", "runs export 1", "runs delete 1", "compare --resume"],
)
@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "There is no store '"), ("zh", "不存在；请检查名称")]
)
def test_a_store_that_is_not_there_is_told_and_not_made(command, lang, sentence, ogive, tmp_path):
    result = ogive(*command.split(), "--store", "no.db", "--lang", lang)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err
    assert len(result.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_shown_as_it_was_printed(kept):
    printed = kept("compare", "wine", "--target", "target", *FAST).out
    shown = kept("runs", "show", "2", "-q").out
    assert "Command   ogive compare wine --target target" in shown
    assert printed.strip() in shown


def test_an_unfinished_run_is_listed_and_shown_as_far_as_it_is(begun):
    (run,) = json.loads(begun("runs", "--json").out)
    assert (run["state"], run["n_fits"], run["n_planned"], run["best"]) == ("paused", 1, 4, None)
    assert "unfinished" in begun("runs").out
    shown = begun("runs", "show", "1")
    assert shown.code == 0
    assert "none of its repeats is complete" in " ".join(shown.out.split())


def test_an_unfinished_run_cannot_be_exported(begun):
    result = begun("runs", "export", "1")
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1


def test_the_report_of_a_run_is_written(kept, tmp_path):
    assert kept("runs", "report", "1").out.strip() == "Report: ogive-run-1.html"
    assert "iris" in (tmp_path / "ogive-run-1.html").read_text(encoding="utf-8")
    assert kept("runs", "report", "1").code == 0
    (tmp_path / "mine.html").write_text("precious")
    assert kept("runs", "report", "1", "--report", "mine.html").code == 2
    assert (tmp_path / "mine.html").read_text() == "precious"


def test_a_run_is_exported_as_json_by_default(kept):
    found = json.loads(kept("runs", "export", "2").out)
    assert found["data_name"] == "wine"
    assert "seconds" in found["rows"][0]
    assert "seconds" not in json.loads(kept("runs", "export", "2", "--no-times").out)["rows"][0]


def test_a_run_is_exported_to_files(kept, tmp_path):
    assert kept("runs", "export", "1", "--json", "r.json", "--csv", "r.csv").out == ""
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["data_name"] == "iris"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text())))
    assert {row["label"] for row in rows} == {"relu", "tanh"}
    assert "r.json exists already" in kept("runs", "export", "1", "--json", "r.json").err


def test_runs_are_deleted_once_it_is_confirmed(kept):
    refused = kept("runs", "delete", "1", "2")
    assert refused.code == 2
    assert "needs --yes" in refused.err
    assert kept("runs", "delete", "1", "--yes").out.strip() == "Deleted run 1."
    assert [run["run"] for run in json.loads(kept("runs", "--json").out)] == [2]


@pytest.mark.parametrize(("answer", "left"), [("y\n", []), ("\n", [1, 2]), ("no\n", [1, 2])])
def test_at_a_terminal_it_is_asked_before_anything_is_deleted(answer, left, kept, monkeypatch):
    typed = io.StringIO(answer)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    result = kept("runs", "delete", "1", "2")
    assert result.code == 0
    assert "Delete runs 1, 2 with 8 fits? [y/N]" in result.err
    assert sorted(run["run"] for run in json.loads(kept("runs", "--json").out)) == left


@pytest.mark.parametrize("command", ["show", "report", "export", "delete"])
@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        ("9", "There is no run 9 in the store; there are: 2, 1.", "存储中没有运行 9"),
        ("one", "RUN must be a whole number", "RUN 必须是"),
    ],
)
def test_an_unknown_run_gets_one_sentence(command, number, en, zh, kept):
    for lang, sentence in (("en", en), ("zh", zh)):
        result = kept("runs", command, number, "--lang", lang)
        assert (result.code, result.out) == (2, "")
        assert sentence in result.err
        assert len(result.err.splitlines()) == 1


def test_the_store_may_be_named_before_or_after_the_command(kept, tmp_path):
    fast = ("compare", "iris", "--target", "target", *FAST, "--store", "other.db")
    assert kept(*fast).code == 0
    assert len(json.loads(kept("runs", "--store", "other.db", "--json").out)) == 1
    assert kept("runs", "--store", "other.db", "show", "1").code == 0
    assert kept("runs", "show", "2", "--store", "other.db").code == 2
