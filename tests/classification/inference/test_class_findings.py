import json
import warnings

import numpy as np
import pytest
from scipy import sparse

from ogive import LogisticRegression
from ogive.classification.inference.class_findings import check_classes
from ogive.text import InputError


def found(code, findings):
    return next((one for one in findings if one.code == code), None)


def best_by_brute_force(X, y, weight):
    """The share of weight that the best function of the rows is right about."""
    by_row = {}
    for row, label, w in zip(X.tolist(), y.tolist(), weight.tolist(), strict=True):
        sums = by_row.setdefault(tuple(row), {})
        sums[label] = sums.get(label, 0.0) + w
    return sum(max(sums.values()) for sums in by_row.values()) / weight.sum()


@pytest.mark.parametrize("thin", [False, True])
def test_the_best_attainable_accuracy_of_identical_rows_is_exact(thin):
    rng = np.random.default_rng(0)
    X = rng.integers(-1, 3, (300, 3)).astype(float)
    X[X == -1] = -0.0
    y, weight = rng.integers(0, 3, 300), rng.integers(1, 4, 300).astype(float)
    given = sparse.csr_array(X) if thin else X
    finding = found("OGV303", check_classes(given, y, weight))
    assert finding.numbers["best_accuracy"] == pytest.approx(
        best_by_brute_force(X, y, weight), rel=1e-14
    )
    i, j = finding.numbers["example"]
    np.testing.assert_array_equal(X[i], X[j])
    assert y[i] != y[j]


def test_identical_rows_of_one_class_are_no_contradiction():
    assert found("OGV303", check_classes([[1.0], [1], [2], [2]], [0, 0, 1, 1])) is None


def test_the_contradiction_is_told_with_its_numbers():
    finding = found("OGV303", check_classes([[0.0], [0], [0], [1]], ["a", "a", "b", "b"]))
    assert "best attainable accuracy on these rows is 75.00 %" in finding.meaning.en
    assert "rows 0 and 2" in finding.meaning.en
    assert "75.00%" in finding.meaning.zh


def test_a_class_of_one_row_is_named():
    finding = found("OGV304", check_classes([[0.0], [1], [2]], ["a", "a", "b"]))
    assert finding.severity == "issue"
    assert finding.numbers == {"classes": ["b"]}
    assert "class 'b' has one row" in finding.meaning.en
    assert "'b' 只有一行" in finding.meaning.zh


def test_classes_of_few_rows_are_counted():
    X = np.random.default_rng(0).normal(size=(100, 4))
    finding = found("OGV305", check_classes(X, np.arange(100) < 12))
    assert finding.numbers == {"classes": {"True": 12}, "needed": 40}
    assert found("OGV305", check_classes(X, np.arange(100) < 40)) is None


def test_imbalance_tells_what_the_most_frequent_class_achieves():
    X = np.random.default_rng(0).normal(size=(1000, 1))
    finding = found("OGV306", check_classes(X, np.arange(1000) < 40))
    assert finding.numbers["share_of_largest"] == 0.96
    assert "96 %" in finding.meaning.en
    assert found("OGV306", check_classes(X, np.arange(1000) < 60)) is None


def test_good_rows_have_no_findings():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(200, 3))
    y = rng.integers(0, 2, 200)
    assert check_classes(X, y) == []
    assert LogisticRegression().fit(X, y).findings() == []


def test_a_model_has_the_findings_of_fit_and_rows_issues_first():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(200, 2))
    X = np.column_stack([X, X[:, 0] - X[:, 1]])
    y = (X[:, 0] > 0).astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=np.inf, max_iter=2).fit(X, y)
    codes = [one.code for one in model.findings()]
    assert codes == ["OGV301", "OGV307", "OGV308"]
    assert "x2 = x0 - x1" in model.findings()[1].meaning.en
    assert "x2 = x0 - x1" in model.findings()[1].meaning.zh
    loaded = LogisticRegression.from_weights(model.coef_, model.intercept_)
    assert [one.code for one in loaded.findings(X, y)] == ["OGV301", "OGV307"]


def test_they_are_plain_data_for_json():
    finding = check_classes([[0.0], [1], [2]], ["a", "a", "b"])[0]
    record = json.loads(json.dumps(finding.to_dict("zh")))
    assert record["title"] == "有的类别只有一行。"


def test_one_class_is_refused():
    with pytest.raises(InputError, match="one class"):
        check_classes([[0.0], [1]], [1, 1])


@pytest.mark.parametrize(
    ("language", "title"), [("en", "The classes are completely"), ("zh", "各类完全分离。")]
)
def test_they_print_as_a_paragraph_in_the_language_of_the_locale(monkeypatch, language, title):
    monkeypatch.setenv("OGIVE_LANG", language)
    found = LogisticRegression().fit([[0.0], [1], [2], [3]], [0, 0, 1, 1]).findings()
    assert [str(one)[:7] for one in found] == ["OGV301 ", "OGV305 "]
    assert str(found[0]).startswith(f"OGV301 {title}")
    for one in found:
        assert str(one).endswith(one.remedy.to(language))
        assert one.meaning.to(language) in str(one)


@pytest.mark.parametrize(
    ("y", "code"), [([0, 0, 1, 1], "OGV301"), ([0, 1, 1, 1], "OGV302"), ([0, 1, 0, 1], "OGV305")]
)
def test_who_has_a_penalty_is_not_told_to_use_one(y, code):
    X = [[0.0], [0 if code == "OGV302" else 1], [2], [3]]
    penalised = found(code, LogisticRegression().fit(X, y).findings())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        free = found(code, LogisticRegression(C=np.inf).fit(X, y).findings())
    assert "penalty" not in penalised.remedy.en
    assert "惩罚" not in penalised.remedy.zh
    assert "C by cross-validation" in penalised.remedy.en
    assert "交叉验证选取 C" in penalised.remedy.zh
    assert "penalty" in free.remedy.en
    assert "惩罚" in free.remedy.zh
    assert penalised.meaning.en != free.meaning.en
    assert "without a penalty, as here" not in penalised.meaning.en


@pytest.mark.parametrize(
    ("sizes", "features", "told"),
    [
        ((5, 40), 1, "has 5 rows for 1 feature (1 of the classes has fewer than 10)"),
        ((5, 8), 1, "has 5 rows for 1 feature (2 of the classes have fewer than 10)"),
        ((5, 40), 2, "has 5 rows for 2 features (1 of the classes has fewer than 20)"),
    ],
)
def test_classes_of_few_rows_are_counted_in_good_english(sizes, features, told):
    y = np.repeat(np.arange(len(sizes)), sizes)
    X = np.random.RandomState(0).normal(size=(len(y), features))
    finding = found("OGV305", check_classes(X, y))
    assert told in finding.meaning.en
    assert "{" not in finding.meaning.zh
