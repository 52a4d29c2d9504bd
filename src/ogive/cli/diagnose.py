"""``ogive diagnose``: what is wrong with a saved network, why, and what to do."""

from __future__ import annotations

import json as json_module
import shlex
import sys
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ogive.cli import diagnose_options as of_diagnosis
from ogive.cli.files import check_output, replacing
from ogive.cli.language import both
from ogive.cli.options import Force, Lang, Quiet, typed
from ogive.cli.progress import fits_progress, stages
from ogive.cli.screen import Screen
from ogive.cli.values import assignments, chosen, whole
from ogive.data.wording import nearest
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosis import Diagnosis
    from ogive.diagnosis.thresholds import Thresholds
    from ogive.persistence import TableModel

__all__ = ["HELP", "diagnose"]

HELP = both(
    "Find out what is wrong with a network, why, and what to do.\n\n"
    "The network is measured on the rows of DATA, layer by layer: units without a gradient, "
    "gradients that vanish or explode, saturation, steps, scales, curves. Every check reports an "
    "issue, a tip, that it passed, or that it does not apply, under a code that --explain tells "
    "more of.",
    "找出网络有什么问题、原因何在、如何处理。\n\n"
    "用 DATA 的各行逐层测量网络：没有梯度的单元、梯度消失或爆炸、饱和、步长、尺度、学习曲线。"
    "每项检查报告一个问题、一个提示、通过或不适用，并附代码；--explain 给出该代码的说明。",
)
SEVERITIES = ("issue", "tip")
MEASURING = Text("Measuring the network", "正在测量网络")
WRITING = Text("Writing the report", "正在生成报告")
REPORT = Text("Report: {path}", "报告：{path}")
NOTHING_TO_TRY = Text(
    "Nothing wrong was found, so that there are no remedies to try.",
    "没有发现问题，因此没有补救办法可试。",
)
OWN_CURVE = Text(
    "The training was stopped by a validation curve of its own, which is judged; the rows of "
    "--validation are not.",
    "训练是依据它自己的验证曲线停止的，检查的是这条曲线，而不是 --validation 的行。",
)
FAILED = 1
INSTEAD = {
    "LinearRegression": Text(
        "a linear regression, whose conditions 'ogive fit --model linear' checks",
        "线性回归，它的条件由“ogive fit --model linear”检查",
    ),
    "LogisticRegression": Text(
        "a logistic or softmax regression, whose findings 'ogive fit --model logistic' (or "
        "softmax) prints",
        " logistic 或 softmax 回归，它的检查结果由“ogive fit --model logistic”（或 softmax）打印",
    ),
    "OneVsOneClassifier": Text(
        "a one-vs-one classifier, whose findings 'ogive fit --model ovo' prints",
        "一对一分类器，它的检查结果由“ogive fit --model ovo”打印",
    ),
    "OneVsRestClassifier": Text(
        "a one-vs-rest classifier, whose findings 'ogive fit --model ovr' prints",
        "一对其余分类器，它的检查结果由“ogive fit --model ovr”打印",
    ),
    "OutputCodeClassifier": Text(
        "an output-code classifier, whose findings 'ogive fit --model ecoc' prints",
        "输出码分类器，它的检查结果由“ogive fit --model ecoc”打印",
    ),
}


