import io

import pytest
from rich.console import Console

from ogive.cli import progress
from ogive.cli.progress import duration, fits_progress


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
