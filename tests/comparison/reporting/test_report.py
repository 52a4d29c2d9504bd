import os
import re

import pytest
from report.reading import Page, words

from ogive.comparison.reporting.report import render_report, write_report
from ogive.text import InputError

MEANS = {"tanh": 0.9, "relu": 0.95, "step": 0.4}


@pytest.fixture
def comparison(new_comparison):
    return new_comparison(MEANS, n_rows=150)


def test_it_says_everything_that_matters(comparison):
    text = words(render_report(comparison, "en"))
    assert comparison.verdict.en in text
    for part in (
        "Activation functions compared: predicting kind",
        "How the experiment was done",
        "hidden layers of 64 and 32 units",
        "3 numeric and 1 categorical",
        "7 (1.2% of all cells)",
        "class 0",
        "learning_rates",
        "Python",
        "ogive compare data.csv --target kind",
    ):
        assert part in text


def test_the_chinese_report_has_no_english_sentences(comparison):
    html = render_report(comparison, "zh")
    assert '<html lang="zh-Hans">' in html
    assert comparison.verdict.zh in words(html)
    english = [
        line.strip()
        for line in Page(html).text
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", line)
    ]
    assert english == [comparison.command]


def test_the_charts_speak_the_reports_language(comparison):
    assert "训练轮数" in render_report(comparison, "zh")
    english = render_report(comparison, "en")
    assert '"Epoch"' in english
    assert not re.search("[\u4e00-\u9fff]", english.split("<body>")[1])


def test_nothing_in_it_points_outside(comparison):
    for tag, attributes in Page(render_report(comparison, "en")).tags:
        address = attributes.get("src") or attributes.get("href")
        assert address in (None, "data:,"), (tag, address)
    assert "default-src 'none'" in render_report(comparison, "en")


def test_names_of_the_users_are_text_not_markup(new_comparison):
    hostile = '</script><script>alert("x")</script><b>'
    comparison = new_comparison({hostile: 0.9, "relu": 0.8}, data_name=hostile, command=hostile)
    tags = [tag for tag, _ in Page(render_report(comparison, "en")).tags]
    plain = new_comparison({"tanh": 0.9, "relu": 0.8})
    harmless = [tag for tag, _ in Page(render_report(plain, "en")).tags]
    assert "b" not in tags
    assert tags.count("script") == harmless.count("script")


def test_a_regression_has_its_own_facts(new_comparison):
    text = words(render_report(new_comparison({"relu": 0.5, "tanh": 0.4}, classes=0), "en"))
    assert "mean 150, standard deviation 77" in text
    assert "the target standardised" in text
    assert "Rows in each class" not in text


def test_many_classes_are_cut_short(new_comparison):
    text = words(render_report(new_comparison(MEANS, classes=40), "en"))
    assert "21 other classes" in text


def test_notices_and_cautions_are_told(new_comparison, new_outcome):
    from ogive.text import Text

    slow = [new_outcome(0.9 + 0.001 * i, at_limit=True) for i in range(10)]
    comparison = new_comparison({"relu": slow}, notices=(Text("Left out one.", "去掉一列。"),))
    text = words(render_report(comparison, "en"))
    assert "Left out one." in text
    assert "Still learning after 100 epochs" in text
    assert "去掉一列。" in words(render_report(comparison, "zh"))


def test_an_unknown_language_is_refused(comparison):
    with pytest.raises(InputError, match="language must be 'en' or 'zh'"):
        render_report(comparison, "fr")


def test_the_file_replaces_an_older_one_and_leaves_no_other(comparison, tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old")
    comparison.report(path)
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_missing_folder_is_refused(comparison, tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        comparison.report(tmp_path / "missing" / "report.html")


def test_a_folder_in_its_place_is_refused_and_nothing_is_left(comparison, tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_report(comparison, tmp_path / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_it_opens_without_network_or_complaint(
    browser, new_comparison, tmp_path, language, width, scheme
):
    comparison = new_comparison(
        {**MEANS, "sigmoid": 0.93, "leaky_relu": 0.94, "gelu": 0.951, "silu": 0.949}
    )
    comparison.report(tmp_path / "report.html", language)
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    page.wait_for_function("document.documentElement.dataset.drawn")
    assert complaints == []
    assert [r for r in requests if not r.startswith(("file:", "data:"))] == []
    assert page.locator("figure .chart svg").count() == 7
    assert page.locator("figure .chart svg .mark-symbol path").count() > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for chart in page.locator(".chart").all():
        assert chart.evaluate("chart => chart.scrollWidth <= chart.clientWidth + 1")
    page.close()


@pytest.mark.browser
def test_a_click_on_a_heading_sorts_by_the_numbers(browser, comparison, tmp_path):
    comparison.report(tmp_path / "report.html")
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    heading = page.locator("thead th").nth(1)

    def names():
        return [row.get_attribute("data-sort") for row in page.locator("tbody th[data-sort]").all()]

    assert names() == ["relu", "tanh", "step"]
    heading.locator("button").click()
    assert (names(), heading.get_attribute("aria-sort")) == (["step", "tanh", "relu"], "ascending")
    heading.locator("button").click()
    assert (names(), heading.get_attribute("aria-sort")) == (["relu", "tanh", "step"], "descending")
    page.close()


@pytest.mark.browser
def test_text_in_the_charts_stands_out_from_dark_paper(browser, comparison, tmp_path):
    comparison.report(tmp_path / "report.html")
    page = browser.new_page(color_scheme="dark")
    page.goto((tmp_path / "report.html").as_uri())
    page.wait_for_function("document.documentElement.dataset.drawn")
    fills = page.evaluate(
        "[...document.querySelectorAll('.chart svg text')].map(t => getComputedStyle(t).fill)"
    )
    lightness = [sum(map(int, re.findall(r"\d+", fill)[:3])) / 765 for fill in fills]
    assert len(lightness) > 30
    assert min(lightness) > 0.6
    page.close()
