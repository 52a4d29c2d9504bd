"""Networks trained in a page, measured by the library."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from ogive_lab.diagnosing import diagnose_network
from ogive_lab.state import CurrentVisitor, TheLab

__all__ = ["PageNetwork", "router"]

router = APIRouter()

SECONDS = 30.0
MOST_LAYERS = 12
MOST_EPOCHS = 10_000_000

Row = Annotated[list[float], Field(max_length=1000)]
Rows = Annotated[list[Row], Field(max_length=5000)]
Targets = Annotated[list[float], Field(max_length=5000)]
Curve = Annotated[list[float], Field(max_length=5000)]


class PageFunction(BaseModel):
    """A name of the catalogue or a formula, and its parameters."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=1000)
    parameters: dict[str, Annotated[float, Field(allow_inf_nan=False)]] = Field(
        default_factory=dict, max_length=8
    )


class PageParameters(BaseModel):
    """Parameters of the estimator, by the library's names."""

    model_config = ConfigDict(extra="forbid")

    solver: Literal["sgd", "adam", "adamw"]
    learning_rate_init: float = Field(gt=0, allow_inf_nan=False)
    learning_rate: Literal["constant", "invscaling", "adaptive", "cosine"] = "constant"
    momentum: float = Field(default=0.9, ge=0, le=1)
    nesterovs_momentum: bool = True
    alpha: float = Field(default=0.0001, ge=0, allow_inf_nan=False)
    batch_size: int = Field(ge=1, le=1_000_000)
    dropout: float = Field(default=0.0, ge=0, lt=1)
    init: Literal[
        "glorot_uniform",
        "glorot_normal",
        "he_uniform",
        "he_normal",
        "lecun_uniform",
        "lecun_normal",
        "auto",
    ] = "glorot_uniform"
    random_state: int = Field(default=0, ge=0, lt=2**32)


class PageNetwork(BaseModel):
    """A network as the page holds it, the rows it learns from, and its course."""

    model_config = ConfigDict(extra="forbid")

    estimator: Literal["MLPClassifier", "MLPRegressor"]
    parameters: PageParameters
    activations: list[PageFunction] = Field(default_factory=list, max_length=MOST_LAYERS)
    coefs: list[Rows] = Field(min_length=1, max_length=MOST_LAYERS + 1)
    intercepts: list[Row] = Field(min_length=1, max_length=MOST_LAYERS + 1)
    X: Rows = Field(min_length=1)
    y: Targets = Field(min_length=1)
    """Numbers of the classes, or targets."""
    X_validation: Rows = Field(default_factory=list)
    y_validation: Targets = Field(default_factory=list)
    epochs: int = Field(ge=0, le=MOST_EPOCHS)
    loss_curve: Curve = Field(default_factory=list)
    validation_loss_curve: Curve = Field(default_factory=list)
    validation_scores: Curve = Field(default_factory=list)
    nonfinite: bool = False
    """Whether training ended because a number was not finite."""


class TwoLanguages(BaseModel):
    """A text in both languages."""

    en: str
    zh: str


class ToldRemedy(BaseModel):
    """One change to try, and the effect predicted."""

    key: str
    text: TwoLanguages
    effect: TwoLanguages | None


class ToldFinding(BaseModel):
    """What one check of the diagnosis found."""

    code: str
    name: TwoLanguages
    severity: Literal["issue", "tip", "passed", "not applicable"]
    kind: str
    layer: str | None
    title: TwoLanguages
    meaning: TwoLanguages
    remedy: TwoLanguages
    remedies: list[ToldRemedy]


class ToldDiagnosis(BaseModel):
    """All findings, those that will spoil the work first."""

    findings: list[ToldFinding]


@router.post("/api/networks/diagnosis")
async def diagnosis(
    network: PageNetwork, lab: TheLab, visitor: CurrentVisitor, request: Request
) -> ToldDiagnosis:
    """Measure a network and say what is wrong with it, why, and what to do."""
    work = partial(diagnose_network, network.model_dump())
    job = lab.jobs.submit(visitor, "diagnosis", work, seconds=SECONDS, lane="quick", instead=True)
    told: dict[str, Any] = await lab.jobs.answer(job, request)
    return ToldDiagnosis(**told)
