import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from reference_fits import WAY_NAMES, WAYS, WEIGHT, M, X, Y, reference
from scipy import sparse
from statsmodels.stats.anova import anova_lm

from ogive import LinearRegression
from ogive.text import InputError

NAMES = ["a", "b", "c", "d"]
TABLE = pd.DataFrame(X, columns=NAMES)


def by_formula(target, weight, constant, terms="a + b + c + d", table=TABLE):
    data = table.assign(y=target)
    formula = f"y ~ {terms}" + ("" if constant else " - 1")
    if weight is None:
        return smf.ols(formula, data).fit()
    return smf.wls(formula, data, weights=weight).fit()


@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_the_partial_table_is_that_of_anova_lm(weight, constant):
    found = LinearRegression(fit_intercept=constant).fit(TABLE, Y, weight).anova().partial
    for i in range(M):
        right = anova_lm(by_formula(Y[:, i], weight, constant), typ=3)
        assert_table(found, i, right)


@pytest.mark.parametrize("constant", (True, False))
def test_the_sequential_table_is_that_of_anova_lm(constant):
    found = LinearRegression(fit_intercept=constant).fit(TABLE, Y).anova().sequential
    for i in range(M):
        right = anova_lm(by_formula(Y[:, i], None, constant), typ=1)
        assert_table(found, i, right)


@pytest.mark.parametrize("constant", (True, False))
def test_the_weighted_sequential_table_is_that_of_nested_fits(constant):
    # anova_lm's type 1 leaves out the weights (statsmodels 0.15).
    found = LinearRegression(fit_intercept=constant).fit(TABLE, Y, WEIGHT).anova().sequential
    for i in range(M):
        left = [
            reference(Y[:, i], WEIGHT, constant, features=X[:, :j]).ssr
            for j in range(0 if constant else 1, 5)
        ]
        if not constant:
            left.insert(0, WEIGHT @ Y[:, i] ** 2)
        np.testing.assert_allclose(found.sum_of_squares[i, :-1], -np.diff(left), rtol=1e-8)
        np.testing.assert_allclose(
            found.f[i, :-1], -np.diff(left) / (left[-1] / found.degrees_of_freedom[-1]), rtol=1e-8
        )


def assert_table(found, target, right):
    names = [name.replace("(Intercept)", "Intercept") for name in found.terms[:-1]]
    assert names == list(right.index[:-1])
    np.testing.assert_array_equal(found.degrees_of_freedom, right["df"])
    expected = {"sum_of_squares": right["sum_sq"], "f": right["F"], "p": right["PR(>F)"]}
    for name, value in expected.items():
        np.testing.assert_allclose(getattr(found, name)[target], value, rtol=1e-8, err_msg=name)


@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_the_overall_table_is_that_of_the_f_test(weight, constant):
    found = LinearRegression(fit_intercept=constant).fit(X, Y, weight).anova().overall
    assert found.terms == ("regression", "residual", "total")
    for i in range(M):
        right = reference(Y[:, i], weight, constant)
        total = right.centered_tss if constant else right.uncentered_tss
        np.testing.assert_allclose(
            found.sum_of_squares[i], [right.ess, right.ssr, total], rtol=1e-10
        )
        np.testing.assert_allclose(found.f[i, 0], right.fvalue, rtol=1e-10)
        np.testing.assert_allclose(found.p[i, 0], right.f_pvalue, rtol=1e-9)
        np.testing.assert_array_equal(
            found.degrees_of_freedom,
            [right.df_model, right.df_resid, right.df_model + right.df_resid],
        )


def test_partial_f_is_the_square_of_t():
    model = LinearRegression().fit(X, Y, WEIGHT)
    t = model.summary().inference.t
    np.testing.assert_allclose(model.anova().partial.f[:, :-1], t**2, rtol=1e-12)


def test_sequential_sums_of_squares_add_up_to_the_regression():
    found = LinearRegression().fit(X, Y, WEIGHT).anova()
    np.testing.assert_allclose(
        found.sequential.sum_of_squares[:, :-1].sum(axis=1),
        found.overall.sum_of_squares[:, 0],
        rtol=1e-12,
    )


@pytest.mark.parametrize("keep_rows", (True, False))
def test_columns_of_one_term_are_tested_together(keep_rows):
    kind = np.arange(len(X)) % 3
    table = TABLE.assign(kind=kind, k1=kind == 1, k2=kind == 2).astype(float)
    fit = by_formula(Y[:, 0], None, True, "C(kind) + a + b", table)
    model = LinearRegression(keep_rows=keep_rows).fit(table[["k1", "a", "k2", "b"]], Y[:, 0])
    found = model.anova(terms={"kind": ["k1", "k2"]})
    for table_of, typ in ((found.sequential, 1), (found.partial, 3)):
        right = anova_lm(fit, typ=typ).rename(index={"C(kind)": "kind", "Intercept": "(Intercept)"})
        assert table_of.terms[:-1] == tuple(right.index[:-1])
        np.testing.assert_array_equal(table_of.degrees_of_freedom, right["df"])
        np.testing.assert_allclose(table_of.f[0], right["F"], rtol=1e-9)
        np.testing.assert_allclose(table_of.sum_of_squares[0], right["sum_sq"], rtol=1e-9)


