"""The room of comparisons from a table to its verdict, as a visitor goes through it."""

import pytest
from compare_page import PATIENCE, opened, served, shown, start, verdict
from sklearn.datasets import load_iris

import ogive
from ogive.data import read_table, select_target

pytestmark = pytest.mark.browser

SMALL = "folds=2&repeats=1&epochs=20&seed=3"
NAMES = ["tanh", "relu"]  # in the order in which the page offers them


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return the address of a lab with a store of its own, in place of the one of all rooms."""
    with served(tmp_path_factory.mktemp("store") / "runs.db") as running:
        yield running.address


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Return a file with the irises, the species first."""
    path = tmp_path_factory.mktemp("tables") / "鸢尾花 iris.csv"
    iris = load_iris(as_frame=True)
    frame = iris.data.assign(species=iris.target_names[iris.target])
    frame[["species", *iris.feature_names]].to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def known(table):
    """Return the library's own comparison with the same seed."""
    labelled = select_target(read_table(table), "species")
    return ogive.compare(
        labelled.features, labelled.target, activations=NAMES, n_splits=2, n_repeats=1,
        max_iter=20, random_state=3, store=False,
    )  # fmt: skip


@pytest.fixture
def patient(page):
    """Return the page, which waits for the first worker."""
    page.set_default_timeout(PATIENCE)
    return page


def upload(page, table):
    page.set_input_files("[data-test=upload]", str(table))
    page.wait_for_function(
        "name => document.querySelector('[data-test=size]')?.innerText.startsWith(name)",
        arg=table.name,
    )


def test_from_an_uploaded_table_to_the_verdict_the_report_and_the_history(
    patient, visit, table, known, language
):
    page = patient
    visit(f"#/compare?{SMALL}")
    upload(page, table)
    assert "150" in shown(page, "size")
    page.select_option("[data-test=target]", "species")
    page.click("[data-test=none]")
    for name in NAMES:
        page.click(f"[data-test=value-{name}]")
    page.wait_for_function(
        "() => document.querySelector('[data-test=command]')?.innerText.includes('tanh')"
    )
    assert shown(page, "command") == (
        "ogive compare '鸢尾花 iris.csv' --target species --activation tanh --activation relu "
        "--folds 2 --repeats 1 --max-iter 20 --seed 3"
    )
    start(page)
    assert verdict(page) == known.verdict.to(language)

    rows = page.locator("[data-test=result-table] tbody th").all_inner_texts()
    assert [row.split(",")[0].strip() for row in rows] == [row.label for row in known.rows()]
    cautions = page.locator("[data-test=cautions] li").all_inner_texts()
    assert cautions == [caution.to(language) for caution in known.cautions]
    page.locator("[data-test=figure]").first.scroll_into_view_if_needed()
    page.wait_for_selector("[data-test=figure] svg")

    page.click("[data-test=show-report]")
    report = page.frame_locator("[data-test=report-frame]")
    assert report.locator(".verdict p").inner_text(timeout=PATIENCE) == known.verdict.to(language)
    assert report.locator("svg").first.is_visible()

    page.click("[data-test=view-history]")
    listed = page.locator("[data-test=runs] tbody tr").first
    listed.wait_for()
    assert listed.locator("th").inner_text() == table.name
    listed.locator("[data-test=open]").click()
    assert verdict(page) == known.verdict.to(language)


def test_the_table_of_the_result_is_a_file_with_the_librarys_numbers(patient, known):
    with patient.expect_download() as waiting:
        patient.click("[data-test=download-csv]")
    scores = [line.split(",")[2] for line in waiting.value.path().read_text().splitlines()[1:]]
    assert [float(score) for score in scores] == [row.score for row in known.rows()]


def test_the_language_changes_at_once_and_nothing_is_lost(patient, known, language):
    other = "zh" if language == "en" else "en"
    patient.click("[data-test=language]")
    assert verdict(patient) == known.verdict.to(other)
    patient.click("[data-test=language]")
    assert verdict(patient) == known.verdict.to(language)


