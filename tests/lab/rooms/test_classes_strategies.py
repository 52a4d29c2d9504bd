"""The room of many classes: each strategy's numbers for one sample are the library's."""

import numpy as np
import pytest
from classes_page import (
    answer,
    coefficients,
    models,
    move_sample,
    number,
    numbers,
    open_room,
    points,
    sample,
    shown,
    table,
    wait_until,
    winners,
)

from ogive import LogisticRegression, OneVsOneClassifier, OutputCodeClassifier

pytestmark = pytest.mark.browser

CLOSE = {"rtol": 1e-6, "atol": 1e-9}


def logistic(z):
    return 1 / (1 + np.exp(-z))


def test_the_models_of_all_pairs_and_their_votes(visit):
    page = open_room(visit, "?noise=0.8&x1=0.4&x2=-0.6&C=10")
    X, y = points(page)
    model = OneVsOneClassifier(LogisticRegression(C=10)).fit(X, y)
    said = model.vote_table(sample(page))
    rows = table(page, "questions")
    assert [row[0] for row in rows] == ["A|B", "A|C", "A|D", "B|C", "B|D", "C|D"]
    np.testing.assert_allclose(numbers(rows, 1, 4), coefficients(model.estimators_), **CLOSE)
    np.testing.assert_allclose(numbers(rows, 4, 5)[:, 0], said.confidence, **CLOSE)
    np.testing.assert_allclose(numbers(rows, 5, 6)[:, 0], logistic(said.confidence), **CLOSE)
    assert [row[6] for row in rows] == said.voted_for.tolist()
    totals = table(page, "votes")
    assert [int(row[1]) for row in totals] == said.votes.tolist()
    np.testing.assert_allclose(numbers(totals, 2, 3)[:, 0], said.confidences, **CLOSE)
    np.testing.assert_allclose(numbers(totals, 3, 4)[:, 0], said.scores, **CLOSE)
    assert answer(page) == said.winner
    # What one sees is the same, rounded.
    for row, z in zip(shown(page, "questions"), said.confidence, strict=True):
        assert number(row[4]) == pytest.approx(z, abs=5.1e-5)


