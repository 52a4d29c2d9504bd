from ogive.comparison.across.words import bounded, least


def test_the_verdict_says_who_is_better_with_its_evidence(ten):
    assert ten.verdict.en.startswith("Over 10 data sets relu and tanh share the best average rank")
    assert "relu does better than step (p = 0.006 after Holm's correction" in ten.verdict.en
    assert "relu and tanh are equivalent in practice" in ten.verdict.en
    assert "relu 优于 step（经 Holm 方法对 3 对校正后 p = 0.006）" in ten.verdict.zh


def test_few_data_sets_are_told_honestly(three):
    said = three.verdict.en
    assert "cannot be told from 3 data sets" in said
    assert "no p below 0.25, 0.75 once corrected for 3 pairs" in said
    assert "at least 7" in said
    assert "至少需要 7 个" in three.verdict.zh


def test_two_candidates_are_not_tested_for_all_together(new_across):
    across = new_across([(0.9, 0.5 + 0.01 * i) for i in range(6)], labels=("relu", "step"))
    assert "Friedman" not in across.verdict.en
    assert "relu does better than step (p = 0.031 signed-rank test)" in across.verdict.en


def test_ranks_that_may_be_chance_are_said_to_be(new_across):
    rows = [(0.9, 0.8, 0.7), (0.7, 0.9, 0.8), (0.8, 0.7, 0.9)] * 4
    said = new_across(rows).verdict
    assert "no evidence that the ranks of the 3 are anything but chance" in said.en
    assert "没有证据表明" in said.zh
    assert "There is no evidence of a difference between" in said.en


def test_the_largest_of_several_p_values_is_given():
    assert bounded([0.01, 0.02]) == "≤ 0.020"
    assert bounded([0.01]) == "= 0.010"
    assert bounded([0.0001]) == "< 0.001"


def test_a_least_p_value_is_written_however_small():
    assert [least(p) for p in (0.25, 1.0, 2**-11, 2**-20)] == ["0.25", "1", "0.00049", "9.5e-07"]


def test_the_best_average_rank_does_not_hide_that_another_does_better(new_across):
    # c1 beats c0 by much on twelve data sets, and is last of eight by a hair on two: 4 of 2**14
    # patterns of signs are as one-sided, and 21 of 28 pairs are more so still.
    usual = [0.85, 0.9, 0.5, 0.49, 0.48, 0.47, 0.46, 0.45]
    close = [0.9007, 0.9, 0.9006, 0.9005, 0.9004, 0.9003, 0.9002, 0.9001]
    rows = [usual] * 12 + [close] * 2
    across = new_across(rows, labels=[f"c{i}" for i in range(8)])
    assert across.best == "c0"
    assert "Yet where they differ most c1 does better than c0 (p = 0.003" in across.verdict.en
    assert "但在差异最大的数据集上，c1 优于 c0" in across.verdict.zh
