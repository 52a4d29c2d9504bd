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
    en, zh = both(new_comparison({"relu": 0.9, "tanh": 0.9, "elu": 0.9}, spread=0.03))
    assert "no evidence of a difference to" in en
    assert "没有证据表明" in zh
    assert "is best" not in en
    assert "orse" not in en
    assert "quivalent" not in en
    assert "等效" not in zh


def test_the_worse_are_named_with_how_much(new_comparison):
    en, zh = both(new_comparison({"relu": 0.9, "tanh": 0.9, "step": 0.5}, spread=0.03))
    assert "no evidence of a difference to" in en
    assert re.search(r"Worse than \w+ is step, by 0\.[34]\d+ \(p < 0.001", en)
    assert "差的有 step" in zh


def test_a_single_activation_is_not_called_best(new_comparison):
    en, zh = both(new_comparison({"relu": 0.9}))
    assert en.startswith("Only relu was tried: mean accuracy 0.9")
    assert zh.startswith("只试了 relu")


def test_it_says_when_nothing_beats_a_guess(new_comparison):
    en, zh = both(new_comparison({"relu": 0.5, "tanh": 0.5}, guess=0.5))
    assert en.startswith("There is no evidence that any of the models predicts better")
    assert zh.startswith("没有证据表明其中任何模型")


def test_diverged_trainings_are_told(new_comparison, new_outcome):
    failing = [new_outcome(0.1 + 0.01 * i, failed=i < 3, n_diverged=3) for i in range(10)]
    en, zh = both(new_comparison({"relu": 0.9, "elu": failing}))
    assert "In some of the 10 splits every training diverged (elu in 3)" in en
    assert "elu 3 次" in zh


def test_where_all_trainings_diverged_it_says_that_nothing_was_learnt(new_comparison, new_outcome):
    all_failed = [new_outcome(0.1 + 0.01 * i, failed=True, n_diverged=3) for i in range(10)]
    en, zh = both(new_comparison({"relu": 0.9, "exponential": all_failed}))
    assert "Every training of exponential diverged" in en
    assert "nothing was learnt, and its score is that of a guess" in en
    assert "n some of" not in en
    assert "exponential 的训练在全部 10 次划分中都发散" in zh


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


def test_what_differs_by_next_to_nothing_is_equivalent_in_practice(new_comparison):
    en, zh = both(new_comparison({"relu": 0.9, "tanh": 0.9, "elu": 0.9}))
    assert "Equivalent to relu in practice are tanh and elu: the difference is at most 0.01" in en
    assert "with a probability of at least 9" in en
    assert "与 relu 实际等效的有 tanh、elu：差异不超过 0.01 的概率至少为 9" in zh
    assert "no evidence" not in en


def test_a_real_difference_within_the_region_is_equivalent_and_not_worse(
    new_comparison, new_outcome
):
    base = [0.9 + 0.01 * (i % 3) for i in range(10)]
    behind = [new_outcome(b - 0.003 + 0.001 * (-1) ** i) for i, b in enumerate(base)]
    comparison = new_comparison({"relu": [new_outcome(b) for b in base], "elu": behind})
    (pair,) = comparison.pairs()
    assert pair.p_holm < 0.05
    en, zh = both(comparison)
    assert "Equivalent to relu in practice is elu" in en
    assert "with a probability of more than 99%" in en
    assert "的概率超过 99%" in zh
    assert "best:" not in en


def test_all_three_verdicts_may_stand_in_one_comparison(new_comparison, new_outcome):
    wave = [(-1) ** i for i in range(10)]
    comparison = new_comparison(
        {
            "a": [new_outcome(0.9) for _ in wave],
            "b": [new_outcome(0.899 + 0.001 * w) for w in wave],
            "c": [new_outcome(0.88 + 0.05 * w) for w in wave],
            "d": [new_outcome(0.5 + 0.01 * w) for w in wave],
        }
    )
    en, _ = both(comparison)
    assert "no evidence of a difference to c" in en
    assert "Equivalent to a in practice is b" in en
    assert "Worse than a is d" in en


def test_a_winner_by_less_than_matters_for_sure_is_told_with_the_probability(
    new_comparison, new_outcome
):
    wave = [0.004 * (-1) ** i for i in range(10)]
    comparison = new_comparison(
        {
            "relu": [new_outcome(0.9) for _ in wave],
            "elu": [new_outcome(0.89 + w) for w in wave],
        }
    )
    en, zh = both(comparison)
    assert en.startswith("relu is best")
    assert re.search(r"exceeds 0\.01, and so matters in practice, has a probability of 50%", en)
    assert "有实际意义的概率为 50%" in zh


