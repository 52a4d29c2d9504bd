import pytest

from ogive.cli.language import both, language_of, translated
from ogive.text import InputError


@pytest.fixture(autouse=True)
def _english_locale(monkeypatch):
    monkeypatch.setenv("OGIVE_LANG", "en")


@pytest.mark.parametrize(
    "arguments",
    [["--lang", "zh"], ["compare", "--lang=zh", "--help"], ["--lang", "en", "--lang", "ZH"]],
)
def test_the_last_lang_option_counts(arguments):
    assert language_of(arguments) == "zh"


@pytest.mark.parametrize("arguments", [[], ["compare", "--", "--lang", "zh"], ["--lang"]])
def test_without_one_the_locale_counts(arguments, monkeypatch):
    assert language_of(arguments) == "en"
    monkeypatch.setenv("OGIVE_LANG", "zh_CN.UTF-8")
    assert language_of(arguments) == "zh"


def test_another_language_is_refused():
    with pytest.raises(InputError, match="--lang must be en or zh. Got 'fr'"):
        language_of(["--lang", "fr"])


def test_a_help_text_is_found_by_its_english():
    text = both("A text of this test.", "此测试的文本。")
    assert translated(text, "zh") == "此测试的文本。"
    assert translated(text, "en") == text
