"""Rows for which no class wins against every other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from test_elimination import by_answers

import ogive
from ogive.classification.pairs.cycles import top_classes


def votes_and_wins(row, n_classes):
    wins = np.zeros((n_classes, n_classes), dtype=bool)
    for (i, j), value in zip(combinations(range(n_classes), 2), row, strict=True):
        wins[(j, i) if value > 0 else (i, j)] = True
    return wins.sum(axis=1), wins


def smallest_dominating_set(wins):
    n_classes = len(wins)
    for size in range(1, n_classes + 1):
        for inside in combinations(range(n_classes), size):
            outside = [c for c in range(n_classes) if c not in inside]
            if all(wins[i, o] for i in inside for o in outside):
                return set(inside)
    raise AssertionError


def test_the_smallest_cycle_is_found_and_said():
    # A|B says A, A|C says C, B|C says B.
    answers = np.array([[-1.0, 1, -1], [-1, -1, -1]])
    found = by_answers(answers, 3).cycles(answers)
    assert found.rows.tolist() == [0]
    assert found.counts == {("A", "B", "C"): 1}
    assert "1 of 2 rows (50.00%)" in found.text("en")
    line = "1 row among whose leading classes A, B, C none beats all others: A > B > C > A"
    assert line in found.text("en")
    assert "A、B、C 中没有一个胜过其他所有类别，即 A > B > C > A" in found.text("zh")
    assert "others: A &gt; B &gt; C &gt; A</li>" in found.html("en")


def test_of_more_than_three_leading_classes_a_cycle_is_one_example():
    # A beats C and D, B beats A, C beats B, D beats B and C.
    answers = np.array([[1.0, -1, -1, 1, 1, 1]])
    text = by_answers(answers, 4).cycles(answers).text
    assert "leading classes A, B, C, D none beats all others; e.g. " in text("en")
    assert "A、B、C、D 中没有一个胜过其他所有类别，例如 " in text("zh")


def test_no_cycle_is_said_too():
    answers = np.array([[-1.0, -1, -1]])
    found = by_answers(answers, 3).cycles(answers)
    assert len(found) == 0
    assert "No cycles" in found.text("en")
    assert "没有循环" in found.text("zh")
    assert found.to_polars().height == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 6), st.integers(0, 10**6))
def test_rows_sets_and_cycles_are_those_of_a_search_through_all_sets(n_classes, seed):
    answers = np.random.default_rng(seed).normal(size=(20, n_classes * (n_classes - 1) // 2))
    found = by_answers(answers, n_classes).cycles(answers)
    at = 0
    for number, row in enumerate(answers):
        votes, wins = votes_and_wins(row, n_classes)
        wanted = smallest_dominating_set(wins)
        assert set(np.flatnonzero(top_classes(votes[None])[0])) == wanted
        if len(wanted) == 1:
            assert number not in found.rows
            continue
        assert found.rows[at] == number
        assert set(np.flatnonzero(found.members[at])) == wanted
        a, b, c = found.cycle[at]
        assert wins[a, b]
        assert wins[b, c]
        assert wins[c, a]
        assert votes[a] == votes.max()
        at += 1
    assert at == len(found)


def test_cycles_of_fitted_models_are_reported_as_plain_data():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(300, 3)), rng.integers(0, 5, 300)
    model = ogive.OneVsOneClassifier(ogive.LogisticRegression()).fit(X, y)
    found = model.cycles(X)
    assert 0 < len(found) < 300
    assert sum(found.counts.values()) == len(found)
    assert (model.votes(X).max(axis=1) < 4).sum() == len(found)
    plain = found.to_dict()
    assert plain["rows"] == found.rows.tolist()
    assert plain["n_samples"] == 300
    assert all(set(c) <= set(m) for c, m in zip(plain["cycles"], plain["classes"], strict=True))
    assert found.to_polars()["row"].to_list() == plain["rows"]
