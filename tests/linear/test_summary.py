import json
import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from reference_fits import WAY_NAMES, WAYS, WEIGHT, M, X, Y, reference
from rich.cells import cell_len
from statsmodels.stats.stattools import durbin_watson, jarque_bera, omni_normtest

from ogive import LinearRegression
from ogive.linear.given_rows import get_rows
from ogive.text import InputError

TABLE = pd.DataFrame(X, columns=["size", "distance", "noise", "面积"])


@pytest.fixture
def model():
    return LinearRegression().fit(TABLE, Y[:, 0], WEIGHT)


@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_statistics_of_residuals_are_those_of_statsmodels(weight, constant):
    shape = LinearRegression(fit_intercept=constant).fit(X, Y, weight).summary().residuals
    for i in range(M):
        residuals = reference(Y[:, i], weight, constant).wresid
        found = jarque_bera(residuals)
        for name, value in zip(
            ("jarque_bera", "jarque_bera_p", "skewness", "kurtosis"), found, strict=True
        ):
            np.testing.assert_allclose(getattr(shape, name)[i], value, rtol=1e-9)
        np.testing.assert_allclose(shape.durbin_watson[i], durbin_watson(residuals), rtol=1e-10)
        omnibus = omni_normtest(residuals)
        np.testing.assert_allclose(shape.omnibus[i], omnibus.statistic, rtol=1e-8)
        np.testing.assert_allclose(shape.omnibus_p[i], omnibus.pvalue, rtol=1e-8)


@pytest.mark.parametrize("language", ("en", "zh"))
def test_lines_of_the_text_are_equally_wide(model, language):
    lines = model.summary(language=language).text().splitlines()
    rules = [i for i, line in enumerate(lines) if set(line) == {"="}]
    width = cell_len(lines[rules[0]])
    table = lines[rules[1] + 1 : rules[2]]
    facts = lines[rules[0] + 1 : rules[1]]
    assert all(cell_len(line) == width for line in table)
    assert sum(cell_len(line) == width for line in facts) == 7


def test_both_languages_show_the_same_numbers(model):
    def numbers(text):
        kept = (word for line in text.splitlines() for word in line.split())
        return sorted(word for word in kept if word.replace(".", "").lstrip("-<").isdigit())

    summary = model.summary()
    assert numbers(summary.text("en")) == numbers(summary.text("zh"))
    assert len(numbers(summary.text("en"))) > 40


def test_the_language_is_that_of_the_locale_unless_given(model, monkeypatch):
    monkeypatch.setenv("OGIVE_LANG", "zh")
    assert "线性回归" in str(model.summary())
    assert "Linear regression" in str(model.summary(language="en"))
    with pytest.raises(InputError, match="language must be 'en' or 'zh'") as caught:
        model.summary(language="fr")
    assert "fr" in caught.value.text.zh


def test_html_escapes_names_and_loads_nothing():
    names = ["<script>", "a&b", "c", "d"]
    html = LinearRegression().fit(pd.DataFrame(X, columns=names), Y[:, 0]).summary()._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "a&amp;b" in html
    assert "http" not in html
    assert "src=" not in html


@pytest.mark.browser
@pytest.mark.parametrize("language", ("en", "zh"))
@pytest.mark.parametrize("colours", (("#ffffff", "#222222"), ("#1e1e1e", "#dddddd")))
def test_html_fits_a_light_and_a_dark_page(model, language, colours, browser):
    background, text = colours
    fragment = model.summary(covariance="HC3", language=language).html()
    page = browser.new_page(viewport={"width": 900, "height": 900})
    page.set_content(
        f"<body style='background:{background};color:{text};margin:1em'>{fragment}</body>"
    )
    for selector in ("h4", "td", "th", "li", "dd"):
        shown = page.locator(f".ogive-regression {selector}").first
        assert shown.evaluate("e => getComputedStyle(e).color") == page.evaluate(
            "() => getComputedStyle(document.body).color"
        )
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("tbody tr").count() == 5


def test_the_dict_is_json_with_none_for_what_is_not_applicable():
    perfect = LinearRegression().fit(X, X @ [1.0, 2.0, 3.0, 4.0]).summary().to_dict()
    text = json.dumps(perfect, allow_nan=False)
    assert json.loads(text) == perfect
    target = perfect["targets"][0]
    assert target["f"] is None
    assert target["r_squared"] == 1
    assert target["coefficients"][1]["p"] is None
    assert [remark["code"] for remark in target["remarks"]] == ["perfect_fit"]


def test_the_dict_holds_the_numbers_of_the_record(model):
    summary = model.summary()
    target = summary.to_dict()["targets"][0]
    assert target["aic"] == summary.inference.aic[0]
    assert target["coefficients"][0]["term"] == "(Intercept)"
    assert target["coefficients"][4]["term"] == "面积"
    assert target["coefficients"][4]["t"] == summary.inference.t[0, 4]
    assert target["residuals"]["kurtosis"] == summary.residuals.kurtosis[0]


