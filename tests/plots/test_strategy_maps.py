import numpy as np
import pandas as pd
import pytest
from chart_data import marks, said, svg
from sklearn.linear_model import LogisticRegression as ScikitLogistic
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.multiclass import OneVsOneClassifier as ScikitOneVsOne
from sklearn.multiclass import OneVsRestClassifier as ScikitOneVsRest
from sklearn.multiclass import OutputCodeClassifier as ScikitOutputCode
from sklearn.tree import DecisionTreeClassifier

from ogive import (
    LogisticRegression,
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)
from ogive.plots import strategy_maps
from ogive.plots.plane import Box
from ogive.plots.strategies import GRID, strategy
from ogive.text import InputError

NAMES = list("ABCD")


@pytest.fixture(scope="module")
def rows():
    random = np.random.RandomState(3)
    centres = np.array([[0, 0], [3, 0.3], [1.2, 2.6], [3.6, 3.0]])
    k = np.arange(160) % 4
    return centres[k] + 0.9 * random.normal(size=(160, 2)), np.array(NAMES)[k]


@pytest.fixture(scope="module")
def chart(rows):
    return strategy_maps(*rows)


def of(model, rows):
    X, y = rows
    box = Box.around(X)
    return strategy(model, X, y, NAMES, box), box.grid(GRID)


def test_the_four_strategies_are_drawn_by_default(chart):
    text = svg(chart)
    for title in ("Softmax: all classes at once", "One-vs-one", "One-vs-rest", "Output code"):
        assert title in text
    assert len(marks(chart, "image")) == 4


@pytest.mark.parametrize(
    "model",
    [
        LogisticRegression(),
        OneVsOneClassifier(LogisticRegression()),
        ScikitOneVsRest(ScikitLogistic()),
        OutputCodeClassifier(LogisticRegression(), code_book="exhaustive"),
        DecisionTreeClassifier(random_state=0),
    ],
    ids=lambda model: type(model).__name__,
)
def test_each_cell_has_the_class_that_the_model_predicts(model, rows):
    found, cells = of(model, rows)
    predicted = model.fit(*rows).predict(cells)
    np.testing.assert_array_equal(np.array(NAMES)[found.predicted.ravel()], predicted)


@pytest.mark.parametrize("outer", [OneVsOneClassifier, ScikitOneVsOne])
def test_cycles_are_where_no_class_wins_all_its_duels(outer, rows):
    # Stumps that are fitted to labels at random beat one another in circles.
    model = outer(DecisionTreeClassifier(max_depth=1, random_state=0))
    shuffled = rows[0], np.random.RandomState(1).permutation(rows[1])
    found, cells = of(model, shuffled)
    model.fit(*shuffled)
    wins = {name: np.zeros(len(cells), dtype=int) for name in NAMES}
    j = 0
    for a in range(4):
        for b in range(a + 1, 4):
            second = model.estimators_[j].predict(cells) == 1
            wins[NAMES[b]] += second
            wins[NAMES[a]] += ~second
            j += 1
    expected = np.max(list(wins.values()), axis=0) < 3
    assert expected.any()
    np.testing.assert_array_equal(found.zones["cycle"].ravel(), expected)


@pytest.mark.parametrize("outer", [OneVsRestClassifier, ScikitOneVsRest])
def test_one_vs_rest_doubts_where_no_model_or_several_say_yes(outer, rows):
    model = outer(ScikitLogistic())
    found, cells = of(model, rows)
    yes = np.sum([one.predict(cells) for one in model.fit(*rows).estimators_], axis=0)
    assert (yes == 0).any()
    assert (yes > 1).any()
    np.testing.assert_array_equal(found.zones["rest"].ravel(), yes == 0)
    np.testing.assert_array_equal(found.zones["several"].ravel(), yes > 1)


def test_the_code_of_the_lecture_has_a_word_for_each_answer_and_no_doubt(rows):
    model = OutputCodeClassifier(LogisticRegression(), code_book=["AB|CD", "AC|BD"])
    found, _ = of(model, rows)
    assert found.n_problems == 2
    assert not found.zones["equal"].any()


@pytest.mark.parametrize(
    "model",
    [
        OutputCodeClassifier(LogisticRegression(), code_book="exhaustive"),
        ScikitOutputCode(ScikitLogistic(), code_size=1.5, random_state=4),
    ],
    ids=["ours", "scikit-learn"],
)
def test_output_codes_doubt_where_two_words_differ_in_as_many_answers(model, rows):
    found, cells = of(model, rows)
    model.fit(*rows)
    answers = np.column_stack([one.predict(cells) > 0 for one in model.estimators_])
    words = model.code_book_ > 0
    distance = (answers[:, None, :] != words).sum(axis=2)
    expected = (distance == distance.min(axis=1, keepdims=True)).sum(axis=1) > 1
    assert expected.any()
    np.testing.assert_array_equal(found.zones["equal"].ravel(), expected)


def test_softmax_doubts_where_no_probability_reaches_one_half(rows):
    found, cells = of(LogisticRegression(), rows)
    expected = LogisticRegression().fit(*rows).predict_proba(cells).max(axis=1) < 0.5
    assert expected.any()
    np.testing.assert_array_equal(found.zones["half"].ravel(), expected)


def test_the_lines_are_those_of_the_models(rows):
    found, _ = of(OneVsOneClassifier(LogisticRegression()), rows)
    assert [line.name.en for line in found.boundaries][:3] == ["A|B", "A|C", "A|D"]
    for line, model in zip(found.boundaries, found.model.estimators_, strict=True):
        ends = np.array(line.strokes).reshape(2, 2)
        np.testing.assert_allclose(model.decision_function(ends), 0, atol=1e-8)


