import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ogive.cli.screen import in_lines

UNITS = st.sampled_from(["word", "0.95,", " ", " ", "甲", "乙，", "（丙）", "“丁”。", "± 3%"])
TEXTS = st.lists(UNITS, max_size=30).map("".join)


@given(st.lists(UNITS, max_size=30).map(" ".join), st.integers(12, 30))
def test_lines_keep_to_the_width(text, width):
    assert all(cell_len(line) <= width for line in in_lines(text, width).split("\n"))


@given(st.one_of(TEXTS, st.text("ab 甲，。（）“”[]")), st.integers(12, 30))
def test_no_character_but_a_blank_is_lost(text, width):
    def unspaced(line):
        return re.sub(r"\s", "", line)

    assert unspaced(in_lines(text, width)) == unspaced(text)


def test_chinese_is_filled_to_the_edge_and_no_line_begins_with_a_comma():
    text = "比不上 sigmoid 的有甲、乙、丙、丁，相差很多。"
    assert in_lines(text, 20).split("\n") == [
        "比不上 sigmoid 的有",
        "甲、乙、丙、丁，相差",
        "很多。",
    ]


def test_english_is_parted_at_blanks():
    assert in_lines("one two three four", 9).split("\n") == ["one two", "three", "four"]
