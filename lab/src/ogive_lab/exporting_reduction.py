"""Many classes by two-class models of a page: how they decide, checked, and as an estimator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ogive.text import InputError

__all__ = ["reduction_estimator", "reduction_of", "unfit"]

INSIDE = {"LogisticRegression": "logistic", "LinearRegression": "least_squares"}


def reduction_of(model: Mapping[str, Any], n_outputs: int) -> Any:
    """Return how the two-class models of a page decide, as `ogive.export` tells it.

    Parameters
    ----------
    model : mapping
        What `ogive_lab.api.exports.PageModel` holds, with a reduction.
    n_outputs : int
        Number of two-class models.

    Returns
    -------
    ogive.export.Reduction

    Raises
    ------
    InputError
        If classes, models and code book do not fit together.
    """
    from ogive.export import Reduction

    given, classes = model["reduction"], model["classes"]
    inside: Any = INSIDE.get(model["estimator"])
    if inside is None or model["output"] != "identity" or len(model["coefs"]) != 1:
        raise InputError(
            "A reduction from many classes to two has logistic or linear regressions inside, in "
            "one layer whose output is 'identity'.",
            "由二分类组成的多分类，内部应为逻辑回归或线性回归，只有一层，且 output 为 'identity'。",
        )
    if classes is None or len(classes) < 2 or len({str(name) for name in classes}) < len(classes):
        raise InputError(
            "classes must name two classes or more, each once.",
            "classes 应列出至少两个类别，且各不相同。",
        )
    n, kind = len(classes), given["kind"]
    # Before a table for so many classes is made.
    expected = {"one_vs_one": n * (n - 1) // 2, "one_vs_rest": n if n > 2 else 1}
    if n_outputs != expected.get(kind, n_outputs):
        raise unfit("coefs", n_outputs, expected[kind])
    if kind == "one_vs_one":
        return Reduction.pairs(n, given["decision"], inside)
    if kind == "one_vs_rest":
        return Reduction.against_rest(n, inside)
    if given["code_book"] is None:
        raise InputError(
            "code_book is missing: give a row of 1, -1 and 0 for each class.",
            "缺少 code_book：请为每个类别给出一行由 1、-1 和 0 组成的码字。",
        )
    made = Reduction.code_words(given["code_book"], classes, given["decoding"], inside)
    if n_outputs != made.n_problems:
        raise unfit("code_book", made.n_problems, n_outputs)
    return made


def reduction_estimator(estimator: Any, model: Mapping[str, Any]) -> Any:
    """Return the unfitted estimator of a page's reduction, with `estimator` inside."""
    import ogive

    given = model["reduction"]
    if given["kind"] == "one_vs_one":
        return ogive.OneVsOneClassifier(estimator, decision=given["decision"])
    if given["kind"] == "one_vs_rest":
        return ogive.OneVsRestClassifier(estimator)
    # Rows of a code book are in the order of classes_, which are sorted.
    order = np.argsort(np.asarray(model["classes"]), kind="stable")
    code_book = [given["code_book"][i] for i in order]
    return ogive.OutputCodeClassifier(estimator, code_book=code_book, decoding=given["decoding"])


def unfit(name: str, got: Any, expected: Any) -> InputError:
    """Return the error of a size that is not the one expected."""
    return InputError(
        f"{name} does not fit the layers: {expected} expected, got {got}.",
        f"{name} 与各层不符：应为 {expected}，得到的是 {got}。",
    )
