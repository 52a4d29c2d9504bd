"""What LogisticRegression refuses, and whether it says the value and what to do."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from ogive import LogisticRegression
from ogive.text import InputError

X = np.array([[0.0, 1], [1, 0], [2, 5], [3, 1]])
Y = np.array([0, 1, 0, 1])


def refused(X=X, y=Y, weight=None, match="", **given) -> str:
    """Return what is said in Chinese, the English being matched."""
    with pytest.raises(InputError, match=match) as error:
        LogisticRegression(**given).fit(X, y, weight)
    zh = error.value.text.zh
    assert any("一" <= letter <= "鿿" for letter in zh)
    return zh


@pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array])
@pytest.mark.parametrize(("value", "name"), [(np.nan, "NaN"), (np.inf, "infinity")])
def test_numbers_that_are_not_finite_are_counted_and_placed(kind, value, name):
    bad = X.copy()
    bad[2, 1] = value
    zh = refused(kind(bad), match=f"Input X contains {name}: 1 .* column 1, the first in row 2 ")
    assert "第 2 行" in zh


def test_one_bad_column_is_named_once():
    bad = X.copy()
    bad[3, 1] = np.inf
    zh = refused(bad, match=r"in column 1, the first in row 3 \(counted from 0\)\. Leave")
    assert zh.count("列 1") == 1


def test_several_bad_columns_are_named_with_that_of_the_first():
    bad = X.copy()
    bad[3, 1] = bad[2, 0] = np.nan
    zh = refused(bad, match=r"in columns 0, 1, the first in row 2 \(counted from 0\), column 0\.")
    assert "第 2 行（从 0 起数）、列 0" in zh


def test_imputers_are_advised_for_missing_values_only_as_they_refuse_infinity():
    bad = X.copy()
    bad[3, 1] = np.nan
    assert "SimpleImputer" in refused(bad, match="SimpleImputer")
    for among in (1, 0):
        bad[3, among] = np.inf
        with pytest.raises(InputError, match="finite number") as error:
            LogisticRegression().fit(bad, Y)
        assert "SimpleImputer" not in "".join(error.value.text)
        assert "有限的数" in error.value.text.zh


def test_a_missing_class_is_named_before_it_is_fitted():
    refused(y=[0, 1, np.nan, 1], match="Input y contains NaN: 1 of its 4 values")


def test_columns_of_text_are_named():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"age": X[:, 0], "town": list("abca")})
    assert "'town'" in refused(table, match="X holds text in 'town'")


def test_columns_of_dates_are_named():
    polars = pytest.importorskip("polars")
    table = polars.DataFrame({"day": np.arange(4).astype("datetime64[D]"), "x": X[:, 0]})
    refused(table, match="X holds dates or times in 'day'")


def test_one_class_is_named():
    assert "'no'" in refused(y=["no"] * 4, match="at least 2 classes.* only one class: 'no'")


def test_one_class_with_weights_above_0_is_named():
    refused(weight=[1, 0, 1, 0], match="only one class: 0 with a weight above 0")
    refused(class_weight={1: 0}, match="only one class: 0 with a weight above 0")


def test_labels_of_mixed_type_are_shown():
    refused(y=["a", 1, "a", 1], match=r"mixed type: .*str \('a'\)")


def test_measurements_are_referred_to_a_regression():
    refused(y=[0.5, 1, 2, 3], match=r"continuous.* 0\.5 in row 0 .*LinearRegression")


def test_no_classes_at_all_is_said():
    refused(y=None, match="requires y to be passed, but the target y is None")


def test_lengths_that_differ_are_both_said():
    refused(y=Y[:3], match="X has 4 rows and y has 3")
    refused(weight=[1, 1], match=r"sample_weight.shape == \(2,\).* 4 rows")


def test_negative_and_all_zero_weights_are_refused():
    refused(weight=[1, -1, 1, 1], match="`sample_weight`: 1 of them.* row 1 .*: -1")
    refused(weight=np.zeros(4), match="All values of sample_weight are 0")


@pytest.mark.parametrize("weight", [-1, np.nan, np.inf, "much"])
def test_weights_of_classes_have_to_be_numbers_from_0_on(weight):
    refused(class_weight={1: weight}, match=rf"class_weight\[1\] is {weight!r}")


def test_weights_of_classes_that_do_not_exist_are_named():
    zh = refused(
        class_weight={1: 1.0, "yes": 2.0},
        match=r"The classes, \[0\], are not in class_weight, which names \['yes'\]",
    )
    assert "'yes'" in zh


@pytest.mark.parametrize(
    "given",
    [
        {"penalty": "l1"},
        {"penalty": "elasticnet", "l1_ratio": 0.5},
        {"l1_ratio": 0.25},
        {"l1_ratio": 1, "solver": "saga"},
    ],
    ids=str,
)
def test_l1_is_refused_and_says_where_it_can_be_had(given):
    value = given.get("penalty", given.get("l1_ratio"))
    zh = refused(match=f"{value!r}.*sklearn.linear_model.LogisticRegression", **given)
    assert repr(value) in zh


def test_l1_is_refused_without_contradiction():
    zh = refused(penalty="l1", match="got penalty='l1'. Use penalty='l2' or None")
    assert "penalty='l2' 或 None" in zh
    with pytest.raises(InputError) as error:
        LogisticRegression(penalty="l1").fit(X, Y)
    assert "l1_ratio" not in "".join(error.value.text)


@pytest.mark.parametrize("solver", ["liblinear", "sag", "saga"])
def test_solvers_of_scikit_learn_that_are_not_here_are_refused_by_name(solver):
    assert solver in refused(solver=solver, match=f"solver='{solver}'.*solver='auto'")


def test_the_dual_problem_is_refused():
    refused(dual=True, match="dual=True")


def test_an_unknown_solver_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="'solver' parameter.*newton-cholesky.*'bfgs'"):
        LogisticRegression(solver="bfgs").fit(X, Y)


@pytest.mark.parametrize(
    ("given", "absent"),
    [({"solver": "foo"}, ("liblinear", "sag")), ({"penalty": "foo"}, ("l1", "elasticnet"))],
    ids=str,
)
def test_what_would_be_refused_is_not_offered(given, absent):
    with pytest.raises(ValueError, match="Got 'foo' instead") as error:
        LogisticRegression(**given).fit(X, Y)
    assert not any(name in str(error.value) for name in absent)


def test_a_model_that_is_not_fitted_says_so():
    with pytest.raises(ValueError, match="not fitted yet"):
        LogisticRegression().predict(X)
