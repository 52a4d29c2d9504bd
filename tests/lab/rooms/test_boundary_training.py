"""The boundary room: gradient descent step by step, and the chain rule written out."""

import numpy as np
import pytest
from boundary_page import (
    formulas,
    last_number,
    show_step,
    wait_for_step,
    wait_until,
    weights,
)

from ogive import LogisticRegression, MLPClassifier

pytestmark = pytest.mark.browser

X = np.array([[2.0, 4.0], [2.0, 1.0], [3.0, 3.0]])
Y = np.array([1, 0, 0])
L1 = np.array([-1.0, 2.0, -2.0])


def trained(line, batch, steps, learning_rate):
    """Return the weights after each step, as the library's network without hidden layers has it."""
    model = MLPClassifier(
        hidden_layer_sizes=(),
        solver="sgd",
        momentum=0,
        nesterovs_momentum=False,
        alpha=0,
        shuffle=False,
        learning_rate_init=learning_rate,
        random_state=0,
    )
    model.partial_fit(X, Y, classes=[0, 1])
    model.coefs_[0][:] = np.reshape(line[:2], (2, 1))
    model.intercepts_[0][:] = line[2]
    path = [np.asarray(line, dtype=np.float64)]
    starts = range(0, len(X), batch)
    for step in range(steps):
        first = starts[step % len(starts)]
        rows = slice(first, first + batch)
        model.partial_fit(X[rows], Y[rows])
        path.append(np.append(model.coefs_[0].ravel(), model.intercepts_[0]))
    return path


def gradient(line, rows):
    said = LogisticRegression.from_weights(line[:2], line[2]).explain(X[rows], Y[rows])
    return np.append(said.dz @ X[rows], said.dz.sum()) / len(rows)


@pytest.mark.parametrize(("batch", "size"), [("one", 1), ("mini", 2), ("all", 3)])
def test_a_hundred_updates_are_the_librarys(visit, batch, size):
    page = visit(f"#/boundary?batch={batch}&rate=0.5")
    wait_for_step(page, 0)
    path = trained(L1, size, 100, 0.5)
    for step in (1, 2, 3, 100):
        show_step(page, step)
        np.testing.assert_allclose(weights(page), path[step], rtol=1e-12)


def test_one_step_at_a_time_and_back_again(visit):
    page = visit("#/boundary")
    wait_for_step(page, 0)
    path = trained(L1, 1, 3, 0.1)
    for step in (1, 2, 3):
        page.click("[data-test=play-step]")
        wait_for_step(page, step)
        np.testing.assert_allclose(weights(page), path[step], rtol=1e-12)
    page.click("[data-test=play-back]")
    wait_for_step(page, 2)
    np.testing.assert_allclose(weights(page), path[2], rtol=1e-12)
    page.click("[data-test=play-rewind]")
    wait_for_step(page, 0)
    assert list(weights(page)) == list(L1)


def test_the_chain_rule_is_written_with_the_numbers_of_the_step(visit):
    page = visit("#/boundary?step=2")
    wait_for_step(page, 2)
    line, following = trained(L1, 1, 3, 0.1)[2:]
    said = LogisticRegression.from_weights(line[:2], line[2]).explain(X[2:], Y[2:])
    z, a, loss = map(last_number, formulas(page, "forward"))
    assert z == pytest.approx(said.z[0], rel=1e-5)
    assert a == pytest.approx(said.a[0], abs=6e-7)
    assert loss == pytest.approx(said.loss[0], abs=6e-7)
    by_a, slope, error = map(last_number, formulas(page, "backward"))
    assert by_a == pytest.approx(1 / (1 - said.a[0]), abs=6e-7)
    assert slope == pytest.approx(said.a[0] * (1 - said.a[0]), abs=6e-7)
    assert error == pytest.approx(said.dz[0], abs=6e-7)
    by_weights = [last_number(one) for one in formulas(page, "gradients")]
    np.testing.assert_allclose(by_weights, gradient(line, [2]), atol=6e-7)
    new = [last_number(one) for one in formulas(page, "new-weights")]
    np.testing.assert_allclose(new, following, rtol=1e-6)


def test_the_mean_gradient_of_a_batch_is_written_out(visit):
    page = visit("#/boundary?batch=all&sample=1")
    wait_for_step(page, 0)
    shown = [last_number(one) for one in formulas(page, "means")]
    np.testing.assert_allclose(shown, gradient(L1, [0, 1, 2]), atol=6e-7)
    own = [last_number(one) for one in formulas(page, "gradients")]
    np.testing.assert_allclose(own, gradient(L1, [1]), atol=6e-7)
    new = [last_number(one) for one in formulas(page, "new-weights")]
    np.testing.assert_allclose(new, trained(L1, 3, 1, 0.1)[1], rtol=1e-6)


def test_the_mean_loss_follows_the_step(visit):
    page = visit("#/boundary?batch=all&rate=0.5&step=40")
    wait_for_step(page, 40)
    line = trained(L1, 3, 40, 0.5)[40]
    said = LogisticRegression.from_weights(line[:2], line[2]).explain(X, Y)
    shown = float(page.locator("[data-test=mean-loss]").text_content())
    assert shown == pytest.approx(said.mean_loss, abs=6e-7)


def test_a_step_of_a_training_is_restored_from_the_link(visit, page):
    visit("#/boundary?batch=mini&rate=0.3")
    wait_for_step(page, 0)
    show_step(page, 37)
    before = weights(page)
    wait_until(page, "() => location.hash.includes('step=37')")
    link = page.evaluate("location.hash")
    visit(link)
    wait_for_step(page, 37)
    assert list(weights(page)) == list(before)


def test_what_is_trained_goes_on_when_the_learning_rate_changes(visit):
    page = visit("#/boundary?step=10")
    wait_for_step(page, 10)
    before = weights(page)
    field = page.locator("[data-test=rate-number]")
    field.fill("1")
    field.press("Enter")
    wait_for_step(page, 0)
    assert list(weights(page)) == list(before)


def test_it_plays_and_pauses(visit):
    page = visit("#/boundary")
    wait_for_step(page, 0)
    page.click("[data-test=play-toggle]")
    wait_until(page, "() => Number(document.querySelector('[data-test=step]').value) >= 3")
    page.click("[data-test=play-toggle]")
    step = int(page.locator("[data-test=step]").input_value())
    wait_for_step(page, step)
    np.testing.assert_allclose(weights(page), trained(L1, 1, step, 0.1)[step], rtol=1e-12)


def test_a_saturated_sample_is_trained_by_what_a_product_would_lose(visit):
    page = visit("#/boundary?w=0,-500,0&sample=0")
    wait_for_step(page, 0)
    # z(A) = -2000: a(1 - a) is 0 in 64-bit numbers, and a - y all the same -1.
    assert [last_number(one) for one in formulas(page, "gradients")] == [-2, -4, -1]
    assert page.locator("[data-test=saturated]").count() == 1
