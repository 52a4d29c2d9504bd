import json
import pickle
import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import sparse

from ogive import LogisticRegression
from ogive.text import InputError


def overlapping(n=300, n_classes=2, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3)) * [1.0, 10, 0.1] + [0.0, 100, 5]
    z = (X - [0, 100, 5]) @ rng.normal(size=(n_classes, 3)).T * [0.7]
    return X, np.argmax(z + rng.gumbel(size=z.shape), axis=1)


def fitted(X, y, weight=None, **parameters):
    return LogisticRegression(**{"C": np.inf, "tol": 1e-12, **parameters}).fit(X, y, weight)


def close(ours, theirs, rel=1e-8):
    np.testing.assert_allclose(ours, theirs, rtol=rel, atol=1e-12)


@pytest.mark.parametrize("constant", [True, False])
def test_two_classes_have_the_statistics_of_statsmodels_logit(constant):
    X, y = overlapping()
    X = X - [0, 100, 5]
    ours = fitted(X, y, fit_intercept=constant).summary(level=0.9).inference
    design = sm.add_constant(X) if constant else X
    theirs = sm.Logit(y, design).fit(disp=0, method="newton", tol=1e-14)
    close(ours.estimates[0], theirs.params)
    close(ours.standard_errors[0], theirs.bse)
    close(ours.z[0], theirs.tvalues)
    close(ours.p[0], theirs.pvalues)
    close(np.column_stack([ours.low[0], ours.high[0]]), theirs.conf_int(0.1))
    close(ours.covariance, theirs.cov_params())
    close(ours.log_likelihood, theirs.llf)
    close(ours.residual_degrees_of_freedom, theirs.df_resid)
    if constant:
        close(ours.null_log_likelihood, theirs.llnull)
        close(ours.likelihood_ratio, theirs.llr)
        close(ours.likelihood_ratio_p, theirs.llr_pvalue)
        close(ours.mcfadden, theirs.prsquared)
        close(ours.aic, theirs.aic)
        close(ours.bic, theirs.bic)
        close(ours.model_degrees_of_freedom, theirs.df_model)


def test_more_classes_have_the_statistics_of_statsmodels_mnlogit():
    X, y = overlapping(n_classes=4)
    ours = fitted(X, y).summary().inference
    scaled = (X - X.mean(axis=0)) / X.std(axis=0)
    theirs = sm.MNLogit(y, sm.add_constant(scaled)).fit(
        disp=0, method="newton", tol=1e-14, maxiter=200
    )
    # Their coefficients are of standardised columns, where their solver converges.
    close(ours.estimates[:, 1:], theirs.params.T[:, 1:] / X.std(axis=0))
    close(ours.standard_errors[:, 1:], theirs.bse.T[:, 1:] / X.std(axis=0))
    close(ours.z[:, 1:], theirs.tvalues.T[:, 1:])
    close(ours.p[:, 1:], theirs.pvalues.T[:, 1:], 1e-7)
    change = np.eye(4)
    change[1:, 1:] = np.diag(1 / X.std(axis=0))
    change[0, 1:] = -X.mean(axis=0) / X.std(axis=0)
    every = np.kron(np.eye(3), change)
    np.testing.assert_allclose(
        ours.covariance, every @ theirs.cov_params() @ every.T, rtol=1e-8, atol=1e-10
    )
    close(ours.log_likelihood, theirs.llf)
    close(ours.aic, theirs.aic)
    close(ours.bic, theirs.bic)
    close(ours.residual_degrees_of_freedom, theirs.df_resid)
    counts = np.bincount(y)
    close(ours.null_log_likelihood, (counts * np.log(counts / len(y))).sum())


