"""What Typer would take silently or wrongly: repeated options, formulas that begin with a minus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from ogive.text import InputError, quoted

__all__ = ["check_repeats", "formulas_marked"]

_Z = re.compile(r"(?<![A-Za-z0-9_])z(?![A-Za-z0-9_])")
_LONG_OPTION = re.compile(r"--[A-Za-z][A-Za-z0-9-]*(=.*)?", re.DOTALL)


def check_repeats(given: Iterable[Any]) -> None:
    """Refuse an option that takes one value and is given several: all but one would be lost.

    Parameters
    ----------
    given : iterable of Parameter
        The parameters as they occur on the command line.
    """
    counts = Counter(id(parameter) for parameter in given)
    for parameter in given:
        if parameter.param_type_name != "option" or counts[id(parameter)] < 2:
            continue
        if parameter.multiple or (parameter.is_flag and not parameter.secondary_opts):
            continue
        name = "/".join((*parameter.opts[-1:], *parameter.secondary_opts[-1:]))
        raise InputError(
            f"{name} is given {counts[id(parameter)]} times; give it once.",
            f"{name} 给出了 {counts[id(parameter)]} 次；请只给出一次。",
        )


def formulas_marked(arguments: Sequence[str], parameters: Sequence[Any]) -> list[str]:
    """Return the arguments with a blank before each formula that looks like an option.

    A formula such as ``-z`` or ``-tanh(z)`` is told from a mistyped option by its z; the parser
    takes for options only what begins with a minus.

    Parameters
    ----------
    arguments : sequence of str
        What follows the command on the command line.
    parameters : sequence of Parameter
        The command's parameters.

    Raises
    ------
    InputError
        For what begins with a single minus and is neither an option nor such a formula.
    """
    options = [p for p in parameters if p.param_type_name == "option"]
    known = {name for p in options for name in (*p.opts, *p.secondary_opts)}
    with_value = {name for p in options if not p.is_flag for name in p.opts}
    made: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            return [*made, argument, *rest]
        if argument.split("=")[0] in known or len(argument) < 2 or argument[0] != "-":
            made.append(argument)
            if argument in with_value:
                made += [value for value in (next(rest, None),) if value is not None]
        elif _is_formula(argument):
            made.append(f" {argument}")
        else:
            raise _no_option(argument, known)
    return made


def _is_formula(argument: str) -> bool:
    if argument[1] in "0123456789.(":
        return True
    return _Z.search(argument) is not None and not _LONG_OPTION.fullmatch(argument)


def _no_option(argument: str, known: set[str]) -> InputError:
    name = argument.split("=")[0]
    bare = {option.lstrip("-"): option for option in known}
    begun = [option for option in bare if option.startswith(name[1:])]  # -h for --help
    similar = begun if len(begun) == 1 else get_close_matches(name.lstrip("-"), bare, 1)
    shown = quoted(name)[1:-1]
    if similar:
        option = bare[similar[0]]
        return InputError(
            f"There is no option {shown}; did you mean {option}?",
            f"没有选项 {shown}；您是不是要用 {option}？",
        )
    return InputError(
        f"There is no option {shown}; see 'ogive activation --help'. A formula may begin with a "
        'minus where it holds z, as in "-relu(z)", and anything may stand after --.',
        f"没有选项 {shown}；请查看“ogive activation --help”。公式含有 z 时可以负号开头，"
        '例如 "-relu(z)"；写在 -- 之后的则一律当作公式。',
    )
