import re

import pytest
from diagnosis.reporting.patients import patient
from report.reading import words

from ogive.diagnosis.diagnosis import Diagnosis
from ogive.diagnosis.finding import CODES
from ogive.diagnosis.reporting.pages import page_html, with_plain_formulas
from ogive.diagnosis.reporting.report import render_diagnosis_report, write_diagnosis_report
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import InputError


def figures(html):
    return re.findall(r'data-chart="([\w-]+)"', html)


def test_the_verdict_names_what_is_wrong_and_the_first_remedy():
    text = words(render_diagnosis_report(patient(), data_name="digits"))
    head = text[: text.index("Findings")]
    assert "Diagnosis of MLPClassifier on digits" in head
    assert "dead units" in head
    assert "First to try: Take leaky_relu." in head


def test_a_network_without_faults_is_told_so():
    healthy = patient(found=[one for one in patient().findings if one.severity == "passed"])
    text = words(render_diagnosis_report(healthy))
    assert "None of the 1 checks that could be made found anything wrong." in text
    assert "About the findings" in text or "page-" not in text


def test_each_finding_has_cause_remedies_effects_and_a_link_to_its_page():
    html = render_diagnosis_report(patient())
    text = words(html)
    for part in (
        "No gradient passes.",
        "Predicted: 3 more units learn.",
        "Start from He's weights.",
    ):
        assert part in text
    for code in ("OGV101", "OGV107"):
        assert f'href="#page-{code}"' in html
        assert f'id="page-{code}"' in html
    assert 'id="page-OGV103"' not in html


def test_limits_that_were_set_are_marked():
    sick = patient()
    other = Diagnosis(sick.findings, sick.measurements, Thresholds(dead_share=0.25))
    assert "0.25 *" in words(render_diagnosis_report(other))
    assert " *" not in re.sub(r"with \* ", "", words(render_diagnosis_report(sick)))


def test_figures_are_those_that_there_is_something_for():
    plain = ["states", "gradient", "histograms", "activity"]
    assert figures(render_diagnosis_report(patient())) == plain
    monitored = figures(render_diagnosis_report(patient(course=True)))
    assert monitored == [
        "states", "gradient", "silent", "error", "update", "outputs", "histograms", "activity"
    ]  # fmt: skip


def test_no_english_is_left_in_chinese():
    html = render_diagnosis_report(patient(), "zh", command="x")
    text = words(html.split('id="thresholds"')[0])
    for part in ("结论", "检查结果", "预测：", "各层"):
        assert part in text
    for part in ("Verdict", "issue", "passed", "Findings", "rows", "layers", "hidden"):
        assert part not in text


def test_names_are_text_not_markup():
    html = render_diagnosis_report(patient(), data_name="<i>", command="ogive '<s>'")
    body = html.split("<body>")[1].split("<script>")[0]
    for name in ("<dead>", "<i>", "<s>"):
        assert name not in body
    assert "&lt;dead&gt;" in body


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_diagnosis_report(patient(), tmp_path / "none" / "r.html")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", list(CODES))
def test_the_page_of_every_code_can_stand_in_a_report(code, language):
    html = page_html(code, language, [code])
    assert re.search(r"<h3>.*\S.*</h3>", html)
    assert "<h1" not in html
    assert "<h2" not in html
    for target in re.findall(r'href="([^"]+)"', html):
        assert target.startswith(("https://", "http://", f"#page-{code}"))
    assert re.search(r"\$[^$\n]+\$", html) is None, "formulas are not rendered here"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("n", "long", "language", "width", "scheme"),
    [
        (2, False, "en", 1200, "light"),
        (3, False, "zh", 400, "dark"),
        (30, True, "en", 400, "light"),
        (30, True, "zh", 1200, "dark"),
    ],
)
def test_it_opens_without_network_or_complaint(n, long, language, width, scheme, browser, tmp_path):
    names = [f"encoder.blocks.{i}.feed_forward.activation_function" for i in range(n)]
    sick = patient(n, names if long else None, course=True)
    write_diagnosis_report(sick, tmp_path / "r.html", language)
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "r.html").as_uri())
    page.wait_for_function("document.documentElement.dataset.drawn")
    assert complaints == []
    assert [r for r in requests if not r.startswith(("file:", "data:", "blob:"))] == []
    assert page.locator("figure .chart svg").count() == 8
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.browser
def test_a_wide_figure_takes_the_whole_line(browser, tmp_path):
    write_diagnosis_report(patient(), tmp_path / "r.html")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto((tmp_path / "r.html").as_uri())
    page.wait_for_function("document.documentElement.dataset.drawn")
    half, whole = (
        page.locator(f"#{name} svg").bounding_box()["width"] for name in ("states", "histograms")
    )
    assert whole > 1.7 * half
    page.close()


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        (r"$\sqrt{n\,\sigma_w^2\,\mathrm{E}[f'(z)^2]}$", "`√(n σ_w² E[f'(z)²])`"),
        (r"$0.25^n \leq \frac{1}{2}$", "`0.25ⁿ ≤ (1)/(2)`"),
        (
            r"$$\sqrt{n_{l-1}} \qquad q \sim \mathtt{linear\_bend}$$",
            "`√(n_(l-1))   q ~ linear_bend`",
        ),
        ("costs 5 $", "costs 5 $"),
    ],
)
def test_formulas_are_written_in_plain_characters(formula, plain):
    assert with_plain_formulas(formula) == plain
