import numpy as np
import pytest
from sklearn.metrics import accuracy_score, make_scorer

from ogive.comparison.across import Across
from ogive.comparison.across.tables import read_scores
from ogive.text import InputError


def error(comparisons):
    with pytest.raises(InputError) as caught:
        Across(comparisons)
    assert caught.value.text.zh != caught.value.text.en
    return str(caught.value)


def test_one_data_set_is_refused(new_comparison):
    said = error({"iris": new_comparison({"relu": 0.9, "tanh": 0.8})})
    assert "at least two" in said
    assert "'iris'" in said


def test_none_at_all_is_refused():
    assert "Got none" in error({})


def test_different_tasks_are_refused(new_comparison, new_settings):
    regression = new_comparison(
        {"relu": 0.9, "tanh": 0.8}, classes=0, settings=new_settings(["relu", "tanh"], scoring="r2")
    )
    said = error({"iris": new_comparison({"relu": 0.9, "tanh": 0.8}), "houses": regression})
    assert "'iris' is classification and 'houses' is regression" in said


def test_different_scores_are_refused(new_comparison, new_settings):
    means = {"relu": 0.9, "tanh": 0.8}
    other = new_comparison(means, settings=new_settings(means, scoring="balanced_accuracy"))
    said = error({"iris": new_comparison(means), "wine": other})
    assert "'accuracy'" in said
    assert "'balanced_accuracy'" in said


def test_scorers_of_one_name_and_opposite_directions_are_refused(new_comparison, new_settings):
    means = {"relu": 0.9, "tanh": 0.8}
    made = [
        new_comparison(
            means, settings=new_settings(means, scoring=make_scorer(accuracy_score, **direction))
        )
        for direction in ({}, {"greater_is_better": False})
    ]
    assert "better when higher" in error({"iris": made[0], "wine": made[1]})


def test_fewer_than_two_common_candidates_are_refused(new_comparison):
    said = error(
        {
            "iris": new_comparison({"relu": 0.9, "tanh": 0.8}),
            "wine": new_comparison({"relu": 0.9, "step": 0.8}),
        }
    )
    assert "only 'relu' is" in said
    assert "wine: relu, step" in said


def test_candidates_that_are_not_everywhere_are_left_out_and_named(new_comparison):
    across = Across(
        {
            "iris": new_comparison({"relu": 0.9, "mish": 0.99, "tanh": 0.8}),
            "wine": new_comparison({"tanh": 0.9, "relu": 0.8, "elu": 0.1}),
        }
    )
    assert set(across.labels) == {"relu", "tanh"}
    assert "mish and elu" in across.notices[0].en
    assert across.ranks.max() == 2


def test_settings_that_differ_are_told(new_comparison, new_settings):
    means = {"relu": 0.9, "tanh": 0.8}
    wider = new_comparison(means, settings=new_settings(means, hidden_layer_sizes=(64,)))
    across = Across({"iris": new_comparison(means), "wine": wider})
    assert "hidden_layer_sizes" in across.notices[0].en
    assert "wine: (64,)" in across.notices[0].zh


def test_the_order_of_candidates_in_a_comparison_does_not_matter(new_comparison):
    table = read_scores(
        {
            "iris": new_comparison({"relu": 0.9, "tanh": 0.8}, spread=0.0),
            "wine": new_comparison({"tanh": 0.7, "relu": 0.6}, spread=0.0),
        }
    )
    assert table.labels == ("relu", "tanh")
    np.testing.assert_allclose(table.scores, [[0.9, 0.8], [0.6, 0.7]])
