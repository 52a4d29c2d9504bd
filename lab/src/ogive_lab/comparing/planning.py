"""What a comparison would do, checked in full without training anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ogive.data.commas import between_commas
from ogive.text import LANGUAGES, InputError, Text
from ogive_lab.comparing.sources import Source
from ogive_lab.comparing.wanted import BOUNDS, Wanted, command_of

if TYPE_CHECKING:
    from ogive.comparison.design.candidates import Candidate
    from ogive.comparison.design.problem import Problem
    from ogive.data import LabelledTable

__all__ = ["Most", "candidates_of", "plan", "refuse_much"]


class Most(NamedTuple):
    """What one comparison may have in this lab."""

    epochs: int
    seconds: float


def plan(
    source: Source, wanted: Wanted, most: Most, report: Any = None, stopped: Any = None
) -> dict[str, Any]:
    """Return what is about to be compared and how much work it is, ready for JSON.

    Parameters
    ----------
    source : Source
        The data.
    wanted : Wanted
        What to compare on them.
    most : Most
        What it may have.
    report, stopped : object
        As every job of a worker is given them.

    Raises
    ------
    InputError
        Whatever `ogive.compare` would refuse, and what is too much for the lab.
    """
    from ogive.comparison.design.problem import read_problem
    from ogive.data import select_target

    refuse_much(wanted, most)
    labelled = select_target(
        source.table(), wanted.target, task=wanted.task, ignore=list(wanted.ignore)
    )
    problem = read_problem(
        labelled.features,
        labelled.target,
        task=labelled.task,
        target_name=labelled.target_name,
        prepare=None,
    )
    n_fits = _fits_planned(labelled, wanted)
    candidates = candidates_of(wanted, labelled)
    repeats = 1 if wanted.budget is not None else wanted.n_repeats
    return {
        "task": labelled.task,
        "rows": labelled.features.height,
        "columns": labelled.features.width,
        "notices": [notice._asdict() for notice in labelled.notices],
        "candidates": [_named(candidate) for candidate in candidates],
        "fits": n_fits,
        "splits": wanted.n_splits * repeats,
        "command": command_of(wanted, source.name),
        **_about(problem),
    }


def refuse_much(wanted: Wanted, most: Most) -> None:
    """Refuse what is more than one comparison may have, as far as it shows without the data."""
    if wanted.max_iter > most.epochs:
        raise InputError(
            f"A training may have {most.epochs} epochs in this lab. Got {wanted.max_iter} instead.",
            f"在本实验室中每次训练最多 {most.epochs} 轮，得到的却是 {wanted.max_iter}。",
        )
    if wanted.budget is not None and wanted.budget > most.seconds:
        raise InputError(
            f"A comparison may take {most.seconds:g} seconds in this lab. Got a budget of "
            f"{wanted.budget:g} instead.",
            f"在本实验室中一次比较最多用时 {most.seconds:g} 秒，得到的时间预算却是 "
            f"{wanted.budget:g} 秒。",
        )
    for name in wanted.ignore:
        if between_commas(name) != [name]:
            raise InputError(
                f"Column {name!r} cannot be left out by its name, which has a comma in it; rename "
                "it in the file.",
                f"列“{name}”的列名中含有逗号，无法按名称去掉；请在文件中改名。",
            )


def _fits_planned(labelled: LabelledTable, wanted: Wanted) -> int:
    """Return how many fits a comparison begins with; it checks everything before the first."""
    from ogive.comparison.compare import compare

    def begun(done: int, total: int, phase: str) -> None:
        raise _Begun(total)

    try:
        compare(
            labelled.features,
            labelled.target,
            task=labelled.task,
            target_name=labelled.target_name,
            store=False,
            progress=begun,
            **wanted.settings(),
        )
    except _Begun as work:
        return work.total
    raise AssertionError("a comparison that says nothing of its fits")


class _Begun(Exception):
    """Ends a comparison before its first fit."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.total = total


def candidates_of(wanted: Wanted, labelled: LabelledTable) -> tuple[Candidate, ...]:
    """Return the candidates; refuse more or larger ones than the lab compares."""
    import numpy as np

    from ogive.comparison import compare
    from ogive.comparison.design.factors import make_candidates
    from ogive.comparison.design.settings import checked_rates, checked_sizes

    usual = compare.__kwdefaults__ or {}
    settings = {**usual, **wanted.settings()}
    classes = labelled.task == "classification"
    _, candidates = make_candidates(
        settings["vary"],
        activations=settings["activations"],
        hidden_layer_sizes=checked_sizes(settings["hidden_layer_sizes"]),
        learning_rates=checked_rates(settings["learning_rates"]),
        task=labelled.task,
        n_classes=len(np.unique(labelled.target)) if classes else None,
    )
    _refuse_large(candidates)
    return candidates


def _refuse_large(candidates: tuple[Candidate, ...]) -> None:
    if len(candidates) > BOUNDS["candidates"]:
        raise InputError(
            f"These are {len(candidates)} candidates, and the lab compares {BOUNDS['candidates']} "
            "at once; give fewer values.",
            f"共有 {len(candidates)} 个候选，而实验室一次最多比较 {BOUNDS['candidates']} 个；"
            "请减少取值。",
        )
    for candidate in candidates:
        sizes = candidate.hidden_layer_sizes
        if candidate.is_network and (len(sizes) > BOUNDS["layers"] or max(sizes) > BOUNDS["units"]):
            raise InputError(
                f"A network may have {BOUNDS['layers']} hidden layers of {BOUNDS['units']} units "
                f"in the lab; {candidate.label} is larger.",
                f"实验室中的网络最多 {BOUNDS['layers']} 个隐藏层、每层 {BOUNDS['units']} 个单元；"
                f"{candidate.label} 超出了这一限制。",
            )


def _named(candidate: Candidate) -> dict[str, Any]:
    from ogive.comparison.words.labels import label_text

    return {"label": candidate.label, **label_text(candidate.label)._asdict()}


def _about(problem: Problem) -> dict[str, Any]:
    """Return what the report's data card says of the data, by language."""
    from ogive.comparison.reporting.data_card import balance, data_facts
    from ogive.comparison.reporting.report_texts import TEXTS

    data = problem.summary
    title: Text = TEXTS["balance" if data.class_counts else "distribution"]
    return {
        "facts": {to: data_facts(data, problem.task, to) for to in LANGUAGES},
        "balance": {to: balance(data, to) for to in LANGUAGES},
        "balance_title": title._asdict(),
    }
