"""The functions that a command line names, with the parameters it sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.activations import Activation

__all__ = ["Chosen", "chosen_functions"]


class Chosen(NamedTuple):
    """The functions, each once, and what was typed for those that had been named before."""

    functions: list[Activation]
    repeated: list[str]


def chosen_functions(names: list[str], given: dict[str, float], subgradient: Any) -> Chosen:
    """Return the functions, each with those of the parameters that it has.

    Parameters
    ----------
    names : list of str
        Names and formulas; none stands for the whole catalogue.
    given : dict of str to float
        Parameters for them. A single function must have them all, of several each must be one of
        some function.
    subgradient : {"torch", "left", "right", "mean"}
        The derivative at kinks.
    """
    from ogive.activations import activation as look_up
    from ogive.activations import activations

    several = len(names) != 1
    texts = names or activations()
    used: set[str] = set()
    found: dict[Activation, None] = {}
    repeated: list[str] = []
    for text in texts:
        known = _parameter_names(text)
        taken: dict[str, Any] = {
            key: value for key, value in given.items() if key in known or not several
        }
        used.update(taken)
        function = look_up(text, subgradient=subgradient, **taken)
        if function in found:
            repeated.append(text)
        found[function] = None
    unused = [key for key in given if key not in used]
    if unused:
        raise InputError(
            f"None of the functions has a parameter {unused[0]!r}; leave it out of --set.",
            f"这些函数都没有参数 {unused[0]!r}；请从 --set 中去掉它。",
        )
    return Chosen(list(found), repeated)


def _parameter_names(text: str) -> tuple[str, ...]:
    """Return the parameters of a name or formula; none where there is no such thing."""
    from ogive.activations import CATALOGUE
    from ogive.activations.formula import read

    for record in CATALOGUE.values():
        if text in (record.name, *record.aliases):
            return tuple(parameter.name for parameter in record.parameters)
    try:
        return tuple(read(text).parameters)
    except InputError:
        return ()
