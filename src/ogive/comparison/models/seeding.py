"""Gives an estimator the seed of a split, so that equal calls give equal results."""

from __future__ import annotations

import copy
from typing import Any

from sklearn.base import clone

__all__ = ["seeded"]


def seeded(estimator: Any, seed: int, *, all_anew: bool) -> Any:
    """Return a clone in which what is drawn at random comes from the seed.

    Parameters
    ----------
    estimator : estimator
        Also one that holds others, as a pipeline or a search does, or a splitter as ``cv``.
    seed : int
        Of the split.
    all_anew : bool
        Whether each ``random_state`` is set and one thread is used; otherwise only what is None
        is set.
    """
    made = clone(estimator)
    if not hasattr(made, "get_params"):
        return made
    state = seed % 2**32
    changed: dict[str, Any] = {}
    for name, value in made.get_params(deep=True).items():
        last = name.rpartition("__")[2]
        if last == "random_state":
            if all_anew or value is None:
                changed[name] = state
        elif last == "n_jobs":
            # Each fit has a thread, so that times can be compared; sums over threads also come
            # out in another order each time.
            if all_anew and value is not None:
                changed[name] = 1
        elif _draws(value, all_anew):
            changed[name] = copy.copy(value)
            changed[name].random_state = state
    return made.set_params(**changed) if changed else made


def _draws(value: Any, all_anew: bool) -> bool:
    """Tell whether it is a splitter, or the like, that has no parameters to set but draws."""
    own = getattr(value, "__dict__", {})
    if "random_state" not in own or hasattr(value, "get_params") or isinstance(value, type):
        return False
    return own.get("shuffle", True) is not False and (all_anew or own["random_state"] is None)
