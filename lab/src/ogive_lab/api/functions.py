"""Activation functions: the catalogue, everything about one of them, and formulas of visitors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from ogive.activations.lookup import definition_of
from ogive_lab.functions.describing import made
from ogive_lab.functions.entries import slider
from ogive_lab.state import CurrentVisitor, TheLab

__all__ = ["router"]

router = APIRouter()

START = 1.0  # of a formula's parameter

Name = Annotated[str, Field(min_length=1, max_length=4000)]
Parameters = Annotated[
    dict[Annotated[str, Field(max_length=60)], Annotated[float, Field(allow_inf_nan=False)]],
    Field(max_length=200),
]


class Question(BaseModel):
    """A function: a name of the catalogue or a formula, with its parameters."""

    model_config = ConfigDict(extra="forbid")
    name: Name
    parameters: Parameters = {}
    subgradient: Literal["torch", "left", "right", "mean"] = "torch"


class Typed(BaseModel):
    """What a visitor typed, and the parameters that are known of it already."""

    model_config = ConfigDict(extra="forbid")
    text: Name
    parameters: Parameters = {}


@router.get("/api/catalogue")
async def catalogue(lab: TheLab) -> dict[str, Any]:
    """Tell names, families, parameters and properties of all functions.

    Until the lab has derived all properties, which takes some seconds the first time on a
    machine, ``complete`` is false, and those of some functions are null.
    """
    return lab.catalogue.all()


@router.post("/api/functions/details")
async def details(
    question: Question, lab: TheLab, visitor: CurrentVisitor, request: Request
) -> dict[str, Any]:
    """Tell formulas, facts, advice and sources of one function, in both languages.

    A formula that the visitor types on stops the work for the one before, whose request is
    answered with status 409.
    """
    definition = definition_of(question.name)
    return await lab.catalogue.details(
        request, visitor, definition.name, question.parameters, question.subgradient
    )


@router.post("/api/formula")
def formula(typed: Typed) -> dict[str, Any]:
    """Read what a visitor typed: a name of the catalogue, or a formula, which is compiled.

    The program is what the page's engine runs; parameters that are not given are 1. Anything
    else is refused; the error has its ``place`` in the text, where there is one.
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
