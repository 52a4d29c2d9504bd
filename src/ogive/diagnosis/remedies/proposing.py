"""Which remedies to try: those that the findings name, and sensible combinations of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.remedies.patient import Patient
from ogive.text import Text

__all__ = ["Proposal", "propose"]


class Proposal(NamedTuple):
    """A remedy to try, the codes of the findings that name it, and all keys that it goes by."""

    codes: tuple[str, ...]
    remedy: Remedy
    keys: tuple[str, ...]


class _Collected:
    """Proposals in order, each change of the patient once."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self._found: dict[Any, Proposal] = {}

    def add(self, codes: Sequence[str], remedy: Remedy) -> Any:
        """Take a remedy in and return its key; None where it changes nothing."""
        changes = self._patient.changes(remedy.parameters)
        if not changes:
            return None
        key = self._patient.key(changes)
        known = self._found.get(key)
        if known is None:
            changed = replace(remedy, parameters=changes)
            self._found[key] = Proposal(tuple(codes), changed, (remedy.key,))
        else:
            both = tuple(dict.fromkeys((*known.codes, *codes)))
            keys = tuple(dict.fromkeys((*known.keys, remedy.key)))
            self._found[key] = Proposal(both, known.remedy, keys)
        return key

    def __contains__(self, key: Any) -> bool:
        return key in self._found

    def __getitem__(self, key: Any) -> Proposal:
        return self._found[key]

    def __iter__(self) -> Any:
        return iter(self._found)


def propose(
    findings: Sequence[DiagnosisFinding], patient: Patient, max_remedies: int
) -> list[Proposal]:
    """Return the remedies to try, the most promising first.

    The first-named remedy of each finding comes first, the worst finding's before the others'; then
    their combinations; then the second-named ones, and so on. Remedies that change nothing of the
    patient are left out, and equal ones are tried once for all findings that name them.

    Combinations are all first-named changes at once (of the issues, where these name two or more),
    the worse finding's where two contradict each other; and, where first-named changes of the
    activation and of the initialisation are apart, these two together.

    Parameters
    ----------
    findings : sequence of DiagnosisFinding
        Issues and tips, the worst first.
    patient : Patient
    max_remedies : int
        How many to return at most; combinations come on top.
    """
    collected = _Collected(patient)
    first_named: list[tuple[DiagnosisFinding, Any]] = []
    for finding in findings:
        for remedy in finding.remedies:
            key = collected.add([finding.code], remedy)
            if key is not None:
                first_named.append((finding, key))
                break
    first_keys = list(collected)
    for rank in zip_longest(*(finding.remedies for finding in findings)):
        for finding, remedy in zip(findings, rank, strict=True):
            if remedy is not None:
                collected.add([finding.code], remedy)
    singles = [collected[key] for key in list(collected)[:max_remedies]]
    kept = set(first_keys[:max_remedies])
    combined = _combinations(
        [(finding, key) for finding, key in first_named if key in kept], collected, patient
    )
    return singles[: len(kept)] + combined + singles[len(kept) :]


def _combinations(
    first_named: Sequence[tuple[DiagnosisFinding, Any]], collected: _Collected, patient: Patient
) -> list[Proposal]:
    """Return all first-named changes at once, and activation and initialisation together."""
    issues = list(dict.fromkeys(key for finding, key in first_named if finding.severity == "issue"))
    every = list(dict.fromkeys(key for _, key in first_named))
    found: dict[Any, Proposal] = {}
    groups = [issues if len(issues) > 1 else every]
    groups.append([key for key in every if {name for name, _ in key} <= {"activation", "init"}])
    for group in groups:
        parts = _in_agreement([collected[key] for key in group])
        if len(parts) < 2:
            continue
        merged: dict[str, Any] = {}
        for part in parts:
            merged |= part.remedy.parameters
        key = patient.key(merged)
        if key not in collected and key not in found:
            found[key] = _together(parts, merged)
    return list(found.values())


def _in_agreement(parts: Sequence[Proposal]) -> list[Proposal]:
    """Return those that set no parameter otherwise than one before them does."""
    taken: dict[str, str] = {}
    agreeing = []
    for part in parts:
        values = {name: repr(value) for name, value in part.remedy.parameters.items()}
        if all(taken.get(name, value) == value for name, value in values.items()):
            taken |= values
            agreeing.append(part)
    return agreeing


def _together(parts: Sequence[Proposal], parameters: dict[str, Any]) -> Proposal:
    codes = tuple(dict.fromkeys(code for part in parts for code in part.codes))
    texts = [part.remedy.text for part in parts]
    text = Text(
        "All of these at once: " + " ".join(one.en for one in texts),
        "同时采取以下各项：" + "".join(one.zh for one in texts),
    )
    key = "+".join(part.remedy.key for part in parts)
    return Proposal(codes, Remedy(key, text, parameters), (key,))
