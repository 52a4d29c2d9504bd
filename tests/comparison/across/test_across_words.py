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
