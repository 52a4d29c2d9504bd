from typing import NamedTuple

import pytest

from ogive.cli import main


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def ogive(capsys, monkeypatch, tmp_path):
    """Run the command line in this process, in an empty folder, in English, 100 columns wide."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OGIVE_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("OGIVE_DEBUG", "1")

    def run(*arguments: str) -> Result:
        code = main(arguments)
        return Result(code, *capsys.readouterr())

    return run
