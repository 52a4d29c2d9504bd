from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits, load_iris, load_wine

from ogive.comparison import compare
from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.words.reasons import reasons

HEALTHY = np.array([1e-2, 2e-2])


@pytest.fixture
def splits(new_outcome):
    """Make ten outcomes around a score; fields may be changed in all or in some of them."""

    def make(score, n_odd=10, **changed):
        base = {"gradients": HEALTHY, "dead_shares": np.zeros(2), "saturated_shares": np.zeros(2)}
        step = 7 if score == 0.9 else 3
        return [
            new_outcome(
                score + (step * i % 10 - 4.5) / 2000, **(base | (changed if i < n_odd else {}))
            )
            for i in range(10)
        ]

    return make


@pytest.fixture
def told(new_comparison, splits, new_settings):
    """Return the English reasons of "good" at 0.9 and what is given."""

    def tell(behind, good=None, *, guess=0.1, **others):
        means = {"good": good or splits(0.9), "behind": behind} | others
        return [text.en for text in reasons(new_comparison(means, guess=guess))]

    return tell


SIGNS = {
    "vanishing": ({"gradients": np.array([4e-7, 1e-2])}, "first layer's gradient is 4.0e-05 times"),
    "exploding": ({"gradients": np.array([20.0, 1e-2])}, "first layer's gradient is 2000 times"),
    "dead": ({"dead_shares": np.array([0.1, 0.7])}, "70% of the units of its layer 2 are dead"),
    "saturated": ({"saturated_shares": np.array([0.5, 0.1])}, "50% of the units of its layer 1"),
    "no gradient": (
        {"gradients": np.array([0.0, 1e-2]), "dead_share": 1.0, "dead_shares": np.ones(2)},
        "no gradient reached its hidden layers while it learned, as 100% of its hidden units",
    ),
    "at limit": ({"at_limit": True}, "still learning when max_iter ended it in 10 of 10 splits"),
    "overfitting": (
        {"validation_loss_curve": np.full(30, 0.8)},
        "it overfits: its loss is 0.047 on the rows it learned from and 0.8 on validation rows",
    ),
    "learnt little": (
        {"loss_curve": np.full(30, 0.9), "validation_loss_curve": np.full(30, 0.95)},
        "it learned even the training rows less well, with a loss of 0.9 (good: 0.047)",
    ),
}


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_of_one_that_is_evidently_worse_is_told_with_its_number(name, told, splits):
    changed, clause = SIGNS[name]
    first, last = told(splits(0.5, **changed))
    assert first.startswith("behind falls behind good by 0.4000 (p < 0.001): ")
    assert clause in first
    assert "does not make one the cause of the other" in last
    assert "ogive diagnose" in last


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_of_one_without_evidence_of_being_worse_is_not_told(name, told, new_outcome, splits):
    changed, _ = SIGNS[name]
    scores = np.linspace(0.4, 0.99, 10)
    unsure = [
        one._replace(score=score) for one, score in zip(splits(0.5, **changed), scores, strict=True)
    ]
    assert told(unsure) == []


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_that_the_best_shows_too_is_not_told(name, told, splits):
    changed, _ = SIGNS[name]
    assert told(splits(0.5, **changed), splits(0.9, **changed)) == []
    assert told(splits(0.5, **changed), splits(0.9, n_odd=2, **changed)) == []


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_in_less_than_nine_splits_of_ten_is_not_told(name, told, splits):
    changed, clause = SIGNS[name]
    assert told(splits(0.5, n_odd=8, **changed)) == []
    assert told(splits(0.5, n_odd=9, **changed))


@pytest.mark.parametrize("name", SIGNS)
def test_a_sign_that_does_another_one_no_harm_is_not_told(name, told, splits):
    changed, _ = SIGNS[name]
    assert told(splits(0.5, **changed), third=splits(0.9, **changed)) == []


def test_numbers_at_their_limits_are_not_beyond_them(told, splits):
    for changed in (
        {"gradients": np.array([1e-5, 1e-2])},
        {"dead_shares": np.array([0.4, 0])},
        {"saturated_shares": np.array([0.25, 0])},
    ):
        assert told(splits(0.5, **changed)) == []


def test_one_behind_without_any_sign_has_no_reason(told, splits):
    assert told(splits(0.5)) == []


def test_what_diverged_counts_as_a_guess_and_nothing_else_is_told_of_it(told, splits):
    (only,) = told(splits(0.1, failed=True, n_diverged=3, dead_shares=np.ones(2)))
    assert only.endswith(
        "its training diverged in 10 of 10 splits, and what diverged counts with the score of a "
        "guess."
    )


def test_an_overfitting_network_with_many_more_weights_is_said_to_have_them(told, splits):
    big = splits(0.5, validation_loss_curve=np.full(30, 0.8), n_parameters=9000)
    first, _ = told(big, splits(0.9, n_parameters=900))
    assert "with 10 times as many numbers to learn" in first


def with_candidates(new_comparison, new_settings, outcomes, candidates, **changed):
    comparison = new_comparison(outcomes, **changed)
    settings = comparison.settings
    return replace(comparison, settings=replace(settings, candidates=tuple(candidates)))