def test_lines_of_softmax_part_the_two_most_probable_classes(rows):
    found, _ = of(LogisticRegression(), rows)
    assert found.boundaries
    for line in found.boundaries:
        start, end = np.array(line.strokes).reshape(2, 2)
        z = np.sort(found.model.decision_function([(start + end) / 2])[0])
        assert z[-1] == pytest.approx(z[-2], abs=1e-8)


def test_models_without_coefficients_have_the_curves_on_which_they_change(rows):
    found, _ = of(OneVsRestClassifier(DecisionTreeClassifier(max_depth=2, random_state=0)), rows)
    assert all(len(line.strokes) > 5 for line in found.boundaries)
    assert not any(line.straight for line in found.boundaries)


def test_costs_are_told(rows):
    counts = {
        name: of(model, rows)[0]
        for name, model in {
            "vote": OneVsOneClassifier(LogisticRegression()),
            "elimination": OneVsOneClassifier(LogisticRegression(), decision="elimination"),
            "rest": OneVsRestClassifier(LogisticRegression()),
            "softmax": LogisticRegression(),
        }.items()
    }
    assert {k: (v.n_problems, v.evaluations) for k, v in counts.items()} == {
        "vote": (6, 6),
        "elimination": (6, 3),
        "rest": (4, 4),
        "softmax": (0, 4),
    }
    assert all(one.seconds > 0 for one in counts.values())


def test_accuracy_is_cross_validated(chart, rows):
    splits = StratifiedKFold(5, shuffle=True, random_state=0)
    right = cross_val_score(LogisticRegression(), *rows, cv=splits).mean()
    assert f"{right:.1%} right, 5-fold cross-validated" in svg(chart)


def test_accuracy_of_held_out_rows_is_called_so(rows):
    X, y = rows
    model = LogisticRegression().fit(X[:120], y[:120])
    right = np.mean(model.predict(X[120:]) == y[120:])
    chart = strategy_maps(X[:120], y[:120], models={"mine": model}, test=(X[120:], y[120:]))
    text = svg(chart)
    assert f"{right:.1%} right of 40 held-out rows" in text
    assert ">mine<" in text
    assert "fitted in" not in text


def test_a_class_of_one_row_leaves_the_accuracy_of_the_rows_fitted_to(rows):
    X, y = rows
    one = np.r_[np.flatnonzero(y != "D"), np.flatnonzero(y == "D")[:1]]
    chart = strategy_maps(X[one], y[one], models={"softmax": LogisticRegression()})
    assert "right of the rows fitted to" in svg(chart)


def test_names_of_features_and_classes_are_shown(rows):
    X, y = rows
    frame = pd.DataFrame(X, columns=["length", "width"])
    text = svg(strategy_maps(frame, y, models={"softmax": LogisticRegression()}))
    assert ">length<" in text
    assert ">width<" in text
    assert all(f">{name}<" in text for name in NAMES)


def test_few_problems_of_a_code_say_which_classes_they_split(rows):
    few = OutputCodeClassifier(LogisticRegression(), code_book=["AB|CD", "AC|BD"])
    text = svg(strategy_maps(*rows, models={"few": few}))
    assert "f1: A, B | C, D" in text
    assert "f2: A, C | B, D" in text
    many = OutputCodeClassifier(LogisticRegression(), code_book="random", code_size=3.0)
    assert "f1: " not in svg(strategy_maps(*rows, models={"many": many}))


def test_where_words_are_equally_near_it_is_said_what_decides(rows):
    def words(decoding):
        code = OutputCodeClassifier(LogisticRegression(), code_book="exhaustive", decoding=decoding)
        return svg(strategy_maps(*rows, models={"code": code}))

    for decoding in ("euclidean", "hamming"):
        assert "nearest code word not unique" in words(decoding)
    assert "confidences decide there" in words("euclidean")
    assert "confidences decide there" not in words("hamming")


def test_texts_are_in_chinese_too(rows):
    models = {
        "one-vs-one": OneVsOneClassifier(LogisticRegression()),
        "one-vs-rest": OneVsRestClassifier(LogisticRegression()),
    }
    text = said(strategy_maps(*rows, models=models, language="zh"))
    words = (
        "一对一",
        "一对其余",
        "二分类问题",
        "拟合用时",
        "折交叉验证正确率",
        "A|其余",
        "没有类别全胜",
    )
    assert [word for word in words if word not in text] == []
    assert "cross-validated" not in text


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda X, y: (X[:, :1], y), {}, "two features"),
        (lambda X, y: (X, y[:-1]), {}, "159 rows and X 160"),
        (lambda X, y: (np.where(X > 3, np.nan, X), y), {}, "nan in row"),
        (lambda X, y: (X, np.where(y == "A", "A", "B")), {}, "2 classes"),
        (lambda X, y: (X, np.repeat("A", len(y))), {}, "1 classes"),
        (lambda X, y: (X, np.arange(len(y))), {}, "160 classes"),
        (lambda X, y: (X, y), {"folds": 1}, "folds"),
        (lambda X, y: (X, y), {"models": {}}, "models is empty"),
        (lambda X, y: (X, y), {"models": {"a": "softmax"}}, "Got str instead"),
    ],
)
def test_bad_input_is_named(rows, change, options, message):
    with pytest.raises(InputError, match=message):
        strategy_maps(*change(*rows), **options)


def test_fitted_models_of_other_classes_or_features_are_refused(rows):
    X, y = rows
    fewer = LogisticRegression().fit(X[y != "D"], y[y != "D"])
    with pytest.raises(InputError, match="'D', which is no class"):
        strategy_maps(X, y, models={"softmax": fewer})
    wider = LogisticRegression().fit(np.column_stack([X, X**2]), y)
    with pytest.raises(InputError, match="takes 4 features"):
        strategy_maps(X, y, models={"softmax": wider})
