"""What a network that falls behind may show inside: the number, its limit, and how it is told.

===================  =====================================================  ===================
sign                 shows in a split where                                 limit
===================  =====================================================  ===================
no gradient          no hidden layer had a gradient while learning, and     0, 99 %
                     nearly all hidden units are dead
dead units           share of dead units of some hidden layer is above      ``dead_share``
vanishing gradient   gradient of the first layer's weights over that of     ``vanishing_ratio``
                     the last is below
exploding gradient   the same is above                                      ``exploding_ratio``
saturated units      share of saturated units of some hidden layer is above ``saturated_share``
overfitting          share of the fall of the training loss that is missing ``validation_lost``
                     on validation rows is above
linear               all hidden activations are the identity
learnt little        fall of the training loss as a share of the best       ``explained_tip``
                     constant answer's is below
still learning       training ended by ``max_iter``
edge                 the least or the greatest of three or more values
                     offered was chosen
===================  =====================================================  ===================

Losses are those of the epoch whose weights were kept. The fall is from the loss of the best
constant answer: the entropy of the class shares, or half the variance of a standardised target.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.activations import activation
from ogive.comparison.design.candidates import Candidate
from ogive.comparison.outcome import Outcome
from ogive.comparison.rows import Row
from ogive.comparison.words import sign_texts as texts
from ogive.comparison.words.sign_texts import Facts
from ogive.diagnosis import Thresholds
from ogive.text import Text

__all__ = ["SIGNS", "Shown", "Sign", "Yardstick", "is_linear", "yardstick"]

NEARLY_ALL = 0.99
LIMITS = Thresholds()


class Yardstick(NamedTuple):
    """What losses are compared with: that of the best constant answer."""

    loss: float


def yardstick(task: str, class_counts: Mapping[str, int] | None) -> Yardstick:
    """Return the loss of the best constant answer of a comparison's networks."""
    if task == "regression" or not class_counts:
        return Yardstick(0.5)
    shares = np.array(list(class_counts.values()), dtype=np.float64)
    shares = shares[shares > 0] / shares.sum()
    return Yardstick(float(-(shares * np.log(shares)).sum()))


class Sign(NamedTuple):
    """One of the signs.

    Attributes
    ----------
    key : str
    code : str
        Of the finding of `ogive diagnose` that it resembles; empty where there is none.
    covers : tuple of str
        Keys of later signs that go without saying.
    shows : callable
        Tells of an outcome, its candidate and the yardstick whether the sign shows.
    facts : callable
        Sums up the outcomes of a candidate, given these, it, its row and the yardstick.
    tell : callable
        Returns a clause from the facts of the one behind and of the best, and the best's name.
    """

    key: str
    code: str
    covers: tuple[str, ...]
    shows: Callable[[Outcome, Candidate, Yardstick], bool]
    facts: Callable[[Sequence[Outcome], Candidate, Row, Yardstick], Facts]
    tell: Callable[[Facts, Facts, Text], Text]


class Shown(NamedTuple):
    """A sign that may be told, with its clause."""

    sign: Sign
    text: Text


def is_linear(candidate: Candidate) -> bool:
    """Tell whether a candidate is linear: a family without hidden layers, or only identities."""
    if not candidate.is_network:
        return isinstance(candidate.model, str)
    given = candidate.activation
    layers = given if isinstance(given, list | tuple) else [given]
    return all(activation(layer).name == "identity" for layer in layers)


def _largest(shares: NDArray[np.float64]) -> float:
    return float(np.max(shares)) if len(shares) else math.nan


def _of_layers(field: str) -> Callable[[Sequence[Outcome], Candidate, Row, Yardstick], Facts]:
    """Return what finds the layer with the largest mean share, and this share."""

    def facts(done: Sequence[Outcome], candidate: Candidate, row: Row, yard: Yardstick) -> Facts:
        shares = [getattr(one, field) for one in done]
        if not shares or not len(shares[0]):
            return Facts(math.nan)
        means = np.mean(shares, axis=0)
        layer = int(np.argmax(means))
        return Facts(float(means[layer]), layer=layer + 1)

    return facts


def _ratio(done: Sequence[Outcome], candidate: Candidate, row: Row, yard: Yardstick) -> Facts:
    return Facts(row.gradient_ratio)


def _losses(outcome: Outcome) -> tuple[float, float]:
    """Training and validation loss of the epoch whose weights were kept."""
    epoch = outcome.best_epoch - 1
    if not 0 <= epoch < min(len(outcome.loss_curve), len(outcome.validation_loss_curve)):
        return math.nan, math.nan
    return float(outcome.loss_curve[epoch]), float(outcome.validation_loss_curve[epoch])


