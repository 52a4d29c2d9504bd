import pytest

from ogive.data.source import load_table
from ogive.text import InputError


def test_a_bundled_name_is_loaded():
    assert load_table("wine").height == 178


def test_a_file_is_read(tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    assert load_table(str(tmp_path / "t.csv")).rows() == [(1, 2)]


@pytest.mark.parametrize(("word", "meant"), [("digit", "digits"), ("houses", "houses.csv")])
def test_a_word_that_is_neither_gets_the_nearest_of_both(word, meant, tmp_path, monkeypatch):
    (tmp_path / "houses.csv").write_text("a,b\n1,2\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=f"did you mean '{meant}'"):
        load_table(word)


def test_a_word_like_nothing_lists_the_bundled_names():
    with pytest.raises(InputError, match="bundled are: .*iris"):
        load_table("zzzzzz")
