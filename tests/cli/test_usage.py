import pytest


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (["compar"], "did you mean 'ogive compare'?", "您是不是要用“ogive compare”？"),
        (
            ["zzz"],
            "there are: compare, fit, predict, diagnose, activation, lab, lecture, runs.",
            "可用的命令有：compare、fit、predict、diagnose、activation、lab、lecture、runs。",
        ),
        (["compare"], "argument DATA is missing", "缺少参数 DATA"),
        (["compare", "iris"], "option --target is missing", "缺少必需的选项 --target"),
        (["compare", "iris", "--target"], "needs a value after it", "后面需要一个值"),
        (["fit", "iris", "--tarqet", "x"], "did you mean --target?", "您是不是要用 --target？"),
        (["fit", "iris", "-z"], "There is no option -z; see 'ogive fit --help'.", "没有选项 -z"),
        (["fit", "iris", "wine", "--target", "x"], "more arguments than expected: wine", "wine"),
        (["fit", "--quiet=1"], "Option --quiet takes no value", "选项 --quiet 不带值"),
        (
            ["fit", "iris", "--target", "target", "--lang", "fr"],
            "--lang must be en or zh",
            "--lang",
        ),
    ],
)
def test_a_command_line_that_cannot_be_parsed_gets_one_sentence(arguments, en, zh, ogive):
    for lang, expected in (("en", en), ("zh", zh)):
        options = [] if "fr" in arguments else [f"--lang={lang}"]
        result = ogive(*options, *arguments)
        assert result.code == 2
        assert result.out == ""
        assert expected in result.err or (lang == "zh" and "fr" in arguments)
        assert len(result.err.splitlines()) == 1
