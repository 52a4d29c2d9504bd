import re

import numpy as np
import polars as pl
import pytest
from report.reading import Page, words

from ogive import LinearRegression
from ogive.data import load_house
from ogive.report.regression import render_regression_report, write_regression_report
from ogive.text import InputError, Text


def fit(variant="plain", n=200, **parameters):
    frame = load_house(n, variant=variant)
    return LinearRegression(**parameters).fit(frame.drop("price"), frame["price"])


@pytest.fixture(scope="module")
def model():
    return fit()


def charts(html):
    return [tags["data-chart"] for tag, tags in Page(html).tags if "data-chart" in tags]


def test_it_says_everything_that_matters(model):
    text = words(
        render_regression_report(
            model,
            data_name="house.csv",
            facts=[(Text("Columns", "列数"), "2 numeric")],
            references={"city": "Beijing"},
            notices=[Text("Left out one row.", "去掉一行。")],
            command="ogive fit house.csv",
        )
    )
    for part in (
        "Linear regression of price: house.csv",
        "The fit explains 8",
        "no check of the four conditions found an issue.",
        "(Intercept)",
        "1. Significance and strength passed",
        "OGV212",
        "2 numeric",
        "city: Beijing",
        "Left out one row.",
        "fit_intercept True",
        "covariance nonrobust",
        "ogive fit house.csv",
        "scikit-learn",
    ):
        assert part in text, part


def test_the_chinese_report_has_no_english_sentences(model):
    html = render_regression_report(model, "zh", data_name="房价")
    assert '<html lang="zh-Hans">' in html
    english = [
        line.strip()
        for line in Page(html).text
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", line)
    ]
    assert english == []
    assert "拟合解释了 price 方差的" in words(html)
    assert "标准化残差" in html


def test_the_english_report_has_no_chinese(model):
    body = render_regression_report(model).split("<body>")[1]
    assert not re.search("[\u4e00-\u9fff]", body)


def test_issues_stand_at_the_top_and_are_open(model):
    html = render_regression_report(fit("collinear"))
    text = words(html)
    assert "found 2 issues" in text
    assert "Before trusting it Columns are nearly combinations of others." in text
    opened = [tags for tag, tags in Page(html).tags if tag == "details" and "open" in tags]
    assert {tags["class"] for tags in opened} <= {"finding issue", "finding tip"}
    assert len(opened) >= 2
    assert "Before trusting it" not in words(render_regression_report(model))


def test_it_has_a_line_for_each_column_and_the_plots_of_residuals(model):
    expected = ["line-0", "line-1", "residuals", "scale", "quantiles", "leverage", "correlations"]
    assert charts(render_regression_report(model)) == expected


def test_columns_of_two_values_get_no_line():
    frame = load_house(80).to_pandas()
    frame["new"] = np.arange(80) % 2
    model = LinearRegression().fit(frame[["size", "new"]], frame["price"])
    html = render_regression_report(model)
    assert "price by size" in words(html)
    assert "price by new" not in words(html)


def test_a_descent_has_its_path_and_what_went_wrong():
    with pytest.warns(Warning, match="had not converged"):
        model = fit(solver="gd", max_iter=1)
    html = render_regression_report(model)
    assert charts(html)[-1] == "descent"
    assert "had not converged after max_iter=1" in words(html)
    assert "this fit has no standard errors, hence no bands" in words(html)


def test_a_line_that_the_data_do_not_determine_is_said_to_have_no_bands():
    frame = load_house(80).with_columns(feet=pl.col("size") * 10)
    model = LinearRegression().fit(frame.drop("price"), frame["price"])
    text = words(render_regression_report(model))
    assert text.count("the data do not determine the coefficient of this column") == 2
    assert text.count("The line with the band that holds the true line") == 1


def test_days_are_drawn_as_dates_if_that_is_said():
    frame = load_house(80).with_columns(sold=pl.Series(18_262.0 + np.arange(80)))
    model = LinearRegression().fit(frame.drop("price"), frame["price"])
    assert "utcFormat(datum.x" in render_regression_report(model, dates=["sold"])
    assert "utcFormat(datum.x" not in render_regression_report(model)