def _lost(outcome: Outcome, yard: Yardstick) -> float:
    training, validation = _losses(outcome)
    fall = yard.loss - training
    return (validation - training) / fall if fall > 0 else math.nan


def _explained(outcome: Outcome, yard: Yardstick) -> float:
    return 1 - _losses(outcome)[0] / yard.loss


def _of_losses(done: Sequence[Outcome], candidate: Candidate, row: Row, yard: Yardstick) -> Facts:
    pairs = np.array([_losses(one) for one in done]).reshape(-1, 2)
    known = pairs[np.isfinite(pairs).all(axis=1)]
    training, validation = np.median(known, axis=0) if len(known) else (math.nan, math.nan)
    return Facts(float(training), other=float(validation), n_parameters=row.n_parameters)


def _edge(outcome: Outcome, candidate: Candidate) -> int:
    """Return -1 or 1 where the least or the greatest value offered was chosen, otherwise 0."""
    values = [choice.value for choice in candidate.choices]
    if len(values) < 3 or not math.isfinite(outcome.chosen):
        return 0
    return int(outcome.chosen == max(values)) - int(outcome.chosen == min(values))


def _counted(
    shows: Callable[[Outcome, Candidate, Yardstick], bool],
) -> Callable[[Sequence[Outcome], Candidate, Row, Yardstick], Facts]:
    """Return what counts the splits in which a sign shows."""

    def facts(done: Sequence[Outcome], candidate: Candidate, row: Row, yard: Yardstick) -> Facts:
        count = sum(shows(one, candidate, yard) for one in done)
        return Facts(count, n_splits=len(done), other=row.chosen, parameter=row.parameter)

    return facts


def _no_gradient(outcome: Outcome, candidate: Candidate, yard: Yardstick) -> bool:
    hidden = outcome.gradients[:-1]
    return len(hidden) > 0 and not np.any(hidden) and outcome.dead_share >= NEARLY_ALL


def _at_limit(outcome: Outcome, candidate: Candidate, yard: Yardstick) -> bool:
    return outcome.at_limit


def _least(outcome: Outcome, candidate: Candidate, yard: Yardstick) -> bool:
    return _edge(outcome, candidate) < 0


def _greatest(outcome: Outcome, candidate: Candidate, yard: Yardstick) -> bool:
    return _edge(outcome, candidate) > 0


SIGNS = (
    Sign(
        "no gradient",
        "OGV101",
        ("dead", "vanishing", "learnt little", "edge"),
        _no_gradient,
        lambda _, __, row, ___: Facts(row.dead_share),
        texts.tell_no_gradient,
    ),
    Sign(
        "dead",
        "OGV101",
        ("vanishing",),
        lambda one, *_: _largest(one.dead_shares) > LIMITS.dead_share,
        _of_layers("dead_shares"),
        texts.tell_dead,
    ),
    Sign(
        "vanishing",
        "OGV102",
        (),
        lambda one, *_: one.gradient_ratio < LIMITS.vanishing_ratio,
        _ratio,
        texts.tell_ratio,
    ),
    Sign(
        "exploding",
        "OGV103",
        (),
        lambda one, *_: one.gradient_ratio > LIMITS.exploding_ratio,
        _ratio,
        texts.tell_ratio,
    ),
    Sign(
        "saturated",
        "OGV101",
        (),
        lambda one, *_: _largest(one.saturated_shares) > LIMITS.saturated_share,
        _of_layers("saturated_shares"),
        texts.tell_saturated,
    ),
    Sign(
        "overfitting",
        "OGV111",
        (),
        lambda one, _, yard: _lost(one, yard) > LIMITS.validation_lost,
        _of_losses,
        texts.tell_overfitting,
    ),
    Sign(
        "linear",
        "",
        (),
        lambda _, candidate, __: is_linear(candidate),
        _ratio,
        texts.tell_linear,
    ),
    Sign(
        "learnt little",
        "OGV111",
        (),
        lambda one, _, yard: _explained(one, yard) < LIMITS.explained_tip,
        _of_losses,
        texts.tell_learnt_little,
    ),
    Sign("at limit", "OGV111", (), _at_limit, _counted(_at_limit), texts.tell_at_limit),
    Sign("edge", "OGV106", (), _least, _counted(_least), texts.tell_edge("least", "小")),
    Sign("edge", "OGV106", (), _greatest, _counted(_greatest), texts.tell_edge("greatest", "大")),
)
"""In the order in which they are told."""
