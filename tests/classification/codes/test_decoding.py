import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit, softmax
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import (
    LinearRegression,
    LogisticRegression,
    Perceptron,
    RidgeClassifier,
    SGDClassifier,
)
from sklearn.metrics.pairwise import pairwise_distances_argmin
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

from ogive.classification.codes.code_books import exhaustive_code_book, one_vs_one_code_book
from ogive.classification.codes.code_search import bch_code_book
from ogive.classification.codes.decoding import (
    CERTAIN,
    different_share,
    euclidean_scores,
    hamming_log_likelihoods,
    hamming_scores,
    log_likelihoods,
    log_odds,
    loss_scores,
)
from ogive.classification.codes.losses import LOSSES, natural_loss

LECTURE = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]], dtype=np.int8)


def seeded(seed=0):
    return np.random.RandomState(seed)


@pytest.mark.parametrize(("n", "size"), [(10, 1.5), (10, 3), (20, 1.5), (7, 9)])
def test_a_bch_code_is_decoded_right_with_as_many_wrong_answers_as_it_corrects(n, size):
    code = bch_code_book(n, int(n * size), seeded())
    distance = int(min((code[i] != code[j]).sum() for i in range(n) for j in range(i)))
    corrected = (distance - 1) // 2
    assert corrected >= 3
    random_state = seeded(1)
    for wrong in range(corrected + 1):
        sent = random_state.randint(n, size=400)
        answers = code[sent].copy()
        for answer in answers:
            answer[random_state.choice(code.shape[1], size=wrong, replace=False)] *= -1
        assert_array_equal(np.argmax(hamming_scores(answers > 0, code), axis=1), sent)


def test_one_wrong_answer_more_can_be_too_many():
    code = bch_code_book(10, 15, seeded())
    distances = (code[:, None] != code[None]).sum(axis=2) + 99 * np.eye(10, dtype=int)
    i, j = np.unravel_index(distances.argmin(), distances.shape)
    answers = code[i].copy()
    differ = np.flatnonzero(code[i] != code[j])
    answers[differ[: (len(differ) + 2) // 2]] *= -1
    assert np.argmax(hamming_scores(answers[None] > 0, code)) != i


def test_the_lectures_code_means_b_by_ab_and_bd():
    # "AB" is the positive side of the first problem, "BD" the negative one of the second.
    scores = hamming_scores(np.array([[True, False]]), LECTURE)
    assert_array_equal(scores, [[-1, 0, -2, -1]])


def test_zeros_count_a_half_by_hamming():
    code = one_vs_one_code_book(3)
    assert_array_equal(hamming_scores(np.array([[True, True, True]]), code), [[-2.5, -1.5, -0.5]])


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 8), st.integers(1, 12), st.integers(0, 10_000))
def test_euclidean_scores_choose_as_scikit_learn_does(n, p, seed):
    random_state = seeded(seed)
    code = random_state.choice([-1.0, 1.0], size=(n, p))
    confidence = random_state.normal(scale=3, size=(50, p))
    chosen = np.argmax(euclidean_scores(confidence, code), axis=1)
    assert_array_equal(chosen, pairwise_distances_argmin(confidence, code))


def test_euclidean_scores_are_the_squared_distance_but_for_what_is_common():
    random_state = seeded()
    code = random_state.choice([-1.0, 0.0, 1.0], size=(5, 7))
    f = random_state.normal(size=(20, 7))
    squares = ((f[:, None] - code[None]) ** 2).sum(axis=2)
    assert_allclose(euclidean_scores(f, code), ((f**2).sum(axis=1)[:, None] - squares) / 2)


def test_confidences_far_from_the_code_book_still_decide():
    confidence = np.array([[1e9, -1e9 + 4], [-1e9, 1e9 + 4]])
    chosen = np.argmax(euclidean_scores(confidence, LECTURE.astype(float)), axis=1)
    assert_array_equal(chosen, [1, 2])


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("ternary", [False, True])
def test_loss_scores_are_the_sum_of_losses_of_code_times_margin(name, ternary):
    random_state = seeded()
    code = random_state.choice([-1, 0, 1] if ternary else [-1, 1], size=(6, 9)).astype(np.int8)
    margin = random_state.normal(scale=2, size=(30, 9))
    sums = LOSSES[name](code[None] * margin[:, None]).sum(axis=2)
    expected = -np.log(sums) if name == "exponential" else -sums
    assert_allclose(loss_scores(margin, code, name), expected)


def test_the_losses_are_those_of_allwein_schapire_and_singer():
    z = np.array([-1.0, 0.0, 2.0])
    assert_allclose(LOSSES["exponential"](z), [np.e, 1, np.exp(-2)])
    assert_allclose(LOSSES["logistic"](z), np.log([1 + np.e, 2, 1 + np.exp(-2)]))
    assert_allclose(LOSSES["hinge"](z), [2, 1, 0])
    assert_allclose(LOSSES["squared_hinge"](z), [4, 1, 0])
    assert_allclose(LOSSES["squared"](z), [4, 1, 1])


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("size", [1e2, 1e4])
def test_large_margins_do_not_overflow(name, size):
    margin = size * np.array([[1.0, -0.9]])
    scores = loss_scores(margin, LECTURE, name)
    assert np.isfinite(scores).all()
    assert np.argmax(scores) == 1


def test_probabilities_of_the_lectures_code_are_products():
    p = np.array([[0.8, 0.3]])
    expected = [[0.8 * 0.3, 0.8 * 0.7, 0.2 * 0.3, 0.2 * 0.7]]
    # The four products add up to 1 already.
    assert_allclose(np.exp(log_likelihoods(p, LECTURE)), expected, rtol=1e-14)