def test_a_heading_sorts_the_table(patient, known):
    patient.click("[data-test=result-table] thead th:nth-child(2) button")
    rows = patient.locator("[data-test=result-table] tbody th").all_inner_texts()
    worst_first = sorted(known.rows(), key=lambda row: row.score)
    assert rows[0].split(",")[0].strip() == worst_first[0].label


def test_a_run_is_deleted_after_a_question(patient):
    patient.click("[data-test=view-history]")
    rows = patient.locator("[data-test=runs] tbody tr")
    rows.first.wait_for()
    before = rows.count()
    mark = rows.first.get_attribute("data-test")
    rows.first.locator("[data-test=delete]").click()
    rows.first.locator("[data-test=really]").click()
    patient.wait_for_selector(f"[data-test={mark}]", state="detached")
    assert patient.locator("[data-test=runs] tbody tr").count() == before - 1


def test_a_link_restores_what_is_chosen(patient, visit):
    visit("#/compare?data=wine&vary=activation,depth&f=gelu;max(0.1*z, z)&depth=1;5&score=f1_macro")
    patient.wait_for_function(
        "() => document.querySelector('[data-test=command]')?.innerText.includes('f1_macro')"
    )
    assert shown(patient, "command") == (
        "ogive compare wine --target target --vary activation --vary depth=1,5 "
        "--activation gelu --activation 'max(0.1*z, z)' --scoring f1_macro"
    )
    pressed = patient.locator("[data-test=values-depth] button[aria-pressed=true]")
    assert pressed.all_inner_texts() == ["1", "5"]


def test_columns_that_are_left_out_and_the_task_are_part_of_the_comparison(patient, visit):
    visit("#/compare?data=iris")
    patient.click("[data-test=columns] tbody tr:first-child input")
    patient.select_option("[data-test=target]", "petal_width_(cm)")
    patient.select_option("[data-test=task]", "regression")
    patient.wait_for_function(
        "() => document.querySelector('[data-test=command]')?.innerText.includes('--task')"
    )
    assert shown(patient, "command") == (
        "ogive compare iris --target 'petal_width_(cm)' --task regression "
        "--ignore 'sepal_length_(cm)'"
    )


def test_what_cannot_be_compared_says_why_and_cannot_be_started(patient, visit, language):
    visit("#/compare")
    patient.fill("[data-test=add-activation]", "rellu(z)")
    patient.press("[data-test=add-activation]", "Enter")
    patient.wait_for_selector("[data-test=plan-refused]")
    said = {"en": "rellu", "zh": "rellu"}[language]
    assert said in shown(patient, "plan-refused")
    assert patient.is_disabled("[data-test=start]")
    patient.click("[data-test='value-rellu(z)']")
    patient.wait_for_selector("[data-test=start]:not([disabled])")


def test_without_any_value_nothing_can_be_started(patient, visit):
    visit("#/compare")
    patient.wait_for_selector("[data-test=start]:not([disabled])")
    patient.click("[data-test=none]")
    assert patient.is_disabled("[data-test=start]")


def test_a_file_that_is_no_table_is_refused_in_the_librarys_words(
    patient, visit, tmp_path, language
):
    visit("#/compare")
    file = tmp_path / "broken.csv"
    file.write_text("a,b\n1,2\n3\n", encoding="utf-8")
    patient.set_input_files("[data-test=upload]", str(file))
    patient.wait_for_selector("[data-test=upload-refused]")
    said = {
        "en": "broken.csv, line 3: 1 field where the header has 2",
        "zh": "broken.csv 第 3 行有 1 个字段，而表头有 2 个",
    }
    assert said[language] in shown(patient, "upload-refused")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_no_wider_than_a_phone(browser, lab, language, theme):
    options = {"color_scheme": theme, "viewport": {"width": 360, "height": 740}}
    for view in ("setup", "result", "history"):
        link = f"#/compare?view={view}"
        with opened(browser, lab, language, link, **options) as page:
            page.wait_for_selector(f"[data-test=view-{view}][aria-pressed=true]")
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth") == 360
