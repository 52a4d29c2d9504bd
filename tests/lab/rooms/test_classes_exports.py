"""What the room of many classes lets one take along predicts what the room shows."""

import json

import numpy as np
import pytest
from classes_page import answer, models, move_sample, open_room, points, wait_until, winners
from onnx.reference import ReferenceEvaluator

from ogive.export import to_dict

pytestmark = pytest.mark.browser

# Strategies in the order of `winners` and `models`.
STRATEGIES = ("pairs", "rest", "codes", "softmax")
GRID = np.stack(np.meshgrid(np.linspace(-3, 3, 25), np.linspace(-3, 3, 25)), -1).reshape(-1, 2)


def chosen(page, strategy):
    """Choose a strategy where models are taken along."""
    page.click(f"[data-test=export-strategy-{strategy}]")
    assert page.get_attribute(f"[data-test=export-strategy-{strategy}]", "aria-pressed") == "true"
    # What was written of another strategy is gone.
    assert page.locator("[data-test=export-source]").count() == 0


def source(page, form):
    """Return what the page writes in a form that is text."""
    button = f"[data-test=export-{form}]"
    page.click(button)
    wait_until(
        page,
        "([button]) => document.querySelector(button).getAttribute('aria-pressed') === 'true'"
        " && document.querySelector('[data-test=export-source]') !== null",
        button,
    )
    return page.locator("[data-test=export-source]").text_content()


def executed(text):
    names = {}
    exec(text, names)
    return names


def onnx_labels(page, rows):
    with page.expect_download(timeout=40_000) as saved:
        page.click("[data-test=export-onnx]")
    content = saved.value.path().read_bytes()
    return ReferenceEvaluator(content).run(None, {"X": rows.astype(np.float32)})[0]


def test_every_strategy_goes_along_and_predicts_what_the_room_shows(visit, language):
    page = open_room(visit, "?noise=0.9&seed=4&C=3")
    fitted = dict(zip(STRATEGIES, models(*points(page), C=3.0), strict=True))
    taken = {}
    for strategy in STRATEGIES:
        chosen(page, strategy)
        predict = executed(source(page, "numpy"))["predict"]
        expected = fitted[strategy].predict(GRID)
        np.testing.assert_array_equal(predict(GRID), expected)
        again = executed(source(page, "python"))["model"]
        assert type(again) is type(fitted[strategy])
        np.testing.assert_array_equal(again.predict(GRID), expected)
        held, wanted = json.loads(source(page, "json")), to_dict(fitted[strategy])
        assert held.get("reduction") == wanted.get("reduction")
        for ours, theirs in zip(held["layers"], wanted["layers"], strict=True):
            np.testing.assert_allclose(ours["coef"], theirs["coef"], rtol=1e-6, atol=1e-9)
        # In float32 the places that lie on a border may go to either side.
        assert (onnx_labels(page, GRID) == expected).mean() > 0.99
        taken[strategy] = predict
    for place in ((0.1, 0.2), (-1.3, 0.4), (0.8, -2.1)):
        move_sample(page, *place)
        assert winners(page) == [taken[strategy]([place])[0] for strategy in STRATEGIES]


def test_elimination_and_three_classes_that_beat_one_another_go_along(visit):
    page = open_room(visit, "?set=spirals&classes=3&noise=0.2&way=elimination")
    model, *_ = models(*points(page), code_book=["A|BC", "AB|C"])
    model.set_params(decision="elimination")
    module = executed(source(page, "numpy"))
    circular = GRID[model.cycles(GRID).rows]
    assert len(circular) > 0
    np.testing.assert_array_equal(module["predict"](GRID), model.predict(GRID))
    for place in circular[:3].round(2):
        move_sample(page, *place)
        assert answer(page) == module["predict"]([place])[0]


def test_classes_with_numbers_keep_their_order_and_with_it_the_order_of_duels(visit):
    page = open_room(visit, "?set=spirals&classes=3&noise=0.2&way=elimination&names=8~9~10")
    model = executed(source(page, "python"))["model"]
    assert model.classes_.tolist() == [8, 9, 10]
    assert len(model.cycles(GRID)) > 0
    predict = executed(source(page, "numpy"))["predict"]
    np.testing.assert_array_equal(predict(GRID), model.predict(GRID))
    assert str(predict([[0.5, 0.25]])[0]) == answer(page)


def test_a_code_book_changed_by_hand_goes_along_with_the_decoding_chosen(visit):
    page = open_room(visit, "?show=codes&book=exhaustive&decoding=euclidean")
    page.click("[data-test=bit-1-2]")
    page.click("[data-test=bit-3-0]")
    page.click("[data-test=bit-3-0]")
    for _ in range(20):  # until the models have followed
        written = json.loads(source(page, "json"))["reduction"]
        if 0 in np.unique(written["code_book"]):
            break
    assert 0 in np.unique(written["code_book"])
    assert written["decision"] == "euclidean"
    X, y = points(page)
    model = models(X, y, code_book=written["code_book"], decoding="euclidean")[2]
    module = executed(source(page, "numpy"))
    np.testing.assert_array_equal(module["predict"](GRID), model.predict(GRID))
    np.testing.assert_allclose(
        module["scores"](GRID), model.decision_function(GRID), rtol=1e-5, atol=1e-7
    )
    page.click("[data-test=decoding-hamming]")
    assert page.locator("[data-test=export-source]").count() == 0
    assert json.loads(source(page, "json"))["reduction"]["decision"] == "hamming"


def test_two_classes_go_along(visit):
    page = open_room(visit, "?classes=2&noise=0.9")
    fitted = models(*points(page), code_book=["A|B"])
    for strategy, model in zip(STRATEGIES, fitted, strict=True):
        chosen(page, strategy)
        module = executed(source(page, "numpy"))
        np.testing.assert_array_equal(module["predict"](GRID), model.predict(GRID))


def test_a_code_book_that_cannot_decide_has_nothing_to_take_along(visit, language):
    page = open_room(visit, "?book=own&words=Ap,Bp,Cn,Dn")
    assert page.is_enabled("[data-test=export-numpy]")
    chosen(page, "codes")
    assert page.is_disabled("[data-test=export-numpy]")
    said = page.inner_text("[data-test=export-rule]")
    assert {"en": "cannot decide", "zh": "无法作出判断"}[language] in said
