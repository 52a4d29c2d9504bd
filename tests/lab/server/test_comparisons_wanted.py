"""What a visitor wants to compare: for the library, for the command line, and back from it."""

import importlib
import shlex

import pytest
from pydantic import ValidationError

pytest.importorskip("ogive_lab", reason="the lab is not installed")

import ogive
from ogive.cli import main
from ogive.data import load_bundled, select_target
from ogive.text import InputError
from ogive_lab.comparing.planning import Most, plan
from ogive_lab.comparing.sources import Source
from ogive_lab.comparing.wanted import Wanted, command_of, taken_from, words_of

MOST = Most(epochs=500, seconds=600.0)
SMALL = {
    "table": "iris",
    "target": "target",
    "vary": {"activation": ["relu", "tanh"]},
    "n_splits": 2,
    "n_repeats": 1,
    "max_iter": 5,
}


def wanted(**changes):
    return Wanted.model_validate(SMALL | changes)


def refusal(source=None, **changes):
    with pytest.raises(InputError) as caught:
        plan(source or Source("iris"), wanted(**changes), MOST)
    assert caught.value.text.zh.endswith(("。", "？"))
    return caught.value.text.en


WISHES = {
    "as it is": {},
    "all usual": {"vary": {}, "n_splits": 5, "n_repeats": 2, "max_iter": 100},
    "formulas": {"vary": {"activation": ["max(0.1*z, z)", "-z", "relu"]}},
    "crossed": {"vary": {"activation": ["relu", "tanh"], "depth": ["1", "2"]}},
    "usual values": {"vary": {"depth": []}, "activation": "gelu"},
    "models": {"vary": {"model": ["logistic", "mlp"]}, "activation": "tanh"},
    "rates": {"vary": {"learning_rate": ["0.001", "1e-05"]}, "activation": "tanh"},
    "numbers": {
        "hidden_layer_sizes": [8, 4],
        "learning_rates": [0.003, 1e-05],
        "batch_size": 16,
        "rope": 0.0,
        "precision": 0.5,
        "budget": 90.5,
        "random_state": 2**32 - 1,
    },
    "words": {
        "task": "classification",
        "ignore": ["sepal_width_(cm)"],
        "scoring": "balanced_accuracy",
        "target": "-odd 'name'",
    },
}


@pytest.mark.parametrize("name", WISHES)
def test_the_command_line_kept_with_a_run_says_what_was_wanted(name):
    wish = wanted(**WISHES[name])
    back = taken_from(["/somewhere", *words_of(wish, "iris")], "iris")
    assert back.settings() == wish.settings()
    assert (back.target, back.task, back.ignore) == (wish.target, wish.task, wish.ignore)


@pytest.mark.parametrize("name", sorted(set(WISHES) - {"words"}))
def test_the_command_is_the_same_comparison_on_the_command_line(name, monkeypatch, tmp_path):
    """Both hand the same arguments to `ogive.compare`."""
    module = importlib.import_module("ogive.comparison.compare")
    given = []

    def noted(X, y, **arguments):
        given.append((X.columns, list(y), arguments))
        raise InputError("noted", "noted")

    wish = wanted(**WISHES[name])
    usual = ogive.compare.__kwdefaults__
    monkeypatch.setattr(module, "compare", noted)
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command_of(wish, "iris"))[1:]
    main([*words, "--no-store", "--no-report"])
    ((columns, y, typed),) = given
    labelled = select_target(load_bundled("iris"), "target")
    assert columns == labelled.features.columns
    assert y == list(labelled.target)
    mine = wish.settings()
    for option in mine.keys() | {"vary", "activations", "learning_rates", "hidden_layer_sizes"}:
        ours = mine.get(option, usual[option])
        theirs = typed.get(option, usual[option])
        plain = [list(one) if isinstance(one, tuple) else one for one in (ours, theirs)]
        assert plain[0] == plain[1], option


def test_several_values_typed_with_commas_are_taken_apart_but_not_formulas():
    wish = wanted(vary={"activation": ["relu, tanh，max(0.1*z, z)"]})
    assert wish.activations == ("relu", "tanh", "max(0.1*z, z)")


