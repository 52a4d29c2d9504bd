"""Activation functions: the catalogue, everything about one of them, and formulas of visitors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from ogive.activations.lookup import definition_of
from ogive.text import InputError, quoted
from ogive_lab.errors import Refusal
from ogive_lab.functions.describing import made
from ogive_lab.functions.entries import slider
from ogive_lab.state import CurrentVisitor, TheLab

if TYPE_CHECKING:
    from ogive.activations.formula.formula import Formula

__all__ = ["router"]

router = APIRouter()

START = 1.0  # of a formula's parameter
UNKNOWN = "activation "  # begins what is said of a name that is in no catalogue

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
    try:
        definition = definition_of(typed.text)
    except InputError as error:
        if not error.text.en.startswith(UNKNOWN):
            raise
        raise _for_the_page(error) from None
    if definition.formula is None:
        return {"kind": "catalogue", "name": definition.name}
    read = definition.formula
    _refuse_another_variable(typed.text, read)
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


def _for_the_page(error: InputError) -> InputError:
    """Return the error about a name nobody knows with the list that a visitor can look at."""
    en, zh = error.text.en, error.text.zh
    return InputError(
        en.replace("ogive.activations() lists", "The gallery of the page Functions shows"),
        zh.replace("ogive.activations() 列出", "“激活函数”页的“函数一览”列出"),
    )


def _refuse_another_variable(text: str, read: Formula) -> None:
    """Refuse a function of x, which would be a constant with a parameter of that name."""
    if read.tree.depends_on_z() or len(read.parameters) != 1:
        return
    (name,) = read.parameters
    found = re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", text)
    raise Refusal(
        422,
        f"formula: there is no z in {quoted(text)}, so it would be a constant. Did you mean z where"
        f" {quoted(name)} stands? The variable is always called z.",
        f"公式 {quoted(text)} 中没有 z，因此只是一个常数。{quoted(name)} 处是想写 z 吗？"
        "自变量总是写作 z。",
        details={"place": list(found.span())} if found else {},
    )
