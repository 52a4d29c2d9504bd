"""The functions room: formulas, exact facts and advice, of the catalogue and of typed formulas."""

import numpy as np
import pytest
from functions_page import exactly, link, text, ulps, wait_for_point, wait_until

import ogive
from ogive.activations import CATALOGUE

pytestmark = pytest.mark.browser

FORMULA = "z * sigmoid(beta * z)"


def fact(page, field):
    return text(page, f"fact-{field}")


def wait_for_facts(page, output_range):
    wait_until(
        page,
        "([range]) => document.querySelector('[data-test=range-output]')?.dataset.text === range"
        " && document.querySelector('[data-test=about]').getAttribute('aria-busy') === 'false'",
        output_range,
    )


def described(function, language):
    return {label: said for label, said in function.facts.describe(language)}


def shown_facts(page):
    rows = page.locator("[data-test=facts] dl").evaluate(
        "list => [...list.querySelectorAll('dt')].map(dt =>"
        " [dt.textContent.trim(), dt.nextElementSibling.textContent.trim()])"
    )
    return dict(rows)


@pytest.mark.parametrize("name", ["sigmoid", "elu", "gelu", "step"])
def test_the_facts_on_the_page_are_the_librarys(visit, language, name):
    function = ogive.activation(name)
    page = visit(link(f=name))
    wait_for_facts(page, function.facts.output_range.text)
    assert (
        page.locator("[data-test=range-derivative]").get_attribute("data-text")
        == function.facts.derivative_range.text
    )
    shown, known = shown_facts(page), described(function, language)
    apart = {"output_range", "derivative_range", "kinks"}
    from ogive.activations.facts.wording import FIELDS

    without = {FIELDS[field].to(language) for field in apart}
    without |= {
        label
        for label in known
        if label.endswith(("in general", "一般的输出范围", "一般的导数范围"))
    }
    for label, said in known.items():
        if label not in without:
            assert shown[label] == said
    assert text(page, "init").startswith(function.init)
    record = CATALOGUE[name]
    assert record.strength.to(language) in text(page, "advice")
    assert record.weakness.to(language) in text(page, "advice")


def test_formula_and_derivative_are_typeset_and_the_derivation_unfolds(visit):
    page = visit(link(f="tanh"))
    page.wait_for_selector("[data-test=formulas] .katex")
    typeset = page.locator("[data-test=formulas] > .formula annotation").all_text_contents()
    assert [one.split("=")[0].strip() for one in typeset] == ["f(z)", "f'(z)"]
    page.click("[data-test=derivation] summary")
    assert page.locator("[data-test=derivation] li").count() == 5
    page.wait_for_selector("[data-test=derivation] .katex")


def test_a_formula_is_shown_with_everything_about_it(visit, language):
    page = visit(link(z=0.7))
    page.fill("[data-test=formula]", FORMULA)
    page.click("[data-test=formula-show]")
    function = ogive.activation(FORMULA, beta=1.0)
    wait_for_facts(page, function.facts.output_range.text)
    assert (
        fact(page, "monotonic")
        == described(function, language)[{"en": "Monotonicity", "zh": "单调性"}[language]]
    )
    wait_for_point(page, 0.7)
    assert ulps(exactly(page, "value"), function(0.7)) <= 4
    assert ulps(exactly(page, "slope"), function.derivative(0.7)) <= 4
    page.wait_for_selector("[data-test=formulas] .katex")

    page.locator("[data-test=parameter-beta-number]").fill("2.5")
    page.locator("[data-test=parameter-beta-number]").press("Enter")
    function = ogive.activation(FORMULA, beta=2.5)
    wait_until(
        page,
        "([value]) => Math.abs(document.querySelector('[data-test=value]').dataset.value - value)"
        " < 1e-12",
        float(function(0.7)),
    )
    wait_for_facts(page, function.facts.output_range.text)


def test_a_formula_that_cannot_learn_says_so(visit):
    page = visit(link())
    page.fill("[data-test=formula]", "2 * z + 1")
    page.press("[data-test=formula]", "Enter")
    page.wait_for_selector("[data-test=finding-OGV002]")


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("z + sigmoyd(z)", "sigmoyd"),
        ("z * (2 z)", "2 z"),
        ("__import__('os').system('ls')", "__import__"),
        ("z.__class__", "z.__class__"),
        ("<b>z</b>", "<b"),
    ],
)
def test_a_formula_that_is_refused_gets_a_sentence_and_its_place_is_marked(
    visit, language, formula, place
):
    page = visit(link())
    page.fill("[data-test=formula]", formula)
    page.click("[data-test=formula-show]")
    page.wait_for_selector("[data-test=formula-place]")
    with pytest.raises(ogive.text.InputError) as refused:
        ogive.activation(formula)
    said = text(page, "formula-error")
    assert refused.value.text._asdict()[language] in said
    marked = page.locator("[data-test=formula-place]").text_content()
    start, end = refused.value.place
    assert marked == formula[start:end]
    assert "Traceback" not in said


def test_one_output_of_softmax_is_drawn_and_its_facts_are_those_of_softmax(visit):
    page = visit(link(z=0.5))
    page.click("[data-test=choose-softmax]")
    wait_for_facts(page, ogive.activation("softmax").facts.output_range.text)
    wait_for_point(page, 0.5)
    wanted = ogive.activation("softmax")(np.array([0.5, 0.0]))[0]
    assert ulps(exactly(page, "value"), wanted) <= 4
