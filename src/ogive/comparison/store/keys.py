"""Keys of fits: a fit's result is determined by what its key is the hash of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ogive._engine import core
from ogive.activations import activation
from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import FitResult
from ogive.comparison.store.fingerprint import fingerprint
from ogive.comparison.store.identities import Identities, hashed, identity
from ogive.data.wording import listed
from ogive.text import Text

__all__ = ["RESULTS_VERSION", "KeyMaker", "StoredKeys"]

RESULTS_VERSION = 2
"""Raised when equal settings come to give other results, so that old ones are not mixed in."""

# What does not influence one fit: how many there are, what else is compared, what is said of them.
_OF_THE_WHOLE = frozenset(
    {"candidates", "learning_rates", "hidden_layer_sizes", "n_repeats", "vary", "rope"}
)

# What only networks are trained with.
_OF_NETWORKS = ("alpha", "batch_size", "max_iter", "n_iter_no_change", "solver")


class StoredKeys:
    """Makes keys from what a run's row holds.

    Parameters
    ----------
    base : str
        Hash of data and settings.
    candidates : mapping of str to str
        Hash of each candidate, by label.
    """

    def __init__(self, base: str, candidates: Mapping[str, str]) -> None:
        self.base = base
        self.candidates = dict(candidates)

    def __call__(self, candidate: Candidate, choice: Choice, repeat: int, fold: int) -> str:
        """Return the key of a candidate with a choice on one split."""
        which = self.candidates[candidate.label]
        return hashed(self.base, which, identity(tuple(choice)), repeat, fold)


class KeyMaker(StoredKeys):
    """Makes the keys of a comparison's fits.

    A key is the SHA-256 of the data, the settings that influence a single fit, candidate, choice
    and split, with the seed from which splits and weights are drawn. It does not depend on what
    else is compared, nor on the number of repeats. The compiled core has a part in it: another
    release or another build of it may round otherwise, and results of both must not be mixed.

    Parameters
    ----------
    problem : Problem
    settings : Settings

    Attributes
    ----------
    fingerprint : str
        Hash of the data alone.
    notices : tuple of Text
        Says what is the user's own and cannot be told from other things of its kind. It has a
        key that occurs once.
    """

    def __init__(self, problem: Problem, settings: Settings) -> None:
        self.fingerprint = fingerprint(problem)
        unknown: list[str] = []

        def known(found: Identities, name: str) -> None:
            if found.n_unknown:
                unknown.append(name)

        scoring, prepare = Identities(), Identities()
        shared = {
            field.name: identity(getattr(settings, field.name))
            for field in fields(settings)
            if field.name not in {*_OF_THE_WHOLE, *_OF_NETWORKS, "scoring", "prepare"}
        }
        shared["scoring"] = scoring.of(settings.scoring)
        shared["prepare"] = prepare.of_cloned(settings.prepare)
        known(scoring, "scoring")
        known(prepare, "prepare")
        candidates = {}
        for one in settings.candidates:
            model = Identities()
            candidates[one.label] = hashed(_identity_of(one, settings, model))
            known(model, repr(one.label))
        super().__init__(
            hashed(RESULTS_VERSION, _core_hash(), FitResult._fields, self.fingerprint, shared),
            candidates,
        )
        self.notices = (_fitted_anew(unknown),) if unknown else ()


def _fitted_anew(unknown: Sequence[str]) -> Text:
    names = listed(unknown)
    return Text(
        f"Something in {names.en} cannot be identified, such as an open file or code that uses "
        "eval: it might change unnoticed. Results that depend on it are not taken from the store; "
        "they are fitted anew in each run.",
        f"{names.zh} 中含有无法识别的内容（例如打开的文件，或使用 eval 的代码），其变化可能不被"
        "察觉。依赖它的结果不从存储中取用，每次运行都重新拟合。",
    )


@cache
def _core_hash() -> str:
    return sha256(Path(core.__file__).read_bytes()).hexdigest()


def _identity_of(candidate: Candidate, settings: Settings, model: Identities) -> Any:
    """Return what a candidate's results depend on; its label and its choices have no part."""
    if not isinstance(candidate.model, str):
        return model.of_cloned(candidate.model, overridden=True)
    if not candidate.is_network:
        return candidate.model
    given = candidate.activation
    layers = list(given) if isinstance(given, list | tuple) else [given]
    if len(layers) == 1:
        layers *= max(len(candidate.hidden_layer_sizes), 1)
    return [
        candidate.model,
        [_activation(layer) for layer in layers],
        list(candidate.hidden_layer_sizes),
        candidate.init,
        [identity(getattr(settings, name)) for name in _OF_NETWORKS],
    ]


def _activation(given: Any) -> Any:
    found = activation(given)
    return [
        found.name,
        found.definition.expression,
        identity(dict(found.parameters)),
        found.subgradient,
        found.per_unit,
    ]
