"""A finding of a diagnosis: what is the case, its numbers, its cause, and remedies to try."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from ogive.findings import Finding
from ogive.text import InputError, Language, Text

__all__ = ["CODES", "DiagnosisFinding", "Remedy", "page_of"]

CODES: dict[str, Text] = {
    "OGV101": Text("Dead units", "死亡单元"),
    "OGV102": Text("Vanishing gradient", "梯度消失"),
    "OGV103": Text("Exploding gradient", "梯度爆炸"),
    "OGV104": Text("Saturation", "饱和"),
    "OGV105": Text("Non-finite values", "非有限的数值"),
    "OGV106": Text("Step size", "步长"),
    "OGV107": Text("Unscaled or shifted inputs", "输入未缩放或有偏移"),
    "OGV108": Text("Initialisation unsuited to the activation", "初始化与激活函数不相配"),
    "OGV109": Text("Effectively linear network", "网络实际上是线性的"),
    "OGV110": Text("Last layer and loss", "最后一层与损失函数"),
    "OGV111": Text("Overfitting and underfitting", "过拟合与欠拟合"),
    "OGV112": Text("Imbalance ignored", "忽视类别不平衡"),
}


def page_of(code: str, language: Language = "en") -> str:
    """Return the documentation's page about a code, as Markdown.

    Raises
    ------
    InputError
        If there is no such code.
    """
    known = code.upper()
    if known not in CODES:
        raise InputError(
            f"there is no finding {code!r}; the codes are {', '.join(CODES)}.",
            f"没有 {code!r} 这个代码；可用的代码有 {'、'.join(CODES)}。",
        )
    page = files("ogive.diagnosis") / "pages" / f"{known}.{language}.md"
    return page.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change to try.

    Attributes
    ----------
    key : str
        The same change always has the same key, for example ``"leaky_relu"``.
    text : Text
        What to change, as an instruction.
    parameters : dict
        Parameters of the estimator to set (scikit-learn's ``set_params``); ``"scale_inputs": True``
        stands for a StandardScaler before the network. Empty where nothing can be tried by itself.
    effect : Text or None
        The effect predicted from what was measured, with its numbers.
    """

    key: str
    text: Text
    parameters: dict[str, Any] = field(default_factory=dict)
    effect: Text | None = None

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return it as plain data, its texts in `language`."""
        return {
            "key": self.key,
            "text": self.text.to(language),
            "parameters": {name: repr(value) for name, value in self.parameters.items()},
            "effect": None if self.effect is None else self.effect.to(language),
        }


@dataclass(frozen=True, slots=True)
class DiagnosisFinding(Finding):
    """One finding on a network.

    Attributes
    ----------
    code, severity, title, meaning, remedy
        As for `Finding`: the title says what is the case with its numbers, the meaning the cause
        and what follows, the remedy what to do first.
    kind : str
        Which case of the code, for example ``"dead"``, ``"silent"``, ``"constant"`` of OGV101; one
        word in English, to be matched by programs. Empty where a code has one case only.
    layer : str or None
        The layer concerned, or the worst one.
    numbers : dict
        Plain numbers, strings and lists that the texts were filled from.
    remedies : tuple of Remedy
        What to try, the most promising first.
    """

    kind: str = ""
    layer: str | None = None
    numbers: dict[str, Any] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()

    def page(self, language: Language = "en") -> str:
        """Return the documentation's page about this code, as Markdown."""
        return page_of(self.code, language)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return it as plain data, its texts in `language`."""
        return {
            "code": self.code,
            "name": CODES[self.code].to(language),
            "severity": self.severity,
            "kind": self.kind,
            "layer": self.layer,
            "title": self.title.to(language),
            "meaning": self.meaning.to(language),
            "remedy": self.remedy.to(language),
            "numbers": dict(self.numbers),
            "remedies": [one.to_dict(language) for one in self.remedies],
            "page": f"docs/{'zh/' if language == 'zh' else ''}findings/{self.code}.md",
        }
