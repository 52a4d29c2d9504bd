"""The commands put together."""

from __future__ import annotations

from typing import Annotated

import typer

from ogive.cli.activation import HELP as ACTIVATION_HELP
from ogive.cli.activation import activation
from ogive.cli.compare import HELP as COMPARE_HELP
from ogive.cli.compare import compare
from ogive.cli.diagnose import HELP as DIAGNOSE_HELP
from ogive.cli.diagnose import diagnose
from ogive.cli.fit import HELP as FIT_HELP
from ogive.cli.fit import fit
from ogive.cli.help import FormulaCommand, OgiveCommand, OgiveGroup
from ogive.cli.lab import HELP as LAB_HELP
from ogive.cli.lab import lab
from ogive.cli.language import both
from ogive.cli.lecture import lecture
from ogive.cli.options import Lang
from ogive.cli.predict import HELP as PREDICT_HELP
from ogive.cli.predict import predict
from ogive.cli.resuming import CompareCommand
from ogive.cli.runs import runs

__all__ = ["app"]

app = typer.Typer(
    cls=OgiveGroup,
    add_completion=False,
    invoke_without_command=True,
    help=both(
        "Which activation function suits your data, and small neural networks to use it.",
        "找出适合你的数据的激活函数，并用它训练小型神经网络。",
    ),
)
app.command("compare", cls=CompareCommand, help=COMPARE_HELP)(compare)
app.command("fit", cls=OgiveCommand, help=FIT_HELP)(fit)
app.command("predict", cls=OgiveCommand, help=PREDICT_HELP)(predict)
app.command("diagnose", cls=OgiveCommand, help=DIAGNOSE_HELP)(diagnose)
app.command("activation", cls=FormulaCommand, help=ACTIVATION_HELP)(activation)
app.add_typer(lecture, name="lecture")
app.command("lab", cls=OgiveCommand, help=LAB_HELP)(lab)
app.add_typer(runs, name="runs")


@app.callback()
def ogive(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help=both("Print the version and exit.", "显示版本并退出。")),
    ] = False,
    lang: Lang = None,
) -> None:
    """Print the version or, where no command is given, the help page."""
    if version:
        from ogive import __version__

        typer.echo(f"ogive {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