def test_weights_count_as_rows_as_in_statsmodels_glm():
    X, y = overlapping()
    weight = np.random.default_rng(1).integers(1, 5, len(y)).astype(float)
    ours = fitted(X, y, weight).summary().inference
    theirs = sm.GLM(y, sm.add_constant(X), family=sm.families.Binomial(), freq_weights=weight).fit(
        tol=1e-14
    )
    close(ours.estimates[0], theirs.params)
    close(ours.standard_errors[0], theirs.bse)
    close(ours.p[0], theirs.pvalues)
    close(ours.log_likelihood, theirs.llf)
    close(ours.null_log_likelihood, theirs.llnull)
    close(ours.aic, theirs.aic)
    close(ours.residual_degrees_of_freedom, theirs.df_resid)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_a_row_of_weight_2_is_two_rows_and_one_of_weight_0_none(n_classes):
    X, y = overlapping(200, n_classes)
    weight = np.random.default_rng(2).integers(0, 4, len(y))
    weighted = fitted(X, y, weight).summary().to_dict()
    repeated = fitted(np.repeat(X, weight, axis=0), np.repeat(y, weight)).summary().to_dict()
    for name in ("log_likelihood", "bic", "nagelkerke", "residual_degrees_of_freedom"):
        close(weighted[name], repeated[name])
    one, other = (record["equations"][-1]["coefficients"] for record in (weighted, repeated))
    close([c["p"] for c in one], [c["p"] for c in other])
    assert weighted["n_samples"] == np.count_nonzero(weight)
    assert weighted["n_observations"] == weight.sum()


def test_odds_ratios_are_exponentials():
    inference = fitted(*overlapping()).summary().inference
    np.testing.assert_array_equal(inference.odds_ratios, np.exp(inference.estimates))
    np.testing.assert_array_equal(inference.odds_low, np.exp(inference.low))
    np.testing.assert_array_equal(inference.odds_high, np.exp(inference.high))


@pytest.mark.parametrize("n_classes", [2, 4])
def test_penalised_errors_are_those_of_the_sandwich_over_all_classes(n_classes):
    X, y = overlapping(300, n_classes)
    C = 0.05
    model = LogisticRegression(C=C, tol=1e-12).fit(X, y)
    ours = model.summary().inference
    # Spelt out over all classes, the penalty on each of them, with a pseudo-inverse.
    x = np.column_stack([np.ones(len(X)), X - X.mean(axis=0)])
    p = model.predict_proba(X)
    pull = np.diag([0.0, 1, 1, 1]) / C
    if n_classes == 2:
        information = x.T @ (x * (p[:, 0] * p[:, 1])[:, None])
        bent, contrast = information + pull, np.eye(4)
    else:
        k = n_classes
        each = np.einsum("ia,ab->iab", p, np.eye(k)) - p[:, :, None] * p[:, None, :]
        information = np.einsum("iab,ij,il->ajbl", each, x, x).reshape(4 * k, 4 * k)
        bent = information + np.kron(np.eye(k), pull)
        differences = np.column_stack([-np.ones(k - 1), np.eye(k - 1)])
        contrast = np.kron(differences, np.eye(4))
    inverse = np.linalg.pinv(bent, hermitian=True)
    centred = contrast @ inverse @ information @ inverse @ contrast.T
    back = np.eye(4)
    back[0, 1:] = -X.mean(axis=0)
    every = np.kron(np.eye(n_classes - 1), back)
    np.testing.assert_allclose(ours.covariance, every @ centred @ every.T, rtol=1e-7, atol=1e-9)
    close(ours.effective_degrees_of_freedom, np.trace(inverse @ information), 1e-7)
    assert ours.effective_degrees_of_freedom < (n_classes - 1) * 4


def test_a_penalty_is_said_to_shrink_and_its_tests_to_be_missing():
    X, y = overlapping()
    model = LogisticRegression(C=0.1).fit(X, y)
    summary = model.summary(language="en")
    assert [remark.code for remark in summary.remarks] == ["penalised"]
    for words in ("shrunk towards 0", "C = 0.1", "Gray, 1992", "C=np.inf", "--penalty none"):
        assert words in " ".join(summary.remarks[0].text.en.split())
    inference = summary.inference
    assert np.all(np.isfinite(inference.standard_errors))
    for name in ("likelihood_ratio", "likelihood_ratio_p", "aic", "bic"):
        assert np.isnan(getattr(inference, name))
    assert "有效自由度" in summary.text("zh")


