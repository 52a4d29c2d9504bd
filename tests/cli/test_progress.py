import io

import pytest
from rich.console import Console

from ogive.cli import progress
from ogive.cli.progress import duration, fits_progress, stages, steps
from ogive.text import Text


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (0.2, "1 s", "1 秒"),
        (59.4, "59 s", "59 秒"),
        (125, "2 min 5 s", "2 分 5 秒"),
        (7300, "2 h 1 min", "2 小时 1 分"),
    ],
)
def test_a_duration_is_said_in_suitable_units(seconds, en, zh):
    assert (duration(seconds, "en"), duration(seconds, "zh")) == (en, zh)


def run(monkeypatch, *, terminal, quiet=False):
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=80)
    with fits_progress(console, "en", quiet=quiet) as report:
        for done in range(1, 5):
            report(done, 4, "train")
            report(done, 9, "evaluate")
    return out.getvalue()


def test_elsewhere_than_on_a_terminal_a_line_is_printed_now_and_then(monkeypatch):
    lines = run(monkeypatch, terminal=False).splitlines()
    assert lines == ["2 of 4 fits, about 18 s left", "3 of 4 fits, about 10 s left"]


def test_nothing_is_printed_when_quiet(monkeypatch):
    assert run(monkeypatch, terminal=True, quiet=True) == ""


def take_steps(monkeypatch, n, *, seconds, terminal, language="en"):
    clock = iter(range(0, 1000 * seconds, seconds)) if seconds else iter([0.0] * 1000)
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=80)
    items = list(range(n))
    taken = list(steps(items, Text("Deriving", "推导"), console, language))
    assert taken == items
    return out.getvalue()


def test_steps_that_take_seconds_are_told_after_a_while_and_then_now_and_then(monkeypatch):
    told = take_steps(monkeypatch, 8, seconds=3, terminal=False).splitlines()
    assert told == [
        "Deriving: 1 of 8, about 42 s left",
        "Deriving: 5 of 8, about 11 s left",
    ]
    zh = take_steps(monkeypatch, 3, seconds=3, terminal=False, language="zh")
    assert zh.splitlines() == ["推导：1/3，约剩 12 秒"]


def test_quick_steps_are_not_told(monkeypatch):
    assert take_steps(monkeypatch, 64, seconds=0, terminal=False) == ""


@pytest.mark.parametrize("n", [1, 3])
def test_on_a_terminal_steps_are_shown_as_they_are_done(n, monkeypatch):
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=80)
    shown = list(steps(list(range(n)), Text("Deriving", "推导"), console, "en"))
    assert shown == list(range(n))
    assert "Deriving" in out.getvalue()


class Waited:
    """A timer whose time is up, or not, when it is started."""

    up = True

    def __init__(self, seconds, function, args, kwargs):
        self.call = lambda: function(*args, **kwargs)

    def start(self):
        if self.up:
            self.call()

    def cancel(self):
        pass


@pytest.mark.parametrize(
    ("up", "language", "told"),
    [(True, "en", "Deriving …\n"), (True, "zh", "推导 …\n"), (False, "en", "")],
)
def test_a_stage_is_told_while_it_lasts_once_it_takes_long(monkeypatch, up, language, told):
    monkeypatch.setattr(progress, "Timer", type("Timer", (Waited,), {"up": up}))
    out = io.StringIO()
    console = Console(file=out, force_terminal=False, width=80)
    with stages(console, language, quiet=False) as stage:
        stage(Text("Deriving", "推导"))
        assert out.getvalue() == told


def test_a_stage_that_is_over_is_not_told(monkeypatch):
    cancelled = []

    class Slow(Waited):
        up = False

        def cancel(self):
            cancelled.append(self)

    monkeypatch.setattr(progress, "Timer", Slow)
    with stages(Console(file=io.StringIO()), "en", quiet=False) as stage:
        stage(Text("One", "一"))
        stage(Text("Two", "二"))
        assert len(cancelled) == 1
    assert len(cancelled) == 2