def diagnose(
    context: typer.Context,
    model: of_diagnosis.MaybeModel = None,
    data: of_diagnosis.MaybeData = None,
    explain: of_diagnosis.Explain = None,
    threshold: of_diagnosis.Limits = None,
    validation: of_diagnosis.Validation = None,
    fail_on: of_diagnosis.FailOn = None,
    seed: of_diagnosis.Seed = "0",
    try_remedies: of_diagnosis.Remedies = False,
    seeds: of_diagnosis.Seeds = "10",
    report: of_diagnosis.Report = None,
    json: of_diagnosis.Json = None,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Find out what is wrong with a saved network, why, and what to do."""
    screen = Screen(context.obj.language, quiet=quiet)
    if explain is not None:
        from ogive.cli.page import print_page
        from ogive.diagnosis.finding import page_of
        from ogive.diagnosis.reporting.pages import with_plain_formulas

        print_page(with_plain_formulas(page_of(explain, screen.language)), screen.out)
        return
    if model is None or data is None:
        lacking = "MODEL" if model is None else "DATA"
        raise InputError(
            f"{lacking} is missing: 'ogive diagnose MODEL DATA' looks at a network written by "
            "'ogive fit', and 'ogive diagnose --explain OGV101' explains a finding.",
            f"缺少 {lacking}：“ogive diagnose MODEL DATA”检查由“ogive fit”写出的网络，"
            "“ogive diagnose --explain OGV101”解释一个代码。",
        )
    if fail_on is not None:
        chosen("--fail-on", fail_on, SEVERITIES)
    if typed(context, "seeds") and not try_remedies:
        raise InputError(
            "--seeds is how often remedies are tried; add --try-remedies.",
            "--seeds 是试用补救办法的次数；请加上 --try-remedies。",
        )
    n_seeds, random_state = whole("--seeds", seeds, 2), whole("--seed", seed, 0)
    limits = _limits(threshold)
    page = None if report is None else check_output(Path(report), force=force)
    place = _json_place(json, force=force)
    trained = _network(model)
    diagnosis = _measured(trained, data, validation, limits, random_state, screen)
    if try_remedies and not diagnosis.codes:
        screen.notice(NOTHING_TO_TRY)
    elif try_remedies:
        with fits_progress(screen.err, screen.language, quiet=quiet) as progress:
            diagnosis.try_remedies(
                n_seeds=n_seeds,
                random_state=random_state,
                progress=lambda done, total: progress(done, total, "train"),
            )
    _write(diagnosis, page, place, screen, data, shlex.join(["ogive", *context.obj.arguments]))
    if (fail_on and diagnosis.issues) or (fail_on == "tip" and diagnosis.tips):
        raise typer.Exit(FAILED)


def _limits(given: Iterable[str] | None) -> Thresholds | None:
    """Return the limits with those typed in place of the usual."""
    if not given:
        return None
    from ogive.diagnosis.thresholds import Thresholds

    known = [field.name for field in fields(Thresholds)]
    wanted = assignments("--threshold", given)
    for name in wanted:
        if name not in known:
            similar = nearest(name, known)
            hint = (
                (f"did you mean {similar}?", f"您是不是要用 {similar}？")
                if similar
                else (
                    "each page of 'ogive diagnose --explain CODE', such as OGV101, lists its "
                    "limits with their defaults and meanings.",
                    "“ogive diagnose --explain 代码”（如 OGV101）的说明"
                    "列出各自的阈值、默认值和含义。",
                )
            )
            raise InputError(
                f"--threshold: there is no limit {name!r}; {hint[0]}",
                f"--threshold：没有名为“{name}”的阈值；{hint[1]}",
            )
    return Thresholds(**wanted)


def _json_place(name: str | None, *, force: bool) -> Path | str | None:
    return name if name in (None, "-") else check_output(Path(str(name)), force=force)


def _network(model: str) -> TableModel:
    """Return the model of a file, which has to be a network."""
    from ogive.persistence import load_model

    trained = load_model(Path(model))
    kind = INSTEAD.get(type(trained.estimator).__name__)
    if kind is not None:
        raise InputError(
            f"{model} holds {kind.en}; 'ogive diagnose' looks into networks only.",
            f"{model} 是{kind.zh}；“ogive diagnose”只检查网络。",
        )
    return trained


def _measured(
    trained: TableModel,
    data: str,
    validation: str | None,
    limits: Thresholds | None,
    random_state: int,
    screen: Screen,
) -> Diagnosis:
    from ogive.cli.diagnosed_rows import read_rows, unseen_rows

    notices: list[Text] = []
    with stages(screen.err, screen.language, quiet=screen.quiet) as stage:
        stage(MEASURING)
        from ogive.diagnosis import diagnose as diagnose_network

        X, y = read_rows(trained, data, notices)
        if validation is None:
            held_out = unseen_rows(trained, X, y, notices)
        else:
            held_out = read_rows(trained, validation, notices, labelled=True)
            if trained.estimator.early_stopping:
                notices.append(OWN_CURVE)
        diagnosis = diagnose_network(
            trained.estimator,
            X,
            y,
            validation_data=held_out,
            thresholds=limits,
            random_state=random_state,
        )
    for notice in notices:
        screen.notice(notice)
    return diagnosis


def _write(
    diagnosis: Diagnosis,
    page: Path | None,
    place: Path | str | None,
    screen: Screen,
    data: str,
    command: str,
) -> None:
    """Write the files and print, on standard error where standard output is taken."""
    from ogive.cli.diagnosis_screen import print_diagnosis

    language = screen.language
    if page is not None:
        from ogive.diagnosis.reporting.report import write_diagnosis_report

        with stages(screen.err, language, quiet=screen.quiet) as stage:
            stage(WRITING)
            write_diagnosis_report(diagnosis, page, language, data_name=data, command=command)
    if place is not None:
        _write_json(diagnosis.to_dict(language), place)
    console = screen.err if place == "-" else screen.out
    if place != "-" or not screen.quiet:
        print_diagnosis(diagnosis, console, language)
    if page is not None:
        where = REPORT.to(language, path=page)
        screen.say(Text(where, where), on=console)


def _write_json(found: dict[str, Any], place: Path | str) -> None:
    text = json_module.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if place == "-":
        sys.stdout.write(text)
        return
    with replacing(Path(place)) as beside:
        beside.write_text(text, encoding="utf-8")
