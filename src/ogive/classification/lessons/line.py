"""Where a logistic regression changes its mind: the line between two classes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, overload

import numpy as np

from ogive.classification.rows.given_rows import coefficients, feature_names
from ogive.text import InputError, Language, default_language, quoted

__all__ = ["DecisionLine", "DecisionLines", "Side", "decision_lines"]

Side = Literal["above", "below", "right", "left", "everywhere", "nowhere"]


@dataclass(frozen=True, repr=False)
class DecisionLine:
    """The line on which two classes are equally probable: ``z = w1 x1 + w2 x2 + b = 0``.

    Attributes
    ----------
    w1, w2, b : float
        Of z, which is positive where the positive class is the more probable of the two. `b` takes
        in the features that are held.
    slope, intercept : float
        The lecture's w' = -w1/w2 and b' = -b/w2, of the line ``x2 = w' x1 + b'``; NaN where the
        line is vertical, and where there is none.
    at : float
        Where a vertical line stands, ``x1 = -b/w1``; otherwise NaN.
    positive_side : {"above", "below", "right", "left", "everywhere", "nowhere"}
        Where the positive class is the more probable: above the line for w2 > 0, below it for
        w2 < 0; beside a vertical line by the sign of w1; for w1 = w2 = 0 there is no line.
    features : tuple of two str
        Names of x1, the horizontal one, and x2.
    positive, negative : object
        The two classes.
    held : dict of str to float
        The other features and the values they are held at.
    language : {"en", "zh"}
        Of the text.
    """

    w1: float
    w2: float
    b: float
    slope: float
    intercept: float
    at: float
    positive_side: Side
    features: tuple[str, str]
    positive: Any
    negative: Any
    held: Mapping[str, float]
    language: Language

    @property
    def vertical(self) -> bool:
        """Whether the line is vertical."""
        return not math.isnan(self.at)

    @property
    def exists(self) -> bool:
        """Whether there is a line at all."""
        return self.w1 != 0 or self.w2 != 0

    def text(self, language: Language | None = None) -> str:
        """Return the equation and the side of the positive class, in words."""
        from ogive.classification.lessons.line_texts import line_text

        return line_text(self, language or self.language)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON; what does not exist is None."""
        numbers = ("w1", "w2", "b", "slope", "intercept", "at")
        return {
            **{name: _known(getattr(self, name)) for name in numbers},
            "positive_side": self.positive_side,
            "features": list(self.features),
            "positive": _plain(self.positive),
            "negative": _plain(self.negative),
            "held": dict(self.held),
        }

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()


