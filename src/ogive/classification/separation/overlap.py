"""A cheap proof that classes overlap."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from ogive.classification.solvers.penalised_loss import Array, PenalisedLoss

__all__ = ["overlap_is_proved"]

COUNTS = 1e-6
"""Errors (probabilities of classes that a row does not have) below this are left out."""
SURVIVES = 1e-7
"""What must be left of each error."""
NULL = 1e-10
ROUNDING = 1e-12


Rows = NDArray[np.intp]


def overlap_is_proved(problem: PenalisedLoss, weights: Array, chosen: Rows | None = None) -> bool:
    """Return True only if no direction separates any row.

    Parameters
    ----------
    problem : PenalisedLoss
        Without a penalty.
    weights : ndarray
        Near the minimum of the chosen rows, though any will do: far from it nothing is proved.
    chosen : ndarray of int, optional
        The rows to prove it by; by default all.

    Notes
    -----
    By Stiemke's lemma no direction separates any row if there are positive errors for which the
    gradient vanishes. A Newton step gives errors with that property by linearisation; if all of
    them stay positive, the proof is complete, whatever the step is good for otherwise. Rows whose
    errors are tiny may be left out as long as the others determine the same coefficients, which
    also keeps the proof out of reach of rounding.
    """
    outputs, unknowns = problem.shape
    size = outputs * unknowns
    labels = problem.label if chosen is None else problem.label[chosen]
    probability = _kept(problem.probabilities(problem.outputs(weights, chosen)), labels)
    hessian, gradient = np.zeros((size, size)), np.zeros(size)
    scale = 0.0
    for x, rows in _blocks(problem, size, chosen):
        p, label = probability[rows], labels[rows]
        error = p - _wanted(problem, label)
        gradient += (error.T @ x).ravel()
        scale += float(np.abs(error).sum())
        if problem.two_classes:
            hessian += x.T @ (x * (p[:, 0] * (1.0 - p[:, 0]))[:, None])
            continue
        mixed = (p[:, :, None] * x[:, None, :]).reshape(len(x), size)
        hessian -= mixed.T @ mixed
        for k in range(outputs):
            own = slice(k * unknowns, (k + 1) * unknowns)
            hessian[own, own] += x.T @ (x * p[:, k][:, None])
    values, vectors = eigh(hessian)
    if not values[-1] > 0:
        return False
    known = values > NULL * values[-1]
    step = -(vectors[:, known] / values[known]) @ (vectors[:, known].T @ gradient)
    if not _changes_no_odds(problem, vectors[:, ~known].reshape(outputs, unknowns, -1)):
        return False
    left, largest = np.zeros((outputs, unknowns)), 1.0
    for x, rows in _blocks(problem, size, chosen):
        p, label = probability[rows], labels[rows]
        moved = x @ step.reshape(outputs, unknowns).T
        if problem.two_classes:
            change = p * (1.0 - p) * moved
        else:
            change = p * (moved - (p * moved).sum(axis=1, keepdims=True))
        before = p - _wanted(problem, label)
        after = before + change
        mistaken = before != 0 if problem.two_classes else before > 0
        if np.any((np.sign(before) * after)[mistaken] <= SURVIVES):
            return False
        left += after.T @ x
        largest = max(largest, float(np.abs(x).max(initial=0.0)))
    return bool(np.abs(left).max() <= ROUNDING * max(scale, 1.0) * largest)


def _blocks(
    problem: PenalisedLoss, width: int, chosen: Rows | None
) -> Iterator[tuple[Array, slice]]:
    for rows in problem.blocks(width):
        if chosen is None:
            yield problem.unit_rows(rows), rows
        elif len(chosen[rows]):
            yield problem.unit_rows(chosen[rows]), rows


def _kept(probability: Array, label: NDArray[np.int32]) -> Array:
    """Return the probabilities with tiny errors set to 0."""
    if probability.shape[1] == 1:
        error = np.abs(probability[:, 0] - label)
        return np.where(error > COUNTS, probability[:, 0], label)[:, None]
    rows = np.arange(len(label))
    kept = np.where(probability > COUNTS, probability, 0.0)
    kept[rows, label] = 0.0
    kept[rows, label] = 1.0 - kept.sum(axis=1)
    return kept


def _wanted(problem: PenalisedLoss, label: NDArray[np.int32]) -> Array:
    if problem.two_classes:
        return label[:, None].astype(np.float64)
    wanted: Array = np.eye(problem.shape[0])[label]
    return wanted


def _changes_no_odds(problem: PenalisedLoss, directions: Array) -> bool:
    """Return whether directions of shape (n_outputs, n_unknowns, n) leave all odds as they are."""
    if not problem.two_classes:
        directions = directions - directions[:1]
    directions = directions[:, :, np.abs(directions).max(axis=(0, 1), initial=0.0) > 1e-8]
    if directions.shape[-1] == 0:
        return True
    for rows in problem.blocks(problem.shape[1] + directions[:, 0].size):
        x = problem.unit_rows(rows)
        moved = np.einsum("ij,kjd->ikd", x, directions, optimize=True)
        if np.abs(moved).max() > 1e-8 * (1.0 + np.abs(x).max()):
            return False
    return True
