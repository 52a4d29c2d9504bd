"""The room of many classes: points of one's own, the code book, and the state in the link."""

import numpy as np
import pytest
from classes_page import (
    answer,
    models,
    number,
    open_room,
    points,
    sample,
    shown,
    table,
    wait_until,
    winners,
)

from ogive import LogisticRegression, OutputCodeClassifier
from ogive.classification.codes.code_quality import code_quality
from ogive.data import load_bundled

pytestmark = pytest.mark.browser


def book(page):
    """Return the code book on the page."""
    rows = page.eval_on_selector_all(
        "[data-test=code-book] tbody tr",
        "rows => rows.map(row => [...row.querySelectorAll('[data-test^=bit-]')]"
        ".map(cell => cell.textContent)).filter(row => row.length > 0)",
    )
    return np.array([[int(number(cell)) for cell in row] for row in rows])


def check_quality(page):
    """Compare what is said of the code book with the library's judgement of it."""
    quality = code_quality(book(page))
    assert number(page.inner_text("[data-test=row-distance]")) == quality.row_distance
    assert int(page.inner_text("[data-test=corrects]")) == quality.errors_corrected
    mean = number(page.inner_text("[data-test=mean-distance]"))
    assert mean == pytest.approx(quality.mean_row_distance, abs=0.0051)


def test_the_room_begins_with_the_lectures_code(visit):
    page = open_room(visit, "?show=codes")
    np.testing.assert_array_equal(book(page), [[1, 1], [1, -1], [-1, 1], [-1, -1]])
    headings = page.locator("[data-test=code-book] thead").first.inner_text()
    assert "AB|CD" in headings
    assert "AC|BD" in headings
    check_quality(page)


def test_a_bit_is_changed_by_a_press_and_the_models_follow(visit):
    page = open_room(visit, "?show=codes&book=exhaustive&x1=1&x2=-0.4")
    page.click("[data-test=bit-1-2]")
    page.click("[data-test=bit-3-0]")
    page.click("[data-test=bit-3-0]")
    code = book(page)
    assert set(np.unique(code)) == {-1, 0, 1}
    check_quality(page)
    model = OutputCodeClassifier(LogisticRegression(), code_book=code, decoding="hamming")
    model.fit(*points(page))
    said = model.explain_row(sample(page))
    wait_until(
        page,
        "([winner]) => document.querySelector('[data-test=answer]')?.textContent.trim() === winner",
        said.predicted,
    )
    z = [float(row[4]) for row in table(page, "questions")]
    np.testing.assert_allclose(z, said.confidence, rtol=1e-6, atol=1e-9)


def test_columns_are_added_and_removed(visit):
    page = open_room(visit, "?show=codes")
    page.click("[data-test=add-column]")
    assert book(page).shape == (4, 3)
    check_quality(page)
    page.click("[data-test=remove-column-0]")
    assert book(page).shape == (4, 2)
    assert page.input_value("[data-test=book]") == "own"


@pytest.mark.parametrize(
    ("words", "column"),
    [("Apn,Bpp,Cpn,Dpp", "1"), ("App,Bpn,Cnp,Dnp", None), ("App,Bpn,Coo,Dnp", None)],
)
def test_a_code_book_that_cannot_decide_is_refused_with_the_reason(visit, language, words, column):
    page = open_room_without_answer(visit, f"?show=codes&book=own&words={words}")
    faults = page.locator("[data-test=worth] [data-test=faults]").inner_text()
    with pytest.raises(ValueError):
        code_quality(book(page))
    if column is None:
        assert any(
            word in faults
            for word in {"en": ["same word", "no problem"], "zh": ["码字相同", "不参与"]}[language]
        )
    else:
        assert {"en": "Column 1", "zh": "第 1 列"}[language] in faults
    # The other strategies go on.
    assert page.inner_text("[data-test=winner-pairs]") != ""
    assert page.inner_text("[data-test=winner-codes]").strip() == ""


def open_room_without_answer(visit, link):
    page = visit(f"#/classes{link}")
    page.wait_for_selector("[data-test=worth] [data-test=faults]")
    wait_until(page, "() => document.querySelector('[data-test=winner-pairs]').textContent.trim()")
    return page


def test_repeated_columns_are_named(visit):
    page = open_room(visit, "?show=codes&book=own&words=Appn,Bpnn,Cnpp,Dnnp")
    code = book(page)
    repeated = page.locator("[data-test=repeated] li").count()
    assert repeated == code_quality(code).repeated_columns == 1


@pytest.mark.parametrize("name", ["random", "optimised", "bch", "one_vs_rest"])
def test_presets_are_those_that_the_library_makes(visit, name):
    page = open_room(visit, f"?classes=6&book={name}&draw=2")
    made = OutputCodeClassifier(LogisticRegression(), code_book=name, random_state=2)
    made.fit(np.arange(6)[:, None], np.arange(6))
    np.testing.assert_array_equal(book(page), made.code_book_)
    check_quality(page)


def test_points_are_added_moved_and_removed_by_keys_alone(visit):
    page = open_room(visit, "?each=5")
    page.focus("[data-test=mode-points]")
    page.keyboard.press("Enter")
    page.focus("[data-test=brush-4]")
    page.keyboard.press("Enter")
    page.focus("[data-test=add-point]")
    page.keyboard.press("Enter")
    wait_until(
        page, "() => document.querySelector('[data-test=count-pairs]').textContent.includes('10')"
    )
    handle = page.locator("[data-test=handle-point-20]")
    handle.press("Shift+ArrowRight")
    X, y = points(page)
    assert y[-1] == "E"
    np.testing.assert_allclose(X[-1], [1.2, 0.25])
    fitted = models(X, y, code_book=["ABC|DE", "AD|BCE", "BD|ACE"])
    wait_until(
        page,
        "([rest]) => document.querySelector('[data-test=winner-rest]').textContent.includes(rest)",
        fitted[1].predict([[0.5, 0.25]])[0],
    )
    handle.press("Delete")
    assert len(points(page)[1]) == 20