class DecisionLines(Sequence[DecisionLine]):
    """A line for each pair of classes, in the order (0, 1), (0, 2) …; prints as text."""

    def __init__(self, lines: Sequence[DecisionLine]) -> None:
        self._lines = tuple(lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> DecisionLine: ...
    @overload
    def __getitem__(self, index: slice) -> DecisionLines: ...
    def __getitem__(self, index: int | slice) -> DecisionLine | DecisionLines:
        if isinstance(index, slice):
            return DecisionLines(self._lines[index])
        return self._lines[index]

    def __iter__(self) -> Iterator[DecisionLine]:
        return iter(self._lines)

    def text(self, language: Language | None = None) -> str:
        """Return all of them in words, one after another."""
        return "\n".join(line.text(language) for line in self._lines)

    def to_dict(self) -> list[dict[str, Any]]:
        """Return all of them as plain data."""
        return [line.to_dict() for line in self._lines]

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()


def decision_lines(
    model: Any,
    features: Sequence[Any] | None = None,
    *,
    at: Mapping[Any, float] | None = None,
    language: Language | None = None,
) -> DecisionLine | DecisionLines:
    """Return the line or lines of a model; see ``LogisticRegression.decision_line``."""
    names = feature_names(model)
    first, second = _two_of(names, features)
    held = _held(names, (first, second), at)
    coef, intercept = coefficients(model)
    constants = intercept + sum(
        (coef[:, j] * value for j, value in held.items()), start=np.zeros(len(coef))
    )
    weights = np.column_stack([coef[:, first], coef[:, second], constants])
    classes = model.classes_
    if len(classes) == 2:
        pairs = [(0, 1, weights[0])]
    else:
        k = len(classes)
        pairs = [(i, j, weights[j] - weights[i]) for i, j in combinations(range(k), 2)]
    lines = [
        _line(
            *(float(value) for value in z),
            features=(names[first], names[second]),
            positive=classes[j],
            negative=classes[i],
            held={names[c]: value for c, value in held.items()},
            language=language or default_language(),
        )
        for i, j, z in pairs
    ]
    return lines[0] if len(classes) == 2 else DecisionLines(lines)


def _line(w1: float, w2: float, b: float, **of: Any) -> DecisionLine:
    slope = intercept = at = math.nan
    side: Side
    if w2 != 0:
        slope, intercept = -w1 / w2 + 0.0, -b / w2 + 0.0
        side = "above" if w2 > 0 else "below"
    elif w1 != 0:
        at, side = -b / w1 + 0.0, "right" if w1 > 0 else "left"
    else:
        side = "everywhere" if b > 0 else "nowhere"
    return DecisionLine(w1, w2, b, slope, intercept, at, side, **of)


def _two_of(names: Sequence[str], features: Sequence[Any] | None) -> tuple[int, int]:
    if len(names) < 2:
        raise InputError(
            "A line needs two features, and the model has only one: its classes meet at the point "
            "-intercept_ / coef_.",
            "直线需要两个特征，而模型只有一个：两类的分界是点 -intercept_ / coef_。",
        )
    if features is None:
        if len(names) == 2:
            return 0, 1
        raise InputError(
            f"The model has {len(names)} features: choose the two of the plane, for example "
            f"features=({names[0]!r}, {names[1]!r}), and give values for the others by at=.",
            f"模型有 {len(names)} 个特征：请选出平面的两个，例如 "
            f"features=({names[0]!r}, {names[1]!r})，并用 at= 给出其他特征的值。",
        )
    if isinstance(features, str) or len(features) != 2:
        raise InputError(
            f"features must be two names or positions. Got {features!r} instead.",
            f"features 必须是两个名称或序号，得到的却是 {features!r}。",
        )
    first, second = (_place(one, names, "features") for one in features)
    if first == second:
        raise InputError(
            f"features names {names[first]!r} twice; a plane needs two different ones.",
            f"features 中 {names[first]!r} 出现了两次；平面需要两个不同的特征。",
        )
    return first, second


def _held(
    names: Sequence[str], plane: tuple[int, int], at: Mapping[Any, float] | None
) -> dict[int, float]:
    held = {}
    for name, value in (at or {}).items():
        place = _place(name, names, "at")
        if place in plane:
            raise InputError(
                f"at gives a value for {names[place]!r}, which is one of the two features of the "
                "plane.",
                f"at 给出了 {names[place]!r} 的值，而它是平面的两个特征之一。",
            )
        if not isinstance(value, int | float | np.number) or not np.isfinite(value):
            raise InputError(
                f"at[{name!r}] must be a finite number. Got {value!r} instead.",
                f"at[{name!r}] 必须是有限的数，得到的却是 {value!r}。",
            )
        held[place] = float(value)
    missing = [names[j] for j in range(len(names)) if j not in held and j not in plane]
    if missing:
        shown = ", ".join(map(quoted, missing[:5])) + (", …" if len(missing) > 5 else "")
        raise InputError(
            f"at gives no value for {shown}: the line depends on them, so give each one, for "
            f"example at={{{missing[0]!r}: 0.0}}, or its mean.",
            f"at 没有给出 {shown} 的值：直线的位置取决于它们，请逐一给出，"
            f"例如 at={{{missing[0]!r}: 0.0}}，或取其均值。",
        )
    return dict(sorted(held.items()))


def _place(member: Any, names: Sequence[str], argument: str) -> int:
    if isinstance(member, str) and member in names:
        return list(names).index(member)
    if isinstance(member, int | np.integer) and not isinstance(member, bool):
        position = int(member)
        if 0 <= position < len(names):
            return position
    shown = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
    raise InputError(
        f"{argument} names the feature {member!r}, which the model does not have. Give names or "
        f"positions from 0 to {len(names) - 1}; the features are {shown}.",
        f"{argument} 中的特征 {member!r} 不在模型中。请给出名称或 0 到 {len(names) - 1} 的序号；"
        f"模型的特征为 {shown}。",
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _plain(label: Any) -> Any:
    return label.item() if isinstance(label, np.generic) else label