def test_a_perfect_fit_has_what_can_be_drawn():
    x = np.arange(20.0)
    html = render_regression_report(LinearRegression().fit(x[:, None], 3 * x + 1))
    assert charts(html) == ["line-0", "residuals", "correlations"]
    assert "explains 100% of the variance" in words(html)


def test_a_fit_without_degrees_of_freedom_has_what_can_be_drawn():
    random = np.random.RandomState(0)
    html = render_regression_report(
        LinearRegression().fit(random.normal(size=(4, 6)), random.normal(size=4))
    )
    assert "There are too few rows." in words(html)


def test_a_constant_target_is_told():
    model = LinearRegression().fit(np.arange(9.0)[:, None], np.ones(9))
    assert "cannot be said" in words(render_regression_report(model))


def test_without_rows_it_has_no_figures_unless_they_are_given():
    model = fit(keep_rows=False)
    assert charts(render_regression_report(model)) == []
    frame = load_house(200)
    html = render_regression_report(model, X=frame.drop("price"), y=frame["price"])
    assert len(charts(html)) == 7


def test_one_of_several_targets_is_drawn():
    frame = load_house(100).to_pandas()
    targets = frame[["price"]].assign(rent=frame["price"] / 300)
    model = LinearRegression().fit(frame[["size", "distance"]], targets)
    html = render_regression_report(model, target=1)
    assert "Linear regression of rent" in words(html)
    assert "Fitted rent" in html


def test_weights_are_said_to_be_there():
    frame = load_house(100).to_pandas()
    model = LinearRegression().fit(
        frame[["size", "distance"]], frame["price"], sample_weight=np.linspace(0, 2, 100)
    )
    assert "rows of weight 0 are not counted" in words(render_regression_report(model))


def test_many_rows_are_sampled_and_the_captions_say_so():
    text = words(render_regression_report(fit(n=5001)))
    assert len(re.findall(r"of 5,001 rows are drawn", text)) == 5
    assert "of 5,001 residuals are drawn" in text


def test_of_many_columns_the_map_says_which_it_shows():
    random = np.random.RandomState(0)
    X = random.normal(size=(300, 45))
    html = render_regression_report(LinearRegression().fit(X, X[:, 0] + random.normal(size=300)))
    assert "Of 45 columns, the 40 most correlated with the target are shown." in words(html)


def test_names_of_the_users_are_text_not_markup():
    import pandas as pd

    hostile = '</script><script>alert("x")</script><b>'
    frame = load_house(50).to_pandas()
    X = pd.DataFrame({hostile: frame["size"], "distance": frame["distance"]})
    model = LinearRegression().fit(X, frame["price"].rename(hostile))
    html = render_regression_report(
        model, data_name=hostile, command=hostile, references={hostile: hostile}
    )
    harmless = render_regression_report(
        fit(n=50), data_name="a", command="a", references={"a": "a"}
    )
    counts = [[tag for tag, _ in Page(page).tags].count("script") for page in (html, harmless)]
    assert counts[0] == counts[1]
    assert "alert" in words(html)


def test_nothing_in_it_points_outside(model):
    html = render_regression_report(model)
    for tag, attributes in Page(html).tags:
        address = attributes.get("src") or attributes.get("href")
        assert address in (None, "data:,") or address.startswith("#"), (tag, address)
    assert "default-src 'none'" in html


def test_parameters_that_have_no_effect_are_left_out(model):
    assert "learning_rate" not in words(render_regression_report(model))
    assert "learning_rate auto" in words(render_regression_report(fit(solver="gd")))