def test_of_an_error_the_lowest_is_best(new_comparison, new_settings):
    settings = new_settings(["relu", "tanh"], scoring="rmse")
    changed = {"settings": settings, "classes": None, "guess": -9.0}
    en, zh = both(new_comparison({"relu": -3.0, "tanh": -4.0}, **changed))
    assert re.match(r"relu is best: its mean RMSE of 2\.99\d+ over 10 splits is lower than", en)
    assert "低于唯一的另一个" in zh
    assert "-" not in en.replace("than that", "")


def test_of_level_errors_the_lowest_is_named_first(new_comparison, new_settings):
    settings = new_settings(["relu", "tanh"], scoring="rmse")
    changed = {"settings": settings, "classes": None, "guess": -9.0, "spread": 0.5}
    en, zh = both(new_comparison({"relu": -3.0, "tanh": -3.0}, **changed))
    assert "has the lowest mean RMSE" in en
    assert "最低" in zh


def test_labels_with_commas_are_set_off_by_semicolons(new_comparison):
    means = {"tanh, depth 2": 0.9, "relu, depth 2": 0.5, "relu, depth 4": 0.4, "elu, depth 1": 0.9}
    en, _ = both(new_comparison(means, spread=0.03))
    assert "are relu, depth 2 and relu, depth 4" in en or "relu, depth 2; " in en


@pytest.mark.parametrize("means", [{"relu": 0.9}, {"relu": 0.9, "step": 0.4}])
def test_both_languages_hold_the_same_numbers(new_comparison, means):
    en, zh = both(new_comparison(means))
    numbers = r"\d+\.\d+"
    assert sorted(re.findall(numbers, en)) == sorted(re.findall(numbers, zh))


def test_of_many_candidates_the_first_are_named_and_the_others_counted(new_comparison):
    means = {f"depth {i}": 0.9 for i in range(30)}
    en, zh = both(new_comparison(means, spread=0.03))
    assert " and 17 others (" in en
    assert " 等 29 个有差异（" in zh


def test_candidates_go_by_their_names_in_the_readers_language(new_comparison):
    en, zh = both(new_comparison({"learning rate 0.03": 0.95, "learning rate 0.01": 0.5}))
    assert en.startswith("learning rate 0.03 is best")
    assert zh.startswith("学习率 0.03 最好")
    assert "其次是学习率 0.01，" in zh


def test_chinese_lists_of_names_with_commas_can_be_told_apart(new_comparison):
    means = {"mlp, relu, depth 2": 0.9, "logistic": 0.4, "mlp, tanh, depth 4": 0.4}
    _, zh = both(new_comparison({**means, "mlp, elu": 0.9}, spread=0.03))
    assert "logistic；mlp, tanh, 深度 4" in zh or "mlp, tanh, 深度 4；logistic" in zh


def test_of_very_many_whose_trainings_diverged_the_first_are_counted(new_comparison, new_outcome):
    failing = [new_outcome(0.1 + 0.01 * i, failed=i < 3, n_diverged=3) for i in range(10)]
    en, zh = both(new_comparison({"relu": 0.9, **{f"depth {i}": failing for i in range(1, 41)}}))
    assert "in 3, and 28 others)" in en
    assert "等 40 个）" in zh


def agreeing(new_comparison, new_outcome, new_settings, n_splits, scoring, gap=0.05, n_rows=300):
    done = {"relu": [new_outcome(1.0)] * n_splits, "elu": [new_outcome(1 - gap)] * n_splits}
    settings = new_settings(["relu", "elu"], n_splits=n_splits, n_repeats=1, scoring=scoring)
    guesses = [1 - gap] * n_splits
    return new_comparison(done, settings=settings, guesses=guesses, n_rows=n_rows)


def test_a_lead_in_so_few_splits_is_told_with_how_many_it_takes(
    new_comparison, new_outcome, new_settings
):
    en, zh = both(agreeing(new_comparison, new_outcome, new_settings, 3, "accuracy"))
    assert "relu is ahead of it in all 3 splits" in en
    assert "cannot bring p below 0.5: for p below 0.05 it takes 7 splits" in en
    assert "relu 在全部 3 次划分中都领先于盲猜" in zh
    assert "需要 7 次" in zh


def test_of_an_interval_without_ends_it_says_why(new_comparison, new_outcome, new_settings):
    en, zh = both(agreeing(new_comparison, new_outcome, new_settings, 8, "auc"))
    assert "behind (the same in every split, so that there is no interval)" in en
    assert "没有区间" in zh
    assert "–" not in en


def test_without_a_region_nothing_is_called_equivalent(new_comparison, new_settings):
    means = {"relu": 0.9, "tanh": 0.9}
    comparison = new_comparison(means, settings=new_settings(means, rope=0.0))
    assert comparison.rope == 0
    assert "quivalent" not in comparison.verdict.en
    assert "no evidence of a difference" in comparison.verdict.en
