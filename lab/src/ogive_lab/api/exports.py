"""The present model of a room, to take along."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from ogive_lab.exporting import Form, export
from ogive_lab.state import CurrentVisitor, TheLab

__all__ = ["router"]

router = APIRouter()

KINDS = {
    "python": ("text/x-python; charset=utf-8", "model.py"),
    "numpy": ("text/x-python; charset=utf-8", "model_numpy.py"),
    "json": ("application/json", "model.json"),
    "onnx": ("application/octet-stream", "model.onnx"),
}
SECONDS = 20.0

Row = Annotated[list[float], Field(max_length=1000)]


class PageActivation(BaseModel):
    """A name of the catalogue or a formula, and its parameters."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=1000)
    parameters: dict[str, float] = Field(default_factory=dict, max_length=8)


class PageReduction(BaseModel):
    """How two-class models, the outputs of the last layer, decide among many classes."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["one_vs_one", "one_vs_rest", "output_code"]
    decision: Literal["vote", "elimination"] = "vote"
    """Of one against one."""
    decoding: Literal[
        "euclidean",
        "hamming",
        "loss",
        "exponential_loss",
        "hinge_loss",
        "logistic_loss",
        "squared_loss",
        "squared_hinge_loss",
        "probabilistic",
    ] = "euclidean"
    """Of code words, as `code_book`: a row for each class."""
    code_book: (
        list[Annotated[list[Annotated[int, Field(ge=-1, le=1)]], Field(max_length=1000)]] | None
    ) = Field(default=None, max_length=1000)


class PageModel(BaseModel):
    """A model as the page holds it."""

    model_config = ConfigDict(extra="forbid")

    estimator: Literal[
        "LinearRegression",
        "LogisticRegression",
        "MLPClassifier",
        "MLPRegressor",
    ]
    parameters: dict[str, Any] = Field(default_factory=dict, max_length=40)
    """Of the estimator, by scikit-learn's names; `activation` as a list of `PageActivation`."""
    coefs: list[Annotated[list[Row], Field(max_length=1000)]] = Field(min_length=1, max_length=30)
    intercepts: list[Row] = Field(min_length=1, max_length=30)
    activations: list[PageActivation] = Field(default_factory=list, max_length=30)
    output: Literal["identity", "logistic", "softmax"]
    classes: list[int | str] | None = Field(default=None, max_length=1000)
    reduction: PageReduction | None = None
    center: Row | None = None
    scale: Row | None = None
    X: list[Row] | None = Field(default=None, max_length=100_000)
    y: list[int | float | str] | None = Field(default=None, max_length=100_000)


@router.post("/api/exports/{form}", response_class=Response)
async def write(form: Form, model: PageModel, lab: TheLab, visitor: CurrentVisitor) -> Response:
    """Write a model as Python that makes it again, as NumPy source, as ONNX or as JSON."""
    work = partial(export, model.model_dump(), form)
    job = lab.jobs.submit(visitor, "export", work, seconds=SECONDS, lane="quick", most=4)
    content = (await job.outcome).value()
    kind, name = KINDS[form]
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": disposition})
