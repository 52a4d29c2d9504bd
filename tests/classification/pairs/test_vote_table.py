"""Who voted for whom for one sample."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC
from test_elimination import by_answers

import ogive
from ogive.text import InputError

X, Y = load_iris(return_X_y=True)


@pytest.fixture(scope="module")
def model():
    names = np.array(["setosa", "versicolor", "virginica"])[Y]
    return ogive.OneVsOneClassifier(LinearSVC(random_state=0)).fit(X, names)


def test_votes_and_scores_are_those_of_the_classifier(model):
    for row in (0, 60, 120):
        table = model.vote_table(X[row])
        np.testing.assert_array_equal(table.votes, model.votes(X[[row]])[0])
        np.testing.assert_array_equal(table.scores, model.decision_function(X[[row]])[0])
        assert table.winner == table.by_vote == model.predict(X[[row]])[0]
        sums = table.confidences
        np.testing.assert_allclose(table.votes + sums / (3 * (abs(sums) + 1)), table.scores)


def test_each_pair_names_the_class_it_votes_for(model):
    table = model.vote_table(X[60])
    for (first, second), voted, value in zip(
        table.pairs, table.voted_for, table.confidence, strict=True
    ):
        assert voted == table.classes[second if value > 0 else first]


def test_the_text_has_the_same_facts_in_both_languages(model):
    table = model.vote_table(X[60])
    assert "versicolor|virginica  versicolor" in table.text("en")
    assert "By vote: versicolor." in table.text("en")
    assert "按投票：versicolor。" in table.text("zh")
    assert "setosa|versicolor 判为 versicolor" in table.text("zh")


def test_a_tie_is_said_with_what_decides_it():
    answers = np.array([[-1.0, 2.0, -3.0]])
    text = by_answers(answers, 3).vote_table(answers[0])
    assert text.tied.tolist() == ["A", "B", "C"]
    assert text.confidences.tolist() == [-1, 2, -1]
    assert text.by_vote == "B"
    assert "A and B and C tie at 1" in text.text("en")
    assert text.winner == text.by_elimination == "C"


def test_a_legend_says_what_a_positive_confidence_and_the_score_mean(model):
    table = model.vote_table(X[60])
    legend = " ".join(table.text("en").split("\n\n")[-1].split())
    assert "A confidence above 0 is for the second class of the pair, below for the first" in legend
    assert "The score is the votes plus s / (3 (|s| + 1))" in legend
    assert "置信度大于 0 支持类别对中的后一个，小于则支持前一个。得分是票数加" in table.text("zh")
    assert "A confidence above 0 is for the second class" in table.html("en")


def test_of_probabilities_the_legend_names_one_half():
    table = ogive.OneVsOneClassifier(GaussianNB()).fit(X, Y).vote_table(X[60])
    assert table.middle == 0.5
    assert (table.positive == (table.confidence > table.middle)).all()
    assert "A confidence above 0.5 is for the second class" in table.text("en")
    assert "置信度大于 0.5 支持类别对中的后一个" in table.text("zh")


def test_labels_are_escaped_in_html():
    answers = np.array([[-1.0]])
    model = by_answers(answers, 2)
    model.classes_ = np.array(["<b>", "&"])
    page = model.vote_table(answers[0]).html("en")
    assert "&lt;b&gt;|&amp;" in page
    assert "<b>" not in page


def test_plain_data_can_be_written_as_json(model):
    plain = json.loads(json.dumps(model.vote_table(X[0]).to_dict()))
    assert plain["winner"] == "setosa"
    assert plain["pairs"][2] == ["versicolor", "virginica"]
    assert model.vote_table(X[0]).to_polars()["voted_for"].to_list() == plain["voted_for"]


def test_many_classes_are_shown_by_their_totals_only():
    rng = np.random.default_rng(0)
    many = ogive.OneVsOneClassifier(ogive.LinearRegression())
    many.fit(rng.normal(size=(400, 3)), np.arange(400) % 20)
    text = many.vote_table(rng.normal(size=3)).text("en")
    assert "pair" not in text.splitlines()[0]
    assert len(text.splitlines()) < 20


def test_more_than_one_sample_is_refused(model):
    with pytest.raises(InputError, match="got 2 rows"):
        model.vote_table(X[:2])
