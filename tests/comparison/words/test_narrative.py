import pytest

from ogive.comparison.words.narrative import describe_design, listed


def told(comparison, language="en"):
    return " ".join(describe_design(comparison, language))


def test_the_numbers_of_the_experiment_are_told(new_comparison):
    text = told(new_comparison({"relu": 0.9, "tanh": 0.8, "elu": 0.8}))
    for part in (
        "150 rows were cut into 5 folds",
        "2 times over",
        "10 splits in all",
        "20% of the training folds",
        "0.001, 0.003 and 0.01",
        "mini-batches of 8 rows",
        "all 3 pairs",
        "90 networks",
    ):
        assert part in text


def test_one_repeat_is_not_called_several(new_comparison, new_settings):
    settings = new_settings(["relu"], n_repeats=1)
    assert "times over" not in told(new_comparison({"relu": 0.9}, settings=settings))


@pytest.mark.parametrize(
    ("means", "phrase", "there"),
    [
        ({"relu": 0.9}, "split by split", False),
        ({"relu": 0.9, "elu": 0.8}, "split by split", True),
        ({"relu": 0.9, "elu": 0.8}, "Holm", False),
    ],
)
def test_only_the_corrections_that_were_made_are_told(new_comparison, means, phrase, there):
    assert (phrase in told(new_comparison(means))) == there


@pytest.mark.parametrize("prepare", [None, "passthrough"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_how_columns_were_prepared_is_told(new_comparison, new_settings, prepare, language):
    settings = new_settings(["relu"], prepare=prepare)
    text = told(new_comparison({"relu": 0.9}, settings=settings), language)
    expected = {
        ("en", None): "standardised",
        ("zh", None): "标准化",
        ("en", "passthrough"): "as given",
        ("zh", "passthrough"): "原样",
    }
    assert expected[language, prepare] in text


def test_lists_within_sentences():
    assert listed(["a"], "en") == "a"
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["a", "b", "c"], "zh") == "a、b、c"
