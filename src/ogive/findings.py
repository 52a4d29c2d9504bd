"""What a check found out: a code, what it means and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ogive.text import Text, default_language

__all__ = ["FORMULA_FINDINGS", "Finding", "Severity"]

Severity = Literal["issue", "tip", "passed", "not applicable"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes
    ----------
    code : str
        ``OGV`` and three digits; the same cause always has the same code.
    severity : {"issue", "tip", "passed", "not applicable"}
        An issue will spoil the work; a tip is worth knowing. Only checks that are reported
        whatever they find have the other two.
    title, meaning, remedy : Text
        What is the case, what follows from it, and what to do.
    """

    code: str
    severity: Severity
    title: Text
    meaning: Text
    remedy: Text

    def __str__(self) -> str:
        """Return code, title, meaning and remedy in one paragraph, in the locale's language."""
        language = default_language()
        told = [part.to(language) for part in (self.title, self.meaning, self.remedy)]
        return f"{self.code} " + ("" if language == "zh" else " ").join(told)


_FINDINGS = (
    Finding(
        "OGV001",
        "issue",
        Text("The function is constant.", "函数是常数。"),
        Text(
            "Its derivative is 0 everywhere, and its output says nothing about the input: a "
            "network with it learns nothing.",
            "它的导数处处为 0，输出与输入无关：使用它的网络什么也学不到。",
        ),
        Text(
            "Let the formula depend on z, for example z * sigmoid(z).",
            "让公式随 z 变化，例如 z * sigmoid(z)。",
        ),
    ),
    Finding(
        "OGV002",
        "issue",
        Text("The function is linear.", "函数是线性的。"),
        Text(
            "Layers with a linear activation equal one layer without any: the network can learn no "
            "more than linear regression can.",
            "使用线性激活函数的多层网络等同于没有激活函数的一层：能学到的不会多于线性回归。",
        ),
        Text(
            "Take a non-linear function, for example tanh(z) or max(0, z).",
            "改用非线性函数，例如 tanh(z) 或 max(0, z)。",
        ),
    ),
    Finding(
        "OGV003",
        "issue",
        Text(
            "The function is not defined for every z.",
            "函数并非对每个 z 都有定义。",
        ),
        Text(
            "Inputs of a layer can be any number; where the function has no value, training stops "
            "with numbers that are not finite.",
            "一层的输入可以是任何数；在函数没有值的地方，训练会因出现非有限的数而停止。",
        ),
        Text(
            "Replace what is undefined, for example log(z) by log(1 + abs(z)), 1/z by z/(1 + z*z).",
            "替换没有定义的部分，例如用 log(1 + abs(z)) 代替 log(z)，用 z/(1 + z*z) 代替 1/z。",
        ),
    ),
    Finding(
        "OGV004",
        "issue",
        Text("The derivative is 0 almost everywhere.", "导数几乎处处为 0。"),
        Text(
            "The chain rule multiplies by this derivative, so no gradient passes: the layers "
            "before it learn nothing.",
            "链式法则要乘以这个导数，因此没有梯度能通过：它之前的各层什么也学不到。",
        ),
        Text(
            "Take a function with a slope, for example sigmoid(z) in place of a step.",
            "改用有斜率的函数，例如用 sigmoid(z) 代替阶跃函数。",
        ),
    ),
    Finding(
        "OGV005",
        "issue",
        Text(
            "The derivative is infinite or undefined at some z.",
            "导数在某些 z 处为无穷大或没有定义。",
        ),
        Text(
            "An input of exactly such a number, often 0, makes the gradient infinite or not a "
            "number, and training stops.",
            "一旦输入恰好等于这样的数（常常是 0），梯度就变成无穷大或 NaN，训练随之停止。",
        ),
        Text(
            "Round the point off, for example sqrt(abs(z)) to sqrt(abs(z) + 0.01), or choose "
            "another subgradient where the slopes on both sides are finite.",
            "把该点磨圆，例如把 sqrt(abs(z)) 改为 sqrt(abs(z) + 0.01)；若两侧斜率有限，"
            "也可以选择别的次梯度。",
        ),
    ),
)

FORMULA_FINDINGS: dict[str, Finding] = {finding.code: finding for finding in _FINDINGS}
