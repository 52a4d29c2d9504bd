"""What ``ogive compare`` varies, by which score, and when it stops."""

import json

import pytest

from ogive.cli.values import seconds
from ogive.text import InputError

FAST = ("--hidden-layer-sizes", "6", "--learning-rate", "0.01", "--max-iter", "5", "--folds", "2")
FAST += ("--repeats", "1", "--no-report")
IRIS = ("compare", "iris", "--target", "target", *FAST)


def test_factors_are_crossed(ogive):
    found = json.loads(ogive(*IRIS, "--vary", "depth=1,2", "-a", "relu,tanh", "--json", "-").out)
    assert found["settings"]["vary"] == ["activation", "depth"]
    labels = {row["label"] for row in found["rows"]}
    assert labels == {"relu, depth 1", "relu, depth 2", "tanh, depth 1", "tanh, depth 2"}


def test_a_factor_varies_alone(ogive):
    result = ogive(*IRIS, "--vary", "width=4,8", "--json", "-")
    assert {row["label"] for row in json.loads(result.out)["rows"]} == {"width 4", "width 8"}


def test_a_score_goes_by_its_usual_name(ogive):
    command = ("compare", "diabetes", "--target", "target", *FAST, "-a", "relu,tanh")
    result = ogive(*command, "--scoring", "rmse", "--json", "-")
    found = json.loads(result.out)
    assert (found["scoring"], found["greater_is_better"]) == ("rmse", False)


def test_the_region_of_equivalence_is_given(ogive):
    found = json.loads(ogive(*IRIS, "-a", "relu,tanh", "--rope", "0.05", "--json", "-").out)
    assert found["settings"]["rope"] == 0.05


def test_a_budget_that_has_no_room_for_another_repeat_is_told(ogive):
    result = ogive(*IRIS, "-a", "relu,tanh", "--budget", "0.001s")
    assert "Stopped after 1 repeat: the time allowed has no room for another." in result.out
    zh = ogive(*IRIS, "-a", "relu,tanh", "--budget", "0.001s", "--lang", "zh")
    assert "剩余时间不够" in zh.out


def test_a_precision_that_is_reached_is_told(ogive):
    result = ogive(*IRIS, "-a", "relu,tanh", "--precision", "50")
    assert "precision reached" in result.out


def test_a_precision_out_of_reach_is_told_with_what_would_help(ogive):
    result = ogive(*IRIS, "-a", "relu,tanh", "--precision", "1e-9")
    assert "cannot be reached by more repeats of these rows" in " ".join(result.out.split())
    assert "more rows would help" in " ".join(result.out.split())


def test_times_are_left_out_if_wanted(ogive):
    plain = ogive(*IRIS, "-a", "relu,tanh")
    without = ogive(*IRIS, "-a", "relu,tanh", "--no-times")
    assert "Sec. a" in plain.out
    assert "Sec. a" not in without.out


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("90s", 90), ("10m", 600), ("1h30m", 5400), ("1.5h", 5400), ("2 min", 120), ("1H", 3600)],
)
def test_a_time_is_read_with_its_unit(typed, expected):
    assert seconds("--budget", typed) == expected


@pytest.mark.parametrize("typed", ["", "10", "0s", "-5m", "m", "1d", "10m5h", "nan s"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(InputError, match="such as 90s, 10m or 1h30m"):
        seconds("--budget", typed)


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        ("--vary dept", "Did you mean 'depth'?", "'depth'"),
        ("--vary=", "--vary is empty", "--vary 的值是空的"),
        ("--rope -1", "--rope must be a number of at least 0", "--rope 必须是不小于 0 的数"),
        ("--precision 0", "--precision must be positive", "--precision 必须是正数"),
        ("--budget 10", "--budget must be a time with its unit", "--budget 必须是带单位的时间"),
        ("--scoring rmse", "'rmse'", "'rmse'"),
        ("--scheduler nowhere", "nowhere", "nowhere"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(arguments, en, zh, ogive, tmp_path):
    for lang, sentence in (("en", en), ("zh", zh)):
        result = ogive(*IRIS, *arguments.split(), "--lang", lang)
        assert (result.code, result.out) == (2, "")
        assert sentence in result.err
        assert len(result.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
