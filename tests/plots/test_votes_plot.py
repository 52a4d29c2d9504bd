import numpy as np
import pytest
from chart_data import marks, said, svg
from sklearn.datasets import load_wine
from sklearn.tree import DecisionTreeClassifier

from ogive import LogisticRegression, OneVsOneClassifier
from ogive.classification.pairs.vote_table import build_vote_table
from ogive.plots import vote_table
from ogive.text import InputError

NAMES = np.array(["A", "B", "C"])
PAIRS = np.array([[0, 1], [0, 2], [1, 2]], dtype=np.int32)


def given(confidence):
    """A beats B where the first is negative, and so on."""
    confidence = np.array(confidence, dtype=float)
    scores = np.array([3.0, 2.0, 1.0])
    return build_vote_table(NAMES, PAIRS, confidence > 0, confidence, scores, "A")


def duels(chart):
    return {(r["row"], r["column"]): r for r in marks(chart, "rect", "confidence")}


@pytest.fixture(scope="module")
def wine():
    X, y = load_wine(return_X_y=True)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    return X, y, OneVsOneClassifier(LogisticRegression()).fit(X, y)


def test_each_duel_has_winner_and_confidence_of_its_model(wine):
    X, _, model = wine
    found = duels(vote_table(model.vote_table(X[70])))
    j = 0
    for a in range(3):
        for b in range(a + 1, 3):
            z = model.estimators_[j].decision_function(X[[70]])[0]
            assert found[str(b), str(a)]["confidence"] == pytest.approx(z, rel=1e-5)
            assert found[str(a), str(b)]["confidence"] == pytest.approx(-z, rel=1e-5)
            winner, loser = (b, a) if z > 0 else (a, b)
            assert found[str(winner), str(loser)]["kind"] == "wins the duel"
            assert found[str(loser), str(winner)]["kind"] == "loses it"
            j += 1


def test_the_bars_are_the_votes_and_the_winner_is_told(wine):
    X, _, model = wine
    chart = vote_table(model.vote_table(X[70]))
    totals = marks(chart, "bar", "value")
    assert [bar["value"] for bar in totals] == model.votes(X[[70]])[0].tolist()
    predicted = str(model.predict(X[[70]])[0])
    assert [bar["row"] for bar in totals if bar["best"]] == [predicted]
    assert f"{predicted} wins every duel." in said(chart)


def test_a_circle_is_framed_and_named():
    chart = vote_table(given([-1.0, 2.0, -0.5]))
    framed = {pair for pair, cell in duels(chart).items() if cell["framed"]}
    assert framed == {("A", "B"), ("B", "C"), ("C", "A")}
    assert "A, B, C beat one another in a circle" in said(chart)


def test_without_a_circle_nothing_is_framed():
    chart = vote_table(given([-1.0, -2.0, -0.5]))
    assert not any(cell["framed"] for cell in duels(chart).values())
    assert "A wins every duel" in said(chart)


def test_probabilities_of_both_classes_of_a_duel_sum_to_1(wine):
    X, y, _ = wine
    model = OneVsOneClassifier(DecisionTreeClassifier(max_depth=1, random_state=0)).fit(X, y)
    found = duels(vote_table(model.vote_table(X[70])))
    for (a, b), cell in found.items():
        if a != b:
            assert cell["confidence"] + found[b, a]["confidence"] == pytest.approx(1)
            assert (cell["kind"] == "wins the duel") == (
                cell["confidence"] > 0.5 or (cell["confidence"] == 0.5 and a < b)
            )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Against", "Votes", "beat one another in a circle", "wins the duel"]),
        ("zh", ["对手", "票数", "形成循环", "置信度"]),
    ],
)
def test_texts_are_in_the_language(language, words):
    text = svg(vote_table(given([-1.0, 2.0, -0.5]), language=language))
    assert [word for word in words if word not in text] == []


def test_other_things_are_refused():
    with pytest.raises(InputError, match="Got list instead"):
        vote_table([1, 2])


def test_too_many_classes_are_refused():
    n = 60
    pairs = np.column_stack(np.triu_indices(n, 1)).astype(np.int32)
    confidence = -np.ones(len(pairs))
    table = build_vote_table(
        np.arange(n), pairs, confidence > 0, confidence, np.arange(n)[::-1].astype(float), 0
    )
    with pytest.raises(InputError, match="60 classes"):
        vote_table(table)
