"""Finds an activation by name and checks its parameters."""

from __future__ import annotations

import math
from difflib import get_close_matches
from numbers import Real

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import Definition, Parameter
from ogive.activations.function import Activation
from ogive.text import InputError

__all__ = ["activation", "activations"]

_NAMES = {
    known: definition.name
    for definition in CATALOGUE.values()
    for known in (definition.name, *definition.aliases)
}


def activations() -> list[str]:
    """Return the names of all functions in the catalogue.

    Examples
    --------
    >>> import ogive
    >>> ogive.activations()[:4]
    ['identity', 'step', 'sigmoid', 'tanh']
    """
    return list(CATALOGUE)


def activation(name: str | Activation, /, **parameters: float) -> Activation:
    """Return an activation function of the catalogue.

    Parameters
    ----------
    name : str or Activation
        A name that `ogive.activations` lists, or an alias such as ``"logistic"`` or ``"swish"``.
        An `Activation` is returned as it is, or with the given parameters changed.
    **parameters : float
        The function's parameters; those left out keep their defaults.

    Returns
    -------
    Activation
        The function, ready to be called.

    Raises
    ------
    InputError
        If there is no such function or parameter, or a parameter is out of its domain.

    Examples
    --------
    >>> import ogive
    >>> leaky = ogive.activation("leaky_relu", negative_slope=0.25)
    >>> leaky([-2.0, 3.0])
    array([-0.5,  3. ])
    >>> leaky.derivative(-2.0)
    np.float64(0.25)
    """
    if isinstance(name, Activation):
        if not parameters:
            return name
        parameters = {**name.parameters, **parameters}
        name = name.name
    definition = _find(name)
    known = [parameter.name for parameter in definition.parameters]
    for given in parameters:
        if given not in known:
            raise _unknown_parameter(definition, given)
    values = {
        parameter.name: _checked(
            definition, parameter, parameters.get(parameter.name, parameter.default)
        )
        for parameter in definition.parameters
    }
    return Activation(definition.name, values)


def _find(name: object) -> Definition:
    if not isinstance(name, str):
        raise InputError(
            f"activation must be a name such as 'relu', not {name!r}."
            " ogive.activations() lists all names.",
            f"activation 必须是名称，例如 'relu'，而不是 {name!r}。"
            "ogive.activations() 列出全部名称。",
        )
    if name not in _NAMES:
        close = get_close_matches(name.lower(), _NAMES, n=1)
        raise InputError(
            f"activation {name!r} is not in the catalogue."
            + (f" Did you mean {close[0]!r}?" if close else "")
            + f" ogive.activations() lists all {len(CATALOGUE)}.",
            f"激活函数目录中没有 {name!r}。"
            + (f"您是想用 {close[0]!r} 吗？" if close else "")
            + f"ogive.activations() 列出全部 {len(CATALOGUE)} 个。",
        )
    return CATALOGUE[_NAMES[name]]


def _unknown_parameter(definition: Definition, given: str) -> InputError:
    known = [parameter.name for parameter in definition.parameters]
    if not known:
        return InputError(
            f"activation {definition.name!r} has no parameters; got {given!r}.",
            f"激活函数 {definition.name!r} 没有参数，却收到了 {given!r}。",
        )
    listed = ", ".join(map(repr, known))
    return InputError(
        f"activation {definition.name!r} has no parameter {given!r}; it takes {listed}.",
        f"激活函数 {definition.name!r} 没有参数 {given!r}；可用的参数是 {listed}。",
    )


def _checked(definition: Definition, parameter: Parameter, value: object) -> float:
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        if math.isfinite(number) and parameter.lower <= number <= parameter.upper:
            return number
    raise InputError(
        f"{parameter.name} of {definition.name!r} must be a number from {parameter.lower:g}"
        f" to {parameter.upper:g}; got {value!r}.",
        f"{definition.name!r} 的 {parameter.name} 必须是 {parameter.lower:g} 到"
        f" {parameter.upper:g} 之间的数，实际是 {value!r}。",
    )