def test_the_frame_has_a_row_for_each_coefficient_and_target():
    summary = LinearRegression().fit(TABLE, Y).summary()
    frame = summary.to_polars()
    assert frame.columns == [
        "target",
        "term",
        "estimate",
        "standard_error",
        "t",
        "p",
        "low",
        "high",
        "estimable",
    ]
    assert len(frame) == M * 5
    one = frame.filter(target="y1", term="noise")
    assert one["standard_error"].item() == summary.inference.standard_errors[1, 3]


def test_without_rows_all_is_shown_that_needs_none(model):
    bare = LinearRegression(keep_rows=False).fit(TABLE, Y[:, 0], WEIGHT)
    text, full = bare.summary(language="en").text(), model.summary(language="en").text()
    head = full.splitlines().index("Residuals")
    assert text.splitlines()[:head] == full.splitlines()[:head]
    assert "Durbin-Watson" not in text
    assert "need the rows: summary(X, y)" in text
    assert bare.summary().to_dict()["targets"][0]["residuals"] is None
    assert bare.summary(TABLE, Y[:, 0], WEIGHT, language="en").text() == full


def test_a_copied_model_has_the_same_summary_given_its_rows(model):
    import pickle

    loaded = pickle.loads(pickle.dumps(model))
    assert loaded.summary(TABLE, Y[:, 0], WEIGHT).text("en") == model.summary().text("en")


def test_dependent_columns_are_named_with_their_combination():
    table = TABLE.assign(twice=2 * TABLE["size"] - TABLE["noise"] + 3, seven=7.0)
    summary = LinearRegression().fit(table, Y[:, 0]).summary()
    text = " ".join(summary.text("en").split())
    assert "twice = 2 size - noise + 3" in text
    assert "The column seven is constant" in text
    assert "twice = 2 size - noise + 3" in " ".join(summary.text("zh").split())
    rows = {line.split()[0]: line for line in summary.text("en").splitlines() if line.split()}
    for name in ("(Intercept)", "size", "noise", "twice", "seven"):
        assert "not estimable" in rows[name]
    assert "not estimable" not in rows["distance"]
    assert summary.text("zh").count("不可估计") == 6  # five coefficients and the note
    assert {one["column"] for one in summary.to_dict()["dependencies"]} == {"twice", "seven"}


def test_a_long_combination_is_shortened_but_for_its_constant():
    kinds = np.arange(60) % 12
    X = np.column_stack([(kinds[:, None] == np.arange(12)).astype(float), np.arange(60.0)])
    summary = LinearRegression().fit(X, np.arange(60.0) ** 2).summary()
    text = " ".join(summary.text("en").split())
    assert "x11 = 1 - x0 - x1 - x2 - x3 + … (7 more)" in text
    assert "+ …（另有 7 项）" in summary.text("zh")


def test_one_coefficient_is_counted_in_the_singular():
    model = LinearRegression().fit(np.eye(2, 3), [1.0, 2.0])
    text = " ".join(model.summary().text("en").split())
    assert "only 1 coefficient of 3 columns is determined" in text


def test_of_many_targets_only_the_first_are_shown():
    rng = np.random.default_rng(0)
    summary = LinearRegression().fit(X, rng.normal(size=(len(X), 30))).summary()
    assert summary.text("en").count("Linear regression of") == 5
    assert "25 more targets" in summary.text("en")
    assert "25 个目标" in summary.html("zh")


def test_a_robust_summary_says_so(model):
    text = model.summary(covariance="HC3", language="en").text()
    assert "robust (HC3)" in text
    assert "Wald's test" in " ".join(text.split())


def test_a_model_without_a_constant_says_what_its_r_squared_is_about():
    text = LinearRegression(fit_intercept=False).fit(X, Y[:, 0]).summary(language="en").text()
    assert "R-squared (about 0)" in text
    assert "(Intercept)" not in text


def test_residuals_leave_out_rows_of_weight_0():
    weight = WEIGHT.copy()
    weight[::4] = 0
    used = weight > 0
    found = LinearRegression().fit(X, Y, weight).summary().residuals
    right = LinearRegression().fit(X[used], Y[used], weight[used]).summary().residuals
    np.testing.assert_allclose(found.durbin_watson, right.durbin_watson, rtol=1e-9)
    np.testing.assert_allclose(found.omnibus_p, right.omnibus_p, rtol=1e-8)


def test_statistics_of_residuals_do_not_lose_the_digits_of_a_large_mean():
    plain = LinearRegression().fit(X, np.round(Y[:, 0] * 64))
    moved = LinearRegression().fit(X, np.round(Y[:, 0] * 64) + 2.0**50)
    np.testing.assert_allclose(
        get_rows(moved).residuals, get_rows(plain).residuals, rtol=1e-9, atol=1e-10
    )
    np.testing.assert_allclose(
        moved.summary().inference.t[:, 1:], plain.summary().inference.t[:, 1:], rtol=1e-12
    )


def test_fewer_than_eight_rows_have_no_omnibus_test():
    data = sm.datasets.longley.load_pandas()
    model = LinearRegression().fit(data.exog[["GNP"]][:7], data.endog[:7])
    summary = model.summary(language="en")
    assert math.isnan(summary.residuals.omnibus[0])
    assert "needs 8 rows" in summary.text()
