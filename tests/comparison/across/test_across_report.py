import re

import pytest
from report.reading import Page, words

from ogive.comparison.across.report import render_report


def test_it_says_everything_that_matters(ten):
    text = words(render_report(ten, "en"))
    assert ten.verdict.en in text
    for part in (
        "Compared on 10 data sets by accuracy",
        "higher is better",
        "Critical difference (Nemenyi)",
        "Iman and Davenport",
        "relu – step",
        "Better / equivalent / worse",
        "equivalent in practice",
        "set 9",
        "ogive compare data.csv --target kind",
    ):
        assert part in text


def test_with_few_data_sets_it_says_why_there_are_no_probabilities(three):
    text = words(render_report(three, "en"))
    assert "Better / equivalent / worse" not in text
    assert "are given from 6 data sets on" in text
    assert "What 3 data sets can show" in text
    assert "no pair can have a p below 0.25, or 0.75 after Holm's correction" in text


def test_the_chinese_report_has_no_english_sentences(three):
    html = render_report(three, "zh")
    assert three.verdict.zh in words(html)
    english = {
        line.strip()
        for line in Page(html).text
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", line)
    }
    assert english == {next(iter(three.comparisons.values())).command}


def test_nothing_in_it_points_outside(three):
    for tag, attributes in Page(render_report(three, "en")).tags:
        address = attributes.get("src") or attributes.get("href")
        assert address in (None, "data:,"), (tag, address)


def test_many_pairs_are_folded_away(new_across):
    labels = [f"c{i}" for i in range(7)]
    across = new_across([[0.9 - 0.1 * i for i in range(7)]] * 2, labels=labels)
    assert "All 21 pairs" in render_report(across, "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_written_as_one_file(three, tmp_path, language):
    path = tmp_path / "across.html"
    three.report(path, language)
    assert path.read_text("utf-8").rstrip().endswith("</html>")


def test_it_links_to_the_pages_of_single_data_sets_that_are_named(three):
    html = render_report(three, "en", pages={"set 1": "set 1.html"})
    links = [found["href"] for tag, found in Page(html).tags if tag == "a"]
    assert links == ["set%201.html"]


@pytest.mark.parametrize(
    ("language", "said", "infinite"),
    [
        ("en", "It has no part in the verdict", "F = ∞, as the data sets all agree"),
        ("zh", "它不参与结论", "F = ∞，因为各数据集的名次全都一致"),
    ],
)
def test_a_critical_difference_is_no_verdict(three, language, said, infinite):
    page = render_report(three, language)
    assert said in page
    assert infinite in page


def test_candidates_go_by_their_chinese_names(new_across):
    rows = [(0.9, 0.8), (0.95, 0.9), (0.8, 0.7)]
    across = new_across(rows, labels=("relu, depth 2", "relu, depth 6"))
    page = render_report(across, "zh")
    assert "relu, 深度 2 – relu, 深度 6" in page
    assert "relu, depth 2 – " not in page
    assert "relu, depth 2 – relu, depth 6" in render_report(across, "en")
    assert across.verdict.zh.startswith("在 3 个数据集上，relu, 深度 2 ")
