import re

import pytest
import typer

from ogive.cli import app, language
from ogive.data import bundled_names

COMMANDS = ["compare", "fit", "predict", "activation"]


def test_without_a_command_the_help_page_is_shown(ogive):
    result = ogive()
    assert result.code == 0
    assert all(command in result.out for command in COMMANDS)
    assert result.out == ogive("--help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_a_commands_help_is_in_the_language_wanted(command, ogive, monkeypatch):
    english = ogive(command, "--help")
    assert english.code == 0
    assert english.out.startswith(f"Usage: ogive {command}")
    assert not re.search("[\u4e00-\u9fff]", english.out)
    chinese = ogive("--lang", "zh", command, "--help").out
    assert chinese.startswith(f"用法：ogive {command}")
    assert chinese == ogive(command, "--help", "--lang", "zh").out
    monkeypatch.setenv("OGIVE_LANG", "zh")
    assert chinese == ogive(command, "--help").out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["compare", "fit"])
def test_the_help_page_names_all_bundled_tables(command, lang, ogive, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")  # Chinese lines may break within a name
    words = set(re.findall(r"\w+", ogive(command, "--help", "--lang", lang).out, re.ASCII))
    assert set(bundled_names()) <= words


@pytest.mark.parametrize("columns", [60, 80, 140])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_help_page_keeps_to_the_width(lang, columns, ogive, monkeypatch):
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(columns))
    for command in COMMANDS:
        lines = ogive(command, "--help", "--lang", lang).out.splitlines()
        assert max(map(cell_len, lines)) <= columns


def test_every_help_text_exists_in_chinese():
    group = typer.main.get_command(app.app)
    context = typer.Context(group)
    for command in [group, *group.commands.values()]:
        texts = [command.help, *(parameter.help for parameter in command.get_params(context))]
        for text in texts:
            assert re.search("[\u4e00-\u9fff]", language.translated(text, "zh")), text