@pytest.mark.parametrize("kind", ["complete", "quasi"])
def test_separated_classes_have_no_tests_and_are_told_why(kind):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 2))
    y = (X[:, 0] > 0).astype(int)
    if kind == "quasi":
        y = rng.integers(0, 2, 100)
        X[:, 1] = np.where(y == 1, rng.integers(0, 2, 100), 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(C=np.inf).fit(X, y)
    summary = model.summary()
    inference = summary.inference
    for name in ("standard_errors", "z", "p", "low", "high", "odds_ratios", "odds_low"):
        assert np.all(np.isnan(getattr(inference, name))), name
    assert np.isnan(inference.likelihood_ratio_p)
    assert summary.remarks[0].code == "separated"
    assert "Hauck and Donner" in summary.remarks[0].text.en
    assert summary.separation.columns[0] in summary.remarks[0].text.en
    assert "Hauck" in summary.text("zh")
    assert summary.to_polars()["p"].null_count() == 3
    penalised = LogisticRegression().fit(X, y).summary()
    assert np.all(np.isfinite(penalised.inference.standard_errors))
    assert "separated" in [remark.code for remark in penalised.remarks]


@pytest.mark.parametrize("n_classes", [2, 3])
def test_dependent_columns_are_not_estimable_and_others_keep_their_errors(n_classes):
    X, y = overlapping(300, n_classes)
    reference = fitted(X, y).summary().inference
    wide = np.column_stack([X, X[:, 0] - 2 * X[:, 1], np.full(len(X), 7.0)])
    summary = fitted(wide, y, tol=1e-9).summary()
    ours = summary.inference
    # The constant column cannot be told from the constant.
    np.testing.assert_array_equal(ours.estimable, [False, False, False, True, False, False])
    close(ours.estimates[:, 3], reference.estimates[:, 3], 1e-6)
    close(ours.standard_errors[:, 3], reference.standard_errors[:, 3], 1e-6)
    assert np.all(np.isnan(ours.standard_errors[:, ~ours.estimable]))
    assert ours.model_degrees_of_freedom == reference.model_degrees_of_freedom
    close(ours.likelihood_ratio, reference.likelihood_ratio, 1e-6)
    assert "x3 = x0 - 2 x1" in summary.text("en")
    assert "not estimable" in summary.text("en")
    assert "不可估计" in summary.text("zh")


def test_with_a_penalty_dependent_columns_have_errors_and_a_remark():
    X, y = overlapping()
    summary = LogisticRegression().fit(np.column_stack([X, X[:, 0]]), y).summary()
    assert np.all(np.isfinite(summary.inference.standard_errors))
    assert summary.remarks[-1].code == "not_estimable"
    assert "only the penalty" in summary.remarks[-1].text.en


def test_weights_that_are_no_maximum_have_no_tests():
    X, y = overlapping()
    model = LogisticRegression.from_weights([0.1, 0, 0])
    summary = model.summary(X, y)
    inference = summary.inference
    assert np.all(np.isnan(inference.p))
    assert np.isnan([inference.likelihood_ratio, inference.mcfadden, inference.nagelkerke]).all()
    assert np.isnan([inference.aic, inference.bic]).all()
    assert np.isfinite(inference.log_likelihood)
    assert [remark.code for remark in summary.remarks] == ["given_weights"]
    assert "不是对这些数据行拟合得到的" in summary.remarks[0].text.zh


@pytest.mark.parametrize("c", [np.inf, 1.0])
def test_given_weights_are_called_so_without_advice_on_fits_even_where_rows_are_separated(c):
    model = LogisticRegression.from_weights([-1, 2], -2, C=c)
    summary = model.summary([[2, 4], [2, 1], [3, 3]], [1, 0, 0])
    english, chinese = summary.text("en"), summary.text("zh")
    assert "given weights" in english
    assert "给定的权重" in chinese
    assert not any(word in english for word in ("maximum likelihood", "solver stopped", "leak"))
    assert not any(word in chinese for word in ("最大似然", "求解器", "泄漏"))
    assert "shrunk" not in english
    assert summary.to_dict()["given_weights"] is True


def test_given_weights_that_are_a_maximum_have_its_statistics():
    X, y = overlapping()
    model = fitted(X, y)
    given = LogisticRegression.from_weights(model.coef_, model.intercept_).summary(X, y)
    close(given.inference.likelihood_ratio, model.summary().inference.likelihood_ratio)
    assert "given weights" in given.text("en")
    assert given.remarks == ()


def test_a_model_made_of_weights_and_fitted_then_is_a_fit():
    X, y = overlapping()
    model = LogisticRegression.from_weights([0.1, 0, 0]).fit(X, y)
    assert "maximum likelihood" in model.summary().text("en")
    assert model.summary().to_dict()["given_weights"] is False


def test_rows_of_another_fit_are_noticed():
    X, y = overlapping()
    model = fitted(X, y)
    other_X, other_y = overlapping(seed=5)
    summary = model.summary(other_X, other_y)
    assert [remark.code for remark in summary.remarks] == ["not_maximum"]
    assert np.all(np.isnan(summary.inference.standard_errors))


def test_a_fit_in_single_precision_is_at_its_maximum():
    X, y = overlapping()
    scaled = ((X - X.mean(axis=0)) / X.std(axis=0)).astype(np.float32)
    summary = LogisticRegression(C=np.inf, tol=1e-7).fit(scaled, y).summary()
    assert summary.inference.at_maximum
    double = fitted(scaled.astype(np.float64), y).summary()
    close(summary.inference.standard_errors, double.inference.standard_errors, 1e-5)


def test_a_pickled_model_needs_the_rows():
    X, y = overlapping()
    model = fitted(X, y)
    loaded = pickle.loads(pickle.dumps(model))
    with pytest.raises(InputError, match="keeps no rows"):
        loaded.summary()
    assert loaded.summary(X, y).to_dict() == model.summary().to_dict()
    with pytest.raises(InputError, match="y is missing"):
        loaded.summary(X)


def test_class_weights_are_part_of_given_rows_too_and_are_said():
    X, y = overlapping()
    model = fitted(X, y, class_weight={0: 3.0, 1: 1.0})
    kept, given = model.summary(), model.summary(X, y)
    assert kept.to_dict() == given.to_dict()
    assert kept.inference.n_observations == 3 * (y == 0).sum() + (y == 1).sum()
    assert [remark.code for remark in kept.remarks] == ["class_weight"]


@pytest.mark.parametrize("n_classes", [2, 3])
def test_sparse_rows_have_the_statistics_of_dense_ones(n_classes):
    X, y = overlapping(300, n_classes)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    X[np.abs(X) < 0.5] = 0
    dense = fitted(X, y).summary().inference
    thin = fitted(sparse.csr_array(X), y).summary().inference
    close(thin.standard_errors, dense.standard_errors)
    close(thin.bic, dense.bic)


def test_it_is_plain_data_for_json_and_a_data_frame():
    X, y = overlapping(n_classes=3)
    names = np.array(["ant", "bee", "cat"])
    summary = fitted(X, names[y]).summary()
    record = json.loads(json.dumps(summary.to_dict(), allow_nan=False))
    assert record["reference"] == "ant"
    assert [equation["class"] for equation in record["equations"]] == ["bee", "cat"]
    frame = summary.to_polars()
    assert frame.height == 8
    assert frame["class"].to_list() == ["bee"] * 4 + ["cat"] * 4
    assert frame["term"][:2].to_list() == ["(Intercept)", "x0"]
    np.testing.assert_array_equal(frame["p"], summary.inference.p.ravel())


def test_the_text_tells_the_classes_in_both_languages():
    X, y = overlapping(n_classes=3)
    summary = fitted(X, np.array(["ant", "bee", "cat"])[y]).summary()
    english, chinese = summary.text("en"), summary.text("zh")
    assert english.startswith("Softmax regression: 3 classes, each against ant")
    assert "cat against ant" in english
    assert "cat 相对于 ant" in chinese
    assert "优势比" in chinese
    assert max(map(len, english.splitlines())) <= 79
    two = fitted(*overlapping()).summary(language="zh")
    assert str(two).startswith("逻辑回归：1 相对于 0")


def test_html_escapes_names():
    X, y = overlapping(n_classes=3)
    html = fitted(X, np.array(["<a>", "<b>", "c"])[y]).summary()._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_of_many_classes_the_first_are_shown():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(400, 1)), np.arange(400) % 9
    summary = fitted(X, y).summary()
    assert "3 more classes are not shown" in summary.text("en")
    assert "7 against 0" not in summary.text("en")
    assert "7 against 0" in summary.text("en", all=True)
    assert "7 against 0" in summary.html("en", all=True)
    assert "not shown" not in summary.text("en", all=True)
    assert summary.to_polars().height == 16


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({"level": 95}, "between 0 and 1"), ({"language": "fr"}, "'en' or 'zh'")],
)
def test_bad_arguments_are_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        fitted(*overlapping()).summary(**arguments)
