"""What a visitor wants to compare: as the page sends it, and as the command line says it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ogive.data.commas import between_commas
from ogive.text import InputError

__all__ = ["BOUNDS", "Factor", "Wanted", "command_of", "taken_from", "words_of"]

Factor = Literal["model", "activation", "depth", "width", "init", "learning_rate"]

BOUNDS: dict[str, int] = {
    "folds": 20,
    "repeats": 20,
    "layers": 10,
    "units": 1024,
    "candidates": 100,
    "rates": 8,
}
"""The most of each that the page asks for; the command line has no such bounds."""

_Typed = Annotated[str, Field(min_length=1, max_length=200)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Rate = Annotated[float, Field(gt=0, lt=1e6, allow_inf_nan=False)]
_Units = Annotated[int, Field(strict=True, ge=1, le=BOUNDS["units"])]
_Positive = Annotated[float, Field(gt=0, lt=1e9, allow_inf_nan=False)]


class Wanted(BaseModel):
    """A comparison: its data, what varies, and how it is done.

    What is left out, or null, is as `ogive.compare` has it by default.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: Annotated[str, Field(min_length=1, max_length=64)]
    """Name of a bundled data set, or id of a table that was uploaded."""
    target: _Name
    task: Literal["classification", "regression"] | None = None
    ignore: Annotated[tuple[_Name, ...], Field(max_length=500)] = ()
    vary: Annotated[
        dict[Factor, Annotated[tuple[_Typed, ...], Field(max_length=BOUNDS["candidates"])]],
        Field(max_length=6),
    ] = {}
    """What is compared, with its values; without any the usual ones."""
    activation: _Typed | None = None
    """Of the hidden layers where the activation does not vary."""
    hidden_layer_sizes: (
        Annotated[tuple[_Units, ...], Field(min_length=1, max_length=BOUNDS["layers"])] | None
    ) = None
    learning_rates: (
        Annotated[tuple[_Rate, ...], Field(min_length=1, max_length=BOUNDS["rates"])] | None
    ) = None
    n_splits: Annotated[int, Field(strict=True, ge=2, le=BOUNDS["folds"])] = 5
    n_repeats: Annotated[int, Field(strict=True, ge=1, le=BOUNDS["repeats"])] = 2
    max_iter: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 100
    batch_size: Annotated[int, Field(strict=True, ge=1, le=100_000)] | None = None
    scoring: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    rope: Annotated[float, Field(ge=0, lt=1e9, allow_inf_nan=False)] | None = None
    precision: _Positive | None = None
    budget: _Positive | None = None
    random_state: Annotated[int, Field(strict=True, ge=0, le=2**32 - 1)] = 0

    @field_validator("vary")
    @classmethod
    def _apart(cls, vary: dict[Factor, tuple[str, ...]]) -> dict[Factor, tuple[str, ...]]:
        """Take apart what was typed with commas, as the command line does."""
        return {
            factor: tuple(part for value in values for part in between_commas(value) if part)
            for factor, values in vary.items()
        }

    @property
    def activations(self) -> tuple[str, ...]:
        """Names and formulas of the activations, none where the usual ones are meant."""
        if "activation" in self.vary or self.activation is None:
            return self.vary.get("activation", ())
        return (self.activation,)

    def settings(self) -> dict[str, Any]:
        """Return the arguments of `ogive.compare`, as its command line would make them."""
        given: dict[str, Any] = {
            "vary": _vary_texts(self.vary) or None,
            "activations": list(self.activations) or None,
            "hidden_layer_sizes": self.hidden_layer_sizes,
            "learning_rates": None if self.learning_rates is None else list(self.learning_rates),
            "n_splits": self.n_splits,
            "n_repeats": self.n_repeats,
            "max_iter": self.max_iter,
            "batch_size": self.batch_size,
            "scoring": self.scoring,
            "rope": self.rope,
            "precision": self.precision,
            "budget": self.budget,
            "random_state": self.random_state,
        }
        return {name: value for name, value in given.items() if value is not None}


def _vary_texts(vary: Mapping[Factor, Sequence[str]]) -> list[str]:
    """Return what varies as `ogive compare --vary` takes it; nothing where that is the usual."""
    if not set(vary) - {"activation"}:
        return []
    return [
        name if name == "activation" or not values else f"{name}={','.join(values)}"
        for name, values in vary.items()
    ]