def test_probabilities_of_three_classes_against_the_rest_by_hand():
    code = np.array([[1, -1, -1], [-1, 1, -1], [-1, -1, 1]], dtype=np.int8)
    p = np.array([[0.5, 0.3, 0.2]])
    products = np.array([0.5 * 0.7 * 0.8, 0.5 * 0.3 * 0.8, 0.5 * 0.7 * 0.2])
    found = softmax(log_likelihoods(p, code), axis=1)
    assert_allclose(found, [products / products.sum()], rtol=1e-14)


def test_a_class_that_takes_no_part_counts_as_undecided():
    code = one_vs_one_code_book(3)
    p = np.array([[0.9, 0.8, 0.4]])
    products = [0.1 * 0.2 * 0.5, 0.9 * 0.5 * 0.6, 0.5 * 0.8 * 0.4]
    assert_allclose(np.exp(log_likelihoods(p, code)), [products], rtol=1e-14)


def test_the_same_evidence_given_again_does_not_count_twice():
    code = np.array([[-1, 1, -1], [1, -1, 1]], dtype=np.int8)
    p = np.array([[0.8, 0.2, 0.8]])
    assert different_share(code) == pytest.approx(1 / 3)
    assert_allclose(softmax(log_likelihoods(p, code), axis=1), [[0.2, 0.8]], rtol=1e-13)


def test_a_certain_answer_is_no_veto():
    code = exhaustive_code_book(4)
    probability = (code[2] > 0).astype(float)[None]
    probability[0, 3] = 1 - probability[0, 3]
    scores = log_likelihoods(probability, code)
    assert np.isfinite(scores).all()
    assert np.argmax(scores) == 2


def test_log_odds_are_finite():
    assert_allclose(
        log_odds(np.array([0.0, 0.5, 1.0])), [np.log(CERTAIN), 0, -np.log(CERTAIN)], atol=1e-5
    )


@settings(max_examples=50, deadline=None)
@given(st.integers(3, 6), st.integers(0, 10_000))
def test_with_log_odds_four_decodings_agree(n, seed):
    """Sum of t f, logistic loss and likelihood differ by what is common to all classes."""
    code = exhaustive_code_book(n)
    f = seeded(seed).normal(scale=2, size=(40, code.shape[1]))
    chosen = np.argmax(euclidean_scores(f, code.astype(float)), axis=1)
    assert_array_equal(np.argmax(loss_scores(f, code, "logistic"), axis=1), chosen)
    assert_array_equal(np.argmax(loss_scores(f, code, "squared"), axis=1), chosen)
    assert_array_equal(np.argmax(log_likelihoods(expit(f), code), axis=1), chosen)


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 7), st.integers(1, 10), st.integers(0, 10_000))
def test_probabilities_beside_hamming_rank_classes_as_it_does(n, p, seed):
    random_state = seeded(seed)
    code = random_state.choice([-1, 1], size=(n, p)).astype(np.int8)
    probability = random_state.uniform(size=(30, p))
    positive = probability > 0.5
    found = softmax(hamming_log_likelihoods(probability, positive, code), axis=1)
    scores = hamming_scores(positive, code)
    assert_allclose(found.sum(axis=1), 1)
    for i in range(n):
        for j in range(n):
            nearer = scores[:, i] > scores[:, j]
            assert (found[nearer, i] > found[nearer, j]).all()


def test_probabilities_beside_hamming_by_hand():
    # Both answers are right with (0.8 + 0.7) / 2; the lecture's code has distances 1, 0, 2, 1.
    found = hamming_log_likelihoods(np.array([[0.8, 0.3]]), np.array([[True, False]]), LECTURE)
    q = 0.75
    assert_allclose(
        softmax(found, axis=1), [[q * (1 - q), q * q, (1 - q) ** 2, q * (1 - q)]], rtol=1e-14
    )


def test_a_thousand_classes_of_two_thousand_bits_are_decoded_at_once():
    random_state = seeded()
    code = random_state.choice([-1, 1], size=(1000, 2000)).astype(np.int8)
    sent = random_state.randint(1000, size=200)
    margin = code[sent] + random_state.normal(size=(200, 2000))
    for scores in (
        hamming_scores(margin > 0, code),
        euclidean_scores(margin, code.astype(float)),
        loss_scores(margin, code, "exponential"),
        loss_scores(margin, code, "hinge"),
        log_likelihoods(expit(margin), code),
    ):
        assert_array_equal(np.argmax(scores, axis=1), sent)


NATURAL = [
    (LogisticRegression(), "logistic"),
    (RandomForestClassifier(), "logistic"),
    (GradientBoostingClassifier(), "logistic"),
    (GradientBoostingClassifier(loss="exponential"), "exponential"),
    (AdaBoostClassifier(), "exponential"),
    (LinearSVC(), "squared_hinge"),
    (LinearSVC(loss="hinge"), "hinge"),
    (SVC(), "hinge"),
    (SGDClassifier(), "hinge"),
    (SGDClassifier(loss="log_loss"), "logistic"),
    (Perceptron(), "hinge"),
    (RidgeClassifier(), "squared"),
    (LinearRegression(), "squared"),
    (DummyClassifier(), "logistic"),
    (make_pipeline(StandardScaler(), RidgeClassifier()), "squared"),
    (GridSearchCV(SVC(), {"C": [1]}), "hinge"),
]


@pytest.mark.parametrize(("estimator", "loss"), NATURAL, ids=lambda value: str(value)[:40])
def test_the_loss_is_the_one_the_estimator_makes_small(estimator, loss):
    assert natural_loss(estimator) == loss
