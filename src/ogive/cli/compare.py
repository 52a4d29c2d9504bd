"""``ogive compare``: which activation function, or which network or model, suits a table."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import typer

from ogive.cli import compare_options as options
from ogive.cli.comparing import Wanted, compare_all, ledger_at
from ogive.cli.comparison_outputs import checked_outputs, names_of
from ogive.cli.comparison_screen import log_all, show_one, show_several
from ogive.cli.language import both
from ogive.cli.option_names import in_options
from ogive.cli.options import (
    BatchSize,
    Force,
    HiddenLayerSizes,
    Ignore,
    Lang,
    MaxIter,
    Quiet,
    Seed,
    TaskName,
)
from ogive.cli.resuming import resumed_run
from ogive.cli.screen import Screen
from ogive.cli.values import (
    batch_rows,
    layer_sizes,
    positive_number,
    positive_numbers,
    seconds,
    separated,
    task_wanted,
    whole,
)
from ogive.passwords import without_passwords
from ogive.text import InputError

__all__ = ["HELP", "compare"]

HELP = both(
    "Compare activation functions, or other parts of a network or model, on tables.\n\n"
    "Every candidate is trained on the same repeated cross-validation splits with the same seeds, "
    "at several learning rates of which an inner validation part chooses one. Every fit is kept "
    "when it ends: after Ctrl-C or a crash the same command, or --resume, continues. With several "
    "tables the candidates are compared on each, then across them.",
    "在表格上比较各激活函数，或网络与模型的其他部分。\n\n"
    "每个候选都在相同的重复交叉验证划分上、用相同的随机种子训练；"
    "对每个候选试几个学习率，由内层验证数据选出一个。每次训练一结束就保存结果："
    "按 Ctrl-C 中断或崩溃后，用同一命令或 --resume 即可继续。"
    "给出多个表格时，先逐个比较，再作跨数据集的总览。",
)


def compare(
    context: typer.Context,
    data: options.DataSets = None,
    target: options.Targets = None,
    task: TaskName = "auto",
    ignore: Ignore = None,
    vary: options.Vary = None,
    activation: options.Activation = None,
    hidden_layer_sizes: HiddenLayerSizes = "64,32",
    learning_rate: options.LearningRate = None,
    batch_size: BatchSize = "auto",
    max_iter: MaxIter = "100",
    seed: Seed = "0",
    folds: options.Folds = "5",
    repeats: options.Repeats = "2",
    scoring: options.Scoring = None,
    rope: options.Rope = None,
    precision: options.Precision = None,
    budget: options.Budget = None,
    jobs: options.Jobs = None,
    scheduler: options.Scheduler = None,
    store: options.StorePlace = None,
    no_store: options.NoStore = False,
    resume: options.Resume = None,
    report: options.Report = None,
    no_report: options.NoReport = False,
    json: options.Json = None,
    csv: options.Csv = None,
    no_times: options.NoTimes = False,
    track: options.Track = None,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Compare activation functions, or other parts of a network or model, on tables."""
    screen = Screen(context.obj.language, quiet=quiet)
    sources, targets = _data_and_targets(data, target)
    taken = resumed_run(context)
    settings: dict[str, Any] = {
        "hidden_layer_sizes": layer_sizes("--hidden-layer-sizes", hidden_layer_sizes),
        "n_splits": whole("--folds", folds, 2),
        "n_repeats": whole("--repeats", repeats, 1),
        "max_iter": whole("--max-iter", max_iter, 1),
        "batch_size": batch_rows("--batch-size", batch_size),
        "random_state": whole("--seed", seed, 0),
        "rope": None if rope is None else positive_number("--rope", rope, or_zero=True),
        "precision": None if precision is None else positive_number("--precision", precision),
        "budget": None if budget is None else seconds("--budget", budget),
        "n_jobs": None if jobs is None else whole("--jobs", jobs, 1),
        "scheduler": scheduler,
        "scoring": scoring,
    }
    names = separated(activation, "--activation")
    rates = positive_numbers("--learning-rate", learning_rate)
    separated(vary, "--vary")
    settings |= {"activations": names} if names else {}
    settings |= {"learning_rates": rates} if rates else {}
    settings |= {"vary": vary} if vary else {}
    called = names_of(sources)
    outputs = checked_outputs(
        report, json, csv, no_report=no_report, times=not no_times, names=called, force=force
    )
    wanted = Wanted(
        data=sources,
        targets=targets,
        folder=None if taken is None else taken.folder,
        task=task_wanted(task),
        ignore=separated(ignore, "--ignore"),
        settings=settings,
        command=without_passwords(shlex.join(["ogive", *context.obj.arguments]))
        if taken is None
        else taken.command,
        arguments=taken.arguments if taken else (str(Path.cwd()), *context.obj.arguments),
    )
    if track is not None:
        from ogive.comparison.tracking import check_tracking

        check_tracking(track)
    option = ""
    with ledger_at(store, none=no_store, taken_up=None if taken is None else taken.run) as ledger:
        with in_options():
            done = compare_all(wanted, called, ledger, screen)
        option = option if ledger is None else ledger.option
    if len(done) == 1:
        show_one(next(iter(done.values())), outputs, screen, option)
    else:
        show_several(done, outputs, screen, option)
    if track is not None:
        log_all(done, track, outputs, screen)


def _data_and_targets(
    data: list[str] | None, target: list[str] | None
) -> tuple[list[str], list[str]]:
    """Return the data sets, and the target of each."""
    if not data:
        raise InputError(
            "The argument DATA is missing; see 'ogive compare --help'.",
            "缺少参数 DATA；请查看“ogive compare --help”。",
        )
    twice = next((name for i, name in enumerate(data) if name in data[:i]), None)
    if twice is not None:
        raise InputError(
            f"DATA names {twice!r} twice; give each data set once.",
            f"DATA 中“{twice}”出现了两次；每个数据集请只给出一次。",
        )
    if not target:
        raise InputError(
            "The option --target is missing; see 'ogive compare --help'.",
            "缺少必需的选项 --target；请查看“ogive compare --help”。",
        )
    if len(target) not in (1, len(data)):
        wanted = ("once", "一次") if len(data) == 1 else (
            f"once for all, or {len(data)} times, for each of them in their order",
            f"一次（共用），或按顺序给出 {len(data)} 次",
        )  # fmt: skip
        raise InputError(
            f"--target is given {len(target)} times for {len(data)} data "
            f"set{'' if len(data) == 1 else 's'}; give it {wanted[0]}.",
            f"有 {len(data)} 个数据集，--target 却给出了 {len(target)} 次；请给出{wanted[1]}。",
        )
    return data, target * (len(data) if len(target) == 1 else 1)
