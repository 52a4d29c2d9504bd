"""What is varied, as it is typed: "depth=1,2,4", "model=linear,logistic", "activation"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ogive.comparison.design.candidates import FACTORS
from ogive.comparison.design.factor_values import READERS, read_values
from ogive.data.commas import between_commas
from ogive.data.wording import listed, nearest
from ogive.text import InputError

__all__ = ["factor_named", "parse_vary"]

# A name and an equals sign, which a formula does not begin with.
_NAMED = re.compile(r"\s*([^\W\d][\w -]*?)\s*[=＝](?![=＝])")


def parse_vary(texts: Sequence[str]) -> dict[str, list[Any] | None]:
    """Return what is varied from the texts that say so.

    Parameters
    ----------
    texts : sequence of str
        Each names a factor, or several with commas between them, with or without values:
        "depth", "depth,width", "depth=1,2,4", "activation=relu,max(0.1*z, z)", "depth=1,2,width=8".
        Commas within parentheses belong to a formula.

    Returns
    -------
    dict of str to list or None
        The values of each factor, numbers as numbers; None where none are given.

    Raises
    ------
    InputError
        For unknown and repeated factors, and values that a factor cannot have. Whether activations
        and models exist is found out by `make_candidates`.
    """
    found: dict[str, list[Any] | None] = {}
    for text in texts:
        factor = None
        for part in between_commas(text):
            named = _NAMED.match(part)
            begins = named is not None or _spelling(part) in FACTORS
            if begins or factor is None or found[factor] is None:
                factor = factor_named(part if named is None else named[1])
                if factor in found:
                    raise InputError(
                        f"vary names {factor!r} more than once; give all of its values at once, "
                        f"such as {factor}=A,B.",
                        f"vary 中 {factor!r} 出现了不止一次；请一次给出它的所有值，"
                        f"例如 {factor}=A,B。",
                    )
                found[factor] = None
                if named is None:
                    continue
                found[factor] = []
                part = part[named.end() :].strip()
            values = found[factor]
            if not part or values is None:
                raise InputError(
                    f"vary: a value is missing in {text!r}; give values with commas between them, "
                    f"such as {factor}=A,B, or the name {factor} alone for the usual ones.",
                    f"vary：{text!r} 中缺少一个值；请给出用逗号分隔的值，例如 {factor}=A,B，"
                    f"或只写 {factor} 以采用默认的值。",
                )
            values.append(part)
    return {
        factor: read_values(factor, values) if values and factor in READERS else values
        for factor, values in found.items()
    }


def factor_named(name: object) -> str:
    """Return the factor of this name, however its words are joined.

    Raises
    ------
    InputError
        If there is none.
    """
    spelling = _spelling(name)
    if spelling in FACTORS:
        return spelling
    near = nearest(spelling, FACTORS)
    known = listed(FACTORS)
    raise InputError(
        f"vary: {name!r} cannot be varied."
        + (f" Did you mean {near!r}?" if near else "")
        + f" What can be varied: {known.en}.",
        f"vary：不能改变 {name!r}。"
        + (f"您是不是要用 {near!r}？" if near else "")
        + f"可以改变的有：{known.zh}。",
    )


def _spelling(name: object) -> str:
    return re.sub(r"[\s-]+", "_", str(name).strip().lower())
