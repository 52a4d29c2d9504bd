"""Finds an activation by name, or reads it from a formula, and checks its parameters."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from numbers import Real
from typing import Any, Literal

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import Definition, Parameter
from ogive.activations.described import SUBGRADIENTS, Subgradient
from ogive.activations.function import Activation
from ogive.activations.properties import matches, properties
from ogive.text import InputError, Text, quoted

__all__ = ["ASCENDING", "activation", "activations", "definition_of"]

# Parameters of the catalogue of which the first must not be above the second.
ASCENDING = (("min_val", "max_val"), ("lower", "upper"))

_NAMES = {
    known: definition.name
    for definition in CATALOGUE.values()
    for known in (definition.name, *definition.aliases)
}
_KINDS = ("elementwise", "vector", "gate")
_LARGEST = 1e30


def activations(
    kind: Literal["elementwise", "vector", "gate"] | None = None,
    *,
    bounded: bool | None = None,
    monotone: bool | None = None,
    smooth: bool | None = None,
    zero_centered: bool | None = None,
    cheap: bool | None = None,
) -> list[str]:
    """Return the names of the functions in the catalogue, all or those with given properties.

    Parameters
    ----------
    kind : {"elementwise", "vector", "gate"}, optional
        Only those that act on each element, on a row, or halve a row's width.
    bounded : bool, optional
        Only those whose values stay within bounds, or only those whose do not (False).
    monotone : bool, optional
        Whether the function never turns back.
    smooth : bool, optional
        Whether it can be differentiated any number of times.
    zero_centered : bool, optional
        Whether its values lie evenly about 0, as those of an odd function do.
    cheap : bool, optional
        Whether it needs no exponential or the like.

    Returns
    -------
    list of str
        In the order of the catalogue. What is asked holds for the default parameters; a function
        for which a property has no meaning, such as monotone for a gate, neither has nor lacks
        it.

    Raises
    ------
    InputError
        If `kind` is none of those, or a property is not True, False or None.

    Notes
    -----
    Properties are those of `Activation.facts`. The first time they are derived, which takes some
    seconds for the whole catalogue, and then kept in the user's cache folder.

    Examples
    --------
    >>> import ogive
    >>> ogive.activations()[:4]
    ['identity', 'step', 'sign', 'absolute']
    >>> ogive.activations("vector")
    ['softmax', 'softmin', 'log_softmax', 'sparsemax']
    >>> ogive.activations(bounded=True, zero_centered=True, cheap=True)
    ['sign', 'hardtanh', 'softsign', 'isru']
    """
    if kind is not None and kind not in _KINDS:
        raise InputError(
            f"kind must be 'elementwise', 'vector' or 'gate'; got {kind!r}.",
            f"kind 只能是 'elementwise'、'vector' 或 'gate'，实际是 {kind!r}。",
        )
    wanted = {
        "bounded": bounded,
        "monotone": monotone,
        "smooth": smooth,
        "zero_centered": zero_centered,
        "cheap": cheap,
    }
    for key, want in wanted.items():
        if want is not None and not isinstance(want, bool):
            raise InputError(
                f"{key} must be True, False or None; got {want!r}.",
                f"{key} 只能是 True、False 或 None，实际是 {want!r}。",
            )
    names = [name for name, record in CATALOGUE.items() if kind in (None, record.kind)]
    if all(want is None for want in wanted.values()):
        return names
    return [name for name in names if matches(properties(activation(name)), wanted)]


def activation(
    name: str | Activation,
    /,
    *,
    subgradient: Subgradient | None = None,
    per_unit: bool | None = None,
    **parameters: float,
) -> Activation:
    """Return an activation function: of the catalogue, or any formula.

    Parameters
    ----------
    name : str or Activation
        A name that `ogive.activations` lists, an alias such as ``"logistic"`` or ``"swish"``, or
        a formula in ``z`` such as ``"z * sigmoid(beta * z)"``. An `Activation` is returned as it
        is, or with what else is given changed.
    subgradient : {"torch", "left", "right", "mean"}, default="torch"
        The derivative at a kink: what PyTorch uses, the one from the left or from the right, or
        their mean.
    per_unit : bool, default=False
        Only for a function whose slope a network learns (``"prelu"``): whether each unit has a
        slope of its own, or all units of a layer have one.
    **parameters : float
        The function's parameters; those left out keep their defaults. A formula's parameters are
        the names in it other than ``z``; they have no defaults.

    Returns
    -------
    Activation
        The function, ready to be called.

    Raises
    ------
    InputError
        If there is no such function or parameter, a parameter is missing or out of its domain, or
        the formula cannot be read.

    Examples
    --------
    >>> import ogive
    >>> leaky = ogive.activation("leaky_relu", negative_slope=0.25)
    >>> leaky([-2.0, 3.0])
    array([-0.5,  3. ])
    >>> leaky.derivative(-2.0)
    np.float64(0.25)
    >>> ogive.activation("relu", subgradient="right").derivative(0.0)
    np.float64(1.0)
    >>> swish = ogive.activation("z * sigmoid(beta * z)", beta=1.5)
    >>> round(float(swish(2.0)), 6)
    1.905148
    """
    if isinstance(name, Activation):
        if not parameters and subgradient is None and per_unit is None:
            return name
        parameters = {**name.parameters, **parameters}
        subgradient = name.subgradient if subgradient is None else subgradient
        per_unit = name.per_unit if per_unit is None else per_unit
        name = name.name
    definition = definition_of(name)
    made = Activation(
        definition,
        _values(definition, parameters),
        _subgradient("torch" if subgradient is None else subgradient),
        _per_unit(definition, per_unit),
    )
    made.check()
    return made


def definition_of(name: object) -> Definition:
    """Return the record of a name or an alias, or the one made of a formula.

    Raises
    ------
    InputError
        If it is neither.
    """
    if not isinstance(name, str):
        raise InputError(
            f"activation must be a name such as 'relu' or a formula such as 'z * sigmoid(z)', not"
            f" {name!r}. ogive.activations() lists all names.",
            f"activation 必须是名称（如 'relu'）或公式（如 'z * sigmoid(z)'），而不是 {name!r}。"
            "ogive.activations() 列出全部名称。",
        )
    if name in _NAMES:
        return CATALOGUE[_NAMES[name]]
    # Full-width letters, which an input method for Chinese may produce, count as the usual ones.
    typed = unicodedata.normalize("NFKC", name).strip().lower()
    spelling = typed.replace("-", "_").replace(" ", "_")
    if "z" in typed.split():
        return _formula(name)
    if name != "z" and (spelling.isidentifier() or not spelling) and _is_word(name, spelling):
        raise _unknown(name, spelling)
    return _formula(name)


def _is_word(name: str, spelling: str) -> bool:
    """Tell a name written otherwise ('Leaky ReLU', 'soft-plus') from a difference such as z-1."""
    if name.strip().isidentifier() or "-" not in name:
        return True
    return bool(get_close_matches(spelling, _NAMES, n=1, cutoff=0.85))


def _unknown(name: str, spelling: str) -> InputError:
    words = name.lower().split()
    if len(words) > 1 and all(word in _NAMES for word in words):
        return InputError(
            f"activation {quoted(name)} holds {len(words)} names; give each by itself.",
            f"激活函数 {quoted(name)} 中有 {len(words)} 个名称；请分别给出。",
        )
    close = get_close_matches(spelling, _NAMES, n=1)
    return InputError(
        f"activation {quoted(name)} is not in the catalogue."
        + (f" Did you mean {close[0]!r}?" if close else "")
        + f" ogive.activations() lists all {len(CATALOGUE)};"
        " a formula in z, such as 'z * sigmoid(z)', also works.",
        f"激活函数目录中没有 {quoted(name)}。"
        + (f"您是想用 {close[0]!r} 吗？" if close else "")
        + f"ogive.activations() 列出全部 {len(CATALOGUE)} 个；"
        "也可以写以 z 为变量的公式，例如 'z * sigmoid(z)'。",
    )


@lru_cache(maxsize=256)
def _formula(text: str) -> Definition:
    from ogive.activations.formula import read

    formula = read(text)
    return Definition(
        name=formula.text,
        title=Text(formula.text, formula.text),
        expression=formula.expression,
        family="formula",
        init="",
        strength=Text("", ""),
        weakness=Text("", ""),
        references=(),
        year=None,
        parameters=tuple(
            Parameter(name, math.nan, -_LARGEST, _LARGEST) for name in formula.parameters
        ),
        formula=formula,
    )


def _values(definition: Definition, given: Mapping[str, object]) -> dict[str, float]:
    known = {parameter.name: parameter for parameter in definition.parameters}
    for name in given:
        if name not in known:
            raise _unknown_parameter(definition, name)
    missing = [
        name
        for name, parameter in known.items()
        if name not in given and math.isnan(parameter.default)
    ]
    if missing:
        raise _missing(definition, missing)
    values = {
        name: _checked(definition, parameter, given.get(name, parameter.default))
        for name, parameter in known.items()
    }
    if definition.formula is None:
        _check_order(definition, values)
    return values


def _missing(definition: Definition, names: list[str]) -> InputError:
    listed = ", ".join(f"{name}=1.0" for name in names)
    variable = Text("", "")
    if not definition.formula.tree.depends_on_z():
        meant = "x" if "x" in names else names[0]
        instead = quoted(re.sub(rf"\b{meant}\b", "z", definition.name))
        variable = Text(
            f"; if {meant!r} is the variable, write {instead}, as the variable is called z",
            f"；自变量只能是 z，如果 {meant!r} 是自变量，请写成 {instead}",
        )
    formula = quoted(definition.name)
    return InputError(
        f"formula {formula} needs a value for {', '.join(map(repr, names))}, such as {listed}"
        f"{variable.en}.",
        f"公式 {formula} 还需要给出 {'、'.join(map(repr, names))} 的值，例如 {listed}"
        f"{variable.zh}。",
    )


def _check_order(definition: Definition, values: Mapping[str, float]) -> None:
    for low, high in ASCENDING:
        if low in values and high in values and values[low] > values[high]:
            raise InputError(
                f"{low} of {quoted(definition.name)} must not be above {high}; got"
                f" {low}={values[low]:g} and {high}={values[high]:g}.",
                f"{quoted(definition.name)} 的 {low} 不能大于 {high}，"
                f"实际是 {low}={values[low]:g}、{high}={values[high]:g}。",
            )


def _unknown_parameter(definition: Definition, given: str) -> InputError:
    known = [parameter.name for parameter in definition.parameters]
    if not known:
        return InputError(
            f"activation {quoted(definition.name)} has no parameters; got {given!r}.",
            f"激活函数 {quoted(definition.name)} 没有参数，却收到了 {given!r}。",
        )
    listed = ", ".join(map(repr, known))
    return InputError(
        f"activation {quoted(definition.name)} has no parameter {given!r}; it takes {listed}.",
        f"激活函数 {quoted(definition.name)} 没有参数 {given!r}；可用的参数是 {listed}。",
    )


def _checked(definition: Definition, parameter: Parameter, value: object) -> float:
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        if math.isfinite(number) and parameter.lower <= number <= parameter.upper:
            return number
    raise InputError(
        f"{parameter.name} of {quoted(definition.name)} must be a number from {parameter.lower:g}"
        f" to {parameter.upper:g}; got {value!r}.",
        f"{quoted(definition.name)} 的 {parameter.name} 必须是 {parameter.lower:g} 到"
        f" {parameter.upper:g} 之间的数，实际是 {value!r}。",
    )


def _subgradient(given: Any) -> Subgradient:
    for known in SUBGRADIENTS:
        if isinstance(given, str) and given == known:
            return known
    raise InputError(
        f"subgradient must be 'torch', 'left', 'right' or 'mean'; got {given!r}.",
        f"subgradient 只能是 'torch'、'left'、'right' 或 'mean'，实际是 {given!r}。",
    )


def _per_unit(definition: Definition, given: object) -> bool:
    if given is None:
        return False
    if not isinstance(given, bool):
        raise InputError(
            f"per_unit must be True or False; got {given!r}.",
            f"per_unit 只能是 True 或 False，实际是 {given!r}。",
        )
    if given and not definition.learnt:
        raise InputError(
            f"activation {quoted(definition.name)} learns no parameter, so per_unit=True has no"
            " meaning; 'prelu' does.",
            f"激活函数 {quoted(definition.name)} 没有可学习的参数，per_unit=True 没有意义；"
            "'prelu' 才有。",
        )
    return given
