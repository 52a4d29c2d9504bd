import re

import pytest


def both(comparison):
    return comparison.verdict.en, comparison.verdict.zh


def test_a_winner_is_named_with_its_evidence(new_comparison):
    en, zh = both(new_comparison({"relu": 0.95, "tanh": 0.90, "step": 0.5}))
    assert en.startswith("relu is best: its mean accuracy of 0.9")
    assert "each of the 2 others (p < 0.001 after Holm's correction)" in en
    assert "Next is tanh" in en
    assert "relu 最好" in zh
    assert "其次是 tanh" in zh


def test_where_nothing_can_be_told_it_says_so(new_comparison):
    en, zh = both(new_comparison({"relu": 0.9, "tanh": 0.9, "elu": 0.9}))
    assert "no evidence of a difference to" in en
    assert "没有证据表明" in zh
    assert "is best" not in en
    assert "orse" not in en


def test_the_worse_are_named_with_how_much(new_comparison):
    en, zh = both(new_comparison({"relu": 0.9, "tanh": 0.9, "step": 0.5}))
    assert "no evidence of a difference to" in en
    assert re.search(r"Worse than \w+ is step, by 0\.[34]\d+ \(p < 0.001", en)
    assert "差的有 step" in zh


def test_a_single_activation_is_not_called_best(new_comparison):
    en, zh = both(new_comparison({"relu": 0.9}))
    assert en.startswith("Only relu was tried: mean accuracy 0.9")
    assert zh.startswith("只试了 relu")


def test_it_says_when_nothing_beats_a_guess(new_comparison):
    en, zh = both(new_comparison({"relu": 0.5, "tanh": 0.5}, guess=0.5))
    assert en.startswith("There is no evidence that any of the networks predicts better")
    assert zh.startswith("没有证据表明其中任何网络")


def test_diverged_trainings_are_told(new_comparison, new_outcome):
    failing = [new_outcome(0.1 + 0.01 * i, failed=i < 3, n_diverged=3) for i in range(10)]
    en, zh = both(new_comparison({"relu": 0.9, "elu": failing}))
    assert "diverged at every learning rate in some of the 10 splits (elu in 3)" in en
    assert "elu 3 次" in zh


def test_where_all_trainings_diverged_it_says_that_nothing_was_learnt(new_comparison, new_outcome):
    all_failed = [new_outcome(0.1 + 0.01 * i, failed=True, n_diverged=3) for i in range(10)]
    en, zh = both(new_comparison({"relu": 0.9, "exponential": all_failed}))
    assert "Every training of exponential diverged" in en
    assert "nothing was learnt, and its score is that of a guess" in en
    assert "in some of" not in en
    assert "exponential 的训练全部发散" in zh


def test_weak_evidence_is_called_weak(new_comparison, new_outcome):
    base = [0.9 + 0.001 * (i % 3) for i in range(10)]
    wave = [0.005 * (-1) ** i for i in range(10)]
    unsure = [new_outcome(b - 0.012 + w) for b, w in zip(base, wave, strict=True)]
    level = {
        f"level {k}": [new_outcome(b - 0.001 + 2 * w) for b, w in zip(base, wave, strict=True)]
        for k in range(10)
    }
    en, zh = both(new_comparison({"relu": [new_outcome(b) for b in base], "elu": unsure, **level}))
    assert re.search(r"weak evidence that elu is worse, by 0.012 \(p = 0\.[012]\d+ after Holm", en)
    assert "较弱的证据表明 elu" in zh


@pytest.mark.parametrize("means", [{"relu": 0.9}, {"relu": 0.9, "step": 0.4}])
def test_both_languages_hold_the_same_numbers(new_comparison, means):
    en, zh = both(new_comparison(means))
    numbers = r"\d+\.\d+"
    assert sorted(re.findall(numbers, en)) == sorted(re.findall(numbers, zh))
