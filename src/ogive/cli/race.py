"""Both races down the curves: as the lecture tells them, and over the same distance in z."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text as Styled

from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.activations import Activation
    from ogive.activations.descent import Entry
    from ogive.cli.screen import Screen

__all__ = ["show_race"]

START, STOP, RATE = 0.9, 0.5, 0.2
# What a sigmoid travels on its way from 0.9 to 0.5.
FROM, TO = math.log(9.0), 0.0
EXPLANATION = Text(
    "Steps of z ← z − 0.2 f′(z). Same outputs: from f(z) = 0.9 to 0.5, so that the functions "
    "cover different distances in z. Same inputs: from z = log 9 to 0, the sigmoid's distance, for "
    "all.",
    "z ← z − 0.2 f′(z) 的步数。“输出相同”：从 f(z) = 0.9 到 0.5，各函数在 z 上走过的距离不同。"
    "“输入相同”：都从 z = log 9 到 0，即 sigmoid 走过的距离。",
)
NAME = Text("name", "名称")
BEGIN = Text("z at\n0.9", "0.9 处\n的 z")
OUTPUTS = Text("steps, same\noutputs", "步数，\n输出相同")
INPUTS = Text("steps, same\ninputs", "步数，\n输入相同")
OUTCOMES = {
    "stands still": Text("stands still", "停滞不前"),
    "never": Text("never", "永远到不了"),
    "too many steps": Text("> {n}", "> {n}"),
    "undefined": Text("runs into no value", "走到无定义处"),
}
NOT_TAKING_PART = Text("never 0.9", "取不到 0.9")
ROW = Text("acts on rows", "作用于整行")


def show_race(
    functions: Sequence[Activation], screen: Screen, *, as_json: bool, within: str | None = None
) -> None:
    """Print the steps of both races, the fastest first.

    Parameters
    ----------
    functions : sequence of Activation
        The runners.
    screen : Screen
        Where to print.
    as_json : bool
        Whether to print JSON, with every step of the way.
    within : str, optional
        The JSON is then an object with the list under this name.
    """
    from ogive.activations.descent import race

    told = race(functions, START, STOP, RATE)
    fair = race(functions, FROM, TO, RATE, over="input")
    runs = sorted(zip(told, fair, strict=True), key=lambda run: (_rank(run[0]), _rank(run[1])))
    if as_json:
        records = [
            {
                "name": outputs.function.name,
                "parameters": dict(outputs.function.parameters),
                "same_outputs": _record(outputs, screen.language),
                "same_inputs": _record(inputs, screen.language),
            }
            for outputs, inputs in runs
        ]
        told_as = records if within is None else {within: records}
        text = json.dumps(told_as, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write(text + "\n")
        return
    from ogive.activations.sheet import label

    language = screen.language
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(NAME.to(language), overflow="fold", vertical="bottom")
    for title in (BEGIN, OUTPUTS, INPUTS):
        table.add_column(title.to(language), justify="right", vertical="bottom")
    for outputs, inputs in runs:
        begin = f"{outputs.descent.z[0]:.4f}" if outputs.descent else ""
        table.add_row(
            Styled(label(outputs.function)),
            begin,
            _steps(outputs, language),
            _steps(inputs, language),
        )
    screen.out.print(table)
    screen.out.print()
    screen.say(EXPLANATION)


def _rank(entry: Entry) -> float:
    run = entry.descent
    return run.steps if run is not None and run.reached else math.inf


def _steps(entry: Entry, language: Language) -> str:
    run = entry.descent
    if run is None:
        refused = ROW if entry.function.kind != "elementwise" else NOT_TAKING_PART
        return refused.to(language)
    if run.reached:
        return str(run.steps)
    return OUTCOMES[run.outcome].to(language, n=run.steps)


def _record(entry: Entry, language: Language) -> dict[str, Any]:
    from ogive.activations.sheet.content import json_ready

    run = entry.descent
    if run is None:
        reason = entry.refusal.to(language) if entry.refusal else ""
        return {"outcome": "takes no part", "reason": reason}
    record: dict[str, Any] = json_ready(
        {
            "steps": run.steps,
            "outcome": run.outcome,
            "z": run.z.tolist() if run.reached else [float(run.z[0]), float(run.z[-1])],
            "a": run.a.tolist() if run.reached else [float(run.a[0]), float(run.a[-1])],
        }
    )
    return record
