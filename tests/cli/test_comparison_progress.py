import io

import pytest
from rich.console import Console

from ogive.cli import comparison_progress
from ogive.cli.comparison_progress import Course, course
from ogive.text import Text

TITLE = Text("Training", "训练中")


@pytest.fixture
def clock(monkeypatch):
    """Let a second pass whenever the time is asked for."""
    seconds = iter(range(100_000))
    monkeypatch.setattr(comparison_progress.time, "monotonic", lambda: float(next(seconds)))


def test_what_was_known_takes_no_part_in_the_time_left(clock):
    followed = Course()
    followed(90, 100, "train")
    followed(92, 100, "train")
    assert (followed.known, followed.done) == (90, 92)
    for _ in range(4):
        followed.seconds_left()
    assert followed.seconds_left() == pytest.approx(8 / 2 * 5)


def test_the_time_left_is_not_told_by_the_first_few_fits(clock):
    followed = Course()
    followed(0, 100, "train")
    followed(4, 100, "train")
    told = [followed.seconds_left() for _ in range(60)]
    assert told[:59] == [None] * 59
    assert told[59] == pytest.approx(60 * 96 / 4)
    followed(50, 100, "train")
    assert followed.seconds_left() == pytest.approx(61)


def test_nor_in_the_first_seconds(clock):
    followed = Course()
    followed(0, 10, "train")
    followed(5, 10, "train")
    assert [followed.seconds_left() for _ in range(5)] == [None] * 4 + [5.0]


@pytest.mark.parametrize(
    ("language", "told"), [("en", ", about 24 min left"), ("zh", "，约剩 24 分")]
)
def test_a_long_time_is_told_to_the_minute(language, told, monkeypatch):
    followed = Course()
    monkeypatch.setattr(followed, "seconds_left", lambda: 24 * 60 + 17.0)
    assert followed.left(language) == told


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Waiting for workers"), ("zh", "等待工作进程")]
)
def test_that_nobody_does_the_fits_is_told(language, told):
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100)
    with course(TITLE, None, console, language, quiet=False) as followed:
        followed(0, 9, "train")
        followed(0, 1, "wait")
        assert followed.total == 9
    assert told in out.getvalue()
    followed(1, 9, "train")
    assert not followed.waiting


def test_fits_known_of_a_later_repeat_count_as_known():
    followed = Course()
    followed(0, 4, "train")
    followed(4, 4, "train")
    followed(7, 8, "train")
    assert followed.known == 3


def test_preparing_is_no_fit():
    followed = Course()
    followed(1, 3, "prepare")
    assert (followed.done, followed.total) == (0, 0)


def test_it_is_announced_once_and_not_before_the_first_fit():
    said = []
    followed = Course()
    followed.announce(lambda: said.append(followed.done))
    followed(0, 2, "train")
    assert said == []
    followed(1, 2, "train")
    followed(2, 2, "train")
    followed.end()
    assert said == [1]


def test_what_is_refused_before_the_first_fit_is_not_announced():
    said = []
    followed = Course()
    followed.announce(lambda: said.append("begun"))
    followed(0, 2, "train")
    followed.end()
    followed(1, 2, "train")
    assert said == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "3 of 9 fits (after repeat 1 ± 0.012, 0.01 wanted), about 20 s left"),
        ("zh", "已训练 3/9 次（重复 1 次后 ± 0.012，目标 0.01），约剩 20 秒"),
    ],
)
def test_elsewhere_than_on_a_terminal_a_line_tells_how_far_it_is(language, line, clock):
    out = io.StringIO()
    console = Console(file=out, force_terminal=False, width=100)
    with course(TITLE, 0.01, console, language, quiet=False) as followed:
        followed(0, 9, "train")
        followed.repeats_made(1, 0.0123)
        for _ in range(6):
            followed(3, 9, "train")
    assert out.getvalue().splitlines()[0] == line


def test_a_terminal_gets_a_bar_and_quiet_gets_nothing():
    for quiet, shown in ((False, True), (True, False)):
        out = io.StringIO()
        console = Console(file=out, force_terminal=True, width=80)
        with course(TITLE, None, console, "en", quiet=quiet) as followed:
            followed(0, 2, "train")
            followed(2, 2, "train")
        assert ("Training" in out.getvalue()) == shown
