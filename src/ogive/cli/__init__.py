"""The command line: ``ogive compare``, ``ogive fit``, ``ogive predict``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from ogive.cli.interruption import Interrupted
from ogive.text import InputError, Language, Text, default_language

__all__ = ["main"]

INTERRUPTED = Text("Interrupted; nothing was written.", "已中断；没有写入任何文件。")
OUT_OF_MEMORY = Text(
    "There is not enough memory for this table and network; use fewer rows, columns or units.",
    "内存不足以处理该表格和网络；请减少行、列或单元的数量。",
)
BUG = Text(
    "Ogive failed ({kind}: {what}); please report it with the trace that OGIVE_DEBUG=1 shows.",
    "Ogive 内部出错（{kind}：{what}）；请用 OGIVE_DEBUG=1 重新运行，并附上显示的信息报告此问题。",
)
BUG_FOUND, USAGE, INTERRUPT = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the process.

    Returns
    -------
    int
        0, or 2 for input that cannot be used (one sentence on standard error says why), or 130
        after Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = default_language()
    try:
        from ogive.cli.language import language_of

        language = language_of(given)
        code = _run(given, language)
        sys.stdout.flush()
        return code
    except InputError as error:
        return _complain(error.text.to(language), USAGE)
    except Interrupted as error:
        return _complain(error.text.to(language), INTERRUPT)
    except KeyboardInterrupt:
        return _complain(INTERRUPTED.to(language), INTERRUPT)
    except MemoryError:
        return _complain(OUT_OF_MEMORY.to(language), USAGE)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("OGIVE_DEBUG"):
            raise
        return _complain(BUG.to(language, kind=type(error).__name__, what=error), BUG_FOUND)


def _run(arguments: list[str], language: Language) -> int:
    import typer

    from ogive.cli.app import app
    from ogive.cli.language import Run
    from ogive.cli.usage import UsageError, usage_sentence

    run = Run(language, tuple(arguments))
    command: Any = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="ogive", standalone_mode=False, obj=run)
    except UsageError as error:
        named = next((word for word in arguments if word in command.commands), "")
        raise InputError(*usage_sentence(error, named)) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    if code == INTERRUPT:  # newer Typer returns what older raised as Abort
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _complain(sentence: str, code: int) -> int:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    return code