@pytest.mark.parametrize(
    "change",
    [
        {"n_splits": 1},
        {"n_splits": 21},
        {"n_splits": 2.5},
        {"n_repeats": True},
        {"max_iter": 0},
        {"hidden_layer_sizes": []},
        {"hidden_layer_sizes": [1025]},
        {"hidden_layer_sizes": [8] * 11},
        {"learning_rates": [float("nan")]},
        {"learning_rates": [-1]},
        {"budget": float("inf")},
        {"random_state": -1},
        {"vary": {"solver": ["adam"]}},
        {"vary": {"activation": ["x" * 201]}},
        {"vary": {"activation": ["relu"] * 101}},
        {"target": ""},
        {"store": "/etc/passwd"},
    ],
)
def test_what_no_comparison_can_be_is_refused_before_anything_is_read(change):
    with pytest.raises(ValidationError):
        Wanted.model_validate(SMALL | change)


def test_a_run_of_the_command_line_with_options_of_its_own_is_not_taken_up():
    with pytest.raises(InputError, match="not begun in the lab"):
        taken_from(["/x", "compare", "iris", "--target", "target", "--scheduler", "ray"], "iris")
    with pytest.raises(InputError, match="not begun in the lab"):
        taken_from([], "iris")


def test_the_plan_tells_candidates_and_fits_without_fitting_any():
    told = plan(Source("iris"), wanted(vary={"depth": ["1", "2"]}, activation="tanh"), MOST)
    assert [one["zh"] for one in told["candidates"]] == ["深度 1", "深度 2"]
    assert told["fits"] == 2 * 3 * 2
    assert told["splits"] == 2
    assert ("Task", "classification, 3 classes") in told["facts"]["en"]
    assert told["balance"]["zh"][0] == {
        "label": "setosa",
        "n": "50",
        "share": "33%",
        "length": 100.0,
    }


def test_with_a_time_the_plan_is_of_the_first_repeat_only():
    assert plan(Source("iris"), wanted(n_repeats=4, budget=10), MOST)["splits"] == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target": "price"}, "The table has no column 'price'"),
        ({"vary": {"activation": ["rellu"]}}, "Did you mean 'relu'?"),
        ({"vary": {"activation": ["relu", "relu"]}}, "more than once"),
        ({"vary": {"activation": ["__import__('os')"]}}, "__import__"),
        ({"vary": {"depth": ["0"]}}, "depth must be a whole number from 1 to 100"),
        ({"vary": {"model": ["linear"]}}, "predicts numbers, and this is a classification"),
        ({"scoring": "rmse"}, "is not available for classification"),
        ({"ignore": ["target"]}, "is the target and cannot be ignored"),
        ({"n_splits": 20, "vary": {"width": ["2000"]}}, "width 2000 is larger"),
        ({"vary": {"depth": ["11"]}}, "10 hidden layers of 1024 units"),
        (
            {"vary": {"depth": list("12345678"), "width": [str(i) for i in range(1, 15)]}},
            "These are 112 candidates, and the lab compares 100",
        ),
        ({"max_iter": 501}, "A training may have 500 epochs in this lab. Got 501"),
        ({"budget": 601}, "may take 600 seconds in this lab. Got a budget of 601"),
        ({"ignore": ["a, b"]}, "has a comma in it"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(change, said):
    assert said in refusal(**change)


def table(text):
    """Return the source of a table given as CSV."""
    from ogive_lab.comparing.uploads import Bounds, read_upload

    return read_upload(text.encode(), "t.csv", Bounds(10**6, 100, 2**20))[0]


def rows(*cells):
    return "a,target\n" + "".join(f"{cell}\n" for cell in cells)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rows("1,x", "2,x", "3,x", "4,x"), "is 'x' in every row"),
        (rows("1,", "2,", "3,"), "has no value in any row"),
        (rows("1,x", "2,y", "3,x"), "Class 'y' of the target has 1 row, fewer than the 2 folds"),
        (rows("7,x", "7,y", "7,x", "7,y"), "No column is left to predict 'target' from"),
        (rows("id1,x", "id2,y", "id3,x", "id4,y"), "No column is left to predict 'target' from"),
        (rows("inf,x", "1,y", "2,x", "3,y"), "'a' holds an infinite value in row 1"),
        (rows("1,0.1", "2,0.2", "3,0.3"), "leave folds of a single row"),
        ("target\nx\ny\nx\ny\n", "No column is left to predict 'target' from"),
    ],
)
def test_a_table_of_which_nothing_can_be_learned_is_refused_in_a_sentence(text, said):
    assert said in refusal(table(text))