# Each option of the command line, the field it stands for, and what it is left out for.
_OPTIONS = (
    ("--folds", "n_splits", 5),
    ("--repeats", "n_repeats", 2),
    ("--max-iter", "max_iter", 100),
    ("--batch-size", "batch_size", None),
    ("--scoring", "scoring", None),
    ("--rope", "rope", None),
    ("--precision", "precision", None),
    ("--budget", "budget", None),
    ("--seed", "random_state", 0),
)


PLAIN = {"--target", "--task", "--scoring"}


def words_of(wanted: Wanted, data: str) -> list[str]:
    """Return the words of the command line that does the same, without the program's name.

    Parameters
    ----------
    wanted : Wanted
    data : str
        What the command line calls the table: a bundled name, or a file.
    """
    sizes, rates = wanted.hidden_layer_sizes, wanted.learning_rates
    given: list[tuple[str, str]] = [("--target", wanted.target)]
    given += [("--task", wanted.task)] if wanted.task is not None else []
    given += [("--ignore", name) for name in wanted.ignore]
    given += [("--vary", text) for text in _vary_texts(wanted.vary)]
    given += [("--activation", name) for name in wanted.activations]
    given += [("--hidden-layer-sizes", ",".join(map(str, sizes)))] if sizes else []
    given += [("--learning-rate", ",".join(map(_number, rates)))] if rates else []
    for option, field, usual in _OPTIONS:
        value = getattr(wanted, field)
        if value != usual:
            written = _number(value) if isinstance(value, float) else str(value)
            given.append((option, f"{written}s" if option == "--budget" else written))
    words = ["compare", f"./{data}" if data.startswith("-") else data]
    for option, value in given:  # what begins like an option is one, unless it is joined on
        words += [f"{option}={value}"] if value.startswith("-") else [option, value]
    return words


def command_of(wanted: Wanted, data: str) -> str:
    """Return that command line as it is typed."""
    return shlex.join(["ogive", *words_of(wanted, data)])


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")


def taken_from(arguments: Sequence[str], table: str) -> Wanted:
    """Return what a run of the store wanted, from the command line that is kept with it.

    Parameters
    ----------
    arguments : sequence of str
        The folder it was begun in, then the words of the command line.
    table : str
        The data to go on with.

    Raises
    ------
    InputError
        If it was begun in another way than from the lab, with options that the lab has not.
    """
    try:
        return Wanted.model_validate(_fields_of(arguments) | {"table": table})
    except (ValueError, LookupError):
        raise InputError(
            "This run was not begun in the lab; continue it on the command line with "
            "'ogive compare --resume RUN'.",
            "该运行不是在实验室中开始的；请在命令行用“ogive compare --resume 编号”继续。",
        ) from None


def _fields_of(arguments: Sequence[str]) -> dict[str, Any]:
    if len(arguments) < 3 or arguments[1] != "compare":  # after the folder; then come the data
        raise LookupError("compare")
    fields = {option: field for option, field, _ in _OPTIONS}
    given = _pairs(arguments[3:])
    found: dict[str, Any] = {
        option.removeprefix("--"): given[option][-1] for option in PLAIN & {*given}
    }
    found["ignore"] = _parts(given.pop("--ignore", []))
    activations = _parts(given.pop("--activation", []))
    vary = {}
    for text in given.pop("--vary", []):
        name, _, listed = text.partition("=")
        vary[name] = between_commas(listed) if listed else []
    if not vary or "activation" in vary:
        vary["activation"] = activations
    elif activations:
        found["activation"] = activations[0]
    found["vary"] = vary
    if "--hidden-layer-sizes" in given:
        sizes = given.pop("--hidden-layer-sizes")[-1]
        found["hidden_layer_sizes"] = [int(part) for part in between_commas(sizes)]
    if "--learning-rate" in given:
        found["learning_rates"] = [float(p) for p in _parts(given.pop("--learning-rate"))]
    for option, typed in given.items():
        if option not in PLAIN:
            number = float(typed[-1].removesuffix("s"))
            whole = option not in ("--rope", "--precision", "--budget")
            found[fields[option]] = int(number) if whole else number
    return found


def _pairs(words: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of each option."""
    found: dict[str, list[str]] = {}
    left = iter(words)
    for word in left:
        option, joined, value = word.partition("=")
        found.setdefault(option, []).append(value if joined else next(left, ""))
    return found


def _parts(texts: Sequence[str]) -> list[str]:
    return [part for text in texts for part in between_commas(text)]
