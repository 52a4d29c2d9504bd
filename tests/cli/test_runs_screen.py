import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from rich.console import Console

from ogive.cli.runs_screen import print_runs
from ogive.cli.screen import Screen

NOW = datetime.now(UTC)


def run(number, **given):
    """Return as much of a run as is listed."""
    usual = {
        "id": number,
        "created": NOW,
        "data_name": "breast_cancer_wisconsin.csv",
        "target": "diagnosis",
        "settings": {"vary": ("model", "activation", "depth")},
        "labels": tuple("abcdefgh"),
        "n_fits": 288,
        "n_planned": 288,
        "state": "finished",
    }
    return SimpleNamespace(**{**usual, **given})


def printed(runs, width=80, language="en") -> list[str]:
    screen = Screen(language)
    screen.out = Console(file=io.StringIO(), width=width, highlight=False)
    print_runs(runs, {one.id: "mlp, relu, depth 2" for one in runs}, screen)
    return screen.out.file.getvalue().splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 99, 100, 140])
def test_nothing_is_cut_whatever_the_width(language, width):
    lines = printed([run(12), run(3, state="paused")], width, language)
    assert max(map(cell_len, lines)) <= width
    assert not any("…" in line for line in lines)
    together = "".join("".join(lines).split())
    assert "breast" in together


def test_80_columns_have_full_names_the_time_of_day_and_all_that_was_compared():
    lines = printed([run(12), run(3, data_name="dates.csv")])
    time = NOW.astimezone().strftime("%m-%d %H:%M")
    assert sum(time in line for line in lines) == 2
    assert any("dates.csv" in line for line in lines)
    words = " ".join(lines).split()
    assert words.count("depth") == 4  # of what was compared and of what was best
    assert words.count("(8)") == 2


def test_the_year_is_told_where_it_is_not_this_one():
    old = NOW - timedelta(days=800)
    lines = printed([run(12), run(3, created=old)])
    assert any(old.astimezone().strftime("%Y-%m-%d %H:%M") in line for line in lines)


def test_what_was_varied_and_the_best_go_by_their_names_in_the_readers_language():
    listed = "\n".join(printed([run(1)], width=140, language="zh"))
    assert "模型 × 激活函数 × 深度（8）" in listed
    assert "mlp, relu, 深度 2" in listed
