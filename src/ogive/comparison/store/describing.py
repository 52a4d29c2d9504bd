"""What is kept of a run besides its fits: enough to show it, to repeat it and to report on it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from ogive.activations import activation
from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.running.plan import fits_of_repeats
from ogive.comparison.running.stopping import Stopping
from ogive.comparison.store.identities import hashed, identity
from ogive.comparison.store.keys import KeyMaker, StoredKeys
from ogive.comparison.store.naming_objects import named, named_scorer, unnamed
from ogive.comparison.store.secrets import without_store
from ogive.passwords import without_passwords
from ogive.text import Text

__all__ = ["RunDescription", "describe_run", "planned_keys", "settings_from_plain"]


@dataclass(frozen=True)
class RunDescription:
    """A run, as it is entered in the store when it begins.

    Attributes
    ----------
    key : str
        Hash of data and settings: the same comparison of the same data has the same.
    data_name : str or None
    fingerprint : str
        Hash of the data.
    target, task : str
    settings : mapping
        Plain data, from which `settings_from_plain` makes `Settings` again.
    data : mapping
        The `DataSummary` as plain data.
    environment : mapping of str to str
    command : str
        What to type to repeat it.
    arguments : sequence of str
        The command line's words, without the program, passwords and the store; empty for a run
        of Python's.
    notices : sequence of Text
    planned : tuple of str
        Keys of the fits planned.
    """

    key: str
    data_name: str | None
    fingerprint: str
    target: str
    task: str
    settings: Mapping[str, Any]
    data: Mapping[str, Any]
    environment: Mapping[str, str]
    command: str
    arguments: Sequence[str]
    notices: Sequence[Text]
    planned: tuple[str, ...]


def describe_run(
    problem: Problem,
    settings: Settings,
    *,
    command: str,
    arguments: Sequence[str] = (),
    data_name: str | None = None,
    notices: Sequence[Text] = (),
    environment: Mapping[str, str] | None = None,
    stopping: Stopping | None = None,
    key_of: KeyMaker | None = None,
    engine: str = "threads",
) -> RunDescription:
    """Describe a run for `Store.begin`.

    Parameters
    ----------
    problem, settings : Problem, Settings
    command : str
        What to type to repeat it.
    arguments : sequence of str, default=()
        The command line's words, without the program. Passwords are not kept, in these as in the
        command, nor is the store.
    data_name : str, optional
    notices : sequence of Text, default=()
    environment : mapping of str to str, optional
    stopping : Stopping, optional
        Its precision and budget tell runs apart, as settings do.
    key_of : KeyMaker, optional
        Saves hashing the data again.
    engine : str, default="threads"
        Name of what does the fits.
    """
    keys = key_of or KeyMaker(problem, settings)
    plain = _settings_to_plain(settings)
    plain["keys"] = {"base": keys.base, "candidates": keys.candidates}
    plain["precision"] = None if stopping is None else stopping.precision
    plain["budget"] = None if stopping is None else stopping.budget
    plain["engine"] = engine
    labels = [[one.label, [identity(tuple(c)) for c in one.choices]] for one in settings.candidates]
    whole = [settings.n_repeats, identity(settings.rope), list(settings.vary)]
    limits = [identity(plain["precision"]), identity(plain["budget"])]
    return RunDescription(
        key=hashed(keys.base, keys.candidates, labels, whole, limits),
        data_name=data_name,
        fingerprint=keys.fingerprint,
        target=problem.target.name,
        task=problem.task,
        settings=plain,
        data=problem.summary.to_dict(),
        environment=dict(environment or {}),
        command=without_passwords(command),
        arguments=without_store(arguments),
        notices=tuple(notices),
        planned=tuple(planned_keys(settings, keys, range(settings.n_repeats))),
    )


def planned_keys(settings: Settings, key_of: StoredKeys, repeats: range) -> list[str]:
    """Return the keys of the fits of some repeats."""
    return [fit.key for fit in fits_of_repeats(settings, repeats, key_of)]


def _settings_to_plain(settings: Settings) -> dict[str, Any]:
    plain = {field.name: getattr(settings, field.name) for field in fields(settings)}
    plain["candidates"] = [_candidate_to_plain(one) for one in settings.candidates]
    plain["dtype"] = np.dtype(settings.dtype).name
    plain["scoring"] = named_scorer(settings.scoring)
    plain["prepare"] = named(settings.prepare)
    return json.loads(json.dumps(plain, default=_number))  # type: ignore[no-any-return]


def settings_from_plain(plain: Mapping[str, Any]) -> Settings:
    """Return the settings of a stored run.

    An estimator, a transformer or a scorer of the user's is replaced by something of its name that
    cannot be used: enough to report on a run, not to fit anything.
    """
    known = {field.name for field in fields(Settings)}
    values = {name: _tuples(value) for name, value in plain.items() if name in known}
    values["candidates"] = tuple(_candidate_from_plain(one) for one in plain["candidates"])
    values["dtype"] = np.dtype(plain["dtype"]).type
    values["scoring"] = unnamed(plain["scoring"])
    values["prepare"] = unnamed(plain["prepare"])
    return Settings(**values)


def _candidate_to_plain(candidate: Candidate) -> dict[str, Any]:
    given = candidate.activation
    layers = given if isinstance(given, list | tuple) else [given]
    plain = {field.name: getattr(candidate, field.name) for field in fields(candidate)}
    plain["factors"] = dict(candidate.factors)
    plain["model"] = named(candidate.model)
    plain["activation"] = [_activation_to_plain(layer) for layer in layers]
    return plain


def _candidate_from_plain(plain: Mapping[str, Any]) -> Candidate:
    known = {field.name for field in fields(Candidate)}
    values = {name: _tuples(value) for name, value in plain.items() if name in known}
    layers = [_activation_from_plain(one) for one in plain["activation"]]
    values["activation"] = layers[0] if len(layers) == 1 else layers
    values["choices"] = tuple(Choice(str(name), float(value)) for name, value in plain["choices"])
    values["factors"] = dict(plain["factors"])
    values["model"] = unnamed(plain["model"])
    return Candidate(**values)


def _activation_to_plain(given: Any) -> Any:
    found = activation(given)
    changed = found.subgradient != "torch" or found.per_unit
    if not changed and not found.parameters:
        return found.name
    return {
        "name": found.name,
        "parameters": dict(found.parameters),
        "subgradient": found.subgradient,
        "per_unit": found.per_unit,
    }


def _activation_from_plain(plain: Any) -> Any:
    if isinstance(plain, str):
        return activation(plain)
    choices = {key: plain[key] for key in ("subgradient", "per_unit") if plain[key]}
    return activation(plain["name"], **choices, **plain["parameters"])


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _number(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if hasattr(value, "__dataclass_fields__"):
        return asdict(value)
    return str(value)
