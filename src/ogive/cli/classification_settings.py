"""The options of ``ogive fit`` for a model of classes, as they were typed, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ogive.cli.fit_refusals import PROBABILISTIC, REDUCTIONS
from ogive.cli.values import chosen, positive_number, separated, share, whole
from ogive.text import InputError, Text

__all__ = ["INNER", "ClassSettings", "as_typed", "class_settings", "usual_code_book"]

SOLVERS = ("auto", "lbfgs", "newton-cholesky", "newton-cg", "gd")
INNER = ("logistic", "linear", "network")
PENALTIES = ("l2", "none")
WEIGHTS = ("none", "balanced")
DECISIONS = ("vote", "elimination")
DECODINGS = ("euclidean", "hamming", "loss", "probabilistic")
MOST_EXHAUSTIVE = 7
SIZED = ("optimised", "bch", "random")
BOOKS = ("optimised", "exhaustive", "bch", "random", "one_vs_rest", "one_vs_one")
BY_HAND = Text(
    "or one made by hand, such as AB|CD,AC|BD",
    "或手工给出，如 AB|CD,AC|BD",
)
L1 = ("l1", "lasso", "elasticnet", "elastic-net")

AS_TYPED = (
    (re.compile(r"\bcode_book\[\d+\] = "), "--code-book "),
    (re.compile(r"\bcode_(book|size)='?(\w+(?:\.\w+)?)'?"), r"--code-\1 \2"),
    (re.compile(r"\bcode_(book|size)\b", re.ASCII), r"--code-\1"),
)
"""Parameters in the messages about code books, and what is typed for them."""


@dataclass(frozen=True)
class ClassSettings:
    """What to fit, and how to judge and show it.

    Attributes
    ----------
    model : {"logistic", "softmax", "ovo", "ovr", "ecoc"}
    inner : {"logistic", "linear", "network"}
        What is inside the last three.
    level : float
        Of confidence intervals.
    threshold : float
        The probability of the second of two classes above which it is predicted.
    seed : int
        Of what is random.
    logistic, network : dict
        Parameters of LogisticRegression and of MLPClassifier.
    reduction : dict
        Parameters of the one-vs-one, one-vs-rest or output-code classifier but the estimator.
    """

    model: str
    inner: str
    level: float
    threshold: float
    seed: int
    logistic: dict[str, Any] = field(default_factory=dict)
    network: dict[str, Any] = field(default_factory=dict)
    reduction: dict[str, Any] = field(default_factory=dict)

    @property
    def own_units(self) -> bool:
        """Whether coefficients are wanted in the columns' own units: where nothing is penalised."""
        return self.model in PROBABILISTIC and self.logistic.get("penalty", "l2") is None


def class_settings(given: Mapping[str, Any]) -> ClassSettings:
    """Return the settings from the options typed.

    Parameters
    ----------
    given : mapping
        All parameters of the command, and under "given" the names of those that were typed.

    Raises
    ------
    InputError
        For a value that an option cannot have.
    """
    model, typed = given["model"], given["given"]
    inner = chosen("--inner", given["inner"], INNER) if model in REDUCTIONS else "logistic"
    seed = whole("--seed", given["seed"], 0)
    logistic: dict[str, Any] = {}
    network: dict[str, Any] = {}
    if inner == "logistic":
        logistic = _logistic(given, typed, seed)
    elif inner == "network":
        from ogive.cli.fit_network import network_settings

        network = network_settings(given)
    return ClassSettings(
        model,
        inner,
        share("--level", given["level"]),
        share("--threshold", given["threshold"]),
        seed,
        logistic,
        network,
        _reduction(given, model, seed),
    )


def _logistic(given: Mapping[str, Any], typed: list[str], seed: int) -> dict[str, Any]:
    solver = chosen("--solver", given["solver"] or "auto", SOLVERS)
    if given["penalty"].strip().lower() in L1:
        raise InputError(
            f"--penalty {given['penalty']}: the L1 penalty is not offered; use l2 or none.",
            f"--penalty {given['penalty']}：不提供 L1 惩罚；请使用 l2 或 none。",
        )
    penalty = chosen("--penalty", given["penalty"], PENALTIES)
    if given["c"].strip().lower() in ("inf", "infinity"):
        penalty, strength = "none", 1.0
        typed = [name for name in typed if name != "c"]
    else:
        strength = positive_number("--C", given["c"])
    if penalty == "none" and "c" in typed:
        raise InputError(
            "--C is of the penalty, and --penalty none leaves it out; give one of the two.",
            "--C 是惩罚项的参数，而 --penalty none 不加惩罚；请只给出其中一个。",
        )
    settings: dict[str, Any] = {"solver": solver, "random_state": seed}
    if penalty == "none":
        settings["penalty"] = None
    else:
        settings["C"] = strength
    if chosen("--class-weight", given["class_weight"], WEIGHTS) == "balanced":
        settings["class_weight"] = "balanced"
    if "max_iter" in typed:
        settings["max_iter"] = whole("--max-iter", given["max_iter"], 1)
    if solver == "gd":
        if "batch_size" in typed and given["batch_size"] != "auto":
            settings["batch_size"] = whole("--batch-size", given["batch_size"], 1)
        if "learning_rate_init" in typed:
            rate = positive_number("--learning-rate-init", given["learning_rate_init"])
            settings["learning_rate"] = rate
    return settings


def _reduction(given: Mapping[str, Any], model: str, seed: int) -> dict[str, Any]:
    if model == "ovo":
        return {"decision": chosen("--decision", given["decision"], DECISIONS)}
    if model != "ecoc":
        return {}
    book = None if given["code_book"] is None else _code_book(given["code_book"])
    sized = "code_size" in given["given"]
    if sized and book is not None and book not in SIZED:
        raise InputError(
            "--code-size goes with --code-book optimised, bch or random, as others have the size "
            "they have; leave it out.",
            "--code-size 只能与 --code-book optimised、bch 或 random 一起使用，"
            "其他码本的大小是固定的；请去掉它。",
        )
    return {
        "code_book": "optimised" if book is None and sized else book,
        "code_size": positive_number("--code-size", given["code_size"]),
        "decoding": chosen("--decoding", given["decoding"], DECODINGS),
        "random_state": seed,
    }


def as_typed(error: InputError) -> InputError:
    """Return the error with the options of the command line in place of the parameters."""

    def own(text: str) -> str:
        for parameter, option in AS_TYPED:
            text = parameter.sub(option, text)
        return text

    return InputError(own(error.text.en), own(error.text.zh))


def usual_code_book(n_classes: int) -> str:
    """Return the code book that suits so many classes: all problems that there are, or a search."""
    return "exhaustive" if n_classes <= MOST_EXHAUSTIVE else "optimised"


def _code_book(value: str) -> str | list[str]:
    """Return the name of a way to make one, or the columns of one made by hand."""
    if "|" not in value:
        return chosen("--code-book", value, BOOKS, otherwise=BY_HAND)
    return separated([value], "--code-book")
