import re

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from ogive.cli.page import print_page
from ogive.cli.screen import styled_lines
from ogive.diagnosis.finding import CODES, page_of
from ogive.diagnosis.reporting.pages import with_plain_formulas

STUB = re.compile(r"^\s*[，；。：、）”]")


def printed(text, width):
    console = Console(width=width, highlight=False)
    with console.capture() as capture:
        print_page(text, console)
    return capture.get()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", list(CODES))
def test_no_cell_of_a_page_is_cut_off(code, language, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = with_plain_formulas(page_of(code, language))
    shown = printed(text, 80)
    assert shown.count("…") == text.count("…")
    for row in re.findall(r"^\|(.+)\|$", text, re.MULTILINE):
        for cell in row.split("|"):
            for word in re.findall(r"[一-鿿]|[A-Za-z]{3,}", cell):
                assert word in shown


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("code", list(CODES))
def test_lines_of_a_chinese_page_fit_and_none_begins_with_a_comma(code, width):
    lines = printed(with_plain_formulas(page_of(code, "zh")), width).splitlines()
    assert not [line for line in lines if STUB.match(line)]
    prose = [line for line in lines if not line.startswith("  ")]
    assert max(map(cell_len, prose)) <= width


def test_chinese_lines_are_filled_to_the_edge():
    lines = printed("用 DATA 的各行逐层测量网络：没有梯度的单元、梯度消失或爆炸。", 30).splitlines()
    assert lines[0] == "用 DATA 的各行逐层测量网络：没"


def test_words_that_no_line_holds_are_broken_and_styles_kept():
    lines = styled_lines(Styled("a ") + Styled("b" * 12, "bold"), 5)
    assert [line.plain for line in lines] == ["a", "bbbbb", "bbbbb", "bb"]
    assert all(span.style == "bold" for line in lines[1:] for span in line.spans)


def test_a_word_that_is_broken_takes_its_comma_along():
    lines = styled_lines(Styled("abcdefgh，甲"), 8)
    assert [line.plain for line in lines] == ["abcdefg", "h，", "甲"]


@pytest.mark.parametrize("command", ["diagnose", "fit", "activation"])
def test_chinese_help_is_filled_and_begins_no_line_with_a_comma(command, ogive, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    result = ogive(command, "--help", "--lang", "zh")
    lines = result.out.splitlines()
    assert not [line for line in lines if STUB.match(line)]
    assert "用 DATA " not in lines
    assert max(map(cell_len, lines)) <= 80
