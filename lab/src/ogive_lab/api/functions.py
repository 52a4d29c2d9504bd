"""Activation functions: the catalogue, everything about one of them, and formulas of visitors."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from ogive.activations import CATALOGUE
from ogive.activations.lookup import definition_of
from ogive_lab.api.functions_catalogue import catalogue, slider
from ogive_lab.api.functions_details import details_job, made, properties_job
from ogive_lab.errors import Refusal
from ogive_lab.jobs import Job
from ogive_lab.state import CurrentVisitor, Lab, TheLab
from ogive_lab.visitors import Visitor
from ogive_lab.worker import Function

__all__ = ["router"]

router = APIRouter()

SECONDS_OF_FACTS = 8.0
SECONDS_OF_PROPERTIES = 60.0
MOST_AT_ONCE = 6
MOST_KEPT = 512
START = 1.0  # of a formula's parameter


@dataclass
class Known:
    """What has been derived already, for all visitors."""

    details: OrderedDict[str, dict[str, Any]] = field(default_factory=OrderedDict)
    properties: dict[str, dict[str, Any]] = field(default_factory=dict)
    deriving: asyncio.Task[None] | None = None


async def known_of(request: Request) -> Known:
    """Return what this lab knows."""
    state = request.app.state
    if not hasattr(state, "functions"):
        state.functions = Known()
    assert isinstance(state.functions, Known)
    return state.functions


TheKnown = Annotated[Known, Depends(known_of)]
Parameters = Annotated[dict[str, float], Field(max_length=200)]


class Question(BaseModel):
    """A function: a name of the catalogue or a formula, with its parameters."""

    model_config = ConfigDict(extra="forbid")
    name: str
    parameters: Parameters = {}
    subgradient: Literal["torch", "left", "right", "mean"] = "torch"


class Typed(BaseModel):
    """What a visitor typed, and the parameters that are known of it already."""

    model_config = ConfigDict(extra="forbid")
    text: str
    parameters: Parameters = {}


@router.get("/api/catalogue")
async def functions() -> dict[str, Any]:
    """Tell the names, families and parameters of all functions."""
    return catalogue()


@router.get("/api/catalogue/properties")
async def properties(lab: TheLab, visitor: CurrentVisitor, known: TheKnown) -> dict[str, Any]:
    """Tell what functions are chosen by; of those of which it is known by now.

    The first time they are derived, which takes some seconds, and then kept on this machine.
    """
    complete = len(known.properties) == len(CATALOGUE)
    if not complete and (known.deriving is None or known.deriving.done()):
        known.deriving = asyncio.create_task(_derive_properties(lab, visitor, known))
    return {"complete": complete, "functions": dict(known.properties)}


async def _derive_properties(lab: Lab, visitor: Visitor, known: Known) -> None:
    """Derive them one function at a time, so that nobody waits for all of them."""
    for name in CATALOGUE:
        if name in known.properties:
            continue
        work = partial(properties_job, name)
        job = await _finished(lab, visitor, "properties", work, SECONDS_OF_PROPERTIES)
        if job.state != "done":
            return  # whoever asks next begins again from here
        known.properties[name] = job.result


@router.post("/api/functions/details")
async def details(
    question: Question, lab: TheLab, visitor: CurrentVisitor, known: TheKnown
) -> dict[str, Any]:
    """Tell formulas, facts, advice and sources of one function, in both languages."""
    definition = definition_of(question.name)
    key = json.dumps(question.model_dump(), sort_keys=True)
    if key in known.details:
        known.details.move_to_end(key)
        return known.details[key]
    typed = definition.formula is not None
    work = partial(details_job, definition.name, question.parameters, question.subgradient)
    kind = "formula" if typed else "function"
    job = await _finished(lab, visitor, kind, work, SECONDS_OF_FACTS, instead=typed)
    if job.state == "stopped":
        raise Refusal(503)
    if job.state == "failed":
        assert job.error is not None
        raise Refusal(422, *job.error, details=job.details)
    found: dict[str, Any] = job.result
    known.details[key] = found
    if len(known.details) > MOST_KEPT:
        known.details.popitem(last=False)
    return found


async def _finished(
    lab: Lab, visitor: Visitor, kind: str, work: Function, seconds: float, *, instead: bool = False
) -> Job:
    most = None if instead else MOST_AT_ONCE
    job = lab.jobs.submit(
        visitor, kind, work, seconds=seconds, lane="quick", most=most, instead=instead
    )
    return await job.outcome


@router.post("/api/formula")
def formula(typed: Typed) -> dict[str, Any]:
    """Read what a visitor typed: a name of the catalogue, or a formula, which is compiled.

    The program is what the page's engine runs; parameters that are not given are 1. Anything
    else is refused, with its place in the text where there is one.
    """
    definition = definition_of(typed.text)
    if definition.formula is None:
        return {"kind": "catalogue", "name": definition.name}
    read = definition.formula
    values = {name: typed.parameters.get(name, START) for name in read.parameters}
    function = made(definition.name, values)
    constants, scratch, value, derivative, both = read.lines(function.parameters)
    return {
        "kind": "formula",
        "name": definition.name,
        "parameters": [
            {"name": name, "value": number, "slider": slider(START)}
            for name, number in function.parameters.items()
        ],
        "program": {
            "constants": constants,
            "scratch": scratch,
            "value": value,
            "derivative": derivative,
            "both": both,
        },
    }
