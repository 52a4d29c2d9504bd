"""Compares one data set after the other, keeping every fit in the store."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ogive.cli.comparison_progress import Course, course
from ogive.cli.interruption import Interrupted
from ogive.cli.progress import TRAINING
from ogive.cli.screen import Screen
from ogive.cli.values import separated
from ogive.data.task import Task
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

    from ogive.comparison import Comparison
    from ogive.comparison.store import RunSummary
    from ogive.data import LabelledTable

__all__ = ["Ledger", "Wanted", "compare_all", "ledger_at", "targets_of"]


class Wanted(NamedTuple):
    """What a command line asks to compare.

    Attributes
    ----------
    data, targets : sequence of str
        Files or bundled names, and the column of each to predict.
    folder : Path or None
        Where the files are, if a run is taken up that was begun elsewhere.
    task : {"classification", "regression"} or None
    ignore : sequence of str
        Columns to leave out.
    settings : dict
        Of `ogive.compare`.
    command : str
        What to type to repeat it.
    arguments : sequence of str
        The folder, then the command line without the program's name.
    """

    data: Sequence[str]
    targets: Sequence[str]
    folder: Path | None
    task: Task | None
    ignore: Sequence[str]
    settings: dict[str, Any]
    command: str
    arguments: Sequence[str]


class Ledger:
    """A store as one sitting uses it: `ogive.compare` begins its runs here.

    Parameters
    ----------
    store : Store
    option : str
        What to type for the same store, empty for the usual one.
    taken_up : RunSummary or None
        The run that is continued; its data may not have changed.
    """

    def __init__(self, store: Any, option: str, taken_up: RunSummary | None = None) -> None:
        self.store = store
        self.option = option
        self.taken_up = taken_up
        self.run: Any = None

    def begin(self, description: Any) -> Any:
        """Begin a run, or continue the one of these data and settings."""
        asked = self.taken_up
        if asked is not None and asked.data_name == description.data_name:
            from ogive.comparison.store import check_same_data

            check_same_data(asked, description.fingerprint)
        self.run = self.store.begin(description)
        return self.run


@contextmanager
def ledger_at(
    place: str | None, *, none: bool, taken_up: RunSummary | None
) -> Iterator[Ledger | None]:
    """Give the ledger of a store, or nothing if none is wanted."""
    if none:
        yield None
        return
    from ogive.comparison.store import open_store

    with open_store(place) as store:
        yield Ledger(store, "" if place is None else f" --store {shlex.quote(place)}", taken_up)


def compare_all(
    wanted: Wanted, names: Sequence[str], ledger: Ledger | None, screen: Screen
) -> dict[str, Comparison]:
    """Return the comparison on each data set, by its name.

    All tables are read before the first is compared, so that what is wrong with the last of them
    is not told after hours.

    Raises
    ------
    Interrupted
        After Ctrl-C, saying what is kept.
    """
    loaded = []
    for data in wanted.data:
        notices: list[Text] = []
        loaded.append((_load(data, wanted, notices), notices))
    targets = targets_of(wanted.targets, [table.columns for table, _ in loaded])
    tables = [
        (_selected(table, target, wanted), notices)
        for (table, notices), target in zip(loaded, targets, strict=True)
    ]
    _check_one_task(names, [table for table, _ in tables])
    done: dict[str, Comparison] = {}
    for i, (name, (table, notices)) in enumerate(zip(names, tables, strict=True)):
        title = TRAINING
        if len(names) > 1:
            title = Text(*(f"{name} ({i + 1}/{len(names)})",) * 2)
        followed = Course()
        try:
            with course(
                title, wanted.settings["precision"], screen.err, screen.language, quiet=screen.quiet
            ) as followed:
                done[name] = _compare(wanted, i, table, notices, ledger, followed, screen)
        except KeyboardInterrupt:
            raise Interrupted(_what_is_kept(followed, ledger)) from None
    return done


def targets_of(typed: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """Return the target of each data set; one with commas that no column has is a list of them.

    Parameters
    ----------
    typed : sequence of str
        One for each data set.
    columns : sequence of sequence of str
        The columns of each.
    """
    (name, *others) = dict.fromkeys(typed)
    parts = separated([name])
    if others or len(parts) == 1 or any(name in known for known in columns):
        return list(typed)
    if len(parts) == len(columns) > 1:
        return parts
    repeated = " ".join(f"--target {shlex.quote(part)}" for part in parts)
    if len(columns) == 1:
        raise InputError(
            f"The table has no column {name!r}, and one column alone can be predicted; give "
            f"--target {shlex.quote(parts[0])}, say.",
            f"表格中没有名为“{name}”的列，而且只能预测一列；例如请用 "
            f"--target {shlex.quote(parts[0])}。",
        )
    raise InputError(
        f"--target {name} names {len(parts)} columns for {len(columns)} data sets; repeat the "
        f"option, once for each of them in their order, as in {repeated}.",
        f"--target {name} 给出了 {len(parts)} 列，而数据集有 {len(columns)} 个；"
        f"请按顺序为每个数据集各给出一次该选项，例如 {repeated}。",
    )


def _load(data: str, wanted: Wanted, notices: list[Text]) -> pl.DataFrame:
    from ogive.data import load_table
    from ogive.data.bundled import BUNDLED

    source = data
    if wanted.folder is not None and data not in BUNDLED and (wanted.folder / data).exists():
        source = str(wanted.folder / data)
    return load_table(source, notices)


def _selected(table: pl.DataFrame, target: str, wanted: Wanted) -> LabelledTable:
    from ogive.data import select_target

    return select_target(table, target, task=wanted.task, ignore=list(wanted.ignore))


def _check_one_task(names: Sequence[str], tables: Sequence[LabelledTable]) -> None:
    """Refuse data sets of both tasks, whose scores cannot be seen together."""
    tasks = {table.task: name for name, table in zip(names, tables, strict=True)}
    if len(tasks) > 1:
        one, other = tasks["classification"], tasks["regression"]
        raise InputError(
            f"{one} is a classification and {other} a regression, and data sets are compared by "
            "one score; give those of one task at a time, or set --task.",
            f"{one} 是分类任务而 {other} 是回归任务，多个数据集要用同一评分指标比较；"
            "请每次只给出同一任务的数据集，或用 --task 指定。",
        )


def _compare(
    wanted: Wanted,
    i: int,
    labelled: LabelledTable,
    notices: Sequence[Text],
    ledger: Ledger | None,
    followed: Course,
    screen: Screen,
) -> Comparison:
    from ogive.comparison.compare import compare

    data = wanted.data[i]

    def announce() -> None:
        for notice in (*notices, *labelled.notices, _plan(data, labelled, wanted, followed)):
            screen.notice(notice)
        if followed.known:
            screen.notice(_taken(followed))

    followed.announce(announce)
    store: Any = False if ledger is None else ledger
    comparison = compare(
        labelled.features,
        labelled.target,
        task=labelled.task,
        target_name=labelled.target_name,
        data_name=data,
        notices=(*notices, *labelled.notices),
        command=wanted.command,
        arguments=wanted.arguments,
        store=store,
        progress=followed,
        **wanted.settings,
    )
    if followed.total == 0:  # a finished run is answered as it was, without a fit
        for notice in (*notices, *labelled.notices, _answered(data, comparison)):
            screen.notice(notice)
    return comparison


def _plan(data: str, labelled: LabelledTable, wanted: Wanted, followed: Course) -> Text:
    """Return what is about to be done."""
    settings = wanted.settings
    n_rows, n_columns = labelled.features.shape
    task_zh = "分类" if labelled.task == "classification" else "回归"
    n_splits = settings["n_splits"] * (1 if settings["budget"] else settings["n_repeats"])
    total = followed.total
    counted = "1 column" if n_columns == 1 else f"{n_columns} columns"
    fits = total // n_splits
    each = Text(
        f"{fits} fit{'s' * (fits != 1)} on each of {n_splits} splits = {total} fits",
        f"{n_splits} 次划分，每次 {fits} 次训练，共 {total} 次训练",
    )
    more = Text("", "")
    if settings["budget"] or settings["precision"]:
        more = Text(" to begin with; repeats are added", "（起步），之后再追加重复")
    return Text(
        f"{data}: {labelled.task} of {labelled.target_name!r} from {counted}, {n_rows} "
        f"rows; {each.en}{more.en}.",
        f"{data}：{task_zh}任务，目标列“{labelled.target_name}”，{n_columns} 列，{n_rows} 行；"
        f"{each.zh}{more.zh}。",
    )


def _answered(data: str, comparison: Comparison) -> Text:
    return Text(
        f"{data}: this was compared before; all {comparison.n_known} fits are taken from the "
        f"store (run {comparison.run}).",
        f"{data}：此前已做过同样的比较；全部 {comparison.n_known} 次训练结果取自存储"
        f"（运行 {comparison.run}）。",
    )


def _taken(followed: Course) -> Text:
    return Text(
        f"{followed.known} of them were done before and are taken from the store.",
        f"其中 {followed.known} 次先前已完成，直接取自存储。",
    )


def _what_is_kept(followed: Course, ledger: Ledger | None) -> Text:
    """Return what Ctrl-C has left, and how to go on."""
    if ledger is None:
        return Text(
            "Interrupted; nothing was written, as --no-store was given.",
            "已中断；由于给出了 --no-store，没有保存任何结果。",
        )
    if ledger.run is None:
        return Text("Interrupted; nothing was written.", "已中断；没有写入任何文件。")
    number, resume = ledger.run.id, f"ogive compare --resume{ledger.option}"
    return Text(
        f"Interrupted: {followed.done} of {followed.total} fits are done and kept as run {number}; "
        f"the same command again continues, as does '{resume}'.",
        f"已中断：{followed.total} 次训练中已完成 {followed.done} 次，保存为运行 {number}；"
        f"再次输入同一命令即可继续，也可用“{resume}”。",
    )
