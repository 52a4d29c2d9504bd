"""Options of ``ogive fit`` that would do nothing for the model chosen, and are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ogive.text import InputError, Text

__all__ = ["CLASS_MODELS", "MODELS", "REDUCTIONS", "Choice", "refuse_others"]

PROBABILISTIC = ("logistic", "softmax")
REDUCTIONS = ("ovo", "ovr", "ecoc")
CLASS_MODELS = (*PROBABILISTIC, *REDUCTIONS)
MODELS = ("network", "linear", *CLASS_MODELS)

OF_NETWORK = frozenset(
    {"activation", "hidden_layer_sizes", "alpha", "early_stopping", "init", "dropout"}
)
STEPWISE = frozenset({"batch_size", "learning_rate_init"})
OF_LINEAR = frozenset({"missing", "covariance", "all_checks"})
OF_REPORT = frozenset({"report", "no_report", "level"})
OF_LOGISTIC = frozenset({"c", "penalty", "class_weight"})
OF_CODES = frozenset({"code_book", "code_size", "decoding"})


class Choice(NamedTuple):
    """What decides which options have a meaning.

    Attributes
    ----------
    model : str
        One of `MODELS`.
    inner : {"logistic", "linear", "network"}
        What is inside ovo, ovr and ecoc.
    gradual : bool
        Whether the solver is gradient descent.
    """

    model: str
    inner: str
    gradual: bool

    @property
    def is_network(self) -> bool:
        """Whether networks are trained, by themselves or inside."""
        return self.model == "network" or (self.model in REDUCTIONS and self.inner == "network")

    @property
    def is_logistic(self) -> bool:
        """Whether logistic or softmax regressions are fitted, by themselves or inside."""
        if self.model in REDUCTIONS:
            return self.inner == "logistic"
        return self.model in PROBABILISTIC


def refuse_others(given: Iterable[str], choice: Choice) -> None:
    """Refuse the first of the options given that the choice of model leaves without a meaning.

    Parameters
    ----------
    given : iterable of str
        Names of parameters that are on the command line.
    choice : Choice

    Raises
    ------
    InputError
        Which names the option and what it goes with.
    """
    for name in given:
        said = _objection(name, choice)
        if said is not None:
            option = "--C" if name == "c" else f"--{name.replace('_', '-')}"
            raise InputError(f"{option} {said.en}", f"{option} {said.zh}")


def _objection(name: str, choice: Choice) -> Text | None:
    model, inner, gradual = choice
    if name in OF_NETWORK and not choice.is_network:
        return (
            _belongs(Text("networks", "网络"), "use --model network", "使用 --model network")
            if model not in REDUCTIONS
            else _inside("network", model, inner)
        )
    if name == "monitor" and model != "network":
        return _belongs(Text("networks", "网络"), "use --model network", "使用 --model network")
    if name in STEPWISE | {"max_iter", "seed"} and model == "linear" and not gradual:
        return Text(
            "of a linear regression goes with --solver gd; leave it out, or add that.",
            "用于线性回归时只能与 --solver gd 一起使用；请去掉它，或加上 --solver gd。",
        )
    if name in STEPWISE and model in PROBABILISTIC and not gradual:
        return Text(
            f"of --model {model} goes with --solver gd; leave it out, or add that.",
            f"用于 --model {model} 时只能与 --solver gd 一起使用；请去掉它，或加上 --solver gd。",
        )
    if name in STEPWISE and model in REDUCTIONS and not choice.is_network:
        return _inside("network", model, inner)
    if name in {"max_iter", "solver"} and model in REDUCTIONS and inner == "linear":
        return Text(
            f"does nothing in --model {model} with --inner linear, which is solved in one step; "
            "leave it out.",
            f"对 --model {model} 配合 --inner linear 没有作用（一步即可解出）；请去掉它。",
        )
    if name in OF_LINEAR and model != "linear":
        return _belongs(
            Text("linear regression", "线性回归"), "add --model linear", "加上 --model linear"
        )
    if name in OF_REPORT and model == "network":
        return _belongs(
            Text("linear regression and models of classes", "线性回归和分类模型"),
            "add --model linear, logistic or softmax",
            "加上 --model linear、logistic 或 softmax",
        )
    if name == "class_weight" and model == "network":
        return None
    if name in OF_LOGISTIC and not choice.is_logistic:
        if model in REDUCTIONS:
            return _inside("logistic", model, inner)
        return _belongs(
            Text("logistic and softmax regression", "logistic 和 softmax 回归"),
            "use --model logistic or softmax",
            "使用 --model logistic 或 softmax",
        )
    return _of_one_model(name, model)


def _of_one_model(name: str, model: str) -> Text | None:
    if name == "threshold" and model != "logistic":
        return _belongs(
            Text("two classes", "两个类别"), "use --model logistic", "使用 --model logistic"
        )
    if name == "decision" and model != "ovo":
        return _belongs(Text("one-vs-one", "一对一"), "use --model ovo", "使用 --model ovo")
    if name in OF_CODES and model != "ecoc":
        return _belongs(
            Text("output codes", "输出码（多对多）"), "use --model ecoc", "使用 --model ecoc"
        )
    if name == "inner" and model not in REDUCTIONS:
        return _belongs(
            Text("one-vs-one, one-vs-rest and output codes", "一对一、一对其余和输出码（多对多）"),
            "use --model ovo, ovr or ecoc",
            "使用 --model ovo、ovr 或 ecoc",
        )
    return None


def _belongs(what: Text, en: str, zh: str) -> Text:
    return Text(
        f"belongs to {what.en}; leave it out, or {en}.", f"是{what.zh}的选项；请去掉它，或{zh}。"
    )


def _inside(wanted: str, model: str, inner: str) -> Text:
    return Text(
        f"does nothing in --model {model} with --inner {inner}; leave it out, or add "
        f"--inner {wanted}.",
        f"对 --model {model} 配合 --inner {inner} 没有作用；请去掉它，或加上 --inner {wanted}。",
    )