def test_a_term_with_a_column_too_many_is_tested_as_without_it():
    kind = np.arange(len(X)) % 3
    dummies = np.eye(3)[kind]
    too_many = LinearRegression().fit(np.hstack([dummies, X]), Y, WEIGHT)
    enough = LinearRegression().fit(np.hstack([dummies[:, 1:], X]), Y, WEIGHT)
    found = too_many.anova(terms={"kind": [0, 1, 2]})
    right = enough.anova(terms={"kind": [0, 1]})
    for name in ("sequential", "partial"):
        at = 1 if name == "partial" else 0
        one, other = getattr(found, name), getattr(right, name)
        assert one.degrees_of_freedom[at] == 2
        np.testing.assert_allclose(one.f[:, at], other.f[:, at], rtol=1e-9)


def test_a_column_that_depends_on_those_before_it_adds_nothing():
    wide = np.column_stack([X[:, 0], X[:, 1], X[:, 0] + X[:, 1], np.full(len(X), 0.1), X[:, 2]])
    found = LinearRegression().fit(wide, Y[:, 0]).anova()
    right = LinearRegression().fit(X[:, :3], Y[:, 0]).anova()
    np.testing.assert_array_equal(found.sequential.degrees_of_freedom, [1, 1, 0, 0, 1, 56])
    np.testing.assert_allclose(
        found.sequential.f[0, [0, 1, 4]], right.sequential.f[0, :3], rtol=1e-9
    )
    assert np.isnan(found.sequential.f[0, [2, 3]]).all()
    np.testing.assert_array_equal(found.partial.degrees_of_freedom, [0, 0, 0, 0, 0, 1, 56])


def test_sparse_columns_have_the_tables_of_dense_ones():
    thin = np.where(np.abs(X - X.mean(axis=0)) < X.std(axis=0), 0.0, X)
    found = LinearRegression().fit(sparse.csr_array(thin), Y, WEIGHT).anova()
    right = LinearRegression().fit(thin, Y, WEIGHT).anova()
    for name in ("overall", "sequential", "partial"):
        np.testing.assert_allclose(
            getattr(found, name).sum_of_squares, getattr(right, name).sum_of_squares, rtol=1e-7
        )


def test_badly_conditioned_columns_need_the_rows_for_the_sequential_table():
    x = np.linspace(4, 5, 40)
    features = np.vander(x, 7, increasing=True)[:, 1:]
    model = LinearRegression(keep_rows=False).fit(features, np.sin(9 * x))
    assert model.anova().sequential is None
    assert "needs the rows" in str(model.anova())
    found = model.anova(features, np.sin(9 * x)).sequential.sum_of_squares[0]
    # Powers of the centred column span the same spaces, and are well conditioned.
    centred = np.vander(2 * x - 9, 7, increasing=True)[:, 1:]
    right = LinearRegression().fit(centred, np.sin(9 * x)).anova().sequential.sum_of_squares[0]
    np.testing.assert_allclose(found, right, rtol=1e-5, atol=1e-8 * right.sum())


def test_a_perfect_fit_has_sums_of_squares_and_no_tests():
    found = LinearRegression().fit(X, X @ [1.0, 2.0, 3.0, 4.0]).anova()
    for table in found.tables().values():
        assert np.isnan(table.f).all()
        assert np.isnan(table.p).all()
        assert (table.sum_of_squares[:, :-1] > 0).all()


@pytest.mark.parametrize(
    ("terms", "message", "chinese"),
    [
        ({"t": ["a", "nothing"]}, "names the column 'nothing'", "不在模型中"),
        ({"t": [4]}, "names the column 4", "不在模型中"),
        ({"t": 1.5}, "names the column 1.5", "不在模型中"),
        ({"t": ["a"], "u": [0]}, "'a' is named twice", "出现了两次"),
        (["a", "b"], "terms must be a mapping", "必须是"),
    ],
)
def test_terms_of_columns_that_cannot_be_are_refused(terms, message, chinese):
    model = LinearRegression().fit(TABLE, Y)
    with pytest.raises(InputError, match=message) as caught:
        model.anova(terms=terms)
    assert chinese in caught.value.text.zh


def test_the_frame_holds_every_table():
    anova = LinearRegression().fit(TABLE, Y).anova()
    frame = anova.to_polars()
    assert frame.shape == (M * (3 + 5 + 6), 8)
    one = frame.filter(table="partial", target="y2", term="c")
    assert one["f"].item() == anova.partial.f[2, 3]


def test_text_and_html_name_every_term(monkeypatch):
    monkeypatch.setenv("OGIVE_LANG", "zh")
    anova = LinearRegression().fit(TABLE.rename(columns={"a": "<b>"}), Y[:, 0]).anova()
    text, html = str(anova), anova._repr_html_()
    for word in ("方差分析", "平方和", "回归", "残差", "总计", "截距", "I 型", "III 型"):
        assert word in text
        assert word in html
    assert "<b>" in text
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
