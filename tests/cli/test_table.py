import io
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from rich.console import Console

from ogive.cli.table import print_table
from ogive.comparison.rows import Row
from ogive.comparison.scoring.names import score_of
from ogive.comparison.words.columns import table_columns

ACCURACY = score_of("accuracy", "classification")
BEST = Row(
    rank=1,
    label="gelu",
    score=0.981,
    score_low=0.972,
    score_high=0.99,
    difference=0.0,
    difference_low=0.0,
    difference_high=0.0,
    p_holm=1.0,
    group="best",
    chosen=0.003,
    chosen_splits=6,
    epochs=43.5,
    seconds=0.0723,
    dead_share=0.041,
    saturated_share=0.056,
    gradient_ratio=0.00043,
    n_at_limit=0,
    n_failed=0,
    n_diverged=0,
)
LOWER = {"difference": -0.012, "difference_low": -0.02, "difference_high": -0.004}
UNDECIDED = {"p_worse": 0.3, "p_equivalent": 0.65, "p_better": 0.05}
ROWS = [
    BEST,
    replace(BEST, rank=2, label="leaky_relu", group="level", p_holm=0.5, **UNDECIDED, **LOWER),
    replace(BEST, rank=3, label="sigmoid", group="worse", p_holm=0.0001, **LOWER),
]


def printed(width, language="en", rows=ROWS) -> list[str]:
    comparison = SimpleNamespace(
        rows=lambda: rows, columns=lambda: table_columns(rows, ACCURACY, 10)
    )
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_table(comparison, console, language)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", range(58, 150, 7))
def test_the_table_keeps_to_the_width_and_no_number_wraps(width, language):
    lines = printed(width, language)
    assert max(map(cell_len, lines)) <= width
    rows = lines[next(i for i, line in enumerate(lines) if line.startswith("──")) + 1 :]
    assert [row.split()[0] for row in rows[:3]] == ["gelu", "leaky_relu", "sigmoid"]
    assert all("0.981 ± 0.009" in row for row in rows[:3])


def test_126_columns_show_every_number():
    text = "\n".join(printed(126))
    wanted = [
        "30/65/5",
        "[-0.020, -0.004]",
        "<0.001",
        "0.003 (6/10)",
        "43.5",
        "0.0723",
        "4.1%",
        "5.6%",
    ]
    assert all(number in text for number in [*wanted, "0.00043"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_80_columns_show_the_evidence_and_leave_out_what_networks_look_like_inside(language):
    text = "\n".join(printed(80, language))
    wanted = ["0.981 ± 0.009", "-0.012 [-0.020, -0.004]", "<0.001", "30/65/5"]
    assert all(number in text for number in wanted)
    assert not any(number in text for number in ["43.5", "5.6%", "0.00043"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_evidence_has_room_beside_the_longest_names_at_80_columns(language):
    long = [replace(row, label=f"mlp, relu, depth {i}, wide {i}") for i, row in enumerate(ROWS)]
    lines = printed(80, language, long)
    assert max(map(cell_len, lines)) <= 80
    assert all(number in "\n".join(lines) for number in ["[-0.020, -0.004]", "<0.001"])


def test_a_long_name_has_a_line_where_there_is_room():
    long = [replace(row, label=f"mlp, relu, depth {i}, width 10{i}") for i, row in enumerate(ROWS)]
    assert sum("width 10" in line and "0.981" in line for line in printed(84, rows=long)) == 3


def test_an_interval_that_is_not_known_leaves_with_the_others():
    unknown = [BEST, replace(ROWS[1], difference_low=float("nan"), difference_high=float("nan"))]
    assert "-0.012" in "\n".join(printed(42, rows=unknown))
    assert "-0.012 –" not in "\n".join(printed(42, rows=unknown))


def test_the_wider_it_is_the_more_is_shown():
    shown = [len(printed(width)[-1].split()) for width in range(70, 150)]
    assert shown == sorted(shown)


def test_a_star_stands_in_for_the_p_values_where_they_have_no_room():
    lines = printed(38)
    assert not any("Holm" in line for line in lines)
    assert [line.startswith("sigmoid") for line in lines if "-0.012 *" in line] == [True]
    assert lines[-1] == "* evidence of a difference to the best"


@pytest.mark.parametrize(
    ("language", "meaning"), [("en", "no * or ≈: evidence"), ("zh", "无 * 或")]
)
def test_what_no_mark_means_is_said_where_there_is_none(language, meaning):
    assert meaning in "\n".join(printed(38, language, ROWS[:2]))


def test_a_title_does_not_part_the_confidence_from_its_sign():
    for width in range(60, 150):
        assert any(re.search("± 95 ?%", line) for line in printed(width))
