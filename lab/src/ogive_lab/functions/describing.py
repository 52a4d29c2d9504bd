"""Everything derived about one function, in both languages; it takes SymPy, and time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from ogive.activations.described import SUBGRADIENTS
from ogive.activations.facts.cache import clear_memory
from ogive.activations.facts.derivation import STEPS
from ogive.activations.facts.wording import FIELDS
from ogive.activations.lookup import activation
from ogive.activations.sheet.content import NOTES, Sheet, json_ready
from ogive.activations.sheet.names import label
from ogive.text import InputError, Text
from ogive_lab.functions.entries import told
from ogive_lab.functions.latex import formulas

# What `activation` takes beside the parameters of a function.
RESERVED = {"subgradient", "per_unit"}

if TYPE_CHECKING:
    from ogive import Activation
    from ogive.activations.described import Subgradient
    from ogive.activations.facts import Facts, Range
    from ogive_lab.worker import Report

__all__ = ["details", "details_job", "made", "properties", "properties_job"]


def properties_job(name: str, report: Report, stopped: Callable[[], bool]) -> dict[str, Any]:
    """Do `properties` in a worker."""
    return properties(name)


def details_job(
    name: str,
    parameters: Mapping[str, float],
    subgradient: Subgradient,
    report: Report,
    stopped: Callable[[], bool],
) -> dict[str, Any]:
    """Do `details` in a worker."""
    return details(name, parameters, subgradient)


def properties(name: str) -> dict[str, Any]:
    """Return what functions of the catalogue are chosen by, with their default parameters."""
    from ogive.activations.properties import properties as found

    function = activation(name)
    facts = function.facts
    record: dict[str, Any] = json_ready(
        {
            **found(function),
            "output_range": _range(facts.output_range),
            "derivative_range": _range(facts.derivative_range),
            "lipschitz": facts.lipschitz.value if facts.lipschitz else None,
        }
    )
    return record


def details(
    name: str, parameters: Mapping[str, float], subgradient: Subgradient = "torch"
) -> dict[str, Any]:
    """Return formulas, facts, advice and sources of a function.

    Parameters
    ----------
    name : str
        A name of the catalogue or a formula.
    parameters : mapping of str to float
    subgradient : {"torch", "left", "right", "mean"}
    """
    function = made(name, parameters, subgradient)
    known = function.definition.formula is None and not _changed(function)
    with nullcontext() if known else _nothing_kept():
        return _details(function)


def made(
    name: str, parameters: Mapping[str, float], subgradient: Subgradient = "torch"
) -> Activation:
    """Return a function of which a visitor named the parameters; any name may be among them."""
    given: dict[str, Any] = dict(parameters)
    for word in RESERVED.intersection(given):
        raise InputError(
            f"A function has no parameter {word!r}; leave it out.",
            f"函数没有参数 {word!r}；请去掉它。",
        )
    return activation(name, subgradient=subgradient, **given)


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Leave no trace in the user's cache folder: visitors slide through any number of functions."""
    before = os.environ.get("OGIVE_CACHE")
    os.environ["OGIVE_CACHE"] = os.devnull
    try:
        yield
    finally:
        clear_memory()
        if before is None:
            del os.environ["OGIVE_CACHE"]
        else:
            os.environ["OGIVE_CACHE"] = before


def _changed(function: Activation) -> bool:
    defaults = {p.name: p.default for p in function.definition.parameters}
    return dict(function.parameters) != defaults


def _details(function: Activation) -> dict[str, Any]:
    sheet, definition = Sheet(function), function.definition
    facts = function.facts
    record: dict[str, Any] = json_ready(
        {
            "name": function.name,
            "label": label(function),
            "kind": function.kind,
            "parameters": dict(function.parameters),
            "subgradient": function.subgradient,
            "latex": formulas(function),
            "derivation": _derivation(function),
            "note": told(NOTES[function.kind]) if function.kind in NOTES else None,
            "facts": _numbers(facts),
            "rows": _rows(facts),
            "slopes": _slopes(function),
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "title": told(finding.title),
                    "meaning": told(finding.meaning),
                    "remedy": told(finding.remedy),
                }
                for finding in function.findings
            ],
            "accuracy": sheet.accuracy,
            "init": function.init,
            "gain": function.gain,
            "strength": _advice(definition.strength),
            "weakness": _advice(definition.weakness),
            "references": list(definition.references),
        }
    )
    return record


def _advice(text: Text | None) -> dict[str, str] | None:
    return told(text) if text is not None and text.en else None


def _derivation(function: Activation) -> list[dict[str, Any]]:
    if function.definition.formula is not None:
        return []
    steps = STEPS.get(function.name, ())
    return [{"sentence": told(step.sentence), "latex": step.latex} for step in steps]


def _rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the facts in words, each with the name of its field."""
    fields = {label: field for field, label in FIELDS.items()}
    rows = []
    for en, zh in zip(facts.describe("en"), facts.describe("zh"), strict=True):
        about = Text(en[0], zh[0])
        row = {"field": fields[about], "label": told(about), "text": told(Text(en[1], zh[1]))}
        rows.append(row)
    return rows


def _range(found: Range | None) -> dict[str, Any] | None:
    if found is None or not found.known:
        return None
    return {
        "text": found.text,
        "latex": found.latex,
        "decimal": found.decimal,
        "exact": found.exact,
        "lower": found.lower,
        "upper": found.upper,
        "condition": found.condition,
    }


def _numbers(facts: Facts) -> dict[str, Any]:
    """Return the facts that the page computes with."""

    def value(number: Any) -> float | None:
        return None if number is None else number.value

    return {
        "output_range": _range(facts.output_range),
        "derivative_range": _range(facts.derivative_range),
        "general_output_range": _range(facts.general_output_range),
        "general_derivative_range": _range(facts.general_derivative_range),
        "kinks": [
            {part: value(getattr(kink, part)) for part in ("at", "left", "right", "used")}
            for kink in facts.kinks
        ],
        "jumps": [
            {part: value(getattr(jump, part)) for part in ("at", "left", "right", "value")}
            for jump in (*facts.jumps, *facts.gaps)
        ],
        "lipschitz": value(facts.lipschitz),
        "saturation": {kind: list(sides) for kind, sides in facts.saturation.items()},
        "limits": [{"value": value(end.value), "slope": value(end.slope)} for end in facts.limits],
        "undecided": list(facts.undecided),
    }


def _slopes(function: Activation) -> dict[str, list[dict[str, float]]]:
    """Return which derivative each choice uses at the kinks, where it is not the core's own."""
    if function.kind != "elementwise" or not function.facts.kinks:
        return {}
    return {
        choice: [
            {"z": z, "slope": slope}
            for z, slope in activation(function, subgradient=choice).chosen_slopes
        ]
        for choice in SUBGRADIENTS
    }