def test_a_point_dragged_takes_the_lines_with_it(visit):
    page = open_room(visit, "?each=4&mode=points")
    X, y = points(page)
    before = table(page, "questions")
    box = page.locator("[data-test=plane] canvas").bounding_box()
    area = box["width"] - 56, box["height"] - 48

    def place(x, up):
        return (
            box["x"] + 46 + (x + 3.5) / 7 * area[0],
            box["y"] + 8 + (1 - (up + 3.5) / 7) * area[1],
        )

    page.locator("[data-test=plane]").scroll_into_view_if_needed()
    box = page.locator("[data-test=plane] canvas").bounding_box()
    page.mouse.move(*place(*X[0]))
    page.mouse.down()
    page.mouse.move(*place(2.5, -2.5), steps=6)
    page.mouse.up()
    moved, _ = points(page)
    assert abs(moved[0] - [2.5, -2.5]).max() < 0.05
    np.testing.assert_array_equal(moved[1:], X[1:])
    fitted = models(moved, y)[0]
    w1 = fitted.estimators_[0].coef_[0, 0]
    wait_until(
        page,
        "([w1]) => Math.abs(document.querySelector('[data-test=question-0] td').title - w1) < 1e-5",
        float(w1),
    )
    assert table(page, "questions") != before


def test_points_of_a_table_of_ones_own_are_fitted_under_their_names(visit, tmp_path):
    iris = load_bundled("iris").select("petal_length_(cm)", "petal_width_(cm)", "target")
    file = tmp_path / "iris.csv"
    iris.write_csv(file)
    page = open_room(visit, "?book=exhaustive&show=softmax")
    page.click("[data-test=own-table] > summary")
    page.set_input_files("[data-test=file]", file)
    wait_until(
        page,
        "() => document.querySelector('[data-test=softmax]').textContent.includes('virginica')",
    )
    X, y = points(page)
    np.testing.assert_allclose(X, iris[:, :2].to_numpy(), rtol=1e-12)
    assert y.tolist() == iris["target"].to_list()
    fitted = models(
        X,
        y,
        code_book=[
            "setosa|versicolor, virginica",
            "setosa, versicolor|virginica",
            "setosa, virginica|versicolor",
        ],
    )
    assert winners(page) == [model.predict(sample(page))[0] for model in fitted]
    # A link carries the table along.
    opened = page.context.new_page()
    opened.goto(page.url)
    opened.wait_for_selector("[data-test=softmax]")
    assert shown(opened, "softmax") == shown(page, "softmax")
    np.testing.assert_array_equal(points(opened)[0], X)
    opened.close()


@pytest.mark.parametrize("bad", ["a,b\n1,2\n", "name,kind\nx,y\nz,w\n"])
def test_a_table_without_numbers_or_classes_is_refused_in_words(visit, tmp_path, bad):
    file = tmp_path / "bad.csv"
    file.write_text(bad)
    page = open_room(visit)
    page.click("[data-test=own-table] > summary")
    page.set_input_files("[data-test=file]", file)
    page.wait_for_selector("[data-test=file-problem]")
    assert len(points(page)[1]) == 120


def test_without_two_classes_it_says_what_to_do(visit):
    page = open_room(visit)
    page.click("[data-test=mode-points]")
    page.click("[data-test=clear]")
    page.wait_for_selector("[data-test=too-few]")
    page.click("[data-test=back-to-arrangement]")
    page.wait_for_selector("[data-test=answer]")
    assert page.locator("[data-test=too-few]").count() == 0


def test_the_link_restores_all_that_was_chosen(visit):
    page = open_room(visit)
    page.select_option("[data-test=arrangement]", "ring")
    page.fill("[data-test=classes-number]", "5")
    page.press("[data-test=classes-number]", "Enter")
    page.fill("[data-test=C-number]", "0.03")
    page.press("[data-test=C-number]", "Enter")
    page.click("[data-test=show-codes]")
    page.select_option("[data-test=book]", "bch")
    page.click("[data-test=bit-0-0]")
    page.click("[data-test=decoding-euclidean]")
    page.click("[data-test=stepwise]")
    page.click("[data-test=forth]")
    page.click("[data-test=question-0] button")
    wait_until(page, "() => location.hash.includes('line=0') && location.hash.includes('step=2')")
    page.wait_for_selector("[data-test=equation]")

    def state(of):
        texts = ["sentence", "step", "equation", "worth", "accuracy-rest", "count-codes"]
        seen = [of.inner_text(f"[data-test={name}]").split() for name in texts]
        return seen, shown(of, "questions"), book(of).tolist(), winners(of)

    opened = page.context.new_page()
    opened.goto(page.url)
    opened.wait_for_selector("[data-test=equation] .katex")
    page.wait_for_selector("[data-test=equation] .katex")
    assert state(opened) == state(page)
    opened.close()


def test_the_language_changes_without_a_loss(visit):
    page = open_room(visit, "?show=rest&classes=5&x1=0.9&x2=-1")
    before = table(page, "questions")
    title = page.inner_text("h1")
    page.click("[data-test=language]")
    assert page.inner_text("h1") != title
    numbers_only = [row[:6] for row in before]
    assert [row[:6] for row in table(page, "questions")] == numbers_only
    page.click("[data-test=language]")
    assert table(page, "questions") == before
    assert answer(page) in "ABCDE"