def test_a_rate_at_the_edge_of_those_offered_is_told_where_there_were_three(
    new_comparison, new_settings, splits
):
    def told(rates):
        choices = tuple(Choice("learning_rate_init", rate) for rate in rates)
        candidates = [Candidate(name, choices=choices) for name in ("good", "behind")]
        outcomes = {"good": splits(0.9, chosen=0.003), "behind": splits(0.5, chosen=0.01)}
        found = with_candidates(new_comparison, new_settings, outcomes, candidates)
        return [text.en for text in reasons(found)]

    assert (
        "it took the greatest learning rate offered, 0.01, in 10 of 10"
        in told([0.001, 0.003, 0.01])[0]
    )
    assert told([0.001, 0.003, 0.01, 0.03]) == []
    assert told([0.003, 0.01]) == []


def test_a_linear_model_equivalent_to_the_best_network_means_no_hidden_layer_is_needed(
    new_comparison, new_settings, splits
):
    candidates = [Candidate("relu"), Candidate("logistic", model="logistic")]
    outcomes = {"relu": splits(0.9), "logistic": splits(0.899)}
    found = with_candidates(new_comparison, new_settings, outcomes, candidates)
    (only,) = reasons(found)
    assert only.en == (
        "logistic has no hidden layer and is equivalent in practice to the best network that is "
        "not linear, relu: with these settings the data need no hidden layer."
    )
    assert "不需要隐藏层" in only.zh


def test_a_linear_model_that_is_worse_or_no_better_than_a_guess_says_nothing(
    new_comparison, new_settings, splits
):
    candidates = [Candidate("relu"), Candidate("logistic", model="logistic")]
    for outcomes in (
        {"relu": splits(0.9), "logistic": splits(0.7)},
        {"relu": splits(0.1), "logistic": splits(0.1)},
    ):
        assert reasons(with_candidates(new_comparison, new_settings, outcomes, candidates)) == []


def test_a_linear_network_is_not_told_for_being_linear_where_a_linear_model_does_well(
    new_comparison, new_settings, splits
):
    candidates = [
        Candidate("relu"),
        Candidate("logistic", model="logistic"),
        Candidate("line", activation="identity"),
    ]
    outcomes = {"relu": splits(0.9), "logistic": splits(0.88), "line": splits(0.7)}
    wide = [one._replace(score=0.85 + i % 2 / 10) for i, one in enumerate(splits(0.88))]
    found = with_candidates(new_comparison, new_settings, outcomes, candidates)
    assert any("it is linear" in text.en for text in reasons(found))
    found = with_candidates(new_comparison, new_settings, outcomes | {"logistic": wide}, candidates)
    assert not any("it is linear" in text.en for text in reasons(found))


def test_the_identity_is_a_linear_model_too(new_comparison, new_settings, splits):
    candidates = [Candidate("relu"), Candidate("line", activation=["identity", "identity"])]
    outcomes = {"relu": splits(0.9), "line": splits(0.7)}
    found = reasons(with_candidates(new_comparison, new_settings, outcomes, candidates))
    assert found[0].en.endswith("it is linear whatever its layers.")
    outcomes = {"relu": splits(0.9), "line": splits(0.9)}
    (only,) = reasons(with_candidates(new_comparison, new_settings, outcomes, candidates))
    assert only.en.startswith("line is linear whatever its layers and is equivalent")


def test_a_much_smaller_network_that_is_equivalent_is_told(new_comparison, new_settings, splits):
    candidates = [Candidate("width 64"), Candidate("width 8")]

    def told(n_small):
        outcomes = {
            "width 64": splits(0.9, n_parameters=9000),
            "width 8": splits(0.899, n_parameters=n_small),
        }
        return reasons(with_candidates(new_comparison, new_settings, outcomes, candidates))

    (only,) = told(900)
    assert only.en == (
        "width 8 has 900 numbers to learn and is equivalent in practice to width 64, which has "
        "9,000: the larger network gains nothing here."
    )
    assert told(4000) == []


# Planted causes, by training.
DIGITS, NUMBERS = (part[:400] for part in load_digits(return_X_y=True))


def reasons_by_label(comparison):
    return {text.en.split(" falls behind")[0]: text.en for text in comparison.reasons}


def test_deep_sigmoids_of_small_weights_are_told_for_their_vanishing_gradient():
    found = compare(
        DIGITS,
        NUMBERS,
        activations=["relu", "sigmoid"],
        hidden_layer_sizes=[16] * 10,
        learning_rates=[0.003],
        max_iter=15,
    )
    assert "first layer's gradient is" in reasons_by_label(found)["sigmoid"]


def test_relu_with_a_huge_learning_rate_is_told_for_its_dead_units():
    found = compare(
        DIGITS,
        NUMBERS,
        vary={"learning_rate": [0.003, 3.0], "activation": ["relu"]},
        max_iter=10,
    )
    (behind,) = [row.label for row in found.rows() if row.group == "worse"]
    assert "are dead" in reasons_by_label(found)[behind]


def test_a_step_function_is_told_for_passing_no_gradient():
    found = compare(
        DIGITS, NUMBERS, activations=["tanh", "step"], learning_rates=[0.003], max_iter=15
    )
    assert "no gradient reached its hidden layers" in reasons_by_label(found)["step"]


@pytest.mark.parametrize("load", [load_iris, load_wine])
def test_healthy_functions_on_easy_data_have_nothing_told_of_them(load):
    found = compare(
        *load(return_X_y=True), activations=["relu", "tanh", "elu"], learning_rates=[0.01]
    )
    assert found.reasons == []
