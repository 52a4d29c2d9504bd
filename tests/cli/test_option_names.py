import pytest

from ogive.cli.option_names import as_typed
from ogive.text import Text

FAST = ("--hidden-layer-sizes", "6", "--max-iter", "2", "--repeats", "1", "--no-report")
IRIS = ("compare", "iris", "--target", "target", *FAST)


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (("--folds", "200"), "lower --folds or give more rows", "请减小 --folds"),
        (
            ("-a", "z+y,relu"),
            "'z + y' has 'y' in it, which is no variable",
            "中的 'y' 既不是自变量",
        ),
        (
            ("--vary", "activation=relu,tanh", "-a", "relu"),
            "--vary and --activation both give",
            "--vary 和 --activation 都给出了",
        ),
        (
            ("--vary", "learning_rate=0.1,0.2", "--learning-rate", "0.1,0.3"),
            "--vary and --learning-rate both give",
            "--vary 和 --learning-rate 都给出了",
        ),
        (("-a", "relu,relu"), "--activation holds 'relu' more than once", "--activation 中 'relu'"),
        (("--vary", "deepness"), "--vary: 'deepness' cannot be varied", "--vary："),
    ],
)
def test_what_is_refused_names_the_option_that_was_typed(arguments, en, zh, ogive):
    for lang, sentence in (("en", en), ("zh", zh)):
        result = ogive(*IRIS, *arguments, "--lang", lang)
        assert (result.code, result.out) == (2, "")
        assert sentence in result.err
        assert len(result.err.splitlines()) == 1


def test_a_caution_names_the_option(ogive):
    command = (*IRIS, "-a", "relu,tanh", "--folds", "2", "-q")
    assert "A larger --max-iter may raise" in " ".join(ogive(*command).out.split())
    assert "增大 --max-iter" in ogive(*command, "--lang", "zh").out


def test_names_of_the_users_stay_as_they_are():
    kept = Text("The table has no column 'max_iter'; scoring by it.", "没有“n_splits”列。")
    assert as_typed(kept) == kept
