"""The printed summary beside statsmodels' on three real data sets, line by line."""

import re
from decimal import Decimal

import numpy as np
import pytest
import statsmodels.api as sm
from sklearn.datasets import load_diabetes

from ogive import LinearRegression


def diabetes():
    data = load_diabetes(as_frame=True, scaled=False)
    return data.data, data.target


def longley():
    data = sm.datasets.longley.load_pandas()
    return data.exog, data.endog


def stackloss():
    data = sm.datasets.stackloss.load_pandas()
    return data.exog, data.endog


# Their label, ours. What is left out on purpose: "Dep. Variable", "Date", "Time" say nothing of the
# fit, and "Cond. No." is of the columns as they are, ours of the centred and scaled ones.
FACTS = {
    "No. Observations:": "Rows",
    "Df Residuals:": "Residual degrees of freedom",
    "Df Model:": "Model degrees of freedom",
    "R-squared:": "R-squared",
    "R-squared (uncentered):": "R-squared (about 0)",
    "Adj. R-squared:": "Adjusted R-squared",
    "Adj. R-squared (uncentered):": "Adjusted R-squared (about 0)",
    "F-statistic:": "F({model:.0f}, {residual:.0f})",
    "Prob (F-statistic):": "p of F",
    "Log-Likelihood:": "Log-likelihood",
    "AIC:": "AIC",
    "BIC:": "BIC",
    "Omnibus:": "Omnibus",
    "Prob(Omnibus):": "p of Omnibus",
    "Skew:": "Skewness",
    "Kurtosis:": "Kurtosis",
    "Durbin-Watson:": "Durbin-Watson",
    "Jarque-Bera (JB):": "Jarque-Bera",
    "Prob(JB):": "p of Jarque-Bera",
}
LEFT_OUT = {
    "Dep. Variable:",
    "Model:",
    "Method:",
    "Date:",
    "Time:",
    "Covariance Type:",
    "Cond. No.",
    "",
}


def value_and_half_unit(written):
    number = Decimal(written)
    return float(number), 0.5 * 10.0 ** number.as_tuple().exponent


def assert_same(ours, theirs, what):
    """Assert that two written numbers are roundings of the same."""
    if ours.startswith("<"):
        assert float(theirs) <= float(ours[1:]), what
        return
    if ours.startswith(">"):
        assert float(theirs) >= float(ours[1:]) - 5e-4, what
        return
    (one, half), (other, other_half) = value_and_half_unit(ours), value_and_half_unit(theirs)
    assert abs(one - other) <= (half + other_half) * 1.000001, (what, ours, theirs)


def their_facts(summary):
    facts = {}
    for index in (0, 2):
        for row in summary.tables[index].data:
            cells = [str(cell).strip() for cell in row]
            facts |= dict(zip(cells[::2], cells[1::2], strict=True))
    return facts


def our_facts(text):
    facts = {}
    for line in text.splitlines():
        for part in re.split(r"(?<=\S) {4}(?=[A-Zp])", line):
            found = re.fullmatch(r"\s*(\S.*?)\s{2,}(\S+)\s*", part)
            if found:
                facts[found[1]] = found[2]
    return facts


@pytest.mark.parametrize("covariance", ("nonrobust", "HC3"))
@pytest.mark.parametrize("constant", (True, False), ids=("constant", "no constant"))
@pytest.mark.parametrize("data", (diabetes, longley, stackloss))
def test_every_line_says_the_same(data, constant, covariance):
    features, target = data()
    exog = sm.add_constant(features) if constant else features
    fit = sm.OLS(target, exog).fit(cov_type=covariance, use_t=True)
    theirs = fit.summary()
    model = LinearRegression(fit_intercept=constant).fit(features, target)
    ours = model.summary(covariance=covariance, language="en").text()
    lines = ours.splitlines()

    facts, shown = their_facts(theirs), our_facts(ours)
    assert set(facts) - LEFT_OUT <= set(FACTS)
    for label in set(facts) - LEFT_OUT:
        name = FACTS[label].format(model=fit.df_model, residual=fit.df_resid)
        assert_same(shown[name], facts[label], label)

    rules = [i for i, line in enumerate(lines) if set(line) <= set("=-") and line]
    rows = [line.split() for line in lines[rules[2] + 1 : rules[3]]]
    expected = [[str(cell).strip() for cell in row] for row in theirs.tables[1].data[1:]]
    assert [row[0].replace("(Intercept)", "const") for row in rows] == [row[0] for row in expected]
    for row, right in zip(rows, expected, strict=True):
        for column, one, other in zip(
            ("coefficient", "error", "t", "p", "low", "high"), row[1:], right[1:], strict=True
        ):
            assert_same(one, other, (row[0], column))


@pytest.mark.parametrize("data", (diabetes, longley, stackloss))
def test_the_condition_number_is_that_of_standardised_columns(data):
    features, target = data()
    shown = our_facts(LinearRegression().fit(features, target).summary(language="en").text())
    standard = np.asarray((features - features.mean()) / features.std())
    expected = np.linalg.cond(standard)
    value, half = value_and_half_unit(shown["Condition number"])
    assert abs(value - expected) <= half * 1.01