def test_a_tie_of_votes_is_told_and_decided_by_the_sum(visit, language):
    page = open_room(visit, "?set=spirals&classes=3&noise=0.2")
    X, y = points(page)
    model = OneVsOneClassifier(LogisticRegression()).fit(X, y)
    grid = np.stack(np.meshgrid(np.linspace(-3.5, 3.5, 71), np.linspace(-3.5, 3.5, 71)), -1)
    grid = grid.reshape(-1, 2).round(1)
    cycles = model.cycles(grid)
    if len(cycles) == 0:
        pytest.fail("these points have no place where votes tie")
    x = grid[cycles.rows[len(cycles) // 2]]
    move_sample(page, *x)
    said = model.vote_table(x)
    wait_until(
        page,
        "([winner]) => document.querySelector('[data-test=answer]')?.textContent.trim() === winner",
        said.winner,
    )
    conclusion = page.inner_text("[data-test=sentence]")
    assert {"en": "tie at 1 votes", "zh": "并列"}[language] in conclusion


@pytest.mark.parametrize("x", [(0.5, 0.25), (-2, -1.4), (2.4, 1.2)])
def test_elimination_asks_as_the_library_does_step_by_step(visit, x):
    page = open_room(visit, f"?classes=6&way=elimination&noise=0.7&x1={x[0]}&x2={x[1]}")
    model = OneVsOneClassifier(LogisticRegression(), decision="elimination").fit(*points(page))
    duels = model.vote_table(x).duels
    names = "ABCDEF"
    page.click("[data-test=stepwise]")
    for step, duel in enumerate(duels, 1):
        pair = "|".join(sorted((names[duel.champion], names[duel.challenger])))
        wait_until(
            page,
            "([pair, step]) => document.querySelector('[data-test=sentence]')"
            ".textContent.startsWith(pair) && document.querySelectorAll("
            "'[data-test=questions] tbody tr').length === step",
            pair,
            step,
        )
        row = table(page, "questions")[-1]
        assert (row[0], row[6]) == (pair, names[duel.winner])
        assert page.locator("[data-test=answer]").count() == 0
        page.click("[data-test=forth]")
    assert answer(page) == model.predict([x])[0] == names[duels[-1].winner]
    assert page.is_disabled("[data-test=forth]")


def test_the_outputs_of_one_vs_rest_and_their_shares(visit):
    page = open_room(visit, "?show=rest&set=centre&classes=5&x1=0.3&x2=0.9")
    X, y = points(page)
    _, model, _, _ = models(X, y, code_book=["ABC|DE", "AD|BCE", "BD|ACE"])
    rows = table(page, "questions")
    z = model.decision_function(sample(page))[0]
    assert [row[0] for row in rows] == list("ABCDE")
    np.testing.assert_allclose(numbers(rows, 1, 4), coefficients(model.estimators_), **CLOSE)
    np.testing.assert_allclose(numbers(rows, 4, 5)[:, 0], z, **CLOSE)
    np.testing.assert_allclose(numbers(rows, 5, 6)[:, 0], logistic(z), **CLOSE)
    shares = model.predict_proba(sample(page))[0]
    np.testing.assert_allclose(numbers(rows, 7, 8)[:, 0], shares, **CLOSE)
    assert [row[6] == row[0] for row in rows] == (z > 0).tolist()
    assert answer(page) == model.predict(sample(page))[0]


@pytest.mark.parametrize("decoding", ["hamming", "euclidean"])
@pytest.mark.parametrize("book", ["shortest", "exhaustive", "one_vs_one"])
def test_code_words_are_decoded_as_the_library_does(visit, book, decoding):
    page = open_room(visit, f"?show=codes&book={book}&decoding={decoding}&noise=0.9&x1=-0.2&x2=1.3")
    X, y = points(page)
    code_book = ["AB|CD", "AC|BD"] if book == "shortest" else book
    inner = LogisticRegression()
    model = OutputCodeClassifier(inner, code_book=code_book, decoding=decoding).fit(X, y)
    said = model.explain_row(sample(page))
    rows = table(page, "questions")
    np.testing.assert_allclose(numbers(rows, 1, 4), coefficients(model.estimators_), **CLOSE)
    np.testing.assert_allclose(numbers(rows, 4, 5)[:, 0], said.confidence, **CLOSE)
    length = said.code.shape[1]
    bits = page.locator("[data-test=answers] td").all_text_contents()[:length]
    assert [number(bit) for bit in bits] == said.answers.tolist()
    words = table(page, "words")
    np.testing.assert_array_equal(
        [[number(b) for b in row[1:-1]][:length] for row in words], said.code
    )
    np.testing.assert_array_equal([float(row[1 + length]) for row in words], said.distances)
    if decoding == "euclidean":
        scores = [float(row[2 + length]) for row in words]
        np.testing.assert_allclose(scores, said.scores, **CLOSE)
    assert answer(page) == said.predicted


def test_the_outputs_of_softmax_become_probabilities_in_four_steps(visit):
    page = open_room(visit, "?show=softmax&classes=6&x1=-0.7&x2=0.1&step=1")
    assert all(row[5] == row[6] == "" for row in shown(page, "softmax"))
    for _ in range(3):
        page.click("[data-test=forth]")
    model = LogisticRegression().fit(*points(page))
    rows = table(page, "softmax")
    z = model.decision_function(sample(page))[0]
    np.testing.assert_allclose(
        numbers(rows, 1, 4), np.column_stack([model.coef_, model.intercept_]), **CLOSE
    )
    np.testing.assert_allclose(numbers(rows, 4, 5)[:, 0], z, **CLOSE)
    np.testing.assert_allclose(numbers(rows, 5, 6)[:, 0], np.exp(z), **CLOSE)
    total = page.get_attribute("[data-test=softmax-sum]", "title")
    assert float(total) == pytest.approx(np.exp(z).sum(), rel=1e-6)
    probabilities = model.predict_proba(sample(page))[0]
    np.testing.assert_allclose(numbers(rows, 6, 7)[:, 0], probabilities, **CLOSE)
    assert answer(page) == model.predict(sample(page))[0]


def test_all_strategies_find_the_librarys_class_wherever_the_sample_is(visit):
    page = open_room(visit, "?noise=1&seed=7")
    fitted = models(*points(page))
    for x in np.random.RandomState(0).uniform(-3.4, 3.4, size=(12, 2)).round(2):
        move_sample(page, *x)
        assert winners(page) == [model.predict([x])[0] for model in fitted]


def test_accuracies_ambiguous_points_and_rows_are_the_librarys(visit):
    page = open_room(visit, "?noise=1&seed=7&classes=4")
    X, y = points(page)
    pairs, rest, codes, softmax = models(X, y)
    page.wait_for_selector("[data-test=scores] tbody tr:nth-child(4)")
    rows = shown(page, "scores")
    assert [row[1] for row in rows][:3] == ["6", "4", "2"]
    assert [int(row[2]) for row in rows] == [3 * len(y), 4 * len(y), 2 * len(y), len(y)]
    right = [model.score(X, y) for model in (pairs, rest, codes, softmax)]
    assert [number(row[3].split()[0]) for row in rows] == pytest.approx(
        [100 * share for share in right], abs=0.051
    )
    assert int(rows[0][4]) == len(pairs.cycles(X))
    assert int(rows[1][4]) == int(rest.regions(X).ambiguous.sum())
    answers = np.stack([model.predict(X) for model in (pairs, rest, codes, softmax)])
    disputed = int((answers != answers[0]).any(axis=0).sum())
    assert str(disputed) in page.inner_text("[data-test=disagree]")


def test_two_classes_need_one_model_each_and_all_agree_with_the_library(visit):
    page = open_room(visit, "?classes=2&noise=0.9&show=rest&x1=0.4&x2=-0.3")
    fitted = models(*points(page), code_book=["A|B"])
    assert winners(page) == [model.predict(sample(page))[0] for model in fitted]
    rows = table(page, "questions")
    np.testing.assert_allclose(numbers(rows, 1, 4), coefficients(fitted[1].estimators_), **CLOSE)
