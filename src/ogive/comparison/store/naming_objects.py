"""Names of a user's objects, which the store keeps in place of the objects."""

from __future__ import annotations

from typing import Any, NoReturn

from sklearn import metrics

from ogive.comparison.scoring.names import Scoring, scoring_name
from ogive.text import InputError

__all__ = ["named", "named_scorer", "unnamed"]


def named(value: Any) -> Any:
    """Return names as they are, and of an object how it is written."""
    return value if value is None or isinstance(value, str) else {"object": str(value)}


def named_scorer(scoring: Scoring) -> Any:
    """Return the name of a score, with what is told of it."""
    if isinstance(scoring, str):
        return scoring
    metric = getattr(scoring, "_score_func", None)
    name = getattr(metric, "__name__", "")
    return {
        "object": scoring_name(scoring),
        "lower_is_better": getattr(scoring, "_sign", 1) < 0,
        "metric": name if metric is not None and getattr(metrics, name, None) is metric else None,
        "written": {key: repr(value) for key, value in getattr(scoring, "_kwargs", {}).items()},
    }


def unnamed(plain: Any) -> Any:
    """Return a name as it is, and for an object something that goes by its name."""
    if not isinstance(plain, dict):
        return plain
    found = _Named(plain["object"])
    if plain.get("lower_is_better"):
        found._sign = -1
    metric = getattr(metrics, plain.get("metric") or "", None)
    if metric is not None:  # whose range is known
        found._score_func = metric
        found._kwargs = {key: _Written(text) for key, text in plain["written"].items()}
    return found


class _Named:
    """Stands for an object of the user's that the store does not keep."""

    _sign: int
    _score_func: Any
    _kwargs: dict[str, Any]

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __call__(self, *_: Any, **__: Any) -> NoReturn:
        raise InputError(
            f"{self.__name__!r} was an object in Python, which the store does not keep; repeat "
            "the call of ogive.compare that made it.",
            f"{self.__name__!r} 是 Python 中的对象，存储不保存它；请重新执行当时的 ogive.compare。",
        )

    def __repr__(self) -> str:
        return self.__name__


class _Written:
    """A value of which only the text is known."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text
