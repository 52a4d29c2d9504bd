import pytest
from rich.cells import cell_len

from ogive.cli.narrow import fitted

TABLE = """A title
------------------------------------
name     what it does              n
------------------------------------
one      one and two and three    12
another  甲乙丙丁戊己庚辛壬癸      3
------------------------------------
1. A note that goes on
   and on."""


def test_what_fits_is_left_as_it_is():
    assert fitted(TABLE, 40) == TABLE


def test_a_table_gets_narrower_and_keeps_numbers_to_the_right():
    lines = fitted(TABLE, 24).split("\n")
    assert max(map(cell_len, lines)) <= 24
    assert lines[5:9] == [
        "one      one and two  12",
        "         and three",
        "another  甲乙丙丁戊    3",
        "         己庚辛壬癸",
    ]


def test_a_table_too_wide_for_its_words_becomes_a_paragraph_a_row():
    lines = fitted(TABLE, 17).split("\n")
    assert lines[1:4] == ["one – what it", "  does: one and", "  two and three;"]


def test_a_note_is_set_anew_below_its_number():
    assert fitted(TABLE, 18).split("\n")[-2:] == ["1. A note that", "   goes on and on."]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("topic", ["single-layer", "binary-classification", "kill-relus"])
def test_a_lecture_fits_a_narrow_screen(topic, language, ogive, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    quick = ("--networks", "2") if topic == "kill-relus" else ()
    result = ogive("lecture", topic, "--lang", language, *quick)
    assert result.code == 0, result.err
    assert max(map(cell_len, result.out.splitlines())) <= 60
