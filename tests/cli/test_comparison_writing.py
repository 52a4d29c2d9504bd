"""Results that are on the screen before a file is written, and what is said if it cannot be."""

import errno
import os
from types import SimpleNamespace

import pytest

FAST = ("-a", "relu,tanh", "--hidden-layer-sizes", "6", "--learning-rate", "0.01", "--max-iter")
FAST += ("5", "--folds", "2", "--repeats", "1")
IRIS = ("compare", "iris", "--target", "target", *FAST)


@pytest.fixture
def full_disk(monkeypatch):
    """Let no file be written, though each could be made when that was checked."""

    def fail(**_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("ogive.report.files.tempfile", SimpleNamespace(mkstemp=fail))


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize(
    ("lang", "shown", "told", "advice"),
    [
        (
            "en",
            "Accuracy ± 95%",
            "The results are kept as run 1: 'ogive runs report 1",
            "make room",
        ),
        ("zh", "准确率 ± 95%", "结果已保存为运行 1：用“ogive runs report 1", "请腾出空间"),
    ],
)
def test_what_was_found_is_shown_though_the_report_cannot_be_written(
    lang, shown, told, advice, ogive
):
    result = ogive(*IRIS, "--lang", lang, "-q")
    assert result.code == 2
    assert shown in result.out
    assert "Report" not in result.out
    assert told in result.err
    assert advice in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.usefixtures("full_disk")
def test_every_file_that_cannot_be_written_is_named_and_the_store(ogive):
    result = ogive(*IRIS, "-q", "--json", "r.json", "--csv", "r.csv", "--store", "own.db")
    assert result.code == 2
    assert all(name in result.err for name in ("r.json", "r.csv", "ogive-report.html"))
    assert "'ogive runs export 1 --store own.db --json FILE'" in result.err


@pytest.mark.usefixtures("full_disk")
def test_without_a_store_it_is_said_that_the_screen_alone_has_the_results(ogive):
    result = ogive(*IRIS, "-q", "--no-store")
    assert result.code == 2
    assert "relu" in result.out
    assert "the results are on the screen only" in result.err


@pytest.mark.usefixtures("full_disk")
def test_several_data_sets_are_shown_though_their_pages_cannot_be_written(ogive):
    result = ogive("compare", "iris", "wine", "--target", "target", *FAST, "-q")
    assert result.code == 2
    assert "Across the data sets" in result.out
    assert "The results are kept as runs 1, 2: 'ogive runs report RUN" in result.err


def test_ctrl_c_while_the_report_is_written_leaves_the_results(ogive, monkeypatch):
    from ogive.comparison import Comparison

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Comparison, "report", interrupted)
    result = ogive(*IRIS, "-q")
    assert result.code == 130
    assert "Accuracy ± 95%" in result.out
    assert "The results are kept as run 1" in result.err


def test_quiet_keeps_what_has_to_be_kept_in_mind(ogive):
    for lang, caution in (("en", "With 2 splits hardly anything"), ("zh", "只有 2 次划分")):
        result = ogive(*IRIS, "-q", "--no-report", "--lang", lang)
        assert caution in " ".join(result.out.split())
        assert result.err == ""