def test_nearly_all_is_not_called_all():
    x = np.arange(50.0)
    y = x + 0.001 * np.random.RandomState(0).normal(size=50)
    html = render_regression_report(LinearRegression().fit(x[:, None], y))
    assert "explains more than 99.9% of the variance" in words(html)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"language": "fr"}, "language must be 'en' or 'zh'"),
        ({"covariance": "HC9"}, "covariance must be"),
        ({"level": 1.5}, "level must lie between 0 and 1"),
    ],
)
def test_impossible_options_are_refused(options, message, model):
    with pytest.raises(InputError, match=message):
        render_regression_report(model, **options)


def test_a_missing_folder_is_refused(model, tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_regression_report(model, tmp_path / "none" / "report.html")


@pytest.fixture
def opened(browser):
    """Open a page, and make sure that it complains about nothing and fetches nothing."""
    pages = []

    def open_(path, width, scheme):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        pages.append(page)
        complaints, requests = [], []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_function("document.documentElement.dataset.drawn")
        assert complaints == []
        assert [r for r in requests if not r.startswith(("file:", "data:"))] == []
        return page

    yield open_
    for page in pages:
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (400, "dark")])
def test_it_opens_without_network_or_complaint(opened, tmp_path, language, width, scheme):
    write_regression_report(fit("collinear", n=60), tmp_path / "r.html", language)
    page = opened(tmp_path / "r.html", width, scheme)
    assert page.locator("figure .chart svg").count() == 8  # three lines among them
    assert page.locator("#residuals svg .mark-symbol path").count() == 60
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for chart in page.locator(".chart").all():
        assert chart.evaluate("chart => chart.scrollWidth <= chart.clientWidth + 1")


@pytest.mark.browser
def test_a_wide_table_scrolls_by_itself_on_a_narrow_page(opened, model, tmp_path):
    write_regression_report(model, tmp_path / "r.html", notices=[Text("One.", "一。")])
    page = opened(tmp_path / "r.html", 400, "light")
    table = page.locator(".summary table").first
    assert table.evaluate("t => t.scrollWidth > t.clientWidth")
    assert "gradient" in table.evaluate("t => getComputedStyle(t).backgroundImage")
    name = table.locator("tbody th").first
    left = name.bounding_box()["x"]
    table.evaluate("t => { t.scrollLeft = 1000; }")
    assert table.evaluate("t => t.scrollLeft") > 0
    assert name.bounding_box()["x"] == left
    facts = page.locator("section[aria-labelledby=data] .facts").bounding_box()
    note = page.locator("section[aria-labelledby=data] .note").bounding_box()
    assert note["y"] >= facts["y"] + facts["height"] + 8


@pytest.mark.browser
def test_the_path_of_a_descent_is_drawn(opened, tmp_path):
    write_regression_report(fit(n=60, solver="gd"), tmp_path / "r.html")
    page = opened(tmp_path / "r.html", 1200, "light")
    assert page.locator("#descent svg .mark-symbol path").count() >= 4
    assert page.locator("#descent svg .mark-line path").count() >= 5


@pytest.mark.browser
def test_a_map_of_many_columns_shrinks_to_the_page_as_far_as_it_can(opened, tmp_path):
    random = np.random.RandomState(0)
    X = random.normal(size=(80, 12))
    model = LinearRegression().fit(X, X[:, 0] + random.normal(size=80))
    write_regression_report(model, tmp_path / "r.html")
    widths = {
        width: opened(tmp_path / "r.html", width, "light")
        .locator("#correlations svg")
        .evaluate("svg => svg.getBoundingClientRect().width")
        for width in (1200, 420)
    }
    assert widths[420] <= 420
    assert widths[420] < widths[1200]


@pytest.mark.browser
def test_text_in_the_charts_stands_out_from_dark_paper(opened, model, tmp_path):
    write_regression_report(model, tmp_path / "r.html")
    page = opened(tmp_path / "r.html", 1200, "dark")
    fills = page.evaluate(
        "[...document.querySelectorAll('.chart svg text')].map(t => getComputedStyle(t).fill)"
    )
    lightness = [sum(map(int, re.findall(r"\d+", fill)[:3])) / 765 for fill in fills]
    assert len(lightness) > 30
    assert min(lightness) > 0.6
