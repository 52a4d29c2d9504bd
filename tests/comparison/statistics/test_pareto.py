import itertools

import numpy as np
import pytest

from ogive.comparison.statistics.pareto import checked_costs, pareto_front
from ogive.text import InputError


def by_definition(costs, scores):
    n = len(scores)

    def beats(i, j):
        no_worse = all(a <= b for a, b in zip(costs[i], costs[j], strict=True))
        no_worse &= scores[i] >= scores[j]
        return no_worse and (list(costs[i]) != list(costs[j]) or scores[i] != scores[j])

    return [not any(beats(i, j) for i in range(n)) for j in range(n)]


def test_what_costs_more_and_scores_no_higher_is_off_the_front():
    assert pareto_front([1, 2, 3], [0.7, 0.9, 0.9]) == [True, True, False]
    assert pareto_front([1, 1, 3], [0.7, 0.9, 0.95]) == [False, True, True]


def test_equals_are_all_on_the_front_or_all_off_it():
    assert pareto_front([2, 2, 1], [0.9, 0.9, 0.5]) == [True, True, True]
    assert pareto_front([2, 2, 1], [0.9, 0.9, 0.9]) == [False, False, True]


@pytest.mark.parametrize("n_costs", [1, 2, 3])
def test_the_front_is_that_of_the_definition_with_ties_and_several_costs(n_costs):
    rng = np.random.default_rng(n_costs)
    for _ in range(100):
        costs, scores = rng.integers(0, 4, (8, n_costs)), rng.integers(0, 4, 8)
        assert pareto_front(costs, scores) == by_definition(costs.tolist(), scores.tolist())


def test_the_order_of_the_candidates_does_not_matter():
    costs, scores = [3.0, 1.0, 2.0, 2.0], [0.9, 0.5, 0.9, 0.6]
    whole = pareto_front(costs, scores)
    for order in itertools.permutations(range(4)):
        found = pareto_front([costs[i] for i in order], [scores[i] for i in order])
        assert found == [whole[i] for i in order]


def test_an_unknown_cost_or_score_is_not_on_the_front_and_keeps_nobody_off_it():
    assert pareto_front([np.nan, 2], [0.99, 0.5]) == [False, True]
    assert pareto_front([1, 2], [np.nan, 0.5]) == [False, True]


def test_one_candidate_is_its_own_front_and_none_has_none():
    assert pareto_front([1.0], [0.5]) == [True]
    assert pareto_front([], []) == []


def test_costs_are_named_one_or_several():
    assert checked_costs("seconds") == ("seconds",)
    assert checked_costs(["seconds", "n_parameters"]) == ("seconds", "n_parameters")


@pytest.mark.parametrize("cost", ["money", [], ["seconds", "money"]])
def test_an_unknown_cost_is_refused_with_those_there_are(cost):
    with pytest.raises(InputError, match="must be one or more of seconds, predict_seconds"):
        checked_costs(cost)


def test_a_comparison_names_its_front_from_the_cheapest_on(new_comparison, new_outcome):
    def done(score, seconds, **changed):
        return [new_outcome(score + i / 1e4, seconds=seconds, **changed) for i in range(10)]

    found = new_comparison(
        {
            "fast": done(0.8, 0.01, n_parameters=50),
            "slow": done(0.9, 0.05, n_parameters=10),
            "worst": done(0.7, 0.02, n_parameters=60),
            "diverged": done(0.1, 0.001, n_parameters=5, failed=True),
        }
    )
    assert found.pareto() == ["fast", "slow"]
    assert found.pareto("n_parameters") == ["slow"]
    assert found.pareto(["seconds", "n_parameters"]) == ["fast", "slow"]
    assert [row.label for row in found.rows() if row.on_front] == ["slow", "fast"]


def test_models_whose_numbers_cannot_be_counted_are_not_taken_for_the_smallest(
    new_comparison, new_outcome
):
    unknown = [new_outcome(0.9 + i / 1e4, n_parameters=0) for i in range(10)]
    known = [new_outcome(0.8 + i / 1e4, n_parameters=7) for i in range(10)]
    found = new_comparison({"forest": unknown, "relu": known})
    assert found.pareto("n_parameters") == ["relu"]
