"""The ONNX nodes by which two-class models decide among many classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.export.layers import Layered
from ogive.export.onnx_nodes import Graph
from ogive.export.reduction import Reduction

__all__ = ["reduction_outputs"]

CERTAIN = 1e-6


def reduction_outputs(graph: Graph, z: str, layers: Layered) -> list[tuple[str, int, list[Any]]]:
    """Add what follows on the outputs z of the two-class models, and return the graph's outputs.

    They are ``label``, ``scores``, of which the largest is that of the label, and where
    `Reduction.has_probabilities` ``probabilities``.
    """
    reduction = layers.reduction
    assert reduction is not None and layers.classes is not None
    n_classes = len(reduction.code_book)
    shape = ["n_samples", n_classes]
    scores, likelihoods = _scores(graph, z, reduction)
    graph.add("Identity", scores, name="scores")
    if reduction.decision == "each":
        yes = graph.add("Greater", z, graph.number(reduction.threshold))
        graph.add("Cast", yes, name="label", to=graph.INT64)
        found: list[tuple[str, int, list[Any]]] = [("label", graph.INT64, shape)]
    else:
        names, kind = graph.classes(layers.classes)
        best = graph.add("ArgMax", scores, axis=1, keepdims=0)
        graph.add("Gather", names, best, name="label", axis=0)
        found = [("label", kind, ["n_samples"])]
    found.append(("scores", graph.element, shape))
    if reduction.has_probabilities:
        _probabilities(graph, z, reduction, likelihoods)
        found.append(("probabilities", graph.element, shape))
    return found


def _scores(graph: Graph, z: str, reduction: Reduction) -> tuple[str, str]:
    """Return the scores, and the log-likelihoods where code words have them."""
    if reduction.kind == "one_vs_one":
        by = _by_vote if reduction.decision == "vote" else _by_elimination
        return by(graph, z, reduction), ""
    if reduction.kind == "one_vs_rest":
        if reduction.n_problems > 1 or reduction.decision == "each":
            return z, ""
        over = graph.add("Sub", z, graph.number(reduction.threshold))
        return graph.add("Concat", graph.add("Neg", over), over, axis=1), ""
    likelihoods = ""
    if reduction.has_probabilities and reduction.decision != "hamming":
        likelihoods = _likelihoods(graph, z, reduction)
    if reduction.decision == "probabilistic":
        return likelihoods, likelihoods
    if reduction.decision == "hamming":
        scores = _by_hamming(graph, z, reduction)
        if reduction.has_probabilities:
            likelihoods = _equally_sure(graph, z, scores, reduction)
    elif reduction.decision == "euclidean":
        scores = _by_distance(graph, z, reduction)
    else:
        scores = _by_loss(graph, z, reduction)
    return scores, likelihoods


def _answers(graph: Graph, z: str, reduction: Reduction) -> str:
    """Return 1 where a model is for its positive side, otherwise -1."""
    yes = graph.add("Greater", z, graph.number(reduction.threshold))
    return graph.add("Where", yes, graph.number(1.0), graph.number(-1.0))


def _by_vote(graph: Graph, z: str, reduction: Reduction) -> str:
    code = graph.array(reduction.code_book.T)
    for_less_against = graph.add("MatMul", _answers(graph, z, reduction), code)
    duels = graph.number(float(len(reduction.code_book) - 1))
    votes = graph.add("Mul", graph.add("Add", for_less_against, duels), graph.number(0.5))
    confidence = graph.add("Sub", z, graph.number(reduction.threshold))
    total = graph.add("MatMul", confidence, code)
    size = graph.add("Add", graph.add("Abs", total), graph.number(1.0))
    less = graph.add("Div", total, graph.add("Mul", size, graph.number(3.0)))
    return graph.add("Add", votes, less)


def _by_elimination(graph: Graph, z: str, reduction: Reduction) -> str:
    """Return how many duels had been fought when each class was put out."""
    n = len(reduction.code_book)
    classes = graph.integers(list(range(n)))
    # The pair of champion and challenger is starts[champion] + challenger.
    starts = graph.integers([i * (2 * n - i - 1) // 2 - i - 1 for i in range(n)])
    yes = graph.add("Greater", z, graph.number(reduction.threshold))
    answers = graph.add("Cast", yes, to=graph.element)
    # Of whole numbers in the shape of one answer a row.
    first = graph.add("Slice", yes, *(graph.integers([i]) for i in (0, 1, 1)))
    zeros = graph.add("Sub", *[graph.add("Cast", first, to=graph.INT64)] * 2)
    champion, scores = zeros, ""

    def noted(who: str, fought: int, scores: str) -> str:
        place = graph.add("Cast", graph.add("Equal", who, classes), to=graph.element)
        told = graph.add("Mul", place, graph.number(float(fought)))
        return graph.add("Add", scores, told) if scores else told

    for number in range(1, n):
        challenger = graph.add("Add", zeros, graph.integers([number]))
        pair = graph.add("Add", graph.add("Gather", starts, champion), challenger)
        said = graph.add("GatherElements", answers, pair, axis=1)
        wins = graph.add("Greater", said, graph.number(0.0))
        scores = noted(graph.add("Where", wins, champion, challenger), number - 1, scores)
        champion = graph.add("Where", wins, challenger, champion)
    return noted(champion, n - 1, scores)


def _by_hamming(graph: Graph, z: str, reduction: Reduction) -> str:
    code = graph.array(reduction.code_book.T)
    alike = graph.add("MatMul", _answers(graph, z, reduction), code)
    less = graph.add("Sub", alike, graph.number(float(reduction.n_problems)))
    return graph.add("Mul", less, graph.number(0.5))


def _by_distance(graph: Graph, z: str, reduction: Reduction) -> str:
    targets = reduction.targets
    if reduction.n_absent.any():
        if reduction.inside == "logistic":
            z = graph.add("Tanh", graph.add("Mul", z, graph.number(0.5)))
        else:
            z = graph.add("Clip", z, graph.number(0.0), graph.number(1.0))
    near = graph.add("MatMul", z, graph.array(targets.T))
    return graph.add("Sub", near, graph.array((targets**2).sum(axis=1) / 2))


def _by_loss(graph: Graph, z: str, reduction: Reduction) -> str:
    margin = z
    if reduction.inside == "least_squares":
        twice = graph.add("Mul", z, graph.number(2.0))
        margin = graph.add("Sub", twice, graph.number(1.0))
    loss = reduction.decision.removesuffix("_loss")
    code = reduction.code_book.astype(np.float64)
    if loss == "exponential":
        apart = graph.add("Unsqueeze", margin, graph.integers([1]))
        against = graph.add("Mul", apart, graph.array(-code))
        total = graph.add("ReduceLogSumExp", against, graph.integers([2]), keepdims=0)
        return graph.add("Neg", total)
    if loss == "logistic":
        over = graph.add("Softplus", graph.add("Neg", margin))
        under = graph.add("Softplus", margin)
        at_zero = float(np.log(2.0))
    else:
        one = graph.number(1.0)
        over, under = graph.add("Sub", one, margin), graph.add("Add", one, margin)
        if "hinge" in loss:
            over, under = (graph.add("Relu", each) for each in (over, under))
        if "squared" in loss:
            over, under = (graph.add("Mul", each, each) for each in (over, under))
        at_zero = 1.0
    lost = graph.add(
        "Add",
        graph.add("MatMul", over, graph.array((code > 0).T)),
        graph.add("MatMul", under, graph.array((code < 0).T)),
    )
    return graph.add("Neg", graph.add("Add", lost, graph.array(reduction.n_absent * at_zero)))


def _likelihoods(graph: Graph, z: str, reduction: Reduction) -> str:
    code = reduction.code_book
    sides = []
    for sign in (1, -1):
        against = graph.add("Neg", z) if sign > 0 else z
        # The logarithm of a probability that is rounded, as some runtimes do, has few digits.
        log_p = graph.add("Neg", graph.add("Softplus", against))
        low, high = np.log(CERTAIN), np.log1p(-CERTAIN)
        log_p = graph.add("Clip", log_p, graph.number(low), graph.number(high))
        sides.append(graph.add("MatMul", log_p, graph.array((code == sign).T)))
    told = graph.add("Add", *sides)
    told = graph.add("Sub", told, graph.array(np.log(2.0) * reduction.n_absent))
    return graph.add("Mul", told, graph.number(reduction.share))


def _equally_sure(graph: Graph, z: str, scores: str, reduction: Reduction) -> str:
    sure = graph.add("Sigmoid", graph.add("Abs", z))
    mean = graph.add("ReduceMean", sure, graph.integers([1]), keepdims=1)
    mean = graph.add("Clip", mean, graph.number(0.5), graph.number(1 - CERTAIN))
    other = graph.add("Sub", graph.number(1.0), mean)
    odds = graph.add("Log", graph.add("Div", mean, other))
    return graph.add("Mul", graph.add("Mul", scores, odds), graph.number(reduction.share))


def _probabilities(graph: Graph, z: str, reduction: Reduction, likelihoods: str) -> None:
    if likelihoods:
        graph.add("Softmax", likelihoods, name="probabilities", axis=1)
    elif reduction.decision == "each":
        graph.add("Sigmoid", z, name="probabilities")
    elif reduction.n_problems == 1:
        first, second = graph.add("Sigmoid", graph.add("Neg", z)), graph.add("Sigmoid", z)
        graph.add("Concat", first, second, name="probabilities", axis=1)
    else:
        # Quotients of the probabilities against the rest, by logarithms: all of them may be 0.
        minus_log = graph.add("Softplus", graph.add("Neg", z))
        graph.add("Softmax", graph.add("Neg", minus_log), name="probabilities", axis=1)
