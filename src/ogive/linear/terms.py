"""Columns that are tested together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ogive.linear.design import Positions
from ogive.text import InputError, quoted

__all__ = ["Term", "terms_of"]


class Term(NamedTuple):
    """Some columns and what they are called together."""

    name: str
    columns: Positions


def terms_of(names: Sequence[str], groups: Mapping[str, Any] | None) -> list[Term]:
    """Return the terms of a model, in the order of their first columns unless `groups` orders them.

    Parameters
    ----------
    names : sequence of str
        Names of all columns.
    groups : mapping of str to sequence of str or int, or None
        Terms by name, each with the names or positions of its columns. A column in none is a term
        of its own, after these.

    Raises
    ------
    InputError
        For a column that there is not, or that is in two terms.
    """
    if groups is not None and not isinstance(groups, Mapping):
        raise InputError(
            "terms must be a mapping of names of terms to the names or positions of their columns, "
            f"for example {{'place': ['north', 'south']}}. Got {groups!r} instead.",
            "terms 必须是从项的名称到其各列名称或序号的映射，"
            f"例如 {{'place': ['north', 'south']}}，得到的却是 {groups!r}。",
        )
    terms, taken = [], set[int]()
    places = {name: i for i, name in enumerate(names)}
    for term, members in (groups or {}).items():
        several = isinstance(members, Iterable) and not isinstance(members, str)
        columns = [_place(member, term, places) for member in (members if several else [members])]
        for column in columns:
            if column in taken:
                raise InputError(
                    f"The column {quoted(names[column])} is named twice in terms; each column "
                    "belongs to one term.",
                    f"列 {quoted(names[column])} 在 terms 中出现了两次；每一列只能属于一项。",
                )
            taken.add(column)
        if columns:
            terms.append(Term(str(term), np.array(columns, dtype=np.intp)))
    alone = [i for i in range(len(names)) if i not in taken]
    return [*terms, *(Term(names[i], np.array([i], dtype=np.intp)) for i in alone)]


def _place(member: Any, term: str, places: Mapping[str, int]) -> int:
    if isinstance(member, str) and member in places:
        return places[member]
    if isinstance(member, int | np.integer) and not isinstance(member, bool):
        position = int(member)
        if 0 <= position < len(places):
            return position
    shown = ", ".join(list(places)[:10]) + (", …" if len(places) > 10 else "")
    raise InputError(
        f"terms[{term!r}] names the column {member!r}, which the model does not have. Give names "
        f"or positions from 0 to {len(places) - 1}; the columns are {shown}.",
        f"terms[{term!r}] 中的列 {member!r} 不在模型中。请给出列名或 0 到 "
        f"{len(places) - 1} 的序号；模型的列为 {shown}。",
    )
